"""From the first line of a draft to words sealed and shared, and taking them back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from safety_partners.core import clock, outbox, text_search
from safety_partners.core.command import command
from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.core.seals import seal
from safety_partners.core.viewer import Viewer
from safety_partners.core.working_days import add_working_days, today
from safety_partners.insights import policies
from safety_partners.insights.commands import rules
from safety_partners.insights.commands.publishing import take_down_words_of
from safety_partners.insights.models import HandOver, Insight, PassingOn, Verdict
from safety_partners.people.models import Membership, Role, Service, UrgentContact

Capture = Insight.Capture
MUST_BE_READ_BACK = {Capture.PHONE, Capture.MEETING}
# What may still change in a draft: its words and what is said about them, never whose they are.
OF_A_DRAFT = frozenset(
    {"words", "kind", "source", "about_label", "about_path", "service", "visibility", "naming", "capture", "is_read_back"}
)


@command(allow=policies.may_share, details=("kind",))
def begin_draft(
    viewer: Viewer,
    /,
    *,
    words: str,
    kind: str,
    source: str = "",
    about_label: str = "",
    about_path: str = "",
    service: Service | None = None,
    visibility: str = Insight.Visibility.ANSWERERS,
    naming: str = Insight.Naming.ROLE,
) -> Insight:
    """Keep what a partner began to write. Nobody else sees it until they share it."""
    _demand_draft(viewer.organisation_id, words=words, service=service)
    return Insight.objects.create(
        organisation_id=viewer.organisation_id,
        speaker_id=viewer.membership_id,
        words=words,
        kind=kind,
        source=source,
        about_label=about_label,
        about_path=about_path,
        service=service,
        visibility=visibility,
        naming=naming,
    )


@command(allow=policies.may_record_words, details=("kind", "capture"))
def record_words(
    viewer: Viewer, /, *, speaker: Membership, capture: str, is_read_back: bool, words: str, kind: str, **about: Any
) -> Insight:
    """Write down what a partner said on the phone, in a letter or at a meeting, for them to share.

    ``about`` holds the same optional fields as :func:`begin_draft`. Raises ``NotPossible`` if the speaker is not a
    partner here, or the words were typed by the person themselves.
    """
    if speaker.organisation_id != viewer.organisation_id or not speaker.grants.filter(role=Role.PARTNER).exists():
        raise NotPossible(_("Choose a partner of this organisation."), field="speaker")
    if capture not in Capture.values or capture == Capture.TYPED:
        raise NotPossible(_("Say how the words reached you."), field="capture")
    _demand_draft(viewer.organisation_id, words=words, service=about.get("service"))
    return Insight.objects.create(
        organisation_id=viewer.organisation_id,
        speaker=speaker,
        capture=capture,
        recorded_by_id=viewer.membership_id,
        is_read_back=is_read_back,
        words=words,
        kind=kind,
        **about,
    )


def _read_again(insight: Insight) -> None:
    """Read the row as it is now and keep it from moving until the command is done."""
    try:
        insight.refresh_from_db(from_queryset=Insight.objects.select_for_update())
    except Insight.DoesNotExist:
        raise Overtaken(_("This draft was thrown away in the meantime. What you typed is below.")) from None


def _demand_draft(organisation_id: int | None, *, words: str, service: Service | None) -> None:
    rules.demand_words(words, _("Write something first."), field="words")
    rules.demand_service_here(service, organisation_id)


@command(allow=policies.may_edit_draft)
def edit_draft(viewer: Viewer, insight: Insight, /, **fields: Any) -> Insight:
    """Keep the latest state of a draft. Raises ``Overtaken`` if it was shared in the meantime.

    Recorded words that change count as not read back, unless ``is_read_back`` is said with them.
    """
    if unknown := fields.keys() - OF_A_DRAFT:
        raise TypeError(f"A draft's {', '.join(sorted(unknown))} cannot be edited")
    _read_again(insight)
    _demand_draft(insight.organisation_id, words=fields.get("words", insight.words), service=fields.get("service"))
    if insight.recorded_by_id and fields.get("words", insight.words) != insight.words:
        fields.setdefault("is_read_back", False)
    rows = Insight.objects.filter(pk=insight.pk, status=Insight.Status.DRAFT)
    if not rows.update(turn=F("turn") + 1, **fields):
        raise Overtaken(_("This was already shared, so its words can no longer be changed. You can share more words beside it."))
    insight.refresh_from_db()
    return insight


@command(allow=policies.may_edit_draft)
def delete_draft(viewer: Viewer, insight: Insight, /) -> Insight:
    """Throw a draft away. Raises ``Overtaken`` if it was shared in the meantime."""
    number = insight.pk
    deleted, _rows = Insight.objects.filter(pk=insight.pk, status=Insight.Status.DRAFT).delete()
    if not deleted:
        raise Overtaken(_("This was already shared. You can still withdraw it."))
    insight.pk = number
    return insight


@command(allow=policies.may_edit_draft, details=("checksum", "kind", "capture"))
def share_insight(
    viewer: Viewer, insight: Insight, /, *, owner: Membership | None = None, pass_on_to: Iterable[str] = (), turn: int | None = None
) -> Insight:
    """Seal the words and start the organisation's clock.

    Where it is already known who owns the answer (a document's owner), ``owner`` is set with it and told by the app that
    knows; an owner who has left, or may not see the words, is left out and the lead is told. ``pass_on_to`` names the
    channels the person asked us to take it to, ``turn`` the state of the draft that was read through before sharing.
    Raises ``NotPossible`` if words heard by somebody else were not read back to the person.
    """
    # The words that are sealed are those the database holds now, whatever another tab has kept since they were read.
    _read_again(insight)
    if insight.capture in MUST_BE_READ_BACK and not insight.is_read_back:
        raise NotPossible(_("Read the words back to the person first, and change what they ask you to change."), field="is_read_back")
    organisation, day, now = insight.organisation, today(), clock.now()
    own_by = add_working_days(day, organisation.own_days)
    answer_by = add_working_days(day, organisation.answer_days)
    acknowledge_by = add_working_days(day, organisation.acknowledge_days)
    Insight.lifecycle.move(
        insight,
        "share",
        turn=turn,
        checksum=seal(insight.words),
        shared_at=now,
        acknowledge_by=acknowledge_by,
        own_by=own_by,
        answer_by=answer_by,
        next_due_on=acknowledge_by,
    )
    text_search.index(insight, f"{insight.words} {insight.about_label}", organisation_id=insight.organisation_id)
    for channel in pass_on_to:
        _ask_to_pass_on(insight, channel)
    if owner is not None and rules.may_be_asked(owner, insight):
        Insight.lifecycle.move(
            insight, "hand_to", owner=owner, owned_at=now, acknowledged_at=now, acknowledged_by=owner, next_due_on=answer_by
        )
        HandOver.objects.create(insight=insight, to=owner, by_id=viewer.membership_id)
    else:
        for lead in rules.leads(insight):
            if lead.pk != viewer.membership_id:
                outbox.put("insights/shared", to=lead, about=insight)
    if insight.recorded_by_id:
        outbox.put("insights/recorded", to=insight.speaker, about=insight)
    return insight


def share_beside(
    viewer: Viewer,
    insight: Insight,
    *,
    turn: int,
    is_read_back: bool = False,
    owner: Membership | None = None,
    pass_on_to: Iterable[str] = (),
) -> None:
    """Share words that stand beside something, such as an item, once they were read back, and tell their owner.

    Part of the command of the app that knows where they stand. Raises as ``share_insight`` does.
    """
    if is_read_back and not insight.is_read_back and insight.turn == turn:
        edit_draft(viewer, insight, is_read_back=True)
        turn = insight.turn
    share_insight(viewer, insight, owner=owner, pass_on_to=pass_on_to, turn=turn)
    if owner is not None and owner.pk != viewer.membership_id:
        outbox.put("insights/handed", to=owner, about=insight)


@command(allow=policies.is_speaker)
def ask_to_pass_on(viewer: Viewer, insight: Insight, /, *, channel: str) -> Insight:
    """Ask us to take the words to another channel too, such as complaints or safeguarding."""
    if insight.status in rules.NO_WORDS:
        raise NotPossible(_("Share this first; then we can pass it on."))
    _ask_to_pass_on(insight, channel)
    return insight


def _ask_to_pass_on(insight: Insight, channel: str) -> None:
    if channel not in UrgentContact.Channel.values:
        raise NotPossible(_("Choose where we should take it."), field="channel")
    passing_on, is_new = PassingOn.objects.get_or_create(
        insight=insight, channel=channel, defaults={"organisation_id": insight.organisation_id}
    )
    if is_new:
        for lead in rules.leads(insight):
            outbox.put("insights/pass_on", to=lead, about=insight, is_urgent=True, passing_on=passing_on)


@command(allow=policies.is_speaker, details=("visibility",))
def change_visibility(viewer: Viewer, insight: Insight, /, *, visibility: str) -> Insight:
    """Let more people, or fewer, see the words from now on."""
    if visibility not in Insight.Visibility.values:
        raise NotPossible(_("Choose who may see your words."), field="visibility")
    _read_again(insight)
    owner_is_other = insight.owner is not None and not rules.is_lead_here(insight.owner)
    if visibility == Insight.Visibility.LEAD and owner_is_other:
        raise NotPossible(_("Someone has already been asked to answer this, so they need to see it."), field="visibility")
    Insight.objects.filter(pk=insight.pk).update(visibility=visibility)
    insight.visibility = visibility
    return insight


@command(allow=policies.may_withdraw)
def withdraw(viewer: Viewer, insight: Insight, /) -> Insight:
    """Take the words away, from view and from what was published; an honest stub and the seal stay.

    Where somebody else does it for the person, the person is told, so that nobody's words go behind their back.
    """
    Insight.lifecycle.move(insight, "withdraw", words="", withdrawn_at=clock.now(), next_due_on=None, about_label="", about_path="")
    Verdict.objects.filter(response__insight=insight).update(words="")
    insight.passings_on.filter(done_at__isnull=True).delete()
    text_search.forget(insight)
    take_down_words_of(insight)
    for follow in Insight.withdrawn:
        follow(insight)
    people = {person.pk: person for person in rules.leads(insight)}
    if insight.owner is not None and insight.owner.ended_on is None:
        people[insight.owner.pk] = insight.owner
    for person in people.values():
        if person.pk not in {viewer.membership_id, insight.speaker_id}:
            outbox.put("insights/withdrawn", to=person, about=insight)
    if viewer.membership_id != insight.speaker_id:
        outbox.put("insights/withdrawn_for_you", to=insight.speaker, about=insight)
    return insight
