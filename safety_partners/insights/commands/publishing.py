"""Public words: proposed by the lead, agreed by everyone who spoke and by the lead, published as a copy."""

from __future__ import annotations

import datetime as dt

from django.db.models import Max
from django.utils.translation import gettext as _

from safety_partners.core import clock, outbox
from safety_partners.core.command import command
from safety_partners.core.lifecycle import NotPossible
from safety_partners.core.models import Message
from safety_partners.core.viewer import Viewer
from safety_partners.insights import policies
from safety_partners.insights.commands import rules
from safety_partners.insights.models import (
    Change,
    Insight,
    PublishedChange,
    PublishedMovement,
    Wording,
    WordingAnswer,
)
from safety_partners.insights.queries.changing import causes_with_words, credit_for
from safety_partners.people.models import Membership

Answer = WordingAnswer.Answer
IN_HAND = (Wording.Status.PROPOSED, Wording.Status.AGREED, Wording.Status.SENT_BACK)


@command(allow=policies.may_look_after_change)
def propose_wording(viewer: Viewer, change: Change, /, *, title: str, told_us: str, changed: str) -> Wording:
    """Suggest public words for a change; everyone who spoke is asked to agree. Words in hand before are replaced."""
    rules.demand_words(title, _("Give the page a title."), field="title")
    rules.demand_words(told_us, _("Say what we were told."), field="told_us")
    rules.demand_words(changed, _("Say what is different."), field="changed")
    _lock(change)
    speakers = {row.insight.speaker_id: row.insight.speaker for row in causes_with_words(change)}
    if not speakers:
        raise NotPossible(_("Everyone who spoke has withdrawn their words, so there is nobody to agree what we were told."))
    for earlier in change.wordings.filter(status__in=IN_HAND):
        Wording.lifecycle.move(earlier, "replace")
    wording = Wording.objects.create(
        organisation_id=change.organisation_id,
        change=change,
        title=title,
        told_us=told_us,
        changed=changed,
        proposed_by_id=viewer.membership_id,
    )
    WordingAnswer.objects.create(wording=wording, by_id=viewer.membership_id, is_for_lead=True, answer=Answer.YES, answered_at=clock.now())
    for pk, speaker in speakers.items():
        if pk != viewer.membership_id:
            _ask(wording, speaker)
    if set(speakers) == {viewer.membership_id}:
        Wording.lifecycle.move(wording, "agree")
    return wording


def _lock(change: Change) -> None:
    """Keep the change from being published, joined or withdrawn from while its words move."""
    Change.objects.select_for_update().get(pk=change.pk)


def _ask(wording: Wording, speaker: Membership) -> None:
    WordingAnswer.objects.create(wording=wording, by=speaker)
    outbox.put("insights/wording_proposed", to=speaker, about=wording)


def ask_newcomer(change: Change, insight: Insight) -> None:
    """Somebody's words joined a change whose public words are in hand: they are asked too.

    Words that everyone had agreed are put to the newcomer as a copy that keeps the others' answers.
    """
    _lock(change)
    wording = change.wordings.filter(status__in=IN_HAND).first()
    if wording is None or wording.answers.filter(by_id=insight.speaker_id).exists():
        return
    if wording.status == Wording.Status.AGREED:
        answers = list(wording.answers.all())
        Wording.lifecycle.move(wording, "replace")
        wording = Wording.objects.create(
            organisation_id=wording.organisation_id,
            change=change,
            title=wording.title,
            told_us=wording.told_us,
            changed=wording.changed,
            proposed_by_id=wording.proposed_by_id,
        )
        for answer in answers:
            answer.pk, answer.code, answer.wording = None, "", wording
            answer.save(force_insert=True)
    _ask(wording, insight.speaker)


def ask_instead(insight: Insight, before_id: int) -> None:
    """Somebody else speaks for words that led to changes: they are asked for a yes that nobody has given yet."""
    if insight.status == Insight.Status.WITHDRAWN:
        return
    for change in Change.objects.filter(causes__insight=insight):
        speaks_still = causes_with_words(change)
        waiting = WordingAnswer.objects.filter(wording__change=change, wording__status__in=IN_HAND, by_id=before_id, answer=Answer.WAITING)
        if before_id not in {row.insight.speaker_id for row in speaks_still}:
            waiting.filter(is_for_lead=False).delete()
        ask_newcomer(change, insight)


@command(allow=policies.may_answer_wording)
def agree_wording(viewer: Viewer, wording: Wording, /) -> Wording:
    """Say yes to the public words. When everyone has, they are agreed; publishing is still a step of its own."""
    return _answer(wording, viewer.membership_id, Answer.YES, "")


@command(allow=policies.may_answer_wording)
def ask_for_other_words(viewer: Viewer, wording: Wording, /, *, comment: str) -> Wording:
    """Say what the words should be instead; the lead proposes new ones."""
    return _answer(wording, viewer.membership_id, Answer.NO, comment)


@command(allow=policies.may_look_after_wording, details=("answer",))
def record_wording_answer(viewer: Viewer, wording: Wording, /, *, person: Membership, answer: str, comment: str = "") -> Wording:
    """Write down what somebody said to the words by phone, letter or in person, after reading them out.

    They are told what was written down, unless they are told by phone and have just heard it.
    """
    _answer(wording, person.pk, answer, comment, recorded_by_id=viewer.membership_id)
    if person.told_by != Message.Channel.PHONE and person.pk != viewer.membership_id:
        outbox.put("insights/wording_recorded", to=person, about=wording, answer=answer)
    return wording


