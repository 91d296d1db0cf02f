"""Two groups, one without an active group, their meetings, questions and views in every state, and what goes to partners and back."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile

from safety_partners.core.working_days import today
from safety_partners.insights import commands as insights
from safety_partners.ppg import commands
from safety_partners.ppg.models import Group
from safety_partners.ppg.queries.years import year_of
from tests.factories import ppg as make
from tests.factories.committees import VIDEO
from tests.world.place import Place
from tests.world.words import typed

DAY = make.DAY


def tell(place: Place) -> None:
    """The group chair of the organisation speaks for the first group; staff look after it."""
    lead, chair = place.people["lead"], place.people["group chair"]
    words = {"about": typed("We meet in the library."), "how_to_join": typed("Come along."), "practice": typed("Lower Meadow Surgery")}
    group = make.make_group(lead, chair, name=typed("Lower Meadow patient group"), contact=place.people["staff"], **words)
    other = make.make_group(lead, name=typed("Hill patient group"), practice=typed("Hill Surgery"), ods_code="B82003")
    none = make.make_group(lead, name=typed("Mill patient group"), status=Group.Status.NONE, ods_code="")
    place.keep(group=group, group_without_chair=other, no_active_group=none)
    place.do("lead", commands.set_group_status, other, status="resting", words=typed("Nobody came."))
    _meetings(place)
    _questions(place)
    _views(place)
    _agreed(place)
    _referrals(place)


def _meetings(place: Place) -> None:
    lead, group = place.people["lead"], place["group"]
    file = SimpleUploadedFile("minutes <1>.pdf", b"%PDF-1.7\n%%EOF\n")
    words = {"place": typed("The library"), "topics": typed("Phones"), "join_link": VIDEO}
    place.keep(
        group_meeting=make.make_meeting(lead, group, **words),
        begun_group_meeting=make.make_meeting(lead, group, on=today() - DAY, **words),
        held_group_meeting=make.make_held(lead, group, minutes=typed("We spoke about the phones.")),
        held_group_meeting_with_file=make.make_held(lead, group, minutes="", minutes_file=file),
        cancelled_group_meeting=make.make_meeting(lead, group),
    )
    place.do("group chair", commands.cancel_meeting, place["cancelled group meeting"], why=typed("Too few of us."))


def _questions(place: Place) -> None:
    lead, group = place.people["lead"], place["group"]
    words = {"text": typed("Which hours?"), "purpose": typed("We plan."), "can_change": typed("The evenings.")}
    place.keep(
        group_question=make.make_question(lead, group, **words),
        group_question_of_a_request=make.make_question(
            lead, group, **words, about_code=place["passed activity"].code, for_whom=place["passed activity"].requester
        ),
        answered_group_question=make.make_answered(lead, group, answer=typed("Evenings.")),
        closed_group_question=make.make_answered(lead, group),
        taken_back_group_question=make.make_question(lead, group, **words),
    )
    place.do("lead", commands.tell_question, place["closed group question"], told=typed("We open until eight."))
    place.do("lead", commands.take_back_question, place["taken back group question"])


def _views(place: Place) -> None:
    lead, chair, group = place.people["lead"], place.people["group chair"], place["group"]
    words = {"words": typed("The queue is too long."), "minority": typed("Two of us disagree.")}
    place.keep(
        group_view=make.make_view(chair, group, meeting=place["held group meeting"], **words),
        group_view_draft=make.make_view_draft(chair, group, **words),
        recorded_group_view_draft=make.make_view_draft(lead, group, **words),
        withdrawn_group_view=make.make_view(chair, group, **words),
    )
    insights.withdraw(place.viewer("group chair"), place["withdrawn group view"].insight)


def _agreed(place: Place) -> None:
    lead, group = place.people["lead"], place["group"]
    given = {"text": typed("Ring back."), "owner": place.people["second staff"]}
    place.keep(
        improvement=make.make_improvement(lead, group, view=place["group view"], **given),
        improvement_done=make.make_improvement(lead, group, **given),
        yearly_review=make.make_review(
            lead, group, year=year_of(today()) - 1, found=typed("Few young people."), plan=typed("Ask schools.")
        ),
        public_note=make.make_note(lead, group, title=typed("Evenings"), words=typed("The group asked.")),
        public_note_taken_down=make.make_note(lead, group, title=typed("Mornings")),
    )
    place.do("second staff", commands.complete_improvement, place["improvement done"], efforts=typed("It works."))
    place.do("group chair", commands.take_down_note, place["public note taken down"])
    place.do("group chair", commands.set_priorities, group, year=year_of(today()), words=[typed("Phones")])


def _referrals(place: Place) -> None:
    """The active partner is asked, has begun to write, has answered; and has passed something on to the group."""
    chair, group, partner = place.people["group chair"], place["group"], place["active partner"]
    words = {"words": typed("People go home without tablets.")}
    names = ("offered referral", "asked referral", "begun referral", "referral taken up", "told referral", "declined referral")
    for name in names:
        place.keep(**{name.replace(" ", "_"): make.make_referral(chair, group, view=place["group view"], **words)})
        if name != "offered referral":
            place.do("lead", commands.send_referral, place[name], partner=partner)
    said = {"words": typed("I saw it too."), "kind": "concern", "visibility": "answerers"}
    for name in ("begun referral", "referral taken up", "told referral"):
        place.do("partner", commands.begin_answer, place[name], **said)
    for name in ("referral taken up", "told referral"):
        place.do("partner", commands.share_answer, place[name], turn=place[name].answer.turn)
    place.do("lead", commands.tell_referral, place["told referral"], outcome=typed("There is a list now."))
    place.do("lead", commands.decline_referral, place["declined referral"], reason=typed("The pharmacy has it."))
    to_group = {"words": typed("The room is too small.")}
    place.keep(
        offered_referral_to_group=make.make_referral_to_group(partner, group, **to_group),
        asked_referral_to_group=make.make_referral_to_group(partner, group, **to_group),
        taken_back_referral=make.make_referral_to_group(partner, group, **to_group),
        in_both=place.do("partner", commands.say_in_both, partner=partner, group=group),
    )
    place.do("lead", commands.send_referral, place["asked referral to group"])
    place.do("partner", commands.take_back_referral, place["taken back referral"])
