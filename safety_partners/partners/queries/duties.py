"""What waits for one person in partners' records, in one query for any role: a UNION of arms, each kept short before they are joined."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, DateField, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext as _

from safety_partners.core.duty import NO_DAY, SHOWN, Duties, Duty, first_rows
from safety_partners.core.policy import Policy
from safety_partners.core.prepared import Prepared, joined
from safety_partners.core.viewer import Viewer
from safety_partners.core.working_days import today
from safety_partners.partners.models import Agreement, CheckIn, Leaving, Need, NeedKind, Partner, RoleChange, Signature
from safety_partners.partners.queries import setting_up
from safety_partners.partners.queries.caring import access_waiting, planned_check_ins
from safety_partners.partners.queries.running_out import GONE, terms_ending
from safety_partners.people.policies import is_lead, is_partner, is_staff

SET_UP = "set up"
AT_ONCE = dt.timedelta(days=30)
FORTNIGHT = dt.timedelta(days=14)
Status = Agreement.Status


@dataclass(frozen=True, slots=True)
class _Arm:
    """One kind of duty: its sentence, who has it, the rows that wait, the day by which, and the page it leads to."""

    sentence: Callable[[], str]
    allow: Policy
    rows: Callable[[Viewer], QuerySet[Any]]
    page: str
    day: str | None = None
    text: str | None = None
    partner: str = "partner__"
    own_title: Callable[[], str] = lambda: _("Your role")

    def select(self, name: str, viewer: Viewer) -> QuerySet[Any]:
        """The first rows of this arm as the columns that all arms share."""
        return first_rows(self.rows(viewer), self.day or "pk", "pk").values_list(
            Value(name, CharField()),
            Cast(F(self.day), DateField()) if self.day else NO_DAY,
            F("code"),
            F(f"{self.partner}code"),
            F(f"{self.partner}membership_id"),
            F(f"{self.partner}known_as"),
            F(f"{self.partner}membership__user__name"),
            Cast(F(self.text), CharField()) if self.text else Value("", CharField()),
        )


def _agreements(status: str, *, ours: bool, waits: Q) -> Callable[[Viewer], QuerySet[Agreement]]:
    """Agreements that wait for one side: the partner's own; or the named contact's, and the lead's where there is none."""

    def rows(viewer: Viewer) -> QuerySet[Agreement]:
        me = viewer.membership_id
        theirs = Q(partner__membership_id=me)
        if ours:
            theirs = Q(partner__contact_id=me)
            if is_lead(viewer):
                theirs |= Q(partner__contact__isnull=True) & ~Q(partner__membership_id=me)
        return Agreement.objects.visible_to(viewer).filter(theirs, waits, status=status).exclude(partner__status__in=GONE)

    return rows


def _unsigned(party: str) -> Q:
    return Q(~Exists(Signature.objects.filter(agreement=OuterRef("pk"), party=party)))


def _needs(viewer: Viewer) -> QuerySet[Need]:
    """What this person sees to, and is due within 30 days or late."""
    rows = Need.objects.visible_to(viewer).filter(owner_id=viewer.membership_id, status=Need.Status.NEEDED)
    return rows.filter(due_on__lte=today() + AT_ONCE).exclude(partner__status__in=GONE)


def _changes(viewer: Viewer) -> QuerySet[RoleChange]:
    rows = RoleChange.objects.visible_to(viewer)
    return rows.filter(partner__membership_id=viewer.membership_id, status=RoleChange.Status.PROPOSED)


def _endings(viewer: Viewer) -> QuerySet[Leaving]:
    return Leaving.objects.visible_to(viewer).open().filter(reviewed_by_id=viewer.membership_id, reviewed_at__isnull=True)


def _ready(viewer: Viewer) -> QuerySet[Partner]:
    missing = Need.objects.filter(partner=OuterRef("pk")).missing(today())
    return Partner.objects.visible_to(viewer).filter(~Exists(missing), status=Partner.Status.JOINING)


def _leavings(viewer: Viewer) -> QuerySet[Leaving]:
    return Leaving.objects.visible_to(viewer).open().filter(partner__status=Partner.Status.LEAVING)


def _declarations(viewer: Viewer) -> QuerySet[Need]:
    """The partner's own yearly word on their interests, when it runs out within 30 days or has."""
    rows = Need.objects.visible_to(viewer).filter(partner__membership_id=viewer.membership_id, kind=NeedKind.INTERESTS)
    return rows.filter(status=Need.Status.DONE, expires_on__lte=today() + AT_ONCE).exclude(partner__status__in=GONE)


def _talks(viewer: Viewer) -> QuerySet[CheckIn]:
    """Talks within a fortnight in which this person has a part; for staff also those that were to be held before."""
    rows = planned_check_ins(viewer).filter(planned_on__lte=today() + FORTNIGHT)
    return rows.filter(Q(with_member_id=viewer.membership_id) | Q(planned_on__gte=today()))


