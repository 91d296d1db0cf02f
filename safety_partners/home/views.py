"""The page people come to after they sign in."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from safety_partners.core.page import PageRequest, is_signed_in, page, show
from safety_partners.core.policy import Policy, Sentence
from safety_partners.home import queries
from safety_partners.insights import policies as insights
from safety_partners.people import policies as people
from safety_partners.reviews import policies as reviews

# What somebody may want to begin: words, address, who.
BEGINNINGS: list[tuple[Sentence, str, Policy]] = [
    (_("Share an insight"), "insights:write", insights.may_share),
    (_("See what happened to what I said"), "insights:mine", people.is_partner),
    (_("Record what a partner told you"), "insights:record", insights.may_record_words),
    (_("Add a document"), "reviews:document-new", reviews.may_add_document),
    (_("See what we could not do, and why"), "insights:could-not", insights.may_see_register),
]


@page(allow=is_signed_in, methods=("GET",))
def home(request: PageRequest) -> HttpResponse:
    """What waits for this person, oldest duty first, and what they may begin."""
    viewer = request.viewer
    return show(
        request,
        "home/home.jinja",
        duties=queries.waiting(viewer),
        beginnings=[(words, reverse(name)) for words, name, allow in BEGINNINGS if allow(viewer)],
        organisation=viewer.organisation,
    )
