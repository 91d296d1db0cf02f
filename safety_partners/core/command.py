"""The only way to change anything: a verb with a policy, in one transaction, that leaves one event."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterable
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from django.apps import apps
from django.db import IntegrityError, OperationalError, connection, models, transaction

from safety_partners.core import history
from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.core.models import Record, Submission
from safety_partners.core.policy import Policy, Refused

if TYPE_CHECKING:
    from safety_partners.core.viewer import Viewer

P = ParamSpec("P")
R = TypeVar("R", bound=Record)

COMMANDS: dict[str, Callable[..., Record]] = {}

# SQLite says ``UNIQUE constraint failed: core_message.code``, PostgreSQL ``Key (code)=(MSG-…) already exists``.
_CODE_CLASH = re.compile(r"\.code\b|\(code\)=")
# Deadlock and serialisation failure: PostgreSQL took back one of two transactions that waited for each other.
_TAKEN_BACK = frozenset({"40P01", "40001"})


def command(
    *, allow: Policy, details: tuple[str, ...] = ()
) -> Callable[[Callable[Concatenate[Viewer, P], R]], Callable[Concatenate[Viewer, P], R]]:
    """Make a function the one way to do what its name says.

    The function takes the viewer, then the record it is about (if there is one yet), then keywords, and returns the
    record it made or changed. Around it: the policy is asked (raises ``Refused``), one transaction is opened, and one
    event is written. ``details`` names keywords, or fields of the record returned, that the event may keep: never a
    person's words. A caller may pass ``submission_key`` (a UUID from the form): the same key gives the first result
    again instead of a second record.
    """

    def decorate(function: Callable[Concatenate[Viewer, P], R]) -> Callable[Concatenate[Viewer, P], R]:
        name = f"{function.__module__.split('.')[1]}.{function.__name__}"

        @wraps(function)
        def run(viewer: Viewer, /, *args: P.args, **kwargs: P.kwargs) -> R:
            key: Any = kwargs.pop("submission_key", None)

            def once() -> R:
                allow.demand(viewer, args[0] if args else None)
                with transaction.atomic():
                    if key and (earlier := _earlier(key, viewer)) is not None:
                        result: R = earlier
                        return result
                    result = function(viewer, *args, **kwargs)
                    kept = {detail: kwargs.get(detail, getattr(result, detail, None)) for detail in details}
                    # A record's history belongs to its organisation, whoever did this.
                    organisation_id: Any = getattr(result, "organisation_id", None) or viewer.organisation_id
                    history.write(viewer, name, result, kept, organisation_id)
                    if key:
                        Submission.objects.create(
                            key=key, membership_id=viewer.membership_id, about_kind=history.kind_of(result), about_id=result.pk
                        )
                    return result

            return _with_second_chance(once, lambda: _earlier(key, viewer) if key else None, [*args, *kwargs.values()])

        run.policy = allow  # type: ignore[attr-defined]
        run.details = details  # type: ignore[attr-defined]
        COMMANDS[name] = run
        return run

    return decorate


def _earlier(key: uuid.UUID, viewer: Viewer) -> Any:
    """What the form with this key made before, or None. Raises Overtaken if that has been taken away since."""
    found = Submission.objects.filter(key=key, membership_id=viewer.membership_id).first()
    if found is None:
        return None
    made = apps.get_model(found.about_kind)._base_manager.filter(pk=found.about_id).first()
    if made is None:
        raise Overtaken
    return made


def _with_second_chance(once: Callable[[], R], earlier: Callable[[], Any], given: Iterable[Any]) -> R:
    """Run. A form that was sent twice gets the first result, even if the first one made the second impossible.

    After a clash of codes or of locks the records given are read again and everything is tried once more.
    """
    try:
        return once()
    except (Refused, NotPossible, IntegrityError) as trouble:
        if (found := earlier()) is not None:
            result: R = found
            return result
        if not (isinstance(trouble, IntegrityError) and _CODE_CLASH.search(str(trouble))):
            raise
    except OperationalError as trouble:
        if connection.in_atomic_block or getattr(trouble.__cause__, "sqlstate", None) not in _TAKEN_BACK:
            raise
    for record in given:
        if isinstance(record, models.Model) and record.pk:
            record.refresh_from_db()
    return once()
