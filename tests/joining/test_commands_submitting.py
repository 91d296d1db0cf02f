"""Sending an expression of interest."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest

from safety_partners.core.lifecycle import NotPossible
from safety_partners.core.models import Event, Message, Submission
from safety_partners.core.policy import Refused
from safety_partners.core.viewer import NOBODY
from safety_partners.core.working_days import add_working_days, today
from safety_partners.joining import commands, private_words
from safety_partners.joining.models import Draft, Expression
from tests.factories.joining import ANSWERS, WHY, make_advert, make_advert_draft, make_expression, make_recorded_expression
from tests.factories.people import viewer_of


def test_submit_expression_keeps_the_words_exactly_and_writes_a_receipt(advert):
    expression = make_expression(advert, word="maple-otter-linen")

    kept = Expression.objects.get(pk=expression.pk)
    assert kept.why == WHY
    assert kept.status == "received"
    assert kept.next_due_on == add_working_days(today(), advert.organisation.acknowledge_days)
    assert private_words.is_word("Maple Otter Linen ", kept.secret_hash)
    assert "maple" not in kept.secret_hash
    receipt = Message.objects.get(about_code=expression.code)
    assert (receipt.channel, receipt.to_address, receipt.to_membership_id) == ("email", "mo@example.org", None)
    assert expression.code in receipt.text
    assert "maple-otter-linen" in receipt.text


def test_submit_expression_leaves_no_personal_word_in_the_event(advert):
    expression = make_expression(advert)
    event = Event.objects.get(about_code=expression.code)
    assert event.details == {"keep_months": 6}
    assert event.organisation_id == advert.organisation_id
    assert event.by_membership_id is None


@pytest.mark.parametrize(
    ("told_by", "address", "channel"),
    [("letter", {"postal_address": "1 Mill Lane"}, "letter"), ("phone", {"phone": "01632 960 001"}, "phone")],
)
def test_submit_expression_needs_no_email(advert, told_by, address, channel):
    expression = make_expression(advert, told_by=told_by, email="", **address)
    message = Message.objects.get(about_code=expression.code)
    assert (message.channel, message.status) == (channel, "waiting")
    assert message.to_address == next(iter(address.values()))


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": "  "}, "name"),
        ({"why": " \n"}, "why"),
        ({"why": "word " * 301}, "why"),
        ({"told_by": "email", "email": ""}, "email"),
        ({"told_by": "letter", "postal_address": " "}, "postal_address"),
        ({"told_by": "phone", "phone": ""}, "phone"),
        ({"works_here": True}, "works_here"),
        ({"keep_months": 99}, "keep_months"),
    ],
)
def test_submit_expression_says_what_is_missing(advert, wrong, field):
    with pytest.raises(NotPossible) as trouble:
        make_expression(advert, **wrong)
    assert trouble.value.field == field
    assert not Expression.objects.exists()
    assert not Message.objects.exists()


def test_submit_expression_needs_consent(advert):
    with pytest.raises(NotPossible) as trouble:
        commands.submit_expression(NOBODY, advert, agrees_to_keep=False, **ANSWERS)
    assert trouble.value.field == "agrees_to_keep"


def test_submit_expression_keeps_it_as_long_as_agreed(advert):
    kept = make_expression(advert, keep_months=3)
    assert dt.timedelta(days=88) <= kept.keep_until - today() <= dt.timedelta(days=93)


def test_submit_expression_twice_with_one_key_makes_one(advert):
    key = uuid.uuid4()
    draft = Draft.objects.create(organisation=advert.organisation, advert=advert, secret_hash="x" * 64)
    given = {"agrees_to_keep": True, "word": "a-b-c", "submission_key": key, **ANSWERS}
    first = commands.submit_expression(NOBODY, advert, draft=draft, **given)
    second = commands.submit_expression(NOBODY, advert, draft=draft, **given)
    assert first.pk == second.pk
    assert Expression.objects.count() == Message.objects.count() == Submission.objects.filter(key=key).count() == 1
    assert not Draft.objects.exists()


def test_submit_expression_only_while_the_advert_is_open(advert, lead):
    with pytest.raises(NotPossible):
        make_expression(make_advert_draft(lead))
    with pytest.raises(NotPossible):
        make_expression(make_advert(lead, opens_on=today() + dt.timedelta(days=2)))
    commands.close_advert(viewer_of(lead), advert)
    with pytest.raises(NotPossible):
        make_expression(advert)


def test_names_in_any_script_are_kept_as_typed_and_folded_for_searching(advert):
    assert make_expression(advert, name="Ágnes  Nagy").name_key == "agnes nagy"
    assert make_expression(advert, name="李小龙", known_as="").name == "李小龙"


def test_record_expression_says_who_wrote_it_down_and_tells_the_person(advert, lead):
    expression = make_recorded_expression(advert, lead)
    assert (expression.recorded_by, expression.capture, expression.completed_by) == (lead, "phone", "staff")
    assert expression.is_read_back
    assert Message.objects.get(about_code=expression.code).channel == "letter"
    assert Event.objects.get(about_code=expression.code).details == {"keep_months": 6, "capture": "phone"}


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"is_read_back": False}, "is_read_back"), ({"capture": "typed"}, "capture"), ({"agrees_to_keep": False}, "agrees_to_keep")],
)
def test_record_expression_refuses_what_was_not_agreed(advert, lead, wrong, field):
    given = {"capture": "phone", "is_read_back": True, "agrees_to_keep": True, **ANSWERS, **wrong}
    with pytest.raises(NotPossible) as trouble:
        commands.record_expression(viewer_of(lead), advert, **given)
    assert trouble.value.field == field


def test_record_expression_takes_a_late_letter_but_nothing_for_a_draft(advert, lead):
    commands.close_advert(viewer_of(lead), advert)
    given = {"capture": "letter", "is_read_back": False, "agrees_to_keep": True, **ANSWERS}
    assert commands.record_expression(viewer_of(lead), advert, **given).capture == "letter"
    with pytest.raises(NotPossible):
        commands.record_expression(viewer_of(lead), make_advert_draft(lead), **given)


def test_record_expression_is_for_the_lead_of_the_same_organisation(advert, staff):
    from safety_partners.people.models import Role
    from tests.factories.people import make_member, make_organisation

    for member in (staff, make_member(make_organisation(), Role.LEAD)):
        with pytest.raises(Refused):
            commands.record_expression(viewer_of(member), advert, capture="letter", is_read_back=True, agrees_to_keep=True, **ANSWERS)
