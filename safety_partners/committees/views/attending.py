"""Pages at the table: what is written and what is not, and the attendance sheet."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _

from safety_partners.committees import commands, policies, queries
from safety_partners.committees.forms.attending import AttendanceForm
from safety_partners.committees.views.loading import load_meeting
from safety_partners.core import clock
from safety_partners.core.page import PageRequest, attempt, done, page, posted, show
from safety_partners.insights.policies import may_record_words

LOOKS = ("GET",)


@page(allow=policies.may_see_committees, methods=LOOKS)
def table(request: PageRequest, code: str) -> HttpResponse:
    """For the chair and the secretary: every item with what is written, who has not spoken yet, what is owed."""
    meeting = load_meeting(request, code, policies.may_run)
    return show(
        request,
        "committees/table.jinja",
        meeting=meeting,
        whole=queries.table(request.viewer, meeting),
        has_begun=meeting.starts_at <= clock.now(),
        may_chair=policies.may_chair(request.viewer, meeting),
        may_record=may_record_words(request.viewer),
    )


@page(allow=policies.may_see_committees)
def attendance(request: PageRequest, code: str) -> HttpResponse:
    """Who was there, on one sheet; before the meeting begins there is only the sheet to print."""
    meeting = load_meeting(request, code, policies.may_run)
    sheet = queries.attendance_sheet(request.viewer, meeting)
    form = AttendanceForm(posted(request), sheet=sheet)
    if form.is_valid() and attempt(form, commands.record_attendance, request.viewer, meeting, **form.answers()):
        return done(request, _("The attendance is written down."), to="committees:table", code=code)
    if form.is_bound:
        sheet = queries.attendance_sheet(request.viewer, meeting)
        form.renew(seen=sheet.state)
    return show(
        request,
        "committees/attendance.jinja",
        form=form,
        meeting=meeting,
        sheet=sheet,
        may_write=meeting.starts_at <= clock.now() and meeting.status != "cancelled",
    )


@page(allow=policies.may_see_committees, methods=LOOKS)
def attendance_to_print(request: PageRequest, code: str) -> HttpResponse:
    """The sheet on paper: names, and boxes to tick."""
    meeting = load_meeting(request, code, policies.may_run)
    return show(request, "committees/attendance_print.jinja", meeting=meeting, sheet=queries.attendance_sheet(request.viewer, meeting))
