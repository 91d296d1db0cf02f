"""The bare views that stand beside the lists of partners and of joining."""

from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect

from safety_partners.core import wall
from safety_partners.core.page import is_signed_in, page
from safety_partners.core.working_days import today
from safety_partners.joining.models import Advert, Expression
from safety_partners.partners.models import ImportRow, Need, Partner
from safety_partners.people.models import Grant, Membership, User


def _partners(viewer, asked, count):
    rows = Partner.objects.filter(organisation_id=viewer.organisation_id, status="active").order_by("-appointed_on", "-id")
    return "partners.html", {"rows": rows.select_related("membership__user", "contact__user").prefetch_related("terms")[:count]}


def _needs(viewer, asked, count):
    rows = Need.objects.filter(organisation_id=viewer.organisation_id, status="needed").order_by("next_on", "id")
    return "needs.html", {"rows": rows.select_related("partner__membership__user", "owner__user")[:count]}


def _partner(viewer, asked, count):
    rows = Partner.objects.select_related("membership__user", "contact__user", "deputy__user")
    rows = rows.prefetch_related("terms", "needs", "agreements", "checks")
    return "partner.html", {"row": rows.get(organisation_id=viewer.organisation_id, code=asked["code"])}


def _expressions(viewer, asked, count):
    rows = Expression.objects.filter(organisation_id=viewer.organisation_id).order_by("since", "id")
    return "expressions.html", {"rows": rows.select_related("advert")[:count]}


def _expression(viewer, asked, count):
    rows = Expression.objects.filter(organisation_id=viewer.organisation_id).select_related("advert")
    return "expression.html", {"row": rows.prefetch_related("sifts__by__user", "talks").get(code=asked["code"])}


def _adverts(viewer, asked, count):
    rows = Advert.objects.filter(organisation_id=viewer.organisation_id).order_by("-opens_on", "-id")
    return "adverts.html", {"rows": rows[:count]}


def _import(viewer, asked, count):
    return "import.html", {"rows": ImportRow.objects.filter(batch__code=asked["code"]).order_by("number", "id")[:count]}


def _advert(viewer, asked, count):
    rows = Advert.objects.filter(address=asked["address"]).select_related("role__role", "organisation")
    return "advert.html", {"row": wall.find(rows.prefetch_related("criteria"))}


SHOWN = {
    "partners": _partners,
    "needs": _needs,
    "partner": _partner,
    "expressions": _expressions,
    "expression": _expression,
    "adverts": _adverts,
    "import": _import,
    "advert": _advert,
}


@page(allow=is_signed_in)
def take(request) -> HttpResponse:
    """As many people, memberships, roles and partners in four statements, with no check, event or need; then taken back."""
    here = request.viewer.organisation_id
    with transaction.atomic():
        numbers = range(int(request.GET["rows"]))
        people = User.objects.bulk_create(User(username=f"bare.{number}", name=f"Bare {number}", password="!") for number in numbers)
        members = Membership.objects.bulk_create(Membership(organisation_id=here, user=person) for person in people)
        Grant.objects.bulk_create(Grant(membership=member, role="partner") for member in members)
        Partner.objects.bulk_create(Partner(organisation_id=here, membership=member, appointed_on=today()) for member in members)
        transaction.set_rollback(True)
    return HttpResponseRedirect("/partners/")
