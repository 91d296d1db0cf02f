"""Taking in a register that an organisation already has: looked at first, taken whole, undone as long as nothing was built on it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from safety_partners.core import clock, history
from safety_partners.core.command import command
from safety_partners.core.lifecycle import NotPossible
from safety_partners.core.models import Event
from safety_partners.core.viewer import Viewer
from safety_partners.core.working_days import today
from safety_partners.partners import policies
from safety_partners.partners.commands.needing import need_from_item, plan_of
from safety_partners.partners.models import Import, ImportRow, Need, Partner, Term
from safety_partners.partners.queries.importing import KEPT, PlannedRow, Register, channel_of, plain, revived
from safety_partners.partners.tables import Table
from safety_partners.partners.tables.register import columns_of, read_row
from safety_partners.people.commands.persons import new_persons
from safety_partners.people.models import Grant, Membership, Organisation, Role, User
from safety_partners.people.policies import is_system

TAKEN = "partners.take_import"


@command(allow=policies.may_run_programme)
def read_register(viewer: Viewer, /, *, table: Table) -> Import:
    """Read a file's rows and keep what they would do, to be looked at; the register stays as it is.

    Raises TableRefused when the headings cannot be understood.
    """
    columns = columns_of(table)
    left_out = [heading for heading, column in zip(table.headings, columns, strict=True) if heading and column is None]
    batch = Import.objects.create(
        organisation_id=viewer.organisation_id,
        by_id=viewer.membership_id,
        encoding=table.encoding,
        left_out=left_out + [_("The sheet “%(title)s”") % {"title": title} for title in table.sheets_left],
    )
    read = [(number, *read_row(columns, cells)) for number, cells in zip(table.numbers, table.rows, strict=True)]
    _keep(batch, Register(batch.organisation_id).plan(read))
    return batch


def _keep(batch: Import, planned: list[PlannedRow]) -> None:
    ImportRow.objects.bulk_create(
        ImportRow(
            batch=batch,
            number=row.number,
            does=row.does,
            values=plain(row.values),
            errors=row.errors,
            notes=row.notes,
            before=plain(row.before),
            partner=row.partner,
        )
        for row in planned
    )


def _plan_again(register: Register, batch: Import) -> tuple[list[ImportRow], list[PlannedRow]]:
    """The rows that were right, as they were kept, and what they would do now."""
    kept = list(batch.rows.exclude(does=ImportRow.Does.WRONG).order_by("number"))
    return kept, register.plan((row.number, revived(row.values), ()) for row in kept)


@command(allow=policies.may_look_after_programme)
def take_import(viewer: Viewer, batch: Import, /) -> Import:
    """Take in every row that is right, all of them or none; nobody is written to.

    Raises NotPossible when the register has changed so much since the file was read that a row would do something else.
    """
    register = Register(batch.organisation_id)
    kept, planned = _plan_again(register, batch)
    if any(
        row.does != now.does or row.partner_id != (now.partner.pk if now.partner else None) for row, now in zip(kept, planned, strict=True)
    ):
        raise NotPossible(_("The register has changed since this file was read. Add the file again, and look at what it does now."))
    if not any(row.does in {ImportRow.Does.ADDS, ImportRow.Does.UPDATES} for row in planned):
        raise NotPossible(_("There is nothing in this file to take in."))
    Import.lifecycle.move(batch, "take", taken_at=clock.now())
    both = list(zip(kept, planned, strict=True))
    added = [(row, now) for row, now in both if now.does == ImportRow.Does.ADDS]
    for (row, _now), partner in zip(added, _add(viewer, batch, [now.values for _row, now in added], register), strict=True):
        row.partner = partner
    changed = [(row, now) for row, now in both if now.does == ImportRow.Does.UPDATES]
    for row, now in changed:
        row.before = plain(now.before)
        _set(row.partner, {key: now.values[key] for key in now.before}, register)
    done = [row for row, _now in added + changed]
    history.write_all(viewer, TAKEN, [row.partner for row in done], {}, batch.organisation_id)
    ImportRow.objects.bulk_update(done, ["partner", "before"], batch_size=200)
    return batch


def _add(viewer: Viewer, batch: Import, rows: list[dict[str, Any]], register: Register) -> list[Partner]:
    """New partners with what the rows say of them, and everything that the plan asks of every partner; a few statements for all."""
    persons = new_persons([(values["name"], values.get("email") or "") for values in rows])
    members = Membership.objects.bulk_create(_member(batch, person, values) for person, values in zip(persons, rows, strict=True))
    Grant.objects.bulk_create(Grant(membership=member, role=Role.PARTNER, granted_by_id=viewer.membership_id) for member in members)
    partners = Partner.objects.bulk_create(_partner(member, values, register) for member, values in zip(members, rows, strict=True))
    Term.objects.bulk_create(
        Term(partner=partner, starts_on=values["term_starts_on"], ends_on=values["term_ends_on"])
        for partner, values in zip(partners, rows, strict=True)
        if values.get("term_starts_on") and values.get("term_ends_on")
    )
    items = plan_of(batch.organisation_id)
    serving = [partner for partner in partners if partner.status != Partner.Status.LEFT]
    Need.objects.bulk_create([need_from_item(partner, item, today()) for partner in serving for item in items], batch_size=500)
    return partners


def _member(batch: Import, person: User, values: Mapping[str, Any]) -> Membership:
    return Membership(
        organisation_id=batch.organisation_id,
        user=person,
        told_by=channel_of(values),
        phone=values.get("phone") or "",
        postal_address=values.get("postal_address") or "",
        ended_on=values.get("ended_on") if values.get("status") == Partner.Status.LEFT else None,
    )


def _partner(member: Membership, values: Mapping[str, Any], register: Register) -> Partner:
    status = values.get("status") or Partner.Status.JOINING
    starts = values.get("term_starts_on") or values.get("started_on")
    known_as = values.get("known_as") or ""
    return Partner(
        organisation_id=member.organisation_id,
        membership=member,
        known_as=known_as,
        name_key=Partner.key_of(known_as, member.user.name),
        pronouns=values.get("pronouns") or "",
        connection=values.get("connection") or "",
        status=status,
        appointed_on=values.get("appointed_on") or starts or member.ended_on or today(),
        started_on=values.get("started_on")
        or (None if status == Partner.Status.JOINING else starts or values.get("appointed_on") or today()),
        ended_on=member.ended_on,
        contact=_staff(register, values.get("contact")),
        deputy=_staff(register, values.get("deputy")),
    )


def _staff(register: Register, email: str | None) -> Membership | None:
    return register.staff[email][0] if email else None


def _set(partner: Partner, values: Mapping[str, Any], register: Register) -> None:
    """Write these values to the partner, the person, the membership and the term they belong to."""
    member, person = partner.membership, partner.membership.user
    for key, value in values.items():
        if key in {"name", "email"}:
            setattr(person, key, value)
        elif key in {"phone", "postal_address", "told_by"}:
            setattr(member, key, value)
        elif key in {"contact", "deputy"}:
            setattr(partner, key, _staff(register, value))
        elif key not in {"term_starts_on", "term_ends_on"}:
            setattr(partner, key, value)
    person.save(update_fields=["name", "email"])
    member.save(update_fields=["phone", "postal_address", "told_by"])
    partner.save(update_fields=["known_as", "pronouns", "connection", "appointed_on", "started_on", "contact", "deputy"])
    _set_term(partner, values, register)


def _set_term(partner: Partner, values: Mapping[str, Any], register: Register) -> None:
    term = register.terms.get(partner.pk)
    days = {key.removeprefix("term_"): value for key, value in values.items() if key in {"term_starts_on", "term_ends_on"}}
    if not days:
        return
    if term is None:
        if days.get("starts_on") and days.get("ends_on"):
            Term.objects.create(partner=partner, **days)
        return
    if days.get("starts_on", True) is None and days.get("ends_on", True) is None:
        term.delete()
        return
    for key, value in days.items():
        setattr(term, key, value)
    term.save(update_fields=list(days))


@command(allow=policies.may_look_after_programme)
def drop_import(viewer: Viewer, batch: Import, /) -> Import:
    """Throw away a file that was read; what its rows said is deleted at once."""
    Import.lifecycle.move(batch, "drop")
    batch.rows.all().delete()
    return batch


@command(allow=policies.may_look_after_programme)
def undo_import(viewer: Viewer, batch: Import, /) -> Import:
    """Take back an import whole: who was added goes, what was changed is as before.

    Raises NotPossible, naming who, when somebody has been worked with since: then nothing is undone.
    """
    Import.lifecycle.move(batch, "undo")
    rows = list(batch.rows.filter(does__in=[ImportRow.Does.ADDS, ImportRow.Does.UPDATES]).select_related("partner"))
    register = Register(batch.organisation_id)
    known = {partner.pk: partner for partner in register.partners}
    touched = _touched_since(batch, rows, register, known)
    if touched:
        names = ", ".join(touched[:5]) + (" …" if len(touched) > 5 else "")
        raise NotPossible(
            _("This import cannot be undone any more, because these partners were changed since: %(names)s.") % {"names": names}
        )
    for row in rows:
        partner = known[row.partner_id]
        if row.does == ImportRow.Does.UPDATES:
            _set(partner, revived(row.before), register)
            history.write(viewer, "partners.undo_import", partner, {}, batch.organisation_id)
    _remove([known[row.partner_id] for row in rows if row.does == ImportRow.Does.ADDS])
    return batch


def _touched_since(batch: Import, rows: list[ImportRow], register: Register, known: Mapping[int, Partner]) -> list[str]:
    """The codes of partners who are no longer as the import left them."""
    added = [row.partner_id for row in rows if row.does == ImportRow.Does.ADDS]
    members = {known[pk].membership_id: known[pk].code for pk in added if pk in known}
    # The import's own event is written last, so whatever stands after it in the chain was done since.
    end = Event.objects.get(verb=TAKEN, root_kind="partners.import", root_id=batch.pk).number
    since = Event.objects.filter(organisation_id=batch.organisation_id, number__gt=end)
    of_partners = since.filter(root_kind="partners.partner", root_id__in=added).values_list("about_code", flat=True)
    of_members = since.filter(root_kind="people.membership", root_id__in=members).values_list("root_id", flat=True)
    by_members = since.filter(by_membership_id__in=members).values_list("by_membership_id", flat=True)
    touched = {*of_partners, *(members[pk] for pk in of_members), *(members[pk] for pk in by_members)}
    for row in rows:
        partner = known.get(row.partner_id or 0)
        if partner is None:
            touched.add(_("row %(n)s") % {"n": row.number})
        elif row.does == ImportRow.Does.UPDATES:
            now, said = register.values_of(partner), revived(row.values)
            if any(now[key] != said[key] for key in row.before):
                touched.add(partner.code)
    return sorted(touched)


def _remove(partners: list[Partner]) -> None:
    """Delete partners whom only the import knew, with their memberships and the persons made for them."""
    members = [partner.membership for partner in partners]
    try:
        Partner.objects.filter(pk__in=[partner.pk for partner in partners]).delete()
        Membership.objects.filter(pk__in=[member.pk for member in members]).delete()
    except ProtectedError as kept:
        raise NotPossible(_("This import cannot be undone any more, because partners it added have taken part since.")) from kept
    for member in members:
        member.user.delete()


@command(allow=is_system)
def forget_old_imports(viewer: Viewer, organisation: Organisation, /) -> Organisation:
    """Delete what the rows of old imports said; who took in what, and when, stays."""
    ImportRow.objects.filter(batch__organisation=organisation, batch__made_at__lt=clock.now() - KEPT).delete()
    return organisation
