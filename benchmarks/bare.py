"""What Django costs at least: for each page, the same rows by a query along an index, and a plain template of Django's own engine.

They stand on the same server behind the same middleware, and ask who is signed in; they have no frame, menu, filter or count.
"""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path

from benchmarks import bare_activities, bare_committees, bare_lists
from safety_partners.core import codes
from safety_partners.core.models import Event
from safety_partners.core.page import is_anyone, is_signed_in, page
from safety_partners.insights.models import Insight, PublishedChange, Response

ROWS = 25


def _list(rows, count):
    return "list.html", {"rows": rows.order_by("-shared_at", "-id").select_related("speaker__user", "owner__user")[:count]}


def _here(viewer):
    return Insight.objects.filter(organisation_id=viewer.organisation_id).exclude(status="draft")


def _duties(viewer, asked, count):
    rows = Insight.objects.filter(organisation_id=viewer.organisation_id, status="shared").order_by("next_due_on")
    return "duties.html", {"rows": rows.select_related("speaker__user")[:count]}


def _verdicts(viewer, asked, count):
    rows = Insight.objects.filter(speaker_id=viewer.membership_id, status="answered").order_by("answered_at")
    return "duties.html", {"rows": rows.select_related("speaker__user")[:count]}


def _insights(viewer, asked, count):
    return _list(_here(viewer), count)


def _mine(viewer, asked, count):
    return _list(Insight.objects.filter(speaker_id=viewer.membership_id).exclude(status="draft"), count)


def _filtered(viewer, asked, count):
    return _list(_here(viewer).filter(status="settled", kind="concern"), count)


def _register(viewer, asked, count):
    rows = Response.objects.filter(organisation_id=viewer.organisation_id, outcome="could not").order_by("-made_at", "-id")
    return "register.html", {"rows": rows.select_related("insight", "by__user")[:count]}


def _detail(viewer, asked, count):
    found = _here(viewer).select_related("speaker__user", "owner__user").get(code=asked["code"])
    answers = Response.objects.filter(insight=found).select_related("by__user").prefetch_related("verdicts")
    return "detail.html", {"row": found, "answers": answers}


def _trace(viewer, asked, count):
    template, shown = _detail(viewer, asked, count)
    events = Event.objects.filter(root_kind="insights.insight", root_id=shown["row"].pk).order_by("number")
    return template, shown | {"events": events}


def _changes(viewer, asked, count):
    rows = PublishedChange.objects.filter(organisation__slug=asked["slug"], is_newest=True)
    return "changes.html", {"rows": rows.order_by("-made_at", "-id")[:count]}


SHOWN = {
    "duties": _duties,
    "verdicts": _verdicts,
    "insights": _insights,
    "mine": _mine,
    "filtered": _filtered,
    "register": _register,
    "detail": _detail,
    "trace": _trace,
    "changes": _changes,
    **bare_lists.SHOWN,
    **bare_committees.SHOWN,
    **bare_activities.SHOWN,
}
PUBLIC = {"changes", "advert", "public-groups"}


def _view(shown):
    def bare(request):
        template, context = shown(request.viewer, request.GET, int(request.GET.get("rows", ROWS)))
        return render(request, f"bare/{template}", context, using="django")

    return bare


@page(allow=is_signed_in)
def write(request) -> HttpResponse:
    """One row as typed, with no event, no words to search by, no key against double submission."""
    typed = {name: request.POST[name] for name in ("words", "kind", "visibility", "naming")}
    viewer = request.viewer
    made = Insight(organisation_id=viewer.organisation_id, speaker_id=viewer.membership_id, code=codes.new_code("INS"), **typed)
    made.save()
    return HttpResponseRedirect(f"/insights/{made.code}/")


urlpatterns = [
    *(path(f"bare/{name}/", page(allow=is_anyone if name in PUBLIC else is_signed_in)(_view(shown))) for name, shown in SHOWN.items()),
    path("bare/write/", write),
    path("bare/take/", bare_lists.take),
]
