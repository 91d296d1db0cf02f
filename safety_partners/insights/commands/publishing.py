"""Public words: proposed by the lead, agreed by everyone who spoke and by the lead, published as a copy."""

from __future__ import annotations

import datetime as dt

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from safety_partners.core import outbox
from safety_partners.core.command import command
from safety_partners.core.lifecycle import NotPossible
from safety_partners.core.viewer import Viewer
from safety_partners.insights import policies
from safety_partners.insights.models import (
    Change,
    ChangedBy,
    Insight,
    PublishedChange,
    PublishedMovement,
    Wording,
    WordingAnswer,
)
from safety_partners.people.models import Membership

Answer = WordingAnswer.Answer
IN_HAND = (Wording.Status.PROPOSED, Wording.Status.AGREED, Wording.Status.SENT_BACK)


@command(allow=policies.may_look_after_change)
def propose_wording(viewer: Viewer, change: Change, /, *, title: str, told_us: str, changed: str) -> Wording:
    """Suggest public words for a change; everyone who spoke is asked to agree. Words in hand before are replaced."""
    speakers = {row.insight.speaker_id: row.insight.speaker for row in _causes_with_words(change)}
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
    WordingAnswer.objects.create(
        wording=wording, by_id=viewer.membership_id, is_for_lead=True, answer=Answer.YES, answered_at=timezone.now()
    )
    for pk, speaker in speakers.items():
        if pk != viewer.membership_id:
            WordingAnswer.objects.create(wording=wording, by=speaker)
            outbox.put("insights/wording_proposed", to=speaker, about=wording)
    return wording


def _causes_with_words(change: Change) -> list[ChangedBy]:
    rows = ChangedBy.objects.filter(change=change).exclude(insight__status=Insight.Status.WITHDRAWN)
    return list(rows.select_related("insight__speaker__user").order_by("insight__shared_at"))


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
    """Write down what somebody said to the words by phone, letter or in person, after reading them out."""
    return _answer(wording, person.pk, answer, comment, recorded_by_id=viewer.membership_id)


def _answer(wording: Wording, membership_id: int | None, answer: str, comment: str, **recorded: object) -> Wording:
    asked = wording.answers.select_related("by__user").filter(by_id=membership_id).first()
    if asked is None:
        raise NotPossible(_("This person was not asked about these words."))
    if wording.status not in IN_HAND:
        raise NotPossible(_("These words are no longer being agreed. Look at the newest ones."))
    if asked.answer != answer:
        move = "say_yes" if answer == Answer.YES else "say_no"
        WordingAnswer.lifecycle.move(asked, move, answered_at=timezone.now(), comment=comment, **recorded)
    answers = set(wording.answers.values_list("answer", flat=True))
    if answer == Answer.NO and wording.status != Wording.Status.SENT_BACK:
        Wording.lifecycle.move(wording, "send_back")
        outbox.put("insights/wording_sent_back", to=wording.proposed_by, about=wording, person=asked.by)
    elif answers == {Answer.YES} and wording.status == Wording.Status.PROPOSED:
        Wording.lifecycle.move(wording, "agree")
        outbox.put("insights/wording_agreed", to=wording.proposed_by, about=wording)
    return wording


@command(allow=policies.may_look_after_wording)
def publish(viewer: Viewer, wording: Wording, /) -> Wording:
    """Copy the agreed words to the public pages, under an address that stays; everyone who spoke is told."""
    Wording.lifecycle.move(wording, "publish")
    change = wording.change
    for earlier in change.wordings.filter(status=Wording.Status.PUBLISHED).exclude(pk=wording.pk):
        Wording.lifecycle.move(earlier, "replace")
    causes = _causes_with_words(change)
    _publish_edition(change, title=wording.title, told_us=wording.told_us, changed=wording.changed, credit=credit_for(causes))
    if not PublishedMovement.objects.filter(address=change.code).exists():
        for movement in change.movements.order_by("id"):
            _publish_step(change, movement.status, movement.on, movement.reason)
    for speaker in {row.insight.speaker_id: row.insight.speaker for row in causes}.values():
        outbox.put("insights/published", to=speaker, about=change)
    return wording


def credit_for(causes: list[ChangedBy]) -> str:
    """How those who spoke are named in public: as each of them chose."""
    names: dict[str, None] = {}
    for row in causes:
        if row.insight.naming == Insight.Naming.NAME:
            names[row.insight.speaker.name] = None
        elif row.insight.naming == Insight.Naming.ROLE:
            names[_("a Patient Safety Partner")] = None
    return ", ".join(names)[:300]


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
        first_published_at=first.first_published_at if first else timezone.now(),
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
    """After a withdrawal: what we were told leaves every wording and every published edition it had a part in."""
    for change in Change.objects.filter(causes__insight=insight):
        for wording in change.wordings.exclude(status__in=[Wording.Status.REPLACED, Wording.Status.TAKEN_DOWN]):
            Wording.lifecycle.move(wording, "take_down", told_us="")
        change.wordings.update(told_us="")
        WordingAnswer.objects.filter(wording__change=change, by_id=insight.speaker_id).update(comment="")
        newest = PublishedChange.objects.filter(address=change.code, is_newest=True).first()
        if newest:
            _publish_edition(
                change, title=newest.title, told_us="", changed=newest.changed, credit="", has_withdrawn_words=True
            )
            PublishedChange.objects.filter(address=change.code, is_newest=False).delete()
