"""The page of early warnings, for the lead."""

from __future__ import annotations

from django.http import HttpResponse

from safety_partners.activities import policies
from safety_partners.activities.queries.warnings import early_signs
from safety_partners.core.page import PageRequest, page, show


@page(allow=policies.may_decide_requests, methods=("GET",))
def early_warnings(request: PageRequest) -> HttpResponse:
    """Signs that partners are there for show: what raised each, and what helps."""
    signs = early_signs(request.viewer)
    raised, quiet = [one for one in signs if one.facts], [one for one in signs if not one.facts]
    return show(request, "activities/early_warnings.jinja", raised=raised, quiet=quiet)
