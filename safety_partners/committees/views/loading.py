"""What pages of committees share: loading a record that the viewer may see, and asking one thing about it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from safety_partners.committees.models import Committee, Invitee, Item, Meeting, Member, Sitting, Terms
from safety_partners.core.lifecycle import NotPossible
from safety_partners.core.page import PageRequest, show
from safety_partners.core.policy import Policy, Sentence
from safety_partners.people.choosing import People, staff_to_choose
from safety_partners.people.policies import STAFF_ROLES

WHO = "who"


def load_committee(request: PageRequest, code: str, may: Policy | None = None) -> Committee:
    """A committee with its chair and secretary; refuse with its sentence what the viewer may not do with it."""
    rows = Committee.objects.visible_to(request.viewer).select_related("chair__user", "secretary__user", "organisation")
    found: Committee = get_object_or_404(rows, code=code)
    if may is not None:
        may.demand(request.viewer, found)
    return found


def load_sitting(request: PageRequest, code: str, may: Policy | None = None) -> Sitting:
    """A partner's seat with the committee and the partner."""
    rows = Sitting.objects.visible_to(request.viewer).select_related(
        "seat__committee__chair__user",
        "seat__committee__secretary__user",
        "seat__committee__organisation",
        "partner__membership__user",
        "partner__membership__organisation",
        "offered_by__user",
        "recorded_by__user",
    )
    found: Sitting = get_object_or_404(rows, code=code)
    if may is not None:
        may.demand(request.viewer, found)
    return found


def load_member(request: PageRequest, code: str, may: Policy) -> Member:
    """A place at the table with the committee and the person."""
    rows = Member.objects.visible_to(request.viewer).select_related(
        "committee__chair__user", "committee__secretary__user", "membership__user", "membership__organisation"
    )
    found: Member = get_object_or_404(rows, code=code)
    may.demand(request.viewer, found)
    return found


def load_terms(request: PageRequest, code: str) -> Terms:
    """One version of a committee's terms of reference, with its file."""
    found: Terms = get_object_or_404(Terms.objects.visible_to(request.viewer).select_related("committee", "file"), code=code)
    return found


def load_meeting(request: PageRequest, code: str, may: Policy | None = None) -> Meeting:
    """A meeting with its committee and the people who run it."""
    rows = Meeting.objects.visible_to(request.viewer).select_related("organisation", "committee__chair__user", "committee__secretary__user")
    meeting: Meeting = get_object_or_404(rows, code=code)
    if may is not None:
        may.demand(request.viewer, meeting)
    return meeting


def load_item(request: PageRequest, code: str, may: Policy | None = None) -> Item:
    """An item that this viewer may open, with its meeting; what they have stepped back from is not there for them."""
    rows = (
        Item.objects.visible_to(request.viewer)
        .not_stepped_back(request.viewer)
        .select_related("meeting__organisation", "meeting__committee__chair__user", "meeting__committee__secretary__user", "lead__user")
    )
    item: Item = get_object_or_404(rows, code=code)
    if may is not None:
        may.demand(request.viewer, item)
    return item


def load_invitee(request: PageRequest, code: str, may: Policy | None = None) -> Invitee:
    """Somebody invited to a meeting, with the meeting."""
    rows = Invitee.objects.visible_to(request.viewer).select_related(
        "membership__user", "membership__organisation", "meeting__organisation", "meeting__committee__organisation"
    )
    invitee: Invitee = get_object_or_404(rows, code=code)
    if may is not None:
        may.demand(request.viewer, invitee)
    return invitee


def demand(can: bool, sentence: Sentence) -> None:
    """Refuse a page that has nothing to do as things stand."""
    if not can:
        raise NotPossible(sentence)


def people_for(request: PageRequest, *asked: str, roles: Collection[str] = STAFF_ROLES, chosen: Iterable[str] = ()) -> People:
    """People to choose from; who was chosen before stays among them."""
    kept = [*chosen, *(request.POST.get(name, "") for name in asked)]
    return staff_to_choose(request.viewer, request.GET.get(WHO, "")[:100], kept, roles=roles)


def ask(
    request: PageRequest,
    form: Any,
    *,
    title: Sentence,
    caption: Sentence,
    button: Sentence,
    back: Any,
    words: Iterable[Sentence] = (),
    people: People | None = None,
    record: Any = None,
    is_warning: bool = False,
) -> HttpResponse:
    """One form with a title and a few words before it."""
    if record is not None and form.is_bound and "turn" in form.fields:
        form.renew(turn=record.turn)
    return show(
        request,
        "committees/ask.jinja",
        form=form,
        title=title,
        caption=caption,
        words_before=list(words),
        submit_text=button,
        back_url=back if isinstance(back, str) else back.get_absolute_url(),
        people=people,
        typed=request.GET.get(WHO, "")[:100],
        is_warning=is_warning,
    )
