"""Reading what people told us: at least two, each alone, final, and nobody scores anybody."""

from __future__ import annotations

import datetime as dt

import pytest

from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.core.models import Event, Message
from safety_partners.core.policy import Refused
from safety_partners.core.working_days import add_working_days, today
from safety_partners.joining import commands
from safety_partners.joining.commands.sifting import Finding
from safety_partners.joining.models import Expression, Sift, SiftPoint
from safety_partners.people.models import Role
from tests.factories.joining import make_advert, make_expression
from tests.factories.people import make_member, make_organisation, viewer_of
from tests.joining.stages import KIND, being_read, findings_for, fresh, give, read


@pytest.fixture
def partner(organisation):
    return make_member(organisation, Role.PARTNER)


@pytest.fixture
def expression(advert, lead, staff, partner):
    return being_read(advert, lead, staff, partner)


def test_acknowledging_tells_them_and_says_by_when(advert, lead):
    expression = commands.acknowledge_expression(viewer_of(lead), make_expression(advert), words="How kind of you to write.")
    assert (expression.status, expression.next_due_on) == ("acknowledged", add_working_days(today(), 10))
    message = Message.objects.get(template="joining/acknowledged")
    assert "How kind of you to write." in message.text
    assert message.to_address == "mo@example.org"
    assert Event.objects.get(verb="joining.acknowledge_expression").details == {}
    with pytest.raises(Overtaken):
        commands.acknowledge_expression(viewer_of(lead), expression)


def test_readers_are_asked_and_the_name_does_not_travel(expression, staff, partner):
    assert expression.status == "being read"
    assert set(expression.sifts.values_list("by", flat=True)) == {staff.pk, partner.pk}
    asked = Message.objects.filter(template="joining/asked_to_read")
    assert asked.count() == 2
    assert not any("Farrow" in f"{message.subject} {message.text}" for message in asked)
    assert expression.next_due_on > expression.sifts.first().due_on


def test_one_reader_is_not_enough_also_when_named_twice(advert, lead, staff):
    for readers in ([], [staff], [staff, staff]):
        with pytest.raises(NotPossible) as trouble:
            commands.begin_sift(viewer_of(lead), make_expression(advert), readers=readers)
        assert trouble.value.field == "readers"


def test_only_people_of_this_organisation_read(advert, lead, staff, organisation):
    foreign = make_member(make_organisation(), Role.STAFF)
    former = make_member(organisation, Role.STAFF, ended_on=today())
    board = make_member(organisation, Role.BOARD)
    for wrong in (foreign, former, board):
        with pytest.raises(NotPossible):
            commands.begin_sift(viewer_of(lead), make_expression(advert), readers=[staff, wrong])
    with pytest.raises(NotPossible):
        commands.begin_sift(viewer_of(lead), make_expression(advert), readers=[staff, lead], due_on=today() - dt.timedelta(days=1))


def test_only_a_lead_of_the_organisation_gives_it_to_readers(advert, staff, partner):
    for who in (staff, make_member(make_organisation(), Role.LEAD)):
        with pytest.raises(Refused):
            commands.begin_sift(viewer_of(who), make_expression(advert), readers=[staff, partner])


def test_a_view_holds_a_finding_for_each_thing_and_is_final(expression, staff):
    sift = give(expression.sifts.get(by=staff), view="meet with support", found="with support", support="Papers read aloud")
    assert (sift.view, sift.points.count()) == ("meet with support", expression.advert.criteria.count())
    assert set(sift.points.values_list("found", "support")) == {("with support", "Papers read aloud")}
    with pytest.raises(Overtaken):
        give(sift, view="not now")
    assert fresh(sift).view == "meet with support"


def test_there_is_nothing_to_count_points_with():
    numbers = {"IntegerField", "PositiveSmallIntegerField", "PositiveIntegerField", "DecimalField", "FloatField"}
    for model in (Sift, SiftPoint):
        assert not [field.name for field in model._meta.get_fields() if field.get_internal_type() in numbers]


def test_a_view_says_which_support_and_skips_nothing(expression, staff, lead):
    sift = expression.sifts.get(by=staff)
    with pytest.raises(NotPossible) as trouble:
        give(sift, view="meet with support")
    assert trouble.value.field == "words"
    for view in ("", "best"):
        with pytest.raises(NotPossible):
            give(sift, view=view)
    whole = findings_for(sift)
    foreign = make_advert(lead).criteria.first()
    for findings in (
        [],
        whole[:-1],
        [*whole, whole[0]],
        [*whole[:-1], Finding(foreign, "yes")],
        [*whole[:-1], Finding(whole[-1].criterion, "9")],
    ):
        with pytest.raises(NotPossible):
            commands.give_view(viewer_of(staff), sift, view="meet", findings=findings)
    assert fresh(sift).done_at is None
    assert not SiftPoint.objects.exists()


