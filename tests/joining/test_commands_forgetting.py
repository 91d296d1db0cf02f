"""How long what people told us is kept: as agreed, longer with a yes, held where the law may ask, then gone but for the count."""

from __future__ import annotations

import datetime as dt

import pytest

from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.core.models import Event, Message
from safety_partners.core.viewer import NOBODY, system_viewer
from safety_partners.core.working_days import today
from safety_partners.joining import commands, queries, tasks
from safety_partners.joining.models import Expression
from safety_partners.partners.models import Partner
from safety_partners.people.models import Role
from tests.factories.joining import make_expression
from tests.factories.people import make_member, viewer_of
from tests.joining.stages import KIND, SAID, appointed, fresh, met

DAY = dt.timedelta(days=1)
SECRET = "XYZZY"


@pytest.fixture
def readers(organisation, staff):
    return [staff, make_member(organisation, Role.PARTNER)]


def ages(expression: Expression) -> Expression:
    Expression.objects.filter(pk=expression.pk).update(keep_until=today() - DAY)
    return fresh(expression)


@pytest.fixture
def answered(advert, lead, readers):
    """Somebody who met us and was told that it is not now, with words in every place that has any."""
    words = dict.fromkeys(("name", "known_as", "why", "would_help", "access_words", "availability", "heard_from"), f"{SECRET} words")
    expression = met(advert, lead, *readers, **words)
    expression.sifts.update(words=f"{SECRET} in a view")
    expression.talks.update(note=f"{SECRET} in a note")
    return commands.say_not_now(viewer_of(lead), expression, words=f"{SECRET} {KIND}")


def everything_kept() -> str:
    rows = [*Expression.objects.values(), *Message.objects.values(), *Event.objects.values()]
    for expression in Expression.objects.all():
        rows += [*expression.sifts.values(), *expression.talks.values()]
    return str(rows)


def test_on_its_last_day_it_is_still_there(answered):
    Expression.objects.filter(pk=answered.pk).update(keep_until=today())
    assert tasks.forget_what_was_told() == 0
    assert SECRET in everything_kept()


def test_afterwards_every_word_is_gone_and_the_count_stays(answered, lead, advert):
    viewer = viewer_of(lead)
    before = queries.counted(viewer, advert)
    ages(answered)
    assert tasks.forget_what_was_told() == 1
    assert SECRET not in everything_kept()
    assert "mo@example.org" not in everything_kept()
    forgotten = fresh(answered)
    assert (forgotten.status, forgotten.connection, forgotten.secret_hash) == ("not now", "", "")
    after = queries.counted(viewer, advert)
    assert (after.total, after.by_status, after.by_capture) == (before.total, before.by_status, before.by_capture)
    assert (before.forgotten, after.forgotten) == (0, 1)
    assert tasks.forget_what_was_told() == 0


def test_what_still_waits_ends_with_it(advert):
    expression = ages(make_expression(advert))
    assert tasks.forget_what_was_told() == 1
    assert (fresh(expression).status, fresh(expression).next_due_on) == ("lapsed", None)


def test_a_partner_is_kept_in_their_record(advert, lead, readers):
    expression = ages(appointed(advert, lead, *readers))
    assert tasks.forget_what_was_told() == 0
    with pytest.raises(NotPossible):
        commands.delete_as_asked(viewer_of(lead), expression, **SAID)
    Partner.objects.filter(pk=expression.partner_id).update(status="forgotten", ended_on=today())
    assert tasks.forget_what_was_told() == 1


def test_what_is_held_is_not_deleted_by_anybody(answered, lead):
    viewer = viewer_of(lead)
    with pytest.raises(NotPossible):
        commands.hold_words(viewer, answered, because=" ")
    commands.hold_words(viewer, answered, because="A complaint is open")
    held = ages(answered)
    assert tasks.forget_what_was_told() == 0
    with pytest.raises(Overtaken):
        commands.forget_when_due(system_viewer(held.organisation_id), held)
    for delete in (
        lambda: commands.delete_as_asked(viewer, held, **SAID),
        lambda: commands.delete_my_words(NOBODY, held, proof=held.secret_hash),
    ):
        with pytest.raises(NotPossible, match="have to keep"):
            delete()
    assert fresh(held).why
    commands.let_words_go(viewer, held)
    with pytest.raises(Overtaken):
        commands.let_words_go(viewer, held)
    assert tasks.forget_what_was_told() == 1


def test_keeping_it_longer_needs_their_yes_and_a_later_day(answered, lead):
    viewer, later = viewer_of(lead), answered.keep_until + 90 * DAY
    for wrong in ({"capture": "typed"}, {"is_read_back": False}, {"keep_until": answered.keep_until}):
        with pytest.raises(NotPossible):
            commands.keep_longer(viewer, answered, **{"keep_until": later, **SAID, **wrong})
    assert commands.keep_longer(viewer, answered, keep_until=later, **SAID).keep_until == later
    details = Event.objects.get(verb="joining.keep_longer").details
    assert details == {"keep_until": later.isoformat(), **SAID}


def test_deleting_as_somebody_asks_by_phone(advert, lead):
    expression = commands.delete_as_asked(viewer_of(lead), make_expression(advert), **SAID)
    assert (expression.status, expression.name, bool(expression.forgotten_at)) == ("withdrawn", "", True)
    for again in (
        lambda: commands.delete_as_asked(viewer_of(lead), expression, **SAID),
        lambda: commands.hold_words(viewer_of(lead), expression, because="x"),
        lambda: commands.keep_longer(viewer_of(lead), expression, keep_until=today() + 900 * DAY, **SAID),
        lambda: commands.correct_reach(viewer_of(lead), expression, turn=expression.turn, told_by="phone", phone="01904 1", **SAID),
    ):
        with pytest.raises(Overtaken):
            again()


def test_correcting_how_they_are_reached(advert, lead):
    expression = make_expression(advert)
    with pytest.raises(NotPossible):
        commands.correct_reach(viewer_of(lead), expression, turn=expression.turn, told_by="letter", postal_address="", **SAID)
    commands.correct_reach(viewer_of(lead), expression, turn=expression.turn, told_by="phone", phone="01904 555 0123", **SAID)
    assert (expression.told_by, expression.phone, expression.email) == ("phone", "01904 555 0123", "")
    assert Event.objects.get(verb="joining.correct_reach").details == SAID
