"""What we sent to somebody, as they can read it again; and how often our emails come."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from safety_partners.core.models import Message
from safety_partners.core.page import PageRequest, attempt, done, is_signed_in, page, posted, show
from safety_partners.design.lists import Column, ListPage, Sort
from safety_partners.people import commands, policies, queries
from safety_partners.people.forms.messages import RhythmForm
from safety_partners.people.models import Membership

SENT_TO_ME = ListPage(
    fields=("code", "subject", "channel", "status", "made_at"),
    columns=[
        Column("subject", gettext_lazy("About")),
        Column("channel", gettext_lazy("How"), says=dict(Message.Channel.choices)),
        Column("status", gettext_lazy("Where it stands"), says=dict(Message.Status.choices)),
        Column("made_at", gettext_lazy("Written"), kind="datetime"),
    ],
    sorts=[Sort("newest", gettext_lazy("Newest first"), ["-id"], reverse_label=gettext_lazy("Oldest first"))],
    counted=ngettext_lazy("%(n)s message", "%(n)s messages", "n"),
    caption=gettext_lazy("What we sent you"),
    empty=gettext_lazy("We have not written to you yet."),
)


@page(allow=is_signed_in, methods=("GET",))
def my_messages(request: PageRequest) -> HttpResponse:
    """Everything this organisation has written to me, newest first."""
    listing = SENT_TO_ME.show(queries.messages_to(request.viewer), request.GET, path=request.path)
    return show(request, "people/account/messages.jinja", listing=listing)


@page(allow=is_signed_in, methods=("GET",))
def my_message(request: PageRequest, code: str) -> HttpResponse:
    """One of them, in full."""
    return show(request, "people/account/message.jinja", message=get_object_or_404(queries.messages_to(request.viewer), code=code))


@page(allow=is_signed_in)
def summaries(request: PageRequest) -> HttpResponse:
    """How often our emails come to me."""
    me = get_object_or_404(Membership.objects.visible_to(request.viewer), pk=request.viewer.membership_id)
    return _ask(request, me, back=reverse("people:account"))


@page(allow=policies.is_lead_or_administrator)
def member_summaries(request: PageRequest, code: str) -> HttpResponse:
    """How often our emails come to somebody who asked us to set it for them."""
    member = get_object_or_404(Membership.objects.visible_to(request.viewer).select_related("user").prefetch_related("grants"), code=code)
    policies.may_look_after_member.demand(request.viewer, member)
    return _ask(request, member, back=member.get_absolute_url())


def _ask(request: PageRequest, member: Membership, *, back: str) -> HttpResponse:
    form = RhythmForm(posted(request), initial={"rhythm": member.rhythm})
    if form.is_valid() and attempt(form, commands.choose_rhythm, request.viewer, member, **form.cleaned_data):
        return done(request, _("That is how our emails come from now on"), to=back)
    is_own = member.pk == request.viewer.membership_id
    return show(request, "people/account/summaries.jinja", form=form, member=member, is_own=is_own, back_to=back)
