"""From a draft to sealed words, and taking them back."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest

from safety_partners.core import clock, history, text_search
from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.core.models import Event
from safety_partners.core.policy import Refused
from safety_partners.core.seals import seal
from safety_partners.insights import commands
from safety_partners.insights.models import Insight, PassingOn, PublishedChange, Verdict, Wording, WordingAnswer
from safety_partners.people.models import Role
from tests.factories import insights as make
from tests.factories.people import make_member, make_organisation, make_service, make_user, viewer_of
from tests.insights.cast import make_cast, told

pytestmark = pytest.mark.django_db
LONDON = clock.LONDON


@pytest.fixture
def cast():
    return make_cast()


def record(cast, *, capture="phone", is_read_back=True, **fields):
    given = {"words": make.WORDS, "kind": Insight.Kind.CONCERN, **fields}
    return commands.record_words(viewer_of(cast.lead), speaker=cast.partner, capture=capture, is_read_back=is_read_back, **given)


def test_share_seals_the_exact_words(cast):
    words = "  Two spaces first.\n\n\tA tab, “quotes”, 💚 and a trailing space \n"
    insight = make.make_insight(cast.partner, words=words)
    insight.refresh_from_db()
    assert insight.words == words
    assert insight.checksum == seal(words)
    assert Event.objects.get(verb="insights.share_insight").details["checksum"] == insight.checksum


def test_share_seals_what_the_database_holds_and_not_what_an_older_tab_read(cast):
    draft = make.make_draft(cast.partner)
    as_read_in_another_tab = Insight.objects.get(pk=draft.pk)
    commands.edit_draft(viewer_of(cast.partner), draft, words="The words I kept last.")
    shared = commands.share_insight(viewer_of(cast.partner), as_read_in_another_tab)
    assert shared.checksum == seal("The words I kept last.")
    assert not list(history.verify())


def test_share_can_ask_for_the_draft_that_was_read_through(cast):
    draft = make.make_draft(cast.partner)
    commands.edit_draft(viewer_of(cast.partner), Insight.objects.get(pk=draft.pk), words="Changed in another tab.")
    with pytest.raises(Overtaken):
        commands.share_insight(viewer_of(cast.partner), draft, turn=0)


def test_clocks_run_in_working_days_over_bank_holidays(cast):
    # Thursday 17 December 2026; 25 and 28 December and 1 January are bank holidays.
    with clock.telling(dt.datetime(2026, 12, 17, 16, 0, tzinfo=LONDON)):
        insight = make.make_insight(cast.partner)
    assert insight.acknowledge_by == dt.date(2026, 12, 21)
    assert insight.own_by == dt.date(2026, 12, 24)
    assert insight.answer_by == dt.date(2027, 1, 19)
    assert insight.next_due_on == insight.acknowledge_by


def test_clocks_count_from_the_london_day(cast):
    # Half past eleven at night in London on Friday 12 June 2026 is still Friday, though UTC is an hour behind.
    with clock.telling(dt.datetime(2026, 6, 12, 23, 30, tzinfo=LONDON)):
        insight = make.make_insight(cast.partner)
    assert insight.acknowledge_by == dt.date(2026, 6, 16)


def test_an_organisation_has_its_own_clocks():
    cast = make_cast(acknowledge_days=1, own_days=3, answer_days=10)
    with clock.telling(dt.datetime(2026, 6, 1, 9, 0, tzinfo=LONDON)):
        insight = make.make_insight(cast.partner)
    assert (insight.acknowledge_by, insight.own_by, insight.answer_by) == (dt.date(2026, 6, 2), dt.date(2026, 6, 4), dt.date(2026, 6, 15))


def test_share_tells_every_lead_and_nobody_else(cast):
    other_lead = make_member(cast.organisation, Role.LEAD)
    make.make_insight(cast.partner)
    assert told(cast.lead) == told(other_lead) == ["shared"]
    assert told(cast.partner) == told(cast.owner) == []


def test_share_with_a_known_owner_starts_the_answer_clock(cast):
    insight = commands.share_insight(viewer_of(cast.partner), make.make_draft(cast.partner), owner=cast.owner)
    assert insight.status == Insight.Status.OWNED
    assert insight.next_due_on == insight.answer_by


def test_share_leaves_out_an_owner_who_may_not_see_the_words(cast):
    draft = make.make_draft(cast.partner, visibility=Insight.Visibility.LEAD)
    insight = commands.share_insight(viewer_of(cast.partner), draft, owner=cast.owner)
    assert insight.status == Insight.Status.SHARED
    assert insight.owner is None
    assert told(cast.lead) == ["shared"]


def test_share_leaves_out_an_owner_who_has_left_or_is_from_elsewhere(cast):
    cast.owner.ended_on = clock.today()
    cast.owner.save()
    stranger = make_member(None, Role.STAFF)
    for owner in (cast.owner, stranger, cast.partner):
        insight = commands.share_insight(viewer_of(cast.partner), make.make_draft(cast.partner), owner=owner)
        assert insight.owner is None


@pytest.mark.parametrize("capture", ["phone", "meeting"])
def test_share_of_heard_words_needs_them_read_back(cast, capture):
    draft = record(cast, capture=capture, is_read_back=False)
    with pytest.raises(NotPossible) as trouble:
        commands.share_insight(viewer_of(cast.lead), draft)
    assert trouble.value.field == "is_read_back"
    commands.edit_draft(viewer_of(cast.lead), draft, is_read_back=True)
    assert commands.share_insight(viewer_of(cast.lead), draft).status == Insight.Status.SHARED


def test_share_of_a_letter_needs_no_reading_back_and_tells_the_person(cast):
    draft = record(cast, capture="letter", is_read_back=False)
    commands.share_insight(viewer_of(cast.lead), draft)
    assert told(cast.partner) == ["recorded"]
    assert told(cast.lead) == []


def test_record_words_says_who_and_how(cast):
    insight = record(cast)
    assert (insight.speaker, insight.recorded_by, insight.capture, insight.is_read_back) == (cast.partner, cast.lead, "phone", True)


@pytest.mark.parametrize("capture", ["typed", "", "pigeon"])
def test_record_words_must_say_how_they_came(cast, capture):
    with pytest.raises(NotPossible) as trouble:
        record(cast, capture=capture)
    assert trouble.value.field == "capture"


def test_record_words_only_of_a_partner_here(cast):
    for nobody in (make_member(None, Role.PARTNER), cast.owner):
        cast.partner = nobody
        with pytest.raises(NotPossible) as trouble:
            record(cast)
        assert trouble.value.field == "speaker"


def test_recorded_words_that_change_must_be_read_back_again(cast):
    draft = record(cast)
    commands.edit_draft(viewer_of(cast.lead), draft, words="Other words.")
    assert not draft.is_read_back
    commands.edit_draft(viewer_of(cast.lead), draft, words="Other words still.", is_read_back=True)
    assert draft.is_read_back


def test_a_draft_belongs_to_one_desk(cast):
    draft = make.make_draft(cast.partner)
    for other in (cast.lead, cast.owner, make_member(cast.organisation, Role.PARTNER)):
        with pytest.raises(Refused):
            commands.edit_draft(viewer_of(other), draft, words="Mine now")
        assert not Insight.objects.visible_to(viewer_of(other)).exists()


def test_edit_draft_changes_only_what_belongs_to_a_draft(cast):
    draft = make.make_draft(cast.partner)
    for field, value in {"status": "settled", "speaker_id": cast.lead.pk, "organisation_id": 7, "checksum": "x"}.items():
        with pytest.raises(TypeError):
            commands.edit_draft(viewer_of(cast.partner), draft, **{field: value})


def test_edit_draft_after_sharing_is_overtaken(cast):
    draft = make.make_draft(cast.partner)
    commands.share_insight(viewer_of(cast.partner), Insight.objects.get(pk=draft.pk))
    with pytest.raises(Overtaken):
        commands.edit_draft(viewer_of(cast.partner), draft, words="Too late")
    with pytest.raises(Overtaken):
        commands.delete_draft(viewer_of(cast.partner), draft)


def test_a_draft_thrown_away_in_another_tab_is_overtaken(cast):
    draft = make.make_draft(cast.partner)
    commands.delete_draft(viewer_of(cast.partner), Insight.objects.get(pk=draft.pk))
    for command in (commands.edit_draft, commands.share_insight):
        with pytest.raises(Overtaken):
            command(viewer_of(cast.partner), draft)


def test_words_are_needed_and_a_service_of_here(cast):
    elsewhere = make_service(make_organisation())
    for given, field in (({"words": " \n "}, "words"), ({"service": elsewhere}, "service")):
        with pytest.raises(NotPossible) as trouble:
            make.make_draft(cast.partner, **given)
        assert trouble.value.field == field
        with pytest.raises(NotPossible):
            commands.edit_draft(viewer_of(cast.partner), make.make_draft(cast.partner), **given)
        with pytest.raises(NotPossible):
            record(cast, **given)


def test_only_partners_share(cast):
    with pytest.raises(Refused):
        commands.begin_draft(viewer_of(cast.owner), words="x", kind="concern")


def test_the_same_form_twice_makes_one_draft(cast):
    key = uuid.uuid4()
    one, two = (commands.begin_draft(viewer_of(cast.partner), words="Once", kind="concern", submission_key=key) for _number in range(2))
    assert one.pk == two.pk
    assert Insight.objects.count() == 1


def test_pass_on_is_asked_once_a_channel_and_told_to_the_lead(cast):
    insight = make.make_insight(cast.partner)
    for _number in range(2):
        commands.ask_to_pass_on(viewer_of(cast.partner), insight, channel="complaints")
    assert PassingOn.objects.count() == 1
    assert told(cast.lead) == ["shared", "pass_on"]
    with pytest.raises(NotPossible):
        commands.ask_to_pass_on(viewer_of(cast.partner), insight, channel="the newspaper")
    with pytest.raises(NotPossible):
        commands.ask_to_pass_on(viewer_of(cast.partner), make.make_draft(cast.partner), channel="complaints")


def test_change_visibility_cannot_shut_out_the_owner(cast):
    insight = make.make_owned(cast.partner, cast.lead, cast.owner)
    with pytest.raises(NotPossible):
        commands.change_visibility(viewer_of(cast.partner), insight, visibility=Insight.Visibility.LEAD)
    commands.change_visibility(viewer_of(cast.partner), insight, visibility=Insight.Visibility.PROGRAMME)
    assert Insight.objects.visible_to(viewer_of(cast.colleague)).exists()
    with pytest.raises(NotPossible):
        commands.change_visibility(viewer_of(cast.partner), insight, visibility="everyone")


def test_words_for_the_lead_alone_are_seen_by_nobody_else(cast):
    insight = make.make_insight(cast.partner, visibility=Insight.Visibility.LEAD)
    may_see = [cast.partner, cast.lead]
    others = [cast.owner, *(make_member(cast.organisation, role) for role in Role if role != Role.LEAD)]
    assert all(Insight.objects.visible_to(viewer_of(one)).filter(pk=insight.pk).exists() for one in may_see)
    assert not any(Insight.objects.visible_to(viewer_of(one)).exists() for one in others)


# Withdrawal


def test_withdraw_takes_the_words_out_of_everything_and_leaves_a_stub_and_the_seals(cast):
    other = make_member(cast.organisation, Role.PARTNER, name="Tom Webb")
    change = make.make_change(cast.partner, cast.lead, cast.owner)
    insight = change.insights.get()
    commands.give_verdict(viewer_of(cast.partner), insight, answer="part", words="My verdict words")
    joined = make.make_answered(other, cast.lead, cast.owner).insight
    commands.join_change(viewer_of(cast.lead), joined, change=change)
    wording = make.make_published(change, cast.lead, cast.partner, other)
    second = make.make_wording(change, cast.lead)
    commands.ask_for_other_words(viewer_of(cast.partner), second, comment="My own comment")
    checksum = insight.checksum
    assert not list(history.verify())

    commands.withdraw(viewer_of(cast.partner), insight)

    insight.refresh_from_db()
    assert (insight.words, insight.about_label, insight.checksum) == ("", "", checksum)
    assert insight.status == Insight.Status.WITHDRAWN
    assert insight.next_due_on is None
    assert insight.shared_at is not None
    verdict = Verdict.objects.get()
    assert verdict.words == ""
    assert verdict.checksum
    found = text_search.matching(Insight.objects.all(), "waited", organisation_id=cast.organisation.pk)
    assert list(found) == [joined]
    assert set(Wording.objects.values_list("told_us", flat=True)) == {""}
    wording.refresh_from_db()
    assert wording.status == Wording.Status.TAKEN_DOWN
    assert not WordingAnswer.objects.exclude(comment="").exists()
    edition = PublishedChange.objects.get(address=change.code)
    assert (edition.told_us, edition.credit, edition.has_withdrawn_words, edition.is_newest) == ("", "", True, True)
    assert not list(history.verify())


def test_withdraw_tells_owner_and_lead_and_the_others_who_agreed_the_public_words(cast):
    other = make_member(cast.organisation, Role.PARTNER)
    change = make.make_change(cast.partner, cast.lead, cast.owner)
    commands.join_change(viewer_of(cast.lead), make.make_answered(other, cast.lead, cast.owner).insight, change=change)
    make.make_published(change, cast.lead, cast.partner, other)
    commands.withdraw(viewer_of(cast.partner), change.insights.get(speaker=cast.partner))
    assert told(cast.owner)[-1] == "withdrawn"
    assert told(cast.lead)[-1] == "withdrawn"
    assert told(other)[-1] == "words_taken_down"
    assert "words_taken_down" not in told(cast.partner)


def test_a_withdrawal_recorded_by_the_lead_is_told_to_the_person(cast):
    insight = make.make_insight(cast.partner)
    commands.withdraw(viewer_of(cast.lead), insight)
    assert told(cast.partner) == ["withdrawn_for_you"]


def test_withdraw_ends_what_was_asked_of_other_channels(cast):
    insight = make.make_insight(cast.partner)
    commands.ask_to_pass_on(viewer_of(cast.partner), insight, channel="complaints")
    commands.withdraw(viewer_of(cast.partner), insight)
    assert not PassingOn.objects.waiting().exists()


def test_after_a_withdrawal_nobody_who_withdrew_is_told_of_movements(cast):
    change = make.make_change(cast.partner, cast.lead, cast.owner)
    commands.withdraw(viewer_of(cast.partner), change.insights.get())
    before = told(cast.partner)
    commands.move_change(viewer_of(cast.lead), change, status="made", on=clock.today(), reason="Done.")
    assert told(cast.partner) == before
    with pytest.raises(NotPossible):
        make.make_wording(change, cast.lead)


def test_withdraw_only_by_the_speaker_or_the_lead_for_them(cast):
    insight = make.make_owned(cast.partner, cast.lead, cast.owner)
    for other in (cast.owner, make_member(cast.organisation, Role.PARTNER), make_member(None, Role.LEAD)):
        with pytest.raises(Refused):
            commands.withdraw(viewer_of(other), insight)


def test_a_couple_who_share_an_address_speak_each_for_themselves(cast):
    wife, husband = (
        make_member(cast.organisation, Role.PARTNER, user=make_user(name, email="both@example.org")) for name in ("Ada", "Bert")
    )
    hers = make.make_answered(wife, cast.lead, cast.owner).insight
    assert not Insight.objects.visible_to(viewer_of(husband)).exists()
    with pytest.raises(Refused):
        commands.give_verdict(viewer_of(husband), hers, answer="yes")
    assert commands.give_verdict(viewer_of(wife), hers, answer="yes").answer == "yes"
