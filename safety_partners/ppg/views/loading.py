"""What pages of groups share: loading a record that the viewer may see, and asking one thing about it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from safety_partners.core.lifecycle import NotPossible
from safety_partners.core.page import PageRequest, show
from safety_partners.core.policy import Policy, Sentence
from safety_partners.people.choosing import People, staff_to_choose
from safety_partners.people.models import Role
from safety_partners.ppg.models import CollectiveView, Group, GroupMeeting, Improvement, Question, Referral

WHO = "who"
GROUPS_PEOPLE = ("chair__user", "chair__organisation", "contact__user", "contact__organisation", "organisation")
OF_GROUP = ("group", *(f"group__{way}" for way in GROUPS_PEOPLE))


def _checked(request: PageRequest, found: Any, may: Policy | None) -> Any:
    if may is not None:
        may.demand(request.viewer, found)
    return found


def load_group(request: PageRequest, code: str, may: Policy | None = None) -> Group:
    """A group with its people; refuse with its sentence what the viewer may not do with it."""
    found: Group = get_object_or_404(Group.objects.visible_to(request.viewer).select_related(*GROUPS_PEOPLE), code=code)
    return _checked(request, found, may)  # type: ignore[no-any-return]


def load_meeting(request: PageRequest, code: str, may: Policy | None = None) -> GroupMeeting:
    """A group's meeting with its file."""
    rows = GroupMeeting.objects.visible_to(request.viewer).select_related("minutes_file", *OF_GROUP)
    return _checked(request, get_object_or_404(rows, code=code), may)  # type: ignore[no-any-return]


def load_question(request: PageRequest, code: str, may: Policy | None = None) -> Question:
    """A question to a group."""
    rows = Question.objects.visible_to(request.viewer)
    rows = rows.select_related(
        "asked_by__user", "asked_by__organisation", "for_whom__user", "for_whom__organisation", "recorded_by__user", *OF_GROUP
    )
    return _checked(request, get_object_or_404(rows, code=code), may)  # type: ignore[no-any-return]


def load_view(request: PageRequest, code: str, may: Policy | None = None) -> CollectiveView:
    """What a group said, or begins to say."""
    rows = CollectiveView.objects.visible_to(request.viewer).select_related(
        "meeting", "insight__organisation", "insight__speaker__user", "insight__recorded_by__user", *OF_GROUP
    )
    return _checked(request, get_object_or_404(rows, code=code), may)  # type: ignore[no-any-return]


def load_improvement(request: PageRequest, code: str, may: Policy | None = None) -> Improvement:
    """Something agreed with a group."""
    rows = Improvement.objects.visible_to(request.viewer).select_related("owner__user", "view", *OF_GROUP)
    return _checked(request, get_object_or_404(rows, code=code), may)  # type: ignore[no-any-return]


def load_referral(request: PageRequest, code: str, may: Policy | None = None) -> Referral:
    """What goes from one side to the other."""
    rows = Referral.objects.visible_to(request.viewer).select_related(
        "partner__membership__user",
        "partner__membership__organisation",
        "partner__organisation",
        "view__insight",
        "answer__speaker__user",
        "answer__recorded_by__user",
        "answer__organisation",
        "consent_by__user",
        "consent_by__organisation",
        "recorded_by__user",
        *OF_GROUP,
    )
    return _checked(request, get_object_or_404(rows, code=code), may)  # type: ignore[no-any-return]


def demand(can: bool, sentence: Sentence) -> None:
    """Refuse a page that has nothing to do as things stand."""
    if not can:
        raise NotPossible(sentence)


def staff_for(request: PageRequest, asked: str, *, chosen: Iterable[str] = ()) -> People:
    """Staff to choose from; who was chosen before stays among them."""
    return staff_to_choose(request.viewer, request.GET.get(WHO, "")[:100], [*chosen, request.POST.get(asked, "")])


def chairs_for(request: PageRequest, *, chosen: Iterable[str] = ()) -> People:
    """Chairs of groups to choose from."""
    kept = [*chosen, request.POST.get("chair", "")]
    return staff_to_choose(request.viewer, request.GET.get(WHO, "")[:100], kept, roles=[Role.GROUP_CHAIR])


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
    quoted: str = "",
    contacts: Any = None,
) -> HttpResponse:
    """One form with a title and a few words above it; ``quoted`` are the words it is about, ``contacts`` whom to ring if it cannot wait."""
    if record is not None and form.is_bound and "turn" in form.fields:
        form.renew(turn=record.turn)
    return show(
        request,
        "ppg/ask.jinja",
        form=form,
        title=title,
        caption=caption,
        words_above=list(words),
        submit_text=button,
        back_url=back if isinstance(back, str) else back.get_absolute_url(),
        people=people,
        typed=request.GET.get(WHO, "")[:100],
        is_warning=is_warning,
        quoted=quoted,
        contacts=contacts,
    )