ARMS: dict[str, _Arm] = {
    "sign": _Arm(
        lambda: _("Sign this agreement, or ask to change it"),
        is_partner,
        _agreements(Status.TO_SIGN, ours=False, waits=_unsigned("partner")),
        "partners:agreement",
        text="kind",
    ),
    "write": _Arm(
        lambda: _("Add your own words to how we work together"),
        is_partner,
        _agreements(Status.DRAFT, ours=False, waits=Q(partner_wrote_at__isnull=True)),
        "partners:agreement",
        text="kind",
    ),
    "change": _Arm(
        lambda: _("Say yes or no to a change of your role. Nothing changes unless you agree"), is_partner, _changes, "partners:answer"
    ),
    "need": _Arm(
        lambda: _("See to this: it is needed"),
        is_partner | is_staff,
        _needs,
        "partners:need",
        day="due_on",
        text="title",
    ),
    "sign for us": _Arm(
        lambda: _("Sign this agreement for the organisation"),
        is_staff,
        _agreements(Status.TO_SIGN, ours=True, waits=_unsigned("organisation")),
        "partners:agreement",
        text="kind",
    ),
    "written": _Arm(
        lambda: _("Read what they wrote, and make it ready to sign"),
        is_staff,
        _agreements(Status.DRAFT, ours=True, waits=Q(partner_wrote_at__isnull=False)),
        "partners:agreement",
        text="kind",
    ),
    "ending": _Arm(lambda: _("Look at this as the second person: should the role end?"), is_staff, _endings, "partners:look-at-ending"),
    "declare": _Arm(
        lambda: _("Look at your interests, and declare them again"),
        is_partner,
        _declarations,
        "partners:interests",
        day="expires_on",
        text="title",
    ),
    "access": _Arm(lambda: _("Say whether it can be met: something they need to take part"), is_staff, access_waiting, "partners:access"),
    "talk": _Arm(
        lambda: _("Talk with each other"),
        is_partner | is_staff,
        _talks,
        "partners:talks",
        day="planned_on",
        own_title=lambda: _("A talk with us"),
    ),
    "ready": _Arm(lambda: _("Everything is there: say that they start"), is_lead, _ready, "partners:start", partner=""),
    "term": _Arm(lambda: _("Talk about what comes after this term"), is_lead, terms_ending, "partners:role-and-term", day="ends_on"),
    "leaving": _Arm(
        lambda: _("See this leaving to its end: the talk, the thanks, and what is still open"),
        is_lead,
        _leavings,
        "partners:leaving",
        day="last_day",
    ),
}
# These lead to a page of the record, not to one of the row itself.
OF_RECORD = frozenset({"declare", "access", "talk", "ready", "term", "leaving"})


def duties(viewer: Viewer) -> Duties:
    """Agreements to write and sign, changes to answer, what is due, who may start, terms and leavings to look after."""
    if viewer.membership_id is None:
        return Duties()
    rows: dict[str, list[Any]] = {name: [] for name in [*ARMS, SET_UP]}
    for row in _ROWS(viewer):
        rows[row[0]].append(row)
    found, to_set_up = Duties(), rows.pop(SET_UP)
    for some in rows.values():
        # One more than is shown was asked for: it says that there are others.
        found.has_more |= len(some) > SHOWN
        found += [_duty(viewer, row) for row in sorted(some, key=lambda row: row[1] or dt.date.max)[:SHOWN]]
    found += [setting_up.duty()] if to_set_up else []
    return found


def _rows(viewer: Viewer) -> QuerySet[Any] | None:
    arms = [arm.select(name, viewer) for name, arm in ARMS.items() if arm.allow(viewer)]
    if is_lead(viewer):
        arms.append(_to_set_up(viewer))
    return joined(arms)


_ROWS = Prepared(_rows)


def _to_set_up(viewer: Viewer) -> QuerySet[Any]:
    """One row in the columns that all arms share, as long as the programme is not set up."""
    nothing = Value("", CharField())
    return setting_up.waits_for(viewer).values_list(
        Value(SET_UP, CharField()), NO_DAY, F("code"), nothing, Value(0, IntegerField()), nothing, nothing, nothing
    )


def _duty(viewer: Viewer, row: tuple[Any, ...]) -> Duty:
    name, due, code, partner, whose, known_as, called, text = row
    arm, is_own = ARMS[name], whose == viewer.membership_id
    # An agreement is called by its sort, a need by its own title.
    text = str(Agreement.Kind(text).label) if text in Agreement.Kind.values else text
    if text:
        title = text if is_own else _("%(name)s: %(said)s") % {"name": known_as or called, "said": text}
    else:
        title = arm.own_title() if is_own else known_as or called
    path = reverse(arm.page, args=[partner if name in OF_RECORD else code])
    return Duty(arm.sentence(), title, path, due)
