"""What pages of activities share: loading a record that the viewer may see, and asking one thing about it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from safety_partners.activities.models import Activity
from safety_partners.core.lifecycle import NotPossible
from safety_partners.core.page import PageRequest, show
from safety_partners.core.policy import Policy, Sentence
from safety_partners.people.choosing import People, staff_to_choose
from safety_partners.people.policies import STAFF_ROLES

WHO = "who"
# What the pages say about an activity: its kind, its people, and where its work is done.
ABOUT = (
    "organisation",
    "kind",
    "service",
    "requester__user",
    "requester__organisation",
    "feedback_by__user",
    "feedback_by__organisation",
    "decided_on_by__user",
    "task__task",
)
SHAPES = ("panel__chair__user", "training", "review__version__document", "committee")


def load_activity(request: PageRequest, code: str, may: Policy | None = None, *, with_shape: bool = False) -> Activity:
    """An activity with its kind and its people; refuse with its sentence what the viewer may not do with it."""
    rows = Activity.objects.visible_to(request.viewer).select_related(*ABOUT, *(SHAPES if with_shape else ()))
    found: Activity = get_object_or_404(rows, code=code)
    if may is not None:
        may.demand(request.viewer, found)
    return found


def demand(can: bool, sentence: Sentence) -> None:
    """Refuse a page that has nothing to do as things stand."""
    if not can:
        raise NotPossible(sentence)


def people_for(
    request: PageRequest,
    *asked: str,
    roles: Collection[str] = STAFF_ROLES,
    chosen: Iterable[str] = (),
    without: int | None = None,
) -> People:
    """People to choose from; who was chosen before stays among them."""
    kept = [*chosen, *(request.POST.get(name, "") for name in asked)]
    return staff_to_choose(request.viewer, request.GET.get(WHO, "")[:100], kept, roles=roles, without=without)


def ask(
    request: PageRequest,
    form: Any,
    *,
    title: Sentence,
    caption: Sentence,
    button: Sentence,
    back: Any,
    words: Iterable[Sentence] = (),
    told: Iterable[str] = (),
    people: People | None = None,
    record: Any = None,
    is_warning: bool = False,
) -> HttpResponse:
    """One form with a title and a few words before it; ``told`` are the names of those who will be written to."""
    if record is not None and form.is_bound and "turn" in form.fields:
        form.renew(turn=record.turn)
    return show(
        request,
        "activities/ask.jinja",
        form=form,
        title=title,
        caption=caption,
        words_before=list(words),
        told=list(told),
        submit_text=button,
        back_url=back if isinstance(back, str) else back.get_absolute_url(),
        people=people,
        typed=request.GET.get(WHO, "")[:100],
        is_warning=is_warning,
    )
