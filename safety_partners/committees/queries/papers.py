"""What can be asked about papers: one with its versions, all of them with a search, who must be told, what is late."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet, Value

from safety_partners.committees.models import FormatCopy, Invitee, Item, Meeting, Paper, PaperVersion, Reading, Recusal
from safety_partners.committees.models.agenda import runs_committee
from safety_partners.committees.models.papers import lines_of
from safety_partners.committees.queries.agenda import with_newest
from safety_partners.core import text_search
from safety_partners.core.viewer import Viewer
from safety_partners.core.working_days import today
from safety_partners.partners.models import Interest
from safety_partners.people.models import Membership, Role
from safety_partners.people.queries import viewer_for, viewers_for

# So many people are asked for in one query: a database takes no more than some hundreds of parts.
TOGETHER = 100


def viewer_of(membership: Membership) -> Viewer:
    """Somebody as they would be if they looked now, for what is sent or printed for them."""
    return viewer_for(membership.user_id, membership.organisation_id)


def newest_of(paper: Paper) -> PaperVersion | None:
    """The version that is read now."""
    return paper.versions.select_related("file").order_by("-number").first()


def readers_to_tell(version: PaperVersion, *, without: int | None) -> list[Membership]:
    """Who opened this version, is still here, and may still open the paper. Three queries, up to a great many readers."""
    readers = Membership.objects.filter(pk__in=Reading.objects.filter(version=version).values("membership_id")).current()
    people = list(readers.exclude(pk=without).select_related("user", "organisation").order_by("pk"))
    viewers, may = viewers_for(people), set[int]()
    # Each reader looks with their own eyes, many of them in one query.
    for start in range(0, len(viewers), TOGETHER):
        some = viewers[start : start + TOGETHER]
        looks = [Paper.objects.visible_to(one).filter(pk=version.paper_id).values_list(Value(one.membership_id)).order_by() for one in some]
        may.update(pk for (pk,) in looks[0].union(*looks[1:]))
    return [one for one in people if one.pk in may]


@dataclass(frozen=True, slots=True)
class PaperPage:
    """A paper with its versions, newest first, each with ``has_read``; the copies that this viewer may see."""

    versions: Sequence[PaperVersion]
    copies: Sequence[FormatCopy]
    jargon: Sequence[tuple[str, str]]
    questions: Sequence[str]

    @property
    def newest(self) -> PaperVersion | None:
        return self.versions[0] if self.versions else None

    @property
    def was_late(self) -> bool:
        return bool(self.versions) and self.versions[-1].is_late


def paper_page(viewer: Viewer, paper: Paper) -> PaperPage:
    """Two queries."""
    mine = Reading.objects.filter(version=OuterRef("pk"), membership_id=viewer.membership_id)
    versions = PaperVersion.objects.visible_to(viewer).filter(paper=paper).select_related("file", "by__user")
    copies = FormatCopy.objects.visible_to(viewer).filter(paper=paper).select_related("need__partner__membership__user", "file")
    terms = [line.partition(":") for line in lines_of(paper.jargon)]
    return PaperPage(
        list(versions.annotate(has_read=Exists(mine)).defer("blocks").order_by("-number")),
        list(copies.order_by("pk")),
        [(term.strip(), meaning.strip()) for term, _colon, meaning in terms],
        lines_of(paper.questions),
    )


def papers_at(viewer: Viewer, item: Item) -> list[Paper]:
    """The papers of one item, each with its newest version. One query."""
    rows = with_newest(Paper.objects.visible_to(viewer).filter(item=item, withdrawn_at__isnull=True), viewer)
    return list(rows.select_related("author__user").order_by("position", "pk"))


def has_opened(viewer: Viewer, version: PaperVersion) -> bool:
    """Say whether this person has opened a version: then its file comes without the page before it."""
    return Reading.objects.visible_to(viewer).filter(version=version, membership_id=viewer.membership_id).exists()


def copies_to_make(viewer: Viewer) -> QuerySet[FormatCopy]:
    """Copies that wait to be made, for meetings to come of the committees that this viewer runs."""
    to_come = Meeting.objects.to_come().filter(organisation_id=viewer.organisation_id)
    theirs = Q() if Role.LEAD in viewer.roles else runs_committee(viewer, "paper__item__meeting__committee")
    rows = FormatCopy.objects.visible_to(viewer).filter(theirs, status=FormatCopy.Status.WANTED, paper__item__meeting__in=to_come)
    return rows.select_related("need__partner__membership__user", "paper__item__meeting__committee")


def recusals_at(viewer: Viewer, item: Item) -> list[Recusal]:
    """Who has stepped back from an item, as far as this viewer may know. One query."""
    rows = Recusal.objects.visible_to(viewer).in_force().filter(item=item)
    return list(rows.select_related("membership__user", "recorded_by__user").order_by("pk"))


def may_step_back(viewer: Viewer, item: Item) -> list[Invitee]:
    """Who is invited and has not stepped back from an item."""
    gone = Recusal.objects.in_force().filter(item=item).values("membership_id")
    rows = Invitee.objects.visible_to(viewer).filter(meeting_id=item.meeting_id).exclude(membership_id__in=gone)
    return list(rows.select_related("membership__user").order_by("membership__user__name_key", "pk"))


def papers(viewer: Viewer) -> QuerySet[Paper]:
    """Every paper this person may open, of any meeting; with whether the first version came late."""
    was_late = PaperVersion.objects.filter(paper=OuterRef("pk"), number=1, is_late=True)
    rows = Paper.objects.visible_to(viewer).filter(withdrawn_at__isnull=True).annotate(was_late=Exists(was_late))
    return rows.select_related("item__meeting__committee")


def search_papers(rows: QuerySet[Paper], words: str, viewer: Viewer) -> QuerySet[Paper]:
    """Those with these words in the title, beside them, or in the newest version."""
    return text_search.matching(rows, words, organisation_id=viewer.organisation_id)


def registered_interests(viewer: Viewer) -> list[Interest]:
    """What this person has on the register of interests now: a reminder before they say what touches an item."""
    return list(Interest.objects.visible_to(viewer).filter(partner__membership_id=viewer.membership_id).current(today()).order_by("pk"))


def not_there(meeting: Meeting, viewer: Viewer) -> list[Paper]:
    """Papers that were promised for a meeting and have not come."""
    rows = Paper.objects.visible_to(viewer).awaited().filter(item__meeting=meeting)
    return list(rows.select_related("author__user").order_by("item__position", "position"))
