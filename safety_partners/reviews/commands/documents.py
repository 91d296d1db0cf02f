"""Adding documents and their versions, and keeping right what is written about them."""

from __future__ import annotations

import datetime as dt
from pathlib import PurePath

from django.db.models import Q
from django.utils.translation import gettext as _

from safety_partners.core import clock, files, outbox, text_search
from safety_partners.core.command import command
from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.core.viewer import Viewer
from safety_partners.insights import commands as insights
from safety_partners.insights.models import Insight
from safety_partners.people.models import Membership, Service
from safety_partners.people.policies import is_lead
from safety_partners.reading.blocks import Block
from safety_partners.reviews import policies
from safety_partners.reviews.commands.rules import demand_owner, demand_service, lock
from safety_partners.reviews.commands.taking import Taken
from safety_partners.reviews.models import Comment, Document, Match, Paragraph, Version
from safety_partners.reviews.queries.documents import state_of_document

BATCH = 500
LONGEST_NUMBER = 40


@command(allow=policies.may_add_document)
def add_document(
    viewer: Viewer,
    /,
    *,
    taken: Taken,
    label: str,
    owner: Membership,
    affects_patients: bool,
    title: str = "",
    reference: str = "",
    service: Service | None = None,
    approved_on: dt.date | None = None,
    next_review_on: dt.date | None = None,
    is_in_force: bool = False,
) -> Document:
    """Add a document with its first version, read from a file. It may say of itself that it is in force already."""
    organisation_id = viewer.organisation_id or 0
    demand_owner(owner, organisation_id)
    demand_service(service, organisation_id)
    document = Document.objects.create(
        organisation_id=organisation_id,
        title=(title.strip() or taken.read.title.strip() or PurePath(taken.name).stem)[:200],
        reference=reference,
        owner=owner,
        service=service,
        affects_patients=affects_patients,
        next_review_on=next_review_on,
    )
    _keep(viewer, document, taken, label=label, approved_on=approved_on, is_in_force=is_in_force)
    index_words(document)
    if owner.pk != viewer.membership_id:
        outbox.put("reviews/owner", to=owner, about=document)
    return document


@command(allow=policies.may_look_after, details=("label",))
def add_version(viewer: Viewer, document: Document, /, *, taken: Taken, label: str, approved_on: dt.date | None = None) -> Version:
    """Add a newer version of a document, read from a file and compared with the one before. It is not in force yet.

    Raises ``Overtaken`` if somebody added another version while the file was being read.
    """
    lock(document.pk)
    numbers = dict(document.versions.values_list("pk", "number"))
    is_as_read = all(base_id in numbers for base_id, _became in taken.compared)
    if not is_as_read or max(numbers.values(), default=0) != taken.follows:
        raise Overtaken(
            _("Someone else added a version while your file was being read. Look at theirs, then decide if yours is still needed.")
        )
    return _keep(viewer, document, taken, label=label, approved_on=approved_on, is_in_force=False)


@command(allow=policies.may_look_after)
def take_out_version(viewer: Viewer, version: Version, /) -> Document:
    """Take out a version that was added by mistake: only while nobody was asked about it and it has not been put in force."""
    document = version.document
    lock(document.pk)
    if version.reviews.exists():
        raise NotPossible(_("Partners were asked about this version, so it stays. Add a newer one instead."))
    is_only_one = not document.versions.exclude(pk=version.pk).exists()
    if version.status != Version.Status.WAITING and not is_only_one:
        raise NotPossible(_("This version has been in force, so it stays."))
    kept = version.file
    Version.objects.filter(pk=version.pk).delete()
    kept.delete()
    index_words(document)
    return document