def test_nobody_gives_the_view_of_another(expression, staff, partner, lead):
    for who in (partner, lead):
        with pytest.raises(Refused):
            commands.give_view(viewer_of(who), expression.sifts.get(by=staff), view="meet")
        with pytest.raises(Refused):
            commands.stand_aside(viewer_of(who), expression.sifts.get(by=staff))


def test_a_view_comes_too_late_when_the_lead_has_moved_on(advert, lead, staff, partner, organisation):
    third = make_member(organisation, Role.STAFF)
    expression = being_read(advert, lead, staff, partner, third)
    for who in (staff, partner):
        give(expression.sifts.get(by=who))
    late = expression.sifts.get(by=third)
    commands.say_not_now(viewer_of(lead), expression, words=KIND)
    with pytest.raises(Overtaken):
        give(late)
    with pytest.raises(Overtaken):
        commands.stand_aside(viewer_of(third), late)
    assert fresh(late).done_at is None


def test_leaving_it_to_somebody_else_tells_the_leads_without_a_reason(expression, lead, partner, staff):
    commands.stand_aside(viewer_of(partner), expression.sifts.get(by=partner))
    assert list(expression.sifts.values_list("by", flat=True)) == [staff.pk]
    assert Message.objects.get(template="joining/stood_aside").to_membership_id == lead.pk
    assert Event.objects.get(verb="joining.stand_aside").details == {}
    give(expression.sifts.get(by=staff))
    with pytest.raises(Overtaken):
        commands.stand_aside(viewer_of(staff), expression.sifts.get(by=staff))


def test_another_reader_once_each_while_it_is_read(expression, lead, staff, organisation):
    third = make_member(organisation, Role.STAFF)
    commands.ask_another_reader(viewer_of(lead), expression, reader=third)
    assert expression.sifts.count() == 3
    with pytest.raises(Overtaken):
        commands.ask_another_reader(viewer_of(lead), expression, reader=third)
    commands.note_withdrawal(viewer_of(lead), expression, capture="letter", is_read_back=False)
    with pytest.raises(Overtaken):
        commands.ask_another_reader(viewer_of(lead), expression, reader=make_member(organisation, Role.STAFF))


@pytest.mark.parametrize("status", ["received", "acknowledged", "chat", "being read"])
def test_nobody_is_turned_away_by_one_person_alone(advert, lead, status):
    expression = make_expression(advert)
    Expression.objects.filter(pk=expression.pk).update(status=status)
    with pytest.raises(NotPossible, match="two people"):
        commands.say_not_now(viewer_of(lead), fresh(expression), words=KIND)


def test_where_the_places_are_filled_there_is_nothing_to_choose_any_more(advert, lead):
    expression = make_expression(advert)
    commands.fill_advert(viewer_of(lead), advert)
    assert commands.say_not_now(viewer_of(lead), fresh(expression), words=KIND).status == "not now"


# Who sees which views


def seen_by(member, expression) -> set[int]:
    return set(Sift.objects.visible_to(viewer_of(member)).filter(expression=expression).values_list("by_id", flat=True))


def test_a_reader_sees_the_others_only_after_their_own(expression, staff, partner, lead):
    give(expression.sifts.get(by=partner), words="I see much")
    assert seen_by(staff, expression) == {staff.pk}
    assert not SiftPoint.objects.visible_to(viewer_of(staff)).exists()
    assert seen_by(lead, expression) == {staff.pk, partner.pk}
    give(expression.sifts.get(by=staff))
    assert seen_by(staff, expression) == {staff.pk, partner.pk}
    assert SiftPoint.objects.visible_to(viewer_of(staff)).filter(sift__by=partner).exists()


def test_a_lead_who_reads_too_is_as_blind_as_the_others(advert, lead, staff):
    expression = being_read(advert, lead, lead, staff)
    give(expression.sifts.get(by=staff))
    assert seen_by(lead, expression) == {lead.pk}
    give(expression.sifts.get(by=lead))
    assert seen_by(lead, expression) == {lead.pk, staff.pk}


@pytest.mark.parametrize("role", [role for role in Role.values if role != Role.LEAD])
def test_who_was_not_asked_sees_nothing(advert, lead, staff, partner, organisation, role):
    expression = read(advert, lead, staff, partner)
    viewer = viewer_of(make_member(organisation, role))
    assert not Expression.objects.visible_to(viewer).exists()
    assert not Sift.objects.visible_to(viewer).exists()
    assert not SiftPoint.objects.visible_to(viewer).exists()
    assert Expression.objects.visible_to(viewer_of(lead)).get() == expression


def test_a_foreign_lead_sees_nothing(advert, lead, staff, partner):
    read(advert, lead, staff, partner)
    viewer = viewer_of(make_member(make_organisation(), Role.LEAD))
    assert not Expression.objects.visible_to(viewer).exists()
    assert not Sift.objects.visible_to(viewer).exists()
    assert not SiftPoint.objects.visible_to(viewer).exists()
