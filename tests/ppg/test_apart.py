"""What one side must never see of the other, and what must be gone when a yes or words are taken back."""

from __future__ import annotations

import pytest
from django.db import connection
from django.urls import reverse

from safety_partners.core import outbox
from safety_partners.core.lifecycle import NotPossible
from safety_partners.core.models import Message
from safety_partners.insights import commands as insights
from safety_partners.insights.models import Insight
from safety_partners.partners import open_matters
from safety_partners.people.models import Role
from safety_partners.ppg import commands
from safety_partners.ppg.models import CollectiveView, InBoth, Referral
from tests.factories import ppg as make
from tests.factories.insights import make_insight
from tests.factories.people import make_member, viewer_of
from tests.factories.records import make_active
from tests.insights.pages import browser_of, look

pytestmark = pytest.mark.django_db
MARK = "zyqqor"
PRIVATE = f"People go home without their {MARK} tablets."


def kept_in() -> list[str]:
    """The tables in which the mark stands, whatever they are for; full-text search and the outbox among them.

    Not those in which SQLite keeps its index of words: stems that no row has any more go from there when it next merges.
    """
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.startswith("core_searchwords_"):
                continue
            cursor.execute(f'SELECT * FROM "{table}"')
            if any(MARK in str(row).lower() for row in cursor.fetchall()):
                found.append(table)
    return found


@pytest.fixture
def by_letter(lead):
    """A partner to whom we write letters."""
    member = make_member(lead.organisation, Role.PARTNER, name="Lev Letter", told_by="letter", postal_address="2 Mill Lane")
    return make_active(lead, member)


def taken_up(lead, chair, group, partner) -> Referral:
    referral = make.make_referral(chair, group, words=PRIVATE)
    commands.send_referral(viewer_of(lead), referral, partner=partner)
    commands.begin_answer(viewer_of(partner.membership), referral, words="I saw it too.", kind="concern", visibility="answerers")
    return commands.share_answer(viewer_of(partner.membership), referral, turn=referral.answer.turn)


# A yes that is taken back


def test_words_that_were_agreed_to_are_gone_from_everywhere_also_from_letters(lead, chair, group, by_letter):
    referral = make.make_referral(chair, group, words=PRIVATE)
    commands.send_referral(viewer_of(lead), referral, partner=by_letter)
    assert "core_message" in kept_in()
    commands.take_back_referral(viewer_of(chair), referral)
    assert kept_in() == []
    assert not Message.objects.by_hand().filter(template="ppg/referral_asked").exists()


def test_a_letter_that_was_posted_is_known_but_no_longer_says_the_words(lead, quiet, quiet_chair, partner):
    referral = make.make_referral_to_group(partner, quiet, words=PRIVATE)
    commands.send_referral(viewer_of(lead), referral)
    letter = Message.objects.get(template="ppg/referral_asked")
    assert MARK in letter.text
    Message.lifecycle.move(letter, "done_by_hand")
    commands.take_back_referral(viewer_of(partner.membership), referral)
    letter.refresh_from_db()
    assert (letter.status, letter.to_name) == ("sent", quiet_chair.name)
    assert kept_in() == []


def test_only_the_messages_about_this_matter_are_emptied(lead, chair, group, by_letter):
    one, two = (make.make_referral(chair, group, words=words) for words in (PRIVATE, "Something else."))
    for referral in (one, two):
        commands.send_referral(viewer_of(lead), referral, partner=by_letter)
    outbox.forget("ppg/referral_asked", one)
    assert "Something else." in Message.objects.get(template="ppg/referral_asked").text


@pytest.mark.parametrize("end", ["told", "declined"])
def test_a_yes_is_taken_back_also_when_it_has_ended(lead, chair, group, partner, end):
    if end == "told":
        referral = taken_up(lead, chair, group, partner)
        commands.tell_referral(viewer_of(lead), referral, outcome="There is a list now.")
    else:
        referral = make.make_referral(chair, group, words=PRIVATE)
        commands.decline_referral(viewer_of(lead), referral, reason="It is with the pharmacy.")
    assert referral.status == end
    commands.take_back_referral(viewer_of(chair), referral)
    assert kept_in() == []
    told = Message.objects.filter(template="ppg/referral_taken_back").values_list("to_name", flat=True)
    assert set(told) == ({"Lea Lead", "Pat Partner"} if end == "told" else {"Lea Lead"})


