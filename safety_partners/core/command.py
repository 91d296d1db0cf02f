"""The only way to change anything: a verb with a policy, in one transaction, that leaves one event."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from django.apps import apps
from django.db import IntegrityError, transaction

from safety_partners.core import history
from safety_partners.core.models import Record, Submission
from safety_partners.core.policy import Policy

if TYPE_CHECKING:
    from safety_partners.core.viewer import Viewer

P = ParamSpec("P")
R = TypeVar("R", bound=Record)

COMMANDS: dict[str, Callable[..., Record]] = {}


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
            allow.demand(viewer, args[0] if args else None)

            def once() -> R:
                with transaction.atomic():
                    if key and (earlier := _earlier(key, viewer)) is not None:
                        return earlier
                    result = function(viewer, *args, **kwargs)
                    kept = {detail: kwargs.get(detail, getattr(result, detail, None)) for detail in details}
                    organisation_id = viewer.organisation_id or result.organisation_id
                    history.write(viewer, name, result, kept, organisation_id)
                    if key:
                        Submission.objects.create(
                            key=key, membership_id=viewer.membership_id, about_kind=history.kind_of(result), about_id=result.pk
                        )
                    return result

            return _with_second_chance(once, lambda: key and _earlier(key, viewer))

        run.policy = allow  # type: ignore[attr-defined]
        run.details = details  # type: ignore[attr-defined]
        COMMANDS[name] = run
        return run

    return decorate


def _earlier(key: uuid.UUID, viewer: Viewer) -> Any:
    """What the form with this key made before, or None."""
    found = Submission.objects.filter(key=key, membership_id=viewer.membership_id).first()
    return found and apps.get_model(found.about_kind)._base_manager.get(pk=found.about_id)


def _with_second_chance(once: Callable[[], R], earlier: Callable[[], Any]) -> R:
    """Run; after a clash of submission keys return the winner's result, after a clash of codes try again."""
    try:
        return once()
    except IntegrityError as error:
        if (found := earlier()) is not None:
            return found
        if "code" not in str(error):
            raise
    return once()
