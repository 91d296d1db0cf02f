"""The page people come to after they sign in, and their calendar."""

from __future__ import annotations

import calendar as calendars
import datetime as dt
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from safety_partners.committees import policies as committees
from safety_partners.core.months import add_months
from safety_partners.core.page import PageRequest, done, is_anyone, is_signed_in, page, show
from safety_partners.core.policy import Policy, Sentence
from safety_partners.core.working_days import bank_holidays, today
from safety_partners.home import involvement as involvements
from safety_partners.home import queries
from safety_partners.home.calendar_files import calendar_file
from safety_partners.insights import policies as insights
from safety_partners.people import calendar_addresses
from safety_partners.people import commands as people_commands
from safety_partners.people import policies as people
from safety_partners.people.models import Level, Membership
from safety_partners.people.queries import viewer_for
from safety_partners.reviews import policies as reviews

# What somebody may want to begin: words, address, who.
BEGINNINGS: list[tuple[Sentence, str, Policy]] = [
    (_("Share an insight"), "insights:write", insights.may_share),
    (_("See what happened to what I said"), "insights:mine", people.is_partner),
    (_("Record what a partner told you"), "insights:record", insights.may_record_words),
    (_("Add a document"), "reviews:document-new", reviews.may_add_document),
    (_("See which committees need a partner"), "committees:coverage", committees.may_set_up_committees),
    (_("See where patients have a say, and where not"), "home:involvement", people.is_staff | insights.may_see_register),
    (_("See what we could not do, and why"), "insights:could-not", insights.may_see_register),
]


@page(allow=is_signed_in, methods=("GET",))
def home(request: PageRequest) -> HttpResponse:
    """What waits for this person, oldest duty first, and what they may begin."""
    viewer = request.viewer
    return show(
        request,
        "home/home.jinja",
        duties=queries.waiting(viewer),
        beginnings=[(words, reverse(name)) for words, name, allow in BEGINNINGS if allow(viewer)],
        organisation=viewer.organisation,
    )


@page(allow=people.is_staff | insights.may_see_register, methods=("GET",))
def involvement(request: PageRequest) -> HttpResponse:
    """Where patients have a say and where they do not, by level and kind."""
    found = involvements.involvement(request.viewer)
    return show(
        request,
        "home/involvement.jinja",
        map=found,
        levels={one.value: str(one.label) for one in Level},
        organisation=request.viewer.organisation,
    )


# A list shows three months; a feed reaches back a little, so that what was just cancelled vanishes from calendars too.
LISTED_MONTHS = 3
FEED_BACK, FEED_AHEAD = dt.timedelta(days=60), dt.timedelta(days=400)


@page(allow=is_signed_in, methods=("GET",))
def calendar(request: PageRequest) -> HttpResponse:
    """What is on: a month at a time, or the next three months as a list; mine, or all that I may see."""
    asked = request.GET
    is_list, is_mine = asked.get("show") == "list", asked.get("whose") != "all"
    first = _first_of_month(asked.get("month", ""))
    last = add_months(first, LISTED_MONTHS if is_list else 1) - dt.timedelta(days=1)
    found = queries.by_day(queries.engagements(request.viewer, first, last, is_mine_only=is_mine))
    chosen = {"show": "list" if is_list else "month", "whose": "mine" if is_mine else "all", "month": f"{first:%Y-%m}"}
    return show(
        request,
        "home/calendar.jinja",
        found=found,
        weeks=[] if is_list else calendars.Calendar().monthdatescalendar(first.year, first.month),
        first=first,
        last=last,
        today=today(),
        holidays=bank_holidays(),
        is_list=is_list,
        is_mine=is_mine,
        address=lambda **other: f"{request.path}?{urlencode({**chosen, **other})}",
        earlier=f"{add_months(first, -1):%Y-%m}",
        later=f"{add_months(first, LISTED_MONTHS if is_list else 1):%Y-%m}",
    )


def _first_of_month(typed: str) -> dt.date:
    """The first day of a month such as ``2026-11``; of this month for anything else."""
    try:
        first = dt.date.fromisoformat(f"{typed}-01")
    except ValueError:
        return today().replace(day=1)
    return first if 2000 <= first.year < 2100 else today().replace(day=1)


@page(allow=is_signed_in)
def subscribe(request: PageRequest) -> HttpResponse:
    """The private address for a calendar program, and a new one in its place."""
    me = get_object_or_404(Membership.objects.visible_to(request.viewer), pk=request.viewer.membership_id)
    if request.method == "POST":
        people_commands.reset_calendar_address(request.viewer, me)
        return done(request, gettext("Your calendar has a new address. The old one shows nothing any more."), to="home:subscribe")
    path = reverse("home:feed", args=[calendar_addresses.secret_of(me)])
    return show(request, "home/subscribe.jinja", address=settings.SITE_ADDRESS + path)


@page(allow=is_anyone, methods=("GET",))
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """One person's calendar, for whoever holds its address: what is theirs, and nothing about anybody else."""
    member = calendar_addresses.member_with(secret)
    if member is None:
        raise Http404
    viewer, day = viewer_for(member.user_id, member.organisation_id), today()
    found = queries.engagements(viewer, day - FEED_BACK, day + FEED_AHEAD, is_mine_only=True)
    content = calendar_file(member.organisation.name, found, site=settings.SITE_ADDRESS)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "private, max-age=900"
    response["X-Robots-Tag"] = "noindex"
    return response
