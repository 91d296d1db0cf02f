"""Adverts: written, published, closed, filled, taken back."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.core.policy import Refused
from safety_partners.core.working_days import today
from safety_partners.joining import addresses, commands, equality, tasks
from safety_partners.joining.models import Advert, EqualityCount
from safety_partners.people.models import Role
from tests.factories.joining import CRITERIA, make_advert, make_advert_draft
from tests.factories.partners import make_role
from tests.factories.people import make_member, make_organisation, viewer_of

DAY = dt.timedelta(days=1)


def test_an_advert_is_written_with_what_is_looked_for(lead):
    advert = make_advert_draft(lead)
    assert advert.status == "draft"
    assert [(one.words, one.support) for one in advert.criteria.order_by("position")] == list(CRITERIA)
    assert len(advert.address) == 6
    assert not EqualityCount.objects.exists()


def test_write_advert_needs_a_role_in_use_here(lead):
    other = make_member(make_organisation(), Role.LEAD)
    with pytest.raises(NotPossible) as trouble:
        make_advert_draft(lead, role=make_role(other))
    assert trouble.value.field == "role"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"contact_email": "", "contact_phone": ""}, "contact_phone"),
        ({"closes_on": today() - DAY}, "closes_on"),
        ({"sift_on": today() - DAY}, "sift_on"),
        ({"meet_on": today() - DAY}, "meet_on"),
        ({"start_on": today() - DAY}, "start_on"),
    ],
)
def test_write_and_edit_refuse_what_makes_no_sense(lead, wrong, field):
    with pytest.raises(NotPossible) as trouble:
        make_advert_draft(lead, **wrong)
    assert trouble.value.field == field
    advert = make_advert(lead)
    with pytest.raises(NotPossible):
        commands.edit_advert(viewer_of(lead), advert, turn=advert.turn, **wrong)
    assert Advert.objects.get(pk=advert.pk).contact_phone


def test_edit_advert_while_it_is_open(lead):
    advert = make_advert(lead)
    commands.edit_advert(viewer_of(lead), advert, turn=advert.turn, title="Partners for the community team")
    assert Advert.objects.get(pk=advert.pk).title == "Partners for the community team"
    with pytest.raises(Overtaken):
        commands.edit_advert(viewer_of(lead), advert, turn=0, title="Another")


def test_what_is_looked_for_stays_once_it_is_published(lead):
    advert = make_advert_draft(lead)
    commands.write_criteria(viewer_of(lead), advert, turn=0, criteria=[("You listen", "")])
    assert [one.words for one in advert.criteria.all()] == ["You listen"]
    with pytest.raises(Overtaken):
        commands.write_criteria(viewer_of(lead), advert, turn=0, criteria=[])
    commands.publish_advert(viewer_of(lead), advert)
    with pytest.raises(NotPossible):
        commands.write_criteria(viewer_of(lead), advert, turn=advert.turn, criteria=[])


def test_no_more_criteria_than_anybody_can_keep_in_mind(lead):
    with pytest.raises(NotPossible):
        make_advert_draft(lead, criteria=[(f"{number}", "") for number in range(11)])


def test_publish_needs_something_to_be_read_against_and_a_day_to_come(lead):
    with pytest.raises(NotPossible):
        commands.publish_advert(viewer_of(lead), make_advert_draft(lead, criteria=[]))
    late = make_advert_draft(lead, opens_on=today() - 9 * DAY, closes_on=today() - DAY)
    with pytest.raises(NotPossible):
        commands.publish_advert(viewer_of(lead), late)


def test_publish_makes_every_counter_at_once(lead):
    advert = make_advert(lead)
    rows = EqualityCount.objects.filter(advert=advert)
    assert rows.count() == sum(len(question.answers) for question in equality.QUESTIONS)
    assert set(rows.values_list("count", flat=True)) == {0}


def test_close_open_again_fill_and_take_back(lead):
    viewer, advert = viewer_of(lead), make_advert(lead)
    commands.close_advert(viewer, advert)
    first = advert.counted_until
    commands.publish_advert(viewer, advert)
    assert advert.takes_interest(today())
    commands.fill_advert(viewer, advert)
    assert advert.counted_until == first
    with pytest.raises(Overtaken):
        commands.withdraw_advert(viewer, advert)
    other = make_advert_draft(lead)
    assert commands.withdraw_advert(viewer, other).status == "withdrawn"
    with pytest.raises(NotPossible):
        commands.edit_advert(viewer, other, turn=other.turn, title="Another")


def test_an_advert_closes_on_its_day(lead):
    open_one, late = make_advert(lead), make_advert(lead)
    Advert.objects.filter(pk=late.pk).update(opens_on=today() - 9 * DAY, closes_on=today() - DAY)
    assert tasks.close_adverts() == 1
    assert [Advert.objects.get(pk=one.pk).status for one in (open_one, late)] == ["open", "closed"]
    assert tasks.close_adverts() == 0


@pytest.mark.parametrize("command", [commands.publish_advert, commands.close_advert, commands.fill_advert, commands.withdraw_advert])
def test_adverts_are_for_the_lead_of_the_same_organisation(lead, staff, command):
    advert = make_advert(lead)
    for member in (staff, make_member(make_organisation(), Role.LEAD)):
        with pytest.raises(Refused):
            command(viewer_of(member), advert)
        assert not Advert.objects.visible_to(viewer_of(member)).exists()


def test_write_advert_is_for_leads(staff):
    with pytest.raises(Refused):
        commands.write_advert(viewer_of(staff), role=None)


def test_a_field_an_advert_does_not_have_is_a_mistake(lead):
    with pytest.raises(TypeError):
        make_advert_draft(lead, status="open")


@given(st.text(addresses.SIGNS, min_size=6, max_size=6), st.data())
def test_an_address_survives_being_typed_from_a_poster(address, data):
    """Capitals or not, spaces and dashes anywhere, and every sign that looks like the right one."""
    alike = {"0": "0OoQD", "1": "1IiLl", "2": "2Zz", "5": "5Ss", "8": "8Bb", "6": "6G", "V": "VUvu"}
    typed = []
    for sign in address:
        typed.append(data.draw(st.sampled_from(alike.get(sign, sign + sign.lower()))))
        typed.append(data.draw(st.sampled_from(["", " ", "-", "  "])))
    assert addresses.tidy("".join(typed)) == address


def test_new_addresses_hold_no_sign_that_stands_for_another():
    assert all(addresses.tidy(address) == address for address in (addresses.new_address() for _time in range(200)))