def _answer(wording: Wording, membership_id: int | None, answer: str, comment: str, **recorded: object) -> Wording:
    if answer not in {Answer.YES, Answer.NO}:
        raise NotPossible(_("Say whether the words can be published."), field="answer")
    if answer == Answer.NO:
        rules.demand_words(comment, _("Say what the words should be instead, or what is wrong with them."), field="comment")
    # Two people who agree at the same moment must see each other, or nobody would be the last.
    wording.refresh_from_db(from_queryset=Wording.objects.select_for_update())
    asked = wording.answers.select_related("by__user").filter(by_id=membership_id).first()
    if asked is None:
        raise NotPossible(_("This person was not asked about these words."))
    if wording.status not in IN_HAND:
        raise NotPossible(_("These words are no longer being agreed. Look at the newest ones."))
    if answer == Answer.YES and wording.status == Wording.Status.SENT_BACK:
        raise NotPossible(_("Someone has asked for other words, so these will not be published. You will be asked about the new ones."))
    how = {"answered_at": clock.now(), "comment": comment, "recorded_by_id": None, **recorded}
    if asked.answer != answer:
        WordingAnswer.lifecycle.move(asked, "say_yes" if answer == Answer.YES else "say_no", **how)
    elif answer == Answer.NO:
        WordingAnswer.objects.filter(pk=asked.pk).update(**how)
    if answer == Answer.NO:
        if wording.status != Wording.Status.SENT_BACK:
            Wording.lifecycle.move(wording, "send_back")
        _tell_proposer("insights/wording_sent_back", wording, person=asked.by)
    elif wording.status == Wording.Status.PROPOSED and not wording.answers.exclude(answer=Answer.YES).exists():
        Wording.lifecycle.move(wording, "agree")
        _tell_proposer("insights/wording_agreed", wording)
    return wording


def _tell_proposer(template: str, wording: Wording, **context: object) -> None:
    for person in rules.proposer_or_leads(wording):
        outbox.put(template, to=person, about=wording, **context)


@command(allow=policies.may_look_after_wording)
def publish(viewer: Viewer, wording: Wording, /) -> Wording:
    """Copy the agreed words to the public pages, under an address that stays; everyone who spoke is told.

    Raises ``NotPossible`` while somebody who spoke has not agreed.
    """
    change = wording.change
    _lock(change)
    change.refresh_from_db()
    causes = causes_with_words(change)
    speakers = {row.insight.speaker_id: row.insight.speaker for row in causes}
    agreed = set(wording.answers.filter(answer=Answer.YES).values_list("by_id", flat=True))
    if not speakers or not speakers.keys() <= agreed:
        raise NotPossible(_("Everyone who spoke must agree the words before they are published."))
    Wording.lifecycle.move(wording, "publish")
    for earlier in change.wordings.filter(status=Wording.Status.PUBLISHED).exclude(pk=wording.pk):
        Wording.lifecycle.move(earlier, "replace")
    _publish_edition(change, title=wording.title, told_us=wording.told_us, changed=wording.changed, credit=credit_for(causes))
    if not PublishedMovement.objects.filter(address=change.code).exists():
        for movement in change.movements.order_by("id"):
            _publish_step(change, movement.status, movement.on, movement.reason)
    for speaker in speakers.values():
        outbox.put("insights/published", to=speaker, about=change)
    return wording


def _publish_edition(change: Change, *, title: str, told_us: str, changed: str, credit: str, has_withdrawn_words: bool = False) -> None:
    editions = PublishedChange.objects.filter(address=change.code)
    first = editions.order_by("edition").first()
    last = editions.aggregate(last=Max("edition"))["last"] or 0
    editions.update(is_newest=False)
    PublishedChange.objects.create(
        organisation_id=change.organisation_id,
        address=change.code,
        edition=last + 1,
        title=title,
        told_us=told_us,
        changed=changed,
        credit=credit,
        status=change.status,
        has_withdrawn_words=has_withdrawn_words,
        first_published_at=first.first_published_at if first else clock.now(),
    )


def _publish_step(change: Change, status: str, on: dt.date, reason: str) -> None:
    PublishedMovement.objects.create(organisation_id=change.organisation_id, address=change.code, status=status, on=on, reason=reason)


def publish_movement(change: Change, *, on: dt.date, reason: str) -> None:
    """Let what is published move with the change; does nothing for a change that is not published."""
    newest = PublishedChange.objects.filter(address=change.code, is_newest=True).first()
    if newest:
        _publish_edition(
            change,
            title=newest.title,
            told_us=newest.told_us,
            changed=newest.changed,
            credit=newest.credit,
            has_withdrawn_words=newest.has_withdrawn_words,
        )
        _publish_step(change, change.status, on, reason)


def take_down_words_of(insight: Insight) -> None:
    """After a withdrawal: what we were told leaves every wording and every published edition it had a part in.

    The others who spoke agreed words that are no longer there, so they are told.
    """
    for change in Change.objects.select_for_update(of=("self",)).filter(causes__insight=insight):
        for wording in change.wordings.exclude(status__in=[Wording.Status.REPLACED, Wording.Status.TAKEN_DOWN]):
            Wording.lifecycle.move(wording, "take_down", told_us="")
        change.wordings.update(told_us="")
        WordingAnswer.objects.filter(wording__change=change, by_id=insight.speaker_id).update(comment="")
        newest = PublishedChange.objects.filter(address=change.code, is_newest=True).first()
        if newest:
            _publish_edition(change, title=newest.title, told_us="", changed=newest.changed, credit="", has_withdrawn_words=True)
            PublishedChange.objects.filter(address=change.code, is_newest=False).delete()
            others = {row.insight.speaker_id: row.insight.speaker for row in causes_with_words(change)}
            for pk, speaker in others.items():
                if pk != insight.speaker_id:
                    outbox.put("insights/words_taken_down", to=speaker, about=change)
