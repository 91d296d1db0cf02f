"""Questions to groups: to one or to many at once, what the group answers, and what was done with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db.models import F, Q
from django.utils.translation import gettext as _

from safety_partners.core import clock
from safety_partners.core.command import command
from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.core.viewer import Viewer
from safety_partners.partners.commands.rules import demand_staff, demand_words, said_by
from safety_partners.people.models import Membership
from safety_partners.people.policies import is_system
from safety_partners.ppg import policies
from safety_partners.ppg.commands.rules import demand_active, demand_to_come
from safety_partners.ppg.commands.telling import keepers_of, tell, voice_of
from safety_partners.ppg.models import Group, Question

Status = Question.Status


@command(allow=policies.looks_after, details=("answer_by",))
def ask_question(
    viewer: Viewer,
    group: Group,
    /,
    *,
    text: str,
    answer_by: dt.date,
    purpose: str = "",
    can_change: str = "",
    about_code: str = "",
    for_whom: Membership | None = None,
) -> Question:
    """Ask a group something; its chair is told, with the day by which we hope for an answer.

    ``about_code`` is the request that was passed on to groups, and ``for_whom`` is whose it is: they hear the answer too.
    """
    demand_words(text, _("Write the question."), field="text")
    demand_to_come(answer_by, "answer_by")
    demand_active(group)
    if for_whom is not None:
        demand_staff(for_whom, group.organisation_id, field="groups")
    question = Question.objects.create(
        group=group,
        text=text,
        purpose=purpose,
        can_change=can_change,
        answer_by=answer_by,
        asked_by_id=viewer.membership_id,
        about_code=about_code,
        for_whom=for_whom,
    )
    tell(viewer, voice_of(group), "ppg/question_asked", question)
    return question


@command(allow=policies.may_ask_groups)
def ask_groups(
    viewer: Viewer,
    /,
    *,
    groups: Sequence[Group],
    text: str,
    answer_by: dt.date,
    purpose: str = "",
    can_change: str = "",
    about_code: str = "",
    for_whom: Membership | None = None,
) -> Question:
    """Ask several groups the same at once; each answers for itself. Returns the first of the questions."""
    if not groups:
        raise NotPossible(_("Choose the groups you want to ask."), field="groups")
    given = {"text": text, "answer_by": answer_by, "purpose": purpose, "can_change": can_change}
    first, *_others = [ask_question(viewer, group, about_code=about_code, for_whom=for_whom, **given) for group in groups]
    return first


@command(allow=policies.may_work_with, details=("capture",))
def answer_question(
    viewer: Viewer, question: Question, /, *, answer: str, capture: str = "", is_read_back: bool = False, turn: int | None = None
) -> Question:
    """What the group answers: typed by its chair, or written down for it. Whoever asked is told."""
    demand_words(answer, _("Write what the group answers."), field="answer")
    how = said_by(viewer, question.group.chair_id or 0, capture=capture, is_read_back=is_read_back)
    Question.lifecycle.move(question, "answer", turn=turn, answer=answer, answered_at=clock.now(), **how)
    tell(viewer, _askers(question), "ppg/question_answered", question)
    return question


@command(allow=policies.may_tell_group)
def tell_question(viewer: Viewer, question: Question, /, *, told: str, turn: int | None = None) -> Question:
    """Say what was done with the answer, or why nothing could be; the group is told."""
    demand_words(told, _("Say what you did with it, or why you could not."), field="told")
    Question.lifecycle.move(question, "tell", turn=turn, told=told)
    tell(viewer, voice_of(question.group), "ppg/question_told", question)
    return question


@command(allow=policies.looks_after)
def take_back_question(viewer: Viewer, question: Question, /, *, turn: int | None = None) -> Question:
    """Take a question back that the group has not answered; it is told that it need not."""
    Question.lifecycle.move(question, "take_back", turn=turn)
    tell(viewer, voice_of(question.group), "ppg/question_taken_back", question)
    tell(viewer, _whose(question), "ppg/question_taken_back_for_you", question)
    return question


@command(allow=is_system)
def remind_of_question(viewer: Viewer, question: Question, /) -> Question:
    """Remind the group of a question whose day is near, once for that day."""
    not_yet = Q(reminded_for__isnull=True) | ~Q(reminded_for=F("answer_by"))
    if not Question.objects.filter(not_yet, pk=question.pk, status=Status.ASKED).update(reminded_for=F("answer_by")):
        raise Overtaken
    question.reminded_for = question.answer_by
    tell(viewer, voice_of(question.group), "ppg/question_reminder", question)
    return question


def _askers(question: Question) -> list[Membership]:
    asker = [question.asked_by] if question.asked_by.ended_on is None else keepers_of(question.group)
    return [*asker, *_whose(question)]


def _whose(question: Question) -> list[Membership]:
    """Whose request it was that became this question, as long as they are here."""
    return [question.for_whom] if question.for_whom is not None and question.for_whom.ended_on is None else []
