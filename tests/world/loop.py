"""Insights in every state, with what was answered, done, changed and told: one record of each, under a name."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from safety_partners.core import clock
from safety_partners.core.working_days import today
from safety_partners.insights import commands
from safety_partners.insights.models import Change, Insight, Response, Verdict
from tests.world.people import png
from tests.world.place import Place
from tests.world.words import typed

Kind, Visibility, Outcome, Reason, Answer = Insight.Kind, Insight.Visibility, Response.Outcome, Response.Reason, Verdict.Answer
WORDS = typed("Nobody told me who to ring after five.\n\nI waited until the morning.")
TEXT = typed("We will put the number on every letter.\n\nThank you for telling us.")
LONG_AGO = dt.timedelta(days=90)


def share(place: Place, by: str = "partner", **fields: Any) -> Insight:
    """A partner writes and shares."""
    draft = place.do(by, commands.begin_draft, **{"words": WORDS, "kind": Kind.CONCERN, "service": place["service"], **fields})
    return place.do(by, commands.share_insight, draft)


def own(place: Place, insight: Insight, owner: str = "staff") -> Insight:
    return place.do("lead", commands.hand_to, insight, owner=place.people[owner])


def answer(place: Place, insight: Insight, by: str = "staff", outcome: str = Outcome.WILL, reason: str = "", **action: Any) -> Insight:
    place.do(by, commands.respond, insight, outcome=outcome, reason=reason, text=TEXT, **action)
    return insight


def judge(place: Place, insight: Insight, said: str, **more: Any) -> Insight:
    place.do("partner", commands.give_verdict, insight, answer=said, words=typed("Thank you."), **more)
    return insight


def answered(place: Place, **fields: Any) -> Insight:
    return answer(place, own(place, share(place, **fields)))


def tell(place: Place) -> None:
    """Everything that can happen to an insight."""
    _not_shared_yet(place)
    _waiting(place)
    _answered(place)
    _actions(place)
    _changes(place)
    _passed_on(place)
    for insight in place.records.values():
        if isinstance(insight, Insight):
            insight.refresh_from_db()


def _not_shared_yet(place: Place) -> None:
    begin, heard = {"words": WORDS, "kind": Kind.QUESTION}, {"speaker": place.people["second partner"], "is_read_back": False}
    place.keep(
        draft=place.do("partner", commands.begin_draft, **begin),
        draft_without_kind=place.do("partner", commands.begin_draft, **{**begin, "kind": ""}),
        recorded_draft=place.do("secretary", commands.record_words, **begin, **heard, capture="phone"),
    )


def _waiting(place: Place) -> None:
    place.keep(
        shared=share(place),
        told_to_lead=share(place, visibility=Visibility.LEAD),
        told_to_all=share(place, "second partner", visibility=Visibility.PROGRAMME),
        acknowledged=place.do("lead", commands.acknowledge, share(place)),
        owned=own(place, share(place)),
        recorded=place.do("secretary", commands.share_insight, _recorded(place)),
    )
    with clock.telling(clock.now() - LONG_AGO):
        place.keep(late=own(place, share(place)), silent=own(place, share(place)))
    place.do("partner", commands.tell_lead_of_silence, place["silent"])
    moved = own(place, share(place))
    place.keep(moved=place.do("staff", commands.hand_to, moved, owner=place.people["second staff"], reason=typed("It is theirs.")))


def _recorded(place: Place) -> Insight:
    given = {"speaker": place.people["second partner"], "capture": "letter", "is_read_back": False}
    return place.do("secretary", commands.record_words, words=WORDS, kind=Kind.REFLECTION, visibility=Visibility.PROGRAMME, **given)


def _answered(place: Place) -> None:
    to_answer = own(place, share(place, visibility=Visibility.PROGRAMME))
    place.keep(
        answered=answered(place),
        refused=answer(place, to_answer, outcome=Outcome.COULD_NOT, reason=Reason.LAW),
        settled=judge(place, answered(place), Answer.YES),
        in_part=judge(place, answered(place), Answer.PART),
        sent_back=judge(place, answered(place), Answer.NO),
        with_lead=judge(place, answered(place), Answer.NO, goes_to_lead=True),
        withdrawn=place.do("partner", commands.withdraw, answered(place)),
    )


def _actions(place: Place) -> None:
    insight = own(place, share(place, visibility=Visibility.PROGRAMME))
    by_then = today() + dt.timedelta(days=30)

    def agree(owner: str = "second staff") -> Any:
        return place.do("staff", commands.agree_action, insight, text=typed("Print it."), owner=place.people[owner], due_on=by_then)

    place.keep(acted_on=insight, action=agree(), done_action=agree(), given_up_action=agree("staff"), put_off_action=agree())
    proof = SimpleUploadedFile("proof.png", png())
    place.do("second staff", commands.complete_action, place["done action"], evidence=typed("The new letter."), evidence_file=proof)
    place.do("staff", commands.give_up_action, place["given up action"], reason=typed("No printer."))
    later = by_then + dt.timedelta(days=30)
    place.do("second staff", commands.put_off_action, place["put off action"], due_on=later, reason=typed("A new printer comes."))
    with clock.telling(clock.now() - LONG_AGO):
        place.keep(
            late_action=place.do(
                "staff", commands.agree_action, insight, text=typed("Say it."), owner=place.people["staff"], due_on=today()
            )
        )


def change(place: Place, status: str = Change.Status.MADE, **fields: Any) -> Change:
    """Something that changed because of one insight of the first partner."""
    given = {"title": typed("A number on every letter"), "text": TEXT, "status": status, "on": today()}
    return place.do("lead", commands.record_change, answered(place, **fields), **given)


def wording(place: Place, about: Change | None = None) -> Any:
    said = {"title": typed("A number"), "told_us": WORDS, "changed": TEXT}
    return place.do("lead", commands.propose_wording, about or change(place), **said)


def publish(place: Place, about: Change | None = None) -> Any:
    agreed = place.do("partner", commands.agree_wording, wording(place, about))
    return place.do("lead", commands.publish, agreed)


def _changes(place: Place) -> None:
    given = {"on": today(), "reason": typed("It came back.")}
    planned = change(place, Change.Status.PLANNED)
    place.do("staff", commands.join_change, place["acted on"], change=planned)
    place.keep(
        planned_change=planned,
        made_change=change(place, naming=Insight.Naming.NAME),
        broken_change=place.do("lead", commands.move_change, change(place), status=Change.Status.NOT_KEPT, **given),
        dropped_change=place.do(
            "lead", commands.move_change, change(place, Change.Status.PLANNED), status=Change.Status.WILL_NOT_DO, **given
        ),
        proposed_wording=wording(place),
        agreed_wording=place.do("partner", commands.agree_wording, wording(place)),
        sent_back_wording=place.do("partner", commands.ask_for_other_words, wording(place), comment=typed("Not quite.")),
        published_wording=publish(place),
        taken_down_wording=publish(place),
    )
    replaced = wording(place)
    wording(place, replaced.change)
    replaced.refresh_from_db()
    place.keep(replaced_wording=replaced, published_change=place["published wording"].change)
    place.do("lead", commands.move_change, place["published change"], status=Change.Status.NOT_KEPT, **given)
    gone = place["taken down wording"]
    place.do("partner", commands.withdraw, gone.change.insights.get())
    gone.refresh_from_db()
    place.keep(taken_down_change=gone.change)


def _passed_on(place: Place) -> None:
    asked = share(place)
    for channel in ("complaints", "safeguarding"):
        place.do("partner", commands.ask_to_pass_on, asked, channel=channel)
    waiting, done = asked.passings_on.order_by("id")
    place.keep(asked_to_pass_on=asked, passing_on=waiting, passed_on=done)
    place.do("lead", commands.done_passing_on, done, note=typed("By phone."))
