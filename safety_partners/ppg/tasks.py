"""What groups do by the clock."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress

from django.db.models import F, Q

from safety_partners.core.lifecycle import Overtaken
from safety_partners.core.schedule import nightly
from safety_partners.core.viewer import system_viewer
from safety_partners.core.working_days import today
from safety_partners.ppg import commands
from safety_partners.ppg.models import Question
from safety_partners.ppg.queries.duties import without_review
from safety_partners.ppg.queries.years import is_near_its_end, year_of

# Groups meet every few weeks: they are reminded a week ahead.
NOTICE = dt.timedelta(days=7)


@nightly("35 7 * * *")
def remind_groups_of_questions() -> int:
    """Remind the chairs of questions that wait, once for the day of each; returns how many."""
    not_yet = Q(reminded_for__isnull=True) | ~Q(reminded_for=F("answer_by"))
    rows = Question.objects.filter(not_yet, status=Question.Status.ASKED, answer_by__lte=today() + NOTICE)
    people = ("group__chair__user", "group__chair__organisation", "group__contact__user", "group__contact__organisation")
    count = 0
    for question in rows.select_related(*people).iterator(chunk_size=200):
        # Somebody who answered a moment ago, or another worker, was quicker.
        with suppress(Overtaken):
            commands.remind_of_question(system_viewer(question.group.organisation_id), question)
            count += 1
    return count


@nightly("40 7 * * *")
def remind_of_yearly_reviews() -> int:
    """In the last months of a financial year, remind those who look after a group whose review is missing; returns how many."""
    if not is_near_its_end(today()):
        return 0
    year, count = year_of(today()), 0
    rows = without_review(year).filter(Q(review_told_for__isnull=True) | ~Q(review_told_for=year))
    people = ("contact__user", "contact__organisation")
    for group in rows.select_related(*people).iterator(chunk_size=200):
        with suppress(Overtaken):
            commands.remind_of_review(system_viewer(group.organisation_id), group, year=year)
            count += 1
    return count
