"""The feed of what changed, for anyone who follows it."""

from __future__ import annotations

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from safety_partners.core.page import is_anyone, page
from safety_partners.insights import public as loop
from safety_partners.people import public as people
from safety_partners.website.views import LOOKS, organisation_or_404


class ChangesFeed(Feed):
    """Atom feed of the newest editions; an entry keeps its id while the change moves."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, slug: str) -> people.Organisation:
        return organisation_or_404(request, slug)

    def title(self, organisation) -> str:
        return _("What changed at %(name)s") % {"name": organisation.name}

    def link(self, organisation) -> str:
        return reverse("website:changes", args=[organisation.slug])

    def items(self, organisation):
        return loop.changes(organisation.pk).select_related("organisation").order_by("-made_at", "-id")[:50]

    def item_title(self, item) -> str:
        return f"{item.get_status_display()}: {item.title}"

    def item_description(self, item) -> str:
        return item.changed

    def item_link(self, item) -> str:
        return reverse("website:change", args=[item.organisation.slug, item.address])

    def item_updateddate(self, item):
        return item.made_at

    def item_pubdate(self, item):
        return item.first_published_at


@page(allow=is_anyone, methods=LOOKS)
def changes(request: HttpRequest, slug: str) -> HttpResponse:
    """The newest 50 published changes as an Atom feed."""
    return ChangesFeed()(request, slug=slug)
