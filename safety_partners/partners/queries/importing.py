"""What a file would do to the register, row by row, as things stand now; and the pages of imports."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext as _

from safety_partners.core import clock
from safety_partners.core.models import Message
from safety_partners.core.names import fold
from safety_partners.core.viewer import Viewer
from safety_partners.partners.models import Import, ImportRow, Partner, Term
from safety_partners.partners.tables.register import rules_broken
from safety_partners.people.models import Membership, Organisation
from safety_partners.people.policies import STAFF_ROLES

NEW = "NEW"
KEPT = dt.timedelta(days=90)
DAYS = ("appointed_on", "started_on", "term_starts_on", "term_ends_on", "ended_on")
# What a file may correct of somebody who is on the register; where they stand with us is changed on their own page.
CORRECTED = (
    "name",
    "known_as",
    "pronouns",
    "email",
    "phone",
    "postal_address",
    "told_by",
    "connection",
    "appointed_on",
    "started_on",
    "term_starts_on",
    "term_ends_on",
    "contact",
    "deputy",
)


@dataclass(slots=True)
class PlannedRow:
    """What one row of a file does: to whom, what stood there before, what is wrong with it, what to know about it."""

    number: int
    values: dict[str, Any]
    errors: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    partner: Partner | None = None
    before: dict[str, Any] = field(default_factory=dict)

    @property
    def does(self) -> ImportRow.Does:
        if self.errors:
            return ImportRow.Does.WRONG
        if self.partner is None:
            return ImportRow.Does.ADDS
        return ImportRow.Does.UPDATES if self.before else ImportRow.Does.NOTHING


def plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values as JSON keeps them: days as 2026-11-23."""
    return {key: value.isoformat() if isinstance(value, dt.date) else value for key, value in values.items()}


def revived(values: Mapping[str, Any]) -> dict[str, Any]:
    """What :func:`plain` made, with its days as days again."""
    return {key: dt.date.fromisoformat(value) if key in DAYS and value else value for key, value in values.items()}


class Register:
    """Everybody who is or was a partner of an organisation, and its staff, as a file's rows are compared with them."""

    def __init__(self, organisation_id: int) -> None:
        rows = Partner.objects.filter(organisation_id=organisation_id).exclude(status=Partner.Status.FORGOTTEN)
        self.partners = list(rows.with_people().order_by("pk"))
        self.terms: dict[int, Term] = {}
        for term in Term.objects.filter(partner__organisation_id=organisation_id).order_by("number"):
            self.terms[term.partner_id] = term
        self.by_code = {partner.code: partner for partner in self.partners}
        self.by_name: dict[str, list[Partner]] = defaultdict(list)
        for partner in self.partners:
            self.by_name[partner.membership.user.name_key].append(partner)
        staff = Membership.objects.filter(organisation_id=organisation_id, grants__role__in=STAFF_ROLES, ended_on__isnull=True)
        self.staff: dict[str, list[Membership]] = defaultdict(list)
        for member in staff.select_related("user").distinct():
            self.staff[member.user.email].append(member)
        people = {partner.membership.user_id for partner in self.partners}
        elsewhere = Membership.objects.filter(user_id__in=people).exclude(organisation_id=organisation_id)
        self.elsewhere = set(elsewhere.values_list("user_id", flat=True))

    def values_of(self, partner: Partner) -> dict[str, Any]:
        """What the register says now about what a file may correct."""
        member, term = partner.membership, self.terms.get(partner.pk)
        return {
            "name": member.user.name,
            "known_as": partner.known_as,
            "pronouns": partner.pronouns,
            "email": member.user.email,
            "phone": member.phone,
            "postal_address": member.postal_address,
            "told_by": member.told_by,
            "connection": partner.connection,
            "appointed_on": partner.appointed_on,
            "started_on": partner.started_on,
            "term_starts_on": term.starts_on if term else None,
            "term_ends_on": term.ends_on if term else None,
            "contact": partner.contact.user.email if partner.contact else "",
            "deputy": partner.deputy.user.email if partner.deputy else "",
        }

    def plan(self, rows: Iterable[tuple[int, Mapping[str, Any], Sequence[str]]]) -> list[PlannedRow]:
        """What each row (its number, its values, what could not be read) would do; the register is not changed."""
        planned = []
        for number, values, errors in rows:
            row = PlannedRow(number, dict(values), list(errors))
            self._find(row)
            self._compare(row)
            planned.append(row)
        _refuse_twins(planned)
        return planned

    def _find(self, row: PlannedRow) -> None:
        """Who the row is about: by our code, or by the name where nothing speaks against it."""
        code = row.values.get("code", "")
        if code and code != NEW:
            row.partner = self.by_code.get(code)
            if row.partner is None:
                row.errors.append(_("Code: nobody on the register has the code %(code)s.") % {"code": code})
            return
        alike = [] if code == NEW else self.by_name.get(fold(row.values.get("name") or ""), [])
        same = [one for one in alike if self._speaks_for(row, one)]
        if len(same) == 1:
            row.partner = same[0]
        elif same:
            row.errors.append(_("Name: there are %(n)s partners with this name. Put their code in the column “Code”.") % {"n": len(same)})
        elif alike:
            row.errors.append(
                _(
                    "Name: %(code)s has this name, with another email address or phone number. If it is the same person, put that "
                    "code in the column “Code”; if not, write “new” there."
                )
                % {"code": alike[0].code}
            )

    @staticmethod
    def _speaks_for(row: PlannedRow, partner: Partner) -> bool:
        """Say whether somebody of the same name may be the same person: no address or number of theirs says otherwise."""
        email, phone = row.values.get("email"), row.values.get("phone")
        known_email, known_phone = partner.membership.user.email, partner.membership.phone
        if email and known_email:
            return bool(email == known_email)
        return not (phone and known_phone) or _digits(phone) == _digits(known_phone)

    def _compare(self, row: PlannedRow) -> None:
        """What would change; an empty cell leaves what is there."""
        for key in ("contact", "deputy"):
            self._check_staff(row, key)
        if row.partner is None:
            row.errors += rules_broken(row.values)
            self._check_reachable(row)
            return
        now = self.values_of(row.partner)
        row.errors += rules_broken({**now, "status": "", "ended_on": None, **{key: value for key, value in row.values.items() if value}})
        row.before = {key: now[key] for key in CORRECTED if row.values.get(key) and row.values[key] != now[key]}
        if row.partner.membership.user_id in self.elsewhere and {"name", "email"} & set(row.before):
            row.errors.append(_("Name and email: this person belongs to another organisation too, so only they can change these."))
        status = row.values.get("status")
        if status and status != row.partner.status:
            said = {"now": row.partner.get_status_display(), "row": Partner.Status(status).label}
            row.notes.append(_("Status: stays “%(now)s”. A file cannot make it “%(row)s”: do that on the partner's page.") % said)

    def _check_staff(self, row: PlannedRow, key: str) -> None:
        email = row.values.get(key)
        if not email:
            return
        found = self.staff.get(email, [])
        heading = _("Named contact") if key == "contact" else _("Deputy")
        if not found:
            row.errors.append(_("%(heading)s: nobody who works here has the address %(email)s.") % {"heading": heading, "email": email})
        elif len(found) > 1:
            row.errors.append(
                _("%(heading)s: several people here share the address %(email)s. Choose one on the partner's page.")
                % {"heading": heading, "email": email}
            )

    def _check_reachable(self, row: PlannedRow) -> None:
        has_left = row.values.get("status") == Partner.Status.LEFT
        if not has_left and not any(row.values.get(key) for key in ("email", "phone", "postal_address")):
            row.errors.append(_("Give an email address, a phone number or a postal address, so that this person can be told things."))