def test_what_a_group_withdraws_is_gone_from_everywhere_with_what_a_minority_said(lead, staff, chair, group, quiet, quiet_chair):
    minority = f"Two of us like the {MARK} queue."
    for by, own in ((chair, group), (lead, quiet)):
        view = make.make_view(by, own, words=PRIVATE, minority=minority)
        insights.hand_to(viewer_of(lead), view.insight, owner=staff)
        insights.respond(viewer_of(staff), view.insight, outcome="will", text="We will.")
        assert "ppg_collectiveview" in kept_in()
        insights.withdraw(viewer_of(own.chair), view.insight)
        assert kept_in() == []


def test_a_view_that_was_withdrawn_cannot_be_passed_on_or_chosen(chair, group):
    view = make.make_view(chair, group)
    insights.withdraw(viewer_of(chair), view.insight)
    assert view.code not in look(chair, reverse("ppg:referral-from-group", args=[group.code]))
    with pytest.raises(NotPossible):
        commands.refer_to_partners(viewer_of(chair), group, words="People go home.", view=view)


# What a partner passes on reaches the group when it was sent


def test_a_group_never_reads_what_the_lead_did_not_send(lead, chair, group, partner):
    referral = make.make_referral_to_group(partner, group, words=PRIVATE)
    commands.decline_referral(viewer_of(lead), referral, reason="It is about safety: it stays here.")
    assert not Referral.objects.visible_to(viewer_of(chair)).exists()
    look(chair, referral.get_absolute_url(), status=404)
    commands.take_back_referral(viewer_of(partner.membership), referral)
    assert not Referral.objects.visible_to(viewer_of(chair)).exists()
    assert not Message.objects.filter(to_membership_id=chair.pk, about_code=referral.code).exists()


def test_a_group_that_said_no_does_not_go_on_reading(lead, chair, group, partner):
    referral = make.make_referral_to_group(partner, group, words=PRIVATE)
    commands.send_referral(viewer_of(lead), referral)
    assert Referral.objects.visible_to(viewer_of(chair)).exists()
    commands.hand_back_referral(viewer_of(chair), referral)
    commands.decline_referral(viewer_of(lead), referral, reason="No group takes it up.")
    assert not Referral.objects.visible_to(viewer_of(chair)).exists()


def test_a_partner_who_said_no_does_not_go_on_reading(lead, chair, group, partner, second):
    referral = make.make_referral(chair, group, words=PRIVATE)
    commands.send_referral(viewer_of(lead), referral, partner=partner)
    commands.hand_back_referral(viewer_of(partner.membership), referral)
    commands.send_referral(viewer_of(lead), referral, partner=second)
    assert not Referral.objects.visible_to(viewer_of(partner.membership)).exists()
    look(partner.membership, referral.get_absolute_url(), status=404)


# A chair sees the group's matters and nothing else


def test_no_page_of_the_programme_opens_for_a_chair(lead, chair, partner):
    said = make_insight(partner.membership, words=PRIVATE)
    pages = [
        "partners:partners", "partners:my-place", "partners:set-up", "insights:messages", "insights:actions",
        "committees:committees", "committees:meetings", "activities:activities", "activities:taking-part", "reviews:documents",
        "joining:board", "people:members", "home:involvement", "ppg:groups", "ppg:in-both", "ppg:question-new",
        "ppg:referral-new", "ppg:referral-new-paper",
    ]  # fmt: skip
    for name in pages:
        look(chair, reverse(name), status=403)
    look(chair, said.get_absolute_url(), status=404)
    insights.record_change(viewer_of(lead), said, title=f"A {MARK} list", text="At the door.", status="made", on=make.today())
    for name in ("home:home", "home:calendar", "insights:insights", "insights:mine", "insights:changes", "ppg:mine", "ppg:questions"):
        response = browser_of(chair).get(reverse(name))
        assert response.status_code in {200, 403}, name
        for private in (MARK, "Pat Partner"):
            assert private not in response.content.decode(), name


