"""Interview panels: settled before anybody is asked, the partner’s own question, told how it ended. Nothing of candidates."""

from __future__ import annotations

import pytest

from safety_partners.activities import commands
from safety_partners.activities.models import Offer, Panel, PanelArea, PanelQuestion, Settled, Shape
from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.core.models import Event, Message
from safety_partners.core.policy import Refused
from safety_partners.core.working_days import today
from tests.factories.activities import make_activity, make_offer
from tests.factories.committees import DAY
from tests.factories.people import make_member, viewer_of

ALL = {area.value: f"Settled: {area.label}" for area in PanelArea}
PHONE = {"capture": "phone", "is_read_back": True}


@pytest.fixture
def activity(requester, lead):
    return make_activity(requester, lead=lead, shape=Shape.PANEL, title="Head of quality")


@pytest.fixture
def me(requester):
    return viewer_of(requester)


@pytest.fixture
def panel(me, activity, staff):
    return commands.describe_panel(me, activity, post="Head of quality", chair=staff, scoring="equal")


def offer_it(lead, activity, partner):
    return commands.offer_places(viewer_of(lead), activity, partners=[partner], reply_by=today() + 7 * DAY)


def test_nobody_is_asked_before_scoring_and_all_ten_areas_are_settled(me, lead, activity, staff, partner):
    with pytest.raises(NotPossible, match="scores"):
        offer_it(lead, activity, partner)
    panel = commands.describe_panel(me, activity, post="Head of quality", chair=staff)
    with pytest.raises(NotPossible, match="scores"):
        offer_it(lead, activity, partner)
    commands.describe_panel(me, activity, post="Head of quality", chair=staff, scoring="advisory", turn=panel.turn)
    for area in PanelArea:
        with pytest.raises(NotPossible, match="ten areas"):
            offer_it(lead, activity, partner)
        commands.settle_areas(me, panel, words={area.value: ALL[area.value]})

    offer_it(lead, activity, partner)

    snapshot = dict(Offer.objects.get().snapshot)
    assert snapshot["Your part in scoring"] == Panel.Scoring.ADVISORY.label
    assert all(snapshot[str(area.label)] == ALL[area.value] for area in PanelArea)


def test_the_ten_areas_are_ten_and_each_is_kept_once(me, panel):
    assert len(PanelArea) == 10
    commands.settle_areas(me, panel, words=ALL | {"candidate": "x"})
    commands.settle_areas(me, panel, words={"role": "Another", "support": "  "}, turn=panel.turn)

    kept = dict(Settled.objects.filter(panel=panel).values_list("area", "words"))
    assert kept == {**{area: words for area, words in ALL.items() if area != "support"}, "role": "Another"}


def test_who_was_asked_on_other_terms_is_asked_again_and_nothing_is_unsaid(me, lead, activity, panel, partner, staff):
    commands.settle_areas(me, panel, words=ALL)
    offer_it(lead, activity, partner)
    offer = Offer.objects.get()
    commands.accept_place(viewer_of(partner.membership), offer, turn=offer.turn)

    commands.describe_panel(me, activity, post="Head of quality", chair=staff, scoring="none", turn=Panel.objects.get().turn)

    offer.refresh_from_db()
    assert (offer.status, offer.keeps_place) == ("offered", True)
    for area_words, field in (({"role": ""}, "role"), ({"role": "x", "support": " "}, "support")):
        with pytest.raises(NotPossible) as trouble:
            commands.settle_areas(me, panel, words=area_words)
        assert trouble.value.field == field
    with pytest.raises(NotPossible, match="whether they score"):
        commands.describe_panel(me, activity, post="Head of quality", chair=staff, turn=Panel.objects.get().turn)
    assert Panel.objects.get().scoring == "none"


def test_two_who_settle_at_once_lose_nothing(me, panel):
    seen = panel.turn
    commands.settle_areas(me, panel, words={"role": "One"}, turn=seen)

    with pytest.raises(Overtaken):
        commands.settle_areas(me, panel, words={"role": "Two"}, turn=seen)
    assert Settled.objects.get(area="role").words == "One"