def _digits(text: str) -> str:
    """The last ten digits of a number, which are the same with +44 and with 0."""
    return "".join(sign for sign in text if sign.isdigit())[-10:]


def _refuse_twins(planned: list[PlannedRow]) -> None:
    """Two rows about one person: the second is wrong, because nobody can know which of them is right."""
    first: dict[tuple[Any, ...], int] = {}
    for row in planned:
        values = row.values
        if row.partner is not None:
            key: tuple[Any, ...] = ("partner", row.partner.pk)
        elif row.does == ImportRow.Does.ADDS:
            key = ("new", fold(values.get("name") or ""), values.get("email") or "", _digits(values.get("phone") or ""))
        else:
            continue
        if key in first:
            row.errors.append(_("Row %(n)s is about the same person. Keep one of the two.") % {"n": first[key]})
        else:
            first[key] = row.number


def channel_of(values: Mapping[str, Any]) -> str:
    """How somebody new is told things: as the file says, else by what it gives."""
    if values.get("told_by"):
        return str(values["told_by"])
    for key, channel in (("email", Message.Channel.EMAIL), ("phone", Message.Channel.PHONE), ("postal_address", Message.Channel.LETTER)):
        if values.get(key):
            return channel.value
    return Message.Channel.EMAIL.value


def imports(viewer: Viewer) -> Any:
    """Every import of the organisation with how many rows it had of each kind; one query."""
    rows = Import.objects.visible_to(viewer).select_related("by__user")
    kinds = ImportRow.Does
    return rows.annotate(
        added=Count("rows", filter=Q(rows__does=kinds.ADDS)),
        updated=Count("rows", filter=Q(rows__does=kinds.UPDATES)),
        wrong=Count("rows", filter=Q(rows__does=kinds.WRONG)),
    )


def counts_of(batch: Import) -> Counter[str]:
    """How many rows of an import do what; one query."""
    return Counter(dict(batch.rows.values_list("does").annotate(n=Count("pk")).order_by()))


def rows_to_show(batch: Import) -> Any:
    """The rows of an import, those with something wrong first."""
    return batch.rows.select_related("partner__membership__user")


def organisations_with_old_imports() -> list[Organisation]:
    """Where rows of imports stand that were kept for as long as we keep them."""
    old = ImportRow.objects.filter(batch__organisation=OuterRef("pk"), batch__made_at__lt=clock.now() - KEPT)
    return list(Organisation.objects.filter(Exists(old)))