def test_a_chair_does_not_read_of_a_change_that_came_of_a_partners_words_only(lead, chair, group, partner):
    referral = taken_up(lead, chair, group, partner)
    change = insights.record_change(
        viewer_of(lead), referral.answer, title="Not yet known", text="At the door.", status="made", on=make.today()
    )
    commands.tell_referral(viewer_of(lead), referral, outcome="There is a list now.", change=change)
    page = look(chair, referral.get_absolute_url())
    assert "There is a list now." in page
    assert "Not yet known" not in page
    assert "Not yet known" in look(partner.membership, referral.get_absolute_url())


def test_the_list_of_what_was_passed_on_says_what_it_is_about_and_not_from_which_partner(lead, chair, group, partner):
    referral = make.make_referral_to_group(partner, group, words=PRIVATE)
    commands.send_referral(viewer_of(lead), referral)
    page = look(chair, reverse("ppg:referrals"))
    assert MARK in page
    assert "Pat Partner" not in page
    commands.take_back_referral(viewer_of(partner.membership), referral)
    page = look(chair, reverse("ppg:referrals"))
    assert MARK not in page
    assert "Words that were taken back" in page


# Somebody who is both


@pytest.fixture
def both(lead):
    """A partner who is the chair of a group too, in one membership."""
    member = make_member(lead.organisation, Role.PARTNER, Role.GROUP_CHAIR, name="Bo Both")
    return make_active(lead, member)


def test_who_is_both_speaks_as_one_at_a_time_and_is_counted_apart(lead, both):
    group = make.make_group(lead, both.membership)
    make.make_view(both.membership, group, words="We all think so.")
    own = make_insight(both.membership, words="I think so.")
    assert list(Insight.objects.of_partners()) == [own]
    for page in ("insights:mine", "activities:ledger"):
        shown = look(both.membership, reverse(page))
        assert "We all think so." not in shown
        assert "I think so." in shown
    shown = look(both.membership, reverse("ppg:mine"))
    assert "We all think so." in shown
    assert "I think so." not in shown


def test_that_somebody_is_in_both_is_forgotten_with_them(lead, group, partner):
    commands.say_in_both(viewer_of(partner.membership), partner=partner, group=group)
    for forget in open_matters.forgets:
        forget(partner)
    assert not InBoth.objects.exists()


def test_a_chair_who_has_left_reads_nothing_and_hears_nothing(lead, staff, chair, group, partner):
    view = make.make_view(chair, group)
    referral = make.make_referral_to_group(partner, group)
    new = make.make_chair(lead, "New Chair")
    commands.change_group(
        viewer_of(lead), group, name=group.name, practice=group.practice, ods_code=group.ods_code, kind=group.kind, chair=new, contact=staff
    )
    referral.group.refresh_from_db()
    commands.send_referral(viewer_of(lead), referral)
    seen = viewer_of(chair)
    assert not CollectiveView.objects.visible_to(seen).exists()
    assert not Referral.objects.visible_to(seen).exists()
    assert not Insight.objects.visible_to(seen).filter(pk=view.insight_id).exists()
    assert Message.objects.get(template="ppg/referral_asked").to_name == "New Chair"


def test_nothing_goes_to_a_chair_whose_place_here_has_ended(lead, staff, chair, group, partner):
    passed_on = taken_up(lead, chair, group, partner)
    to_group = make.make_referral_to_group(partner, group)
    chair.ended_on = make.today()
    chair.save()
    for referral in (passed_on, to_group):
        referral.refresh_from_db()
    commands.tell_referral(viewer_of(lead), passed_on, outcome="There is a list now.")
    told = Message.objects.filter(template="ppg/referral_told").values_list("to_name", flat=True)
    assert set(told) == {"Stan Staff", "Pat Partner"}
    with pytest.raises(NotPossible):
        commands.send_referral(viewer_of(lead), to_group)
