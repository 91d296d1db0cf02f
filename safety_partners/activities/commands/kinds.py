"""The kinds of activity: those every organisation begins with, and those it adds."""

from __future__ import annotations

from django.db.models import Max
from django.utils.translation import gettext as _

from safety_partners.activities import policies
from safety_partners.activities.models import Activity, ActivityKind, Shape
from safety_partners.activities.queries.kinds import starting_kinds
from safety_partners.core.command import command
from safety_partners.core.lifecycle import NotPossible
from safety_partners.core.viewer import Viewer
from safety_partners.partners.commands.rules import demand_as_seen
from safety_partners.people.models import Organisation

SEEN = ("name", "hint", "shape", "is_open")


def ensure_kinds(organisation_id: int) -> None:
    """Put the starting kinds in where an organisation has none: nobody begins with nothing to choose from."""
    # One at a time, so that two requests begun at once do not each put them in.
    Organisation.objects.select_for_update().get(pk=organisation_id)
    if ActivityKind.objects.filter(organisation_id=organisation_id).exists():
        return
    rows = [
        ActivityKind(organisation_id=organisation_id, position=place, **kind._asdict()) for place, kind in enumerate(starting_kinds(), 1)
    ]
    ActivityKind.objects.bulk_create(rows)


def kind_called(organisation_id: int, name: str, *, kept: ActivityKind | None = None) -> ActivityKind:
    """The open kind of this name, or the one that a request has already. Raises ``NotPossible`` where it is closed or not there."""
    ensure_kinds(organisation_id)
    found = ActivityKind.objects.filter(organisation_id=organisation_id, name=name).first()
    if found is None or not (found.is_open or (kept is not None and found.pk == kept.pk)):
        raise NotPossible(_("Choose what sort of thing it is."), field="kind")
    return found


@command(allow=policies.may_decide_requests, details=("shape",))
def add_kind(viewer: Viewer, /, *, name: str, hint: str, shape: str) -> ActivityKind:
    """Let staff ask for something of a new kind, from now on."""
    organisation_id = viewer.organisation_id or 0
    ensure_kinds(organisation_id)
    last = ActivityKind.objects.filter(organisation_id=organisation_id).aggregate(last=Max("position"))["last"] or 0
    kind = ActivityKind(organisation_id=organisation_id, position=last + 1)
    _write(kind, name, hint, shape)
    return kind


@command(allow=policies.may_look_after_kind, details=("shape",))
def change_kind(viewer: Viewer, kind: ActivityKind, /, *, name: str, hint: str, shape: str, seen: int | None = None) -> ActivityKind:
    """Call a kind something else; what it consists of can change while nothing is of it."""
    demand_as_seen(kind, SEEN, seen)
    if shape != kind.shape and Activity.objects.filter(kind=kind).exists():
        raise NotPossible(_("Something is of this kind already, so what it consists of stays. Add a new kind instead."), field="shape")
    _write(kind, name, hint, shape)
    return kind


@command(allow=policies.may_look_after_kind)
def close_kind(viewer: Viewer, kind: ActivityKind, /) -> ActivityKind:
    """Offer it no longer to those who ask; what is of this kind stays as it is."""
    others = ActivityKind.objects.filter(organisation_id=kind.organisation_id, is_open=True).exclude(pk=kind.pk)
    if not others.exists():
        raise NotPossible(_("This is the last kind. Nobody could ask for anything without it."))
    return _put_open(kind, is_open=False)


@command(allow=policies.may_look_after_kind)
def reopen_kind(viewer: Viewer, kind: ActivityKind, /) -> ActivityKind:
    """Offer it again."""
    return _put_open(kind, is_open=True)


def _write(kind: ActivityKind, name: str, hint: str, shape: str) -> None:
    kind.name, kind.hint, kind.shape = " ".join(name.split()), hint.strip(), Shape(shape)
    if not kind.name:
        raise NotPossible(_("Enter a name."), field="name")
    others = ActivityKind.objects.filter(organisation_id=kind.organisation_id, name__iexact=kind.name).exclude(pk=kind.pk)
    if others.exists():
        raise NotPossible(_("There is a kind with this name already."), field="name")
    kind.save()


def _put_open(kind: ActivityKind, *, is_open: bool) -> ActivityKind:
    kind.is_open = is_open
    kind.save(update_fields=["is_open"])
    return kind
