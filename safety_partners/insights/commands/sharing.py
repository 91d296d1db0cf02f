"""From the first line of a draft to words sealed and shared, and taking them back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from safety_partners.core import outbox, text_search
from safety_partners.core.command import command
from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.core.seals import seal
from safety_partners.core.viewer import Viewer
from safety_partners.core.working_days import add_working_days, today
from safety_partners.insights import policies
from safety_partners.insights.commands.publishing import take_down_words_of
from safety_partners.insights.models import HandOver, Insight, PassingOn
from safety_partners.people.models import Membership, Role, Service
from safety_partners.people.queries import members_with_role

Capture = Insight.Capture
MUST_BE_READ_BACK = {Capture.PHONE, Capture.MEETING}


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
    partner here.
    """
    if speaker.organisation_id != viewer.organisation_id or not speaker.grants.filter(role=Role.PARTNER).exists():
        raise NotPossible(_("Choose a partner of this organisation."), field="speaker")
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


@command(allow=policies.may_edit_draft)
def edit_draft(viewer: Viewer, insight: Insight, /, **fields: Any) -> Insight:
    """Keep the latest state of a draft. Raises ``Overtaken`` if it was shared in the meantime."""
    rows = Insight.objects.filter(pk=insight.pk, status=Insight.Status.DRAFT)
    if not rows.update(**fields):
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
def share_insight(viewer: Viewer, insight: Insight, /, *, owner: Membership | None = None, pass_on_to: Iterable[str] = ()) -> Insight:
    """Seal the words and start the organisation's clock.

    Where it is already known who owns the answer (a document's owner), ``owner`` is set with it. ``pass_on_to`` names
    the channels the person asked us to take it to. Raises ``NotPossible`` if words heard by somebody else were not
    read back to the person.
    """
    if insight.capture in MUST_BE_READ_BACK and not insight.is_read_back:
        raise NotPossible(_("Read the words back to the person first, and change what they ask you to change."), field="is_read_back")
    organisation, day, now = insight.organisation, today(), timezone.now()
    own_by = add_working_days(day, organisation.own_days)
    answer_by = add_working_days(day, organisation.answer_days)
    acknowledge_by = add_working_days(day, organisation.acknowledge_days)
    Insight.lifecycle.move(
        insight,
        "share",
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
    if owner is not None:
        Insight.lifecycle.move(
            insight, "hand_to", owner=owner, owned_at=now, acknowledged_at=now, acknowledged_by=owner, next_due_on=answer_by
        )
        HandOver.objects.create(insight=insight, to=owner, by_id=viewer.membership_id)
    else:
        for lead in members_with_role(insight.organisation_id, Role.LEAD):
            outbox.put("insights/shared", to=lead, about=insight)
    if insight.recorded_by_id:
        outbox.put("insights/recorded", to=insight.speaker, about=insight, insight=insight)
    return insight


@command(allow=policies.is_speaker, details=("channel",))
def ask_to_pass_on(viewer: Viewer, insight: Insight, /, *, channel: str) -> Insight:
    """Ask us to take the words to another channel too, such as complaints or safeguarding."""
    if insight.status in {Insight.Status.DRAFT, Insight.Status.WITHDRAWN}:
        raise NotPossible(_("Share this first; then we can pass it on."))
    _ask_to_pass_on(insight, channel)
    return insight


def _ask_to_pass_on(insight: Insight, channel: str) -> None:
    passing_on, is_new = PassingOn.objects.get_or_create(
        insight=insight, channel=channel, defaults={"organisation_id": insight.organisation_id}
    )
    if is_new:
        for lead in members_with_role(insight.organisation_id, Role.LEAD):
            outbox.put("insights/pass_on", to=lead, about=insight, passing_on=passing_on)


@command(allow=policies.is_speaker, details=("visibility",))
def change_visibility(viewer: Viewer, insight: Insight, /, *, visibility: str) -> Insight:
    """Let more people, or fewer, see the words from now on."""
    owner_is_other = insight.owner_id and not insight.owner.grants.filter(role=Role.LEAD).exists()
    if visibility == Insight.Visibility.LEAD and owner_is_other:
        raise NotPossible(_("Someone has already been asked to answer this, so they need to see it."), field="visibility")
    Insight.objects.filter(pk=insight.pk).update(visibility=visibility)
    insight.visibility = visibility
    return insight


@command(allow=policies.may_withdraw)
def withdraw(viewer: Viewer, insight: Insight, /) -> Insight:
    """Take the words away, from view and from what was published; an honest stub and the seal stay."""
    Insight.lifecycle.move(insight, "withdraw", words="", withdrawn_at=timezone.now(), next_due_on=None, about_label="")
    for response in insight.responses.all():
        response.verdicts.update(words="")
    text_search.forget(insight)
    take_down_words_of(insight)
    people = {person.pk: person for person in members_with_role(insight.organisation_id, Role.LEAD)}
    if insight.owner:
        people[insight.owner_id] = insight.owner
    for person in people.values():
        if person.pk != viewer.membership_id:
            outbox.put("insights/withdrawn", to=person, about=insight)
    return insight
