"""Every field says how private it is; every table says how long it is kept and how it is forgotten."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from safety_partners.core.policy import Sentence


class Kind(enum.Enum):
    """How private a field is."""

    WORDS = _("a person's own words")
    PERSONAL = _("about a person")
    CONTACT = _("how to reach a person")
    SECRET = _("a secret of the machine")
    WORK = _("the organisation's own work")
    PUBLIC = _("public")


# The classes whose content never goes into a log, an event's details or an export without being asked for.
PRIVATE = frozenset({Kind.WORDS, Kind.PERSONAL, Kind.CONTACT, Kind.SECRET})


@dataclass(frozen=True, slots=True)
class Privacy:
    """How long a table's rows are kept, how they are forgotten, and the class of each field that is not ``WORK``.

    ``fields`` must name every text, file or JSON field and every link to a person; numbers, dates and statuses
    are ``WORK`` unless they are named.
    """

    keep: Sentence
    forget: Sentence
    fields: Mapping[str, Kind] = field(default_factory=dict)
