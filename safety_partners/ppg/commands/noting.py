"""What a group puts first in a year, and what it tells everybody."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from safety_partners.core import clock
from safety_partners.core.command import command
from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.core.viewer import Viewer
from safety_partners.core.working_days import today
from safety_partners.partners.commands.rules import demand_words
from safety_partners.ppg import policies
from safety_partners.ppg.commands.telling import keepers_of, tell, voice_of
from safety_partners.ppg.models import Group, Priority, PublicNote

MOST_PRIORITIES = 5


@command(allow=policies.may_work_with, details=("year",))
def set_priorities(viewer: Viewer, group: Group, /, *, year: int, words: Sequence[str]) -> Group:
    """Say what matters most to the group in a year, in its own order; what stood there for the year goes."""
    kept = [line.strip() for line in words if line.strip()]
    if not kept:
        raise NotPossible(_("Write at least one."), field="words")
    if len(kept) > MOST_PRIORITIES:
        raise NotPossible(_("Write the %(most)s that matter most.") % {"most": MOST_PRIORITIES}, field="words")
    Priority.objects.filter(group=group, year=year).delete()
    Priority.objects.bulk_create([Priority(group=group, year=year, position=place, words=line) for place, line in enumerate(kept, 1)])
    return group


@command(allow=policies.may_work_with)
def publish_note(viewer: Viewer, group: Group, /, *, title: str, words: str) -> PublicNote:
    """Put words of the group on the public website, from now on. The other side is told: chair, or whoever looks after the group."""
    demand_words(title, _("Give it a title."), field="title")
    demand_words(words, _("Write what everybody should know."), field="words")
    note = PublicNote.objects.create(group=group, title=title.strip(), words=words, on=today(), by_id=viewer.membership_id)
    tell(viewer, [*voice_of(group), *keepers_of(group)], "ppg/note_published", note)
    return note


@command(allow=policies.may_work_with)
def take_down_note(viewer: Viewer, note: PublicNote, /) -> PublicNote:
    """Take words from the public website; they stay here. The other side is told."""
    now = clock.now()
    if not PublicNote.objects.filter(pk=note.pk, taken_down_at__isnull=True).update(taken_down_at=now):
        raise Overtaken
    note.taken_down_at = now
    tell(viewer, [*voice_of(note.group), *keepers_of(note.group)], "ppg/note_taken_down", note)
    return note
