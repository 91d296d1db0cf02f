"""Only the person who spoke can say whether an answer answers them."""

from __future__ import annotations

from django.utils.translation import gettext as _

from safety_partners.core import outbox
from safety_partners.core.command import command
from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.core.models import Message
from safety_partners.core.seals import seal
from safety_partners.core.viewer import Viewer
from safety_partners.core.working_days import add_working_days, today
from safety_partners.insights import policies
from safety_partners.insights.commands import rules
from safety_partners.insights.models import Insight, Response, Verdict

Answer = Verdict.Answer


@command(allow=policies.is_speaker, details=("answer", "goes_to_lead", "checksum"))
def give_verdict(
    viewer: Viewer, insight: Insight, /, *, answer: str, words: str = "", goes_to_lead: bool = False, turn: int | None = None
) -> Verdict:
    """Say whether the latest answer answers me: yes, in part, or no; a no may go up to the lead.

    A verdict may change later: a promise not kept brings a settled insight back. Raises ``Overtaken`` if there is no
    answer to judge.
    """
    return _judge(insight, answer=answer, words=words, goes_to_lead=goes_to_lead, turn=turn)


@command(allow=policies.may_record_for_speaker, details=("answer", "goes_to_lead", "capture", "checksum"))
def record_verdict(
    viewer: Viewer,
    insight: Insight,
    /,
    *,
    answer: str,
    capture: str,
    is_read_back: bool,
    words: str = "",
    goes_to_lead: bool = False,
    turn: int | None = None,
) -> Verdict:
    """Write down the verdict that the person gave by phone, by letter or at a meeting; they are told what was written down."""
    if capture not in Verdict.Capture.values or capture == Verdict.Capture.TYPED:
        raise NotPossible(_("Say how the answer reached you."), field="capture")
    if not is_read_back and capture != Verdict.Capture.LETTER:
        raise NotPossible(_("Read the answer back to the person first."), field="is_read_back")
    verdict = _judge(
        insight,
        answer=answer,
        words=words,
        goes_to_lead=goes_to_lead,
        turn=turn,
        capture=capture,
        is_read_back=is_read_back,
        recorded_by_id=viewer.membership_id,
    )
    heard_it_already = capture == Verdict.Capture.PHONE and insight.speaker.told_by == Message.Channel.PHONE
    if viewer.membership_id != insight.speaker_id and not heard_it_already:
        outbox.put("insights/verdict_recorded", to=insight.speaker, about=insight, verdict=verdict)
    return verdict


def _judge(
    insight: Insight,
    *,
    answer: str,
    words: str,
    goes_to_lead: bool,
    turn: int | None,
    capture: str = Verdict.Capture.TYPED,
    **recorded: object,
) -> Verdict:
    if answer not in Answer.values:
        raise NotPossible(_("Say whether this answers you."), field="answer")
    response = Response.objects.filter(insight=insight).order_by("-id").first()
    if response is None:
        raise Overtaken(_("There is no answer to this yet."))
    goes_to_lead = goes_to_lead and answer == Answer.NO
    if answer == Answer.PART and insight.status == Insight.Status.SETTLED:
        raise NotPossible(_("You said that this answers you. If it no longer does, choose no, and it goes back."), field="answer")
    if answer == Answer.NO:
        again_by = add_working_days(today(), insight.organisation.answer_days)
        # An owner who has stepped back since cannot answer again.
        is_away = insight.owner is not None and not rules.not_stepped_back([insight.owner], insight)
        move = "take_to_lead" if goes_to_lead or is_away else "send_back"
        Insight.lifecycle.move(insight, move, turn=turn, answer_by=again_by, next_due_on=again_by)
    else:
        Insight.lifecycle.move(insight, "settle" if answer == Answer.YES else "settle_in_part", turn=turn, next_due_on=None)
    verdict = Verdict.objects.create(
        response=response,
        answer=answer,
        words=words,
        checksum=seal(words) if words else "",
        goes_to_lead=goes_to_lead,
        capture=capture,
        **recorded,
    )
    people = {person.pk: person for person in rules.owner_or_leads(insight)}
    if goes_to_lead:
        people |= {lead.pk: lead for lead in rules.leads(insight)}
    for person in people.values():
        outbox.put("insights/with_lead" if goes_to_lead else "insights/verdict", to=person, about=insight, verdict=verdict)
    return verdict
