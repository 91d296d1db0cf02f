"""What the pages of a record share: loading it, and asking one thing about it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.core.page import PageRequest, attempt, done, show
from safety_partners.core.policy import Policy, Sentence
from safety_partners.design.forms import Renewed
from safety_partners.partners import policies, queries
from safety_partners.partners.forms.said import PressForm
from safety_partners.partners.models import Partner
from safety_partners.partners.queries.seen import state_of
from safety_partners.partners.tables import csv_of, xlsx_of
from safety_partners.people.choosing import People, member_called, staff_to_choose
from safety_partners.people.models import Membership

WHO = "who"
FILES = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


def load(request: PageRequest, code: str, may: Policy | None = None) -> Partner:
    """A partner's record that the viewer may see; refuse with its sentence what they may not do with it."""
    rows = Partner.objects.visible_to(request.viewer).with_people().select_related("role__role")
    partner: Partner = get_object_or_404(rows, code=code)
    if may is not None:
        may.demand(request.viewer, partner)
    return partner


def load_part(request: PageRequest, rows: Any, code: str, may: Policy | None = None) -> Any:
    """A part of a record, such as an agreement, among the rows that the viewer may see."""
    people = (
        "partner__membership__user",
        "partner__organisation",
        "partner__contact__user",
        "partner__deputy__user",
        "partner__role__role",
    )
    found = get_object_or_404(rows.select_related(*people), code=code)
    if may is not None:
        may.demand(request.viewer, found)
    return found


def is_own(request: PageRequest, partner: Partner) -> bool:
    """Say whether the partner is looking at their own record: then a page speaks to them."""
    return policies.is_own(request.viewer, partner)


def home_of(request: PageRequest, partner: Partner) -> Any:
    """Where a viewer goes back to: their own place, or the record."""
    return "partners:my-place" if is_own(request, partner) else partner


def demand(can: bool, sentence: Sentence) -> None:
    """Refuse a page that has nothing to do as things stand."""
    if not can:
        raise NotPossible(sentence)


def demand_open(request: PageRequest, partner: Partner) -> None:
    """Refuse to show a form about a record that is closed, because the partner has left; a form that is sent says it itself."""
    if request.method == "GET":
        demand(partner.ended_on is None, _("They have left. Their record is closed."))


def people_for(request: PageRequest, *asked: str) -> People:
    """Staff to choose from; who was chosen before stays among them."""
    return staff_to_choose(request.viewer, request.GET.get(WHO, "")[:100], [request.POST.get(name, "") for name in asked])


def chosen(request: PageRequest, code: str) -> Membership | None:
    """The person chosen in a form, or nobody."""
    return member_called(request.viewer, code) if code else None


def ask(
    request: PageRequest,
    partner: Partner,
    form: Any,
    *,
    title: Sentence,
    button: Sentence,
    words: Iterable[Sentence] = (),
    people: People | None = None,
    back: str = "",
    seen: Iterable[str] = (),
    **more: Any,
) -> HttpResponse:
    """One form about a partner, with a few words before it; ``seen`` names what nobody else may change in the meantime."""
    if seen:
        tell_if_changed(form, more.get("record", partner), seen)
    return show(
        request,
        "partners/record/ask.jinja",
        partner=partner,
        form=form,
        title=title,
        words_before=list(words),
        submit_text=button,
        people=people,
        typed=request.GET.get(WHO, "")[:100],
        back_url=back,
        is_own=is_own(request, partner),
        **more,
    )


def tell_if_changed(form: Renewed, record: Any, fields: Iterable[str]) -> None:
    """Where a form that comes back was opened before somebody else's change: say so, once, and let it be sent again."""
    now, sentence = state_of(record, fields), str(Overtaken().sentence)
    if form.is_bound and form.data.get("seen") != str(now):
        if sentence not in form.non_field_errors():
            form.add_error(None, sentence)
        form.renew(seen=now)


def press(
    request: PageRequest,
    partner: Partner,
    command: Callable[..., Any],
    *,
    about: Any = None,
    title: Sentence,
    button: Sentence,
    said: Sentence,
    to: str,
    words: Iterable[Sentence] = (),
    is_warning: bool = False,
) -> HttpResponse:
    """A page with nothing to answer but a button, about a part of a record or all of it; then back to the page ``to``."""
    back = reverse(to, args=[partner.code])
    form = PressForm(request.POST or None)
    if form.is_valid() and attempt(form, command, request.viewer, about or partner, **form.cleaned_data):
        return done(request, said, to=back)
    return ask(request, partner, form, title=title, button=button, words=words, back=back, is_warning=is_warning)


def record_page(request: PageRequest, partner: Partner, template: str, here: str, **more: Any) -> HttpResponse:
    """One page of a record, with the way to the others."""
    groups = queries.page_groups(request.viewer, partner, here)
    about = {"is_own": is_own(request, partner), "sees_register": policies.may_see_register(request.viewer)}
    return show(request, template, partner=partner, groups=groups, here=here, **about, **more)


def table_answer(kind: str, headings: list[str], rows: Any, *, title: str, name: str) -> HttpResponse:
    """Rows as a file to keep: CSV or XLSX, as the address says."""
    if kind not in FILES:
        raise Http404
    content = csv_of(headings, rows) if kind == "csv" else xlsx_of(headings, rows, title=title)
    response = HttpResponse(content, content_type=FILES[kind])
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response