@command(allow=policies.may_look_after)
def correct_document(
    viewer: Viewer,
    document: Document,
    /,
    *,
    title: str,
    owner: Membership,
    affects_patients: bool,
    reference: str = "",
    service: Service | None = None,
    next_review_on: dt.date | None = None,
    seen: int | None = None,
) -> Document:
    """Correct what is written about a document. A new owner is told, and owes the answers that are still open.

    ``seen`` is the state of what was on the page (:func:`queries.state_of_document`). Raises ``Overtaken`` if somebody
    else has changed it since.
    """
    if not title.strip():
        raise NotPossible(_("Enter the title."), field="title")
    demand_service(service, document.organisation_id)
    lock(document.pk)
    document.refresh_from_db()
    if seen is not None and seen != state_of_document(document):
        raise Overtaken
    owner_before = document.owner_id
    is_new_owner = owner.pk != owner_before
    if is_new_owner:
        demand_owner(owner, document.organisation_id)
    document.title, document.reference, document.owner, document.service = title.strip(), reference, owner, service
    document.affects_patients, document.next_review_on = affects_patients, next_review_on
    document.save(update_fields=["title", "reference", "owner", "service", "affects_patients", "next_review_on"])
    index_words(document)
    if is_new_owner:
        _hand_over_comments(viewer, document, owner_before)
        if owner.pk != viewer.membership_id:
            outbox.put("reviews/owner", to=owner, about=document)
    return document


def index_words(document: Document) -> None:
    """Let a document be found by its title, its reference and the words that are in force: never by a draft's."""
    in_force = Paragraph.objects.filter(version__document=document, version__status=Version.Status.ISSUED)
    words = in_force.order_by("position").values_list("text", flat=True)
    text_search.index(document, " ".join([document.title, document.reference, *words]), organisation_id=document.organisation_id)


def _keep(viewer: Viewer, document: Document, taken: Taken, *, label: str, approved_on: dt.date | None, is_in_force: bool) -> Version:
    """Keep the file, the version and its paragraphs: all of it or nothing."""
    label = " ".join(label.split())
    if not label:
        raise NotPossible(_("Say which version this is, such as 2 or 3.1."), field="label")
    if document.versions.filter(label__iexact=label).exists():
        raise NotPossible(_("There is a version %(label)s of this document already.") % {"label": label}, field="label")
    stored = files.keep(taken.content, name=taken.name, content_type=taken.content_type, organisation_id=document.organisation_id)
    version = Version.objects.create(
        document=document,
        number=taken.follows + 1,
        label=label,
        file=stored,
        source_kind=taken.read.source_kind.value,
        page_count=taken.read.page_count,
        word_count=taken.read.word_count,
        paragraph_count=len(taken.read.blocks),
        approved_on=approved_on,
        status=Version.Status.ISSUED if is_in_force else Version.Status.WAITING,
        issued_at=clock.now() if is_in_force else None,
        added_by_id=viewer.membership_id,
    )
    rows = (_paragraph(version, position, block) for position, block in enumerate(taken.read.blocks, 1))
    Paragraph.objects.bulk_create(rows, batch_size=BATCH)
    _keep_matches(version, taken)
    return version


def _keep_matches(version: Version, taken: Taken) -> None:
    new = dict(version.paragraphs.values_list("position", "pk"))
    for base_id, became in taken.compared:
        old = dict(Paragraph.objects.filter(version_id=base_id).values_list("position", "pk"))
        Match.objects.bulk_create(
            (
                Match(version=version, old_id=old[one.old + 1], new_id=None if one.new is None else new[one.new + 1], relation=one.relation)
                for one in became
            ),
            batch_size=BATCH,
        )


def _paragraph(version: Version, position: int, block: Block) -> Paragraph:
    """A printed "number" that is a whole phrase belongs to the words."""
    number, text = (block.number, block.text) if len(block.number) <= LONGEST_NUMBER else ("", block.reading)
    return Paragraph(
        version=version,
        position=position,
        kind=block.kind.value,
        level=block.level,
        number=number,
        text=text,
        rows=[list(row) for row in block.rows],
        head_rows=block.head_rows,
        page=block.page,
    )


def _hand_over_comments(viewer: Viewer, document: Document, owner_before: int) -> None:
    """The answers that the last owner still owes go to the new one; whoever wrote the comment is told who answers now."""
    status = Insight.Status
    owed = Q(insight__owner_id=owner_before, insight__status__in=[status.OWNED, status.SENT_BACK, status.IN_PART])
    if is_lead(viewer):
        owed |= Q(insight__owner__isnull=True, insight__status__in=[status.SHARED, status.ACKNOWLEDGED])
    comments = Comment.objects.filter(owed, review__version__document=document).exclude(insight__speaker=document.owner)
    # What a person asked to be seen by the lead only stays there, until they let more people see it.
    comments = comments.exclude(insight__visibility=Insight.Visibility.LEAD)
    for comment in comments.select_related("insight"):
        insights.hand_to(viewer, comment.insight, owner=document.owner, reason=_("The document has a new owner."))