def test_who_runs_it_settles_it_with_a_chair_who_works_here(me, activity, staff, partner, lead):
    for chair in (partner.membership, make_member(None, "staff")):
        with pytest.raises(NotPossible, match="staff"):
            commands.describe_panel(me, activity, post="Head of quality", chair=chair)
    for member in (staff, partner.membership):
        with pytest.raises(Refused):
            commands.describe_panel(viewer_of(member), activity, post="x", chair=staff)
    with pytest.raises(Overtaken):
        commands.describe_panel(me, make_activity(activity.requester), post="x", chair=staff)


def test_partners_are_told_how_it_ended_once_and_in_a_sentence_of_ours(me, activity, panel, partner, second):
    make_offer(activity, partner, status=Offer.Status.ACCEPTED)
    make_offer(activity, second, status=Offer.Status.DECLINED)
    with pytest.raises(NotPossible):
        commands.tell_how_panel_ended(me, panel, ended="Miss Smith got it")

    commands.tell_how_panel_ended(me, panel, ended="filled", turn=panel.turn)

    (message,) = Message.objects.filter(template="activities/panel_ended")
    assert message.to_membership_id == partner.membership_id
    assert "Somebody was chosen for the post." in message.text
    assert Panel.objects.get().told_outcome_on == today()
    with pytest.raises(Overtaken):
        commands.tell_how_panel_ended(me, panel, ended="stopped")


def test_a_partner_writes_changes_and_takes_away_their_own_question(activity, panel, partner):
    offer = make_offer(activity, partner, status=Offer.Status.ACCEPTED)
    own = viewer_of(partner.membership)

    commands.set_own_question(own, offer, words="When did you last\nlisten?  ")
    kept = PanelQuestion.objects.get()
    assert (kept.words, kept.capture, kept.recorded_by) == ("When did you last\nlisten?  ", "typed", None)
    with pytest.raises(Overtaken):
        commands.set_own_question(own, offer, words="Another", turn=0)
    commands.set_own_question(own, offer, words="Another", turn=kept.turn)
    assert PanelQuestion.objects.get().words == "Another"
    commands.set_own_question(own, offer, words=" ", turn=kept.turn + 1)
    assert not PanelQuestion.objects.exists()
    assert all("listen" not in str(event.details) for event in Event.objects.all())


def test_staff_write_it_down_only_with_how_it_came_and_read_back(activity, panel, partner, lead, requester, second):
    offer = make_offer(activity, partner, status=Offer.Status.ACCEPTED)
    for given in ({}, {"capture": "phone"}):
        with pytest.raises(NotPossible):
            commands.set_own_question(viewer_of(lead), offer, words="Why here?", **given)
    for member in (requester, second.membership):
        with pytest.raises(Refused):
            commands.set_own_question(viewer_of(member), offer, words="Why here?", **PHONE)

    commands.set_own_question(viewer_of(lead), offer, words="Why here?", **PHONE)

    kept = PanelQuestion.objects.get()
    assert (kept.capture, kept.recorded_by_id, kept.is_read_back) == ("phone", lead.pk, True)


@pytest.mark.parametrize("status", [Offer.Status.OFFERED, Offer.Status.DECLINED, Offer.Status.STEPPED_OUT])
def test_only_who_takes_part_in_a_panel_has_a_question(activity, panel, partner, status, requester, second):
    own = viewer_of(partner.membership)
    with pytest.raises(Overtaken):
        commands.set_own_question(own, make_offer(activity, partner, status=status), words="x")
    elsewhere = make_offer(make_activity(requester), second, status=Offer.Status.ACCEPTED)
    with pytest.raises(Overtaken):
        commands.set_own_question(viewer_of(second.membership), elsewhere, words="x")


def test_nothing_of_candidates_and_no_score_has_a_place(panel):
    """Trap 22: no field for a person who applied, nor for what somebody thought of them."""
    names = {field.name for model in (Panel, Settled, PanelQuestion) for field in model._meta.get_fields()}
    assert not {name for name in names if any(word in name for word in ("candidate", "score_", "mark", "rating", "applicant"))}
    assert {name for name in names if "scor" in name} == {"scoring", "scores_kept"}
