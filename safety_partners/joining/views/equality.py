"""The equality questions after sending, which nobody need answer; and the counts, as far as they may be shown."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _

from safety_partners.core.lifecycle import NotPossible
from safety_partners.core.page import PageRequest, attempt, done, is_anyone, page, show
from safety_partners.core.viewer import NOBODY
from safety_partners.joining import commands, policies
from safety_partners.joining.forms.equality import EqualityForm
from safety_partners.joining.queries import equality as counts
from safety_partners.joining.queries import interest as queries
from safety_partners.joining.views.interest import COUNTED, advert_or_404, secret_of, to
from safety_partners.people import limits


@page(allow=is_anyone)
def questions(request: PageRequest, slug: str, address: str) -> HttpResponse:
    """Asked of whoever just sent an expression of interest; the answers go into counts and nowhere else."""
    advert = advert_or_404(request, slug, address)
    secret = secret_of(request, advert)
    if not secret or queries.sent_with(secret) is None:
        return to("interest", advert)
    if advert.counted_until is not None or advert.address in request.session.get(COUNTED, []):
        raise NotPossible(_("Thank you. There is nothing more to answer here."))
    form = EqualityForm(request.POST or None)
    if form.is_valid():
        limits.count(request, "joining_send")
        if attempt(form, commands.count_equality, NOBODY, advert, answers=form.cleaned_data):
            request.session[COUNTED] = [*request.session.get(COUNTED, []), advert.address]
            return done(request, _("Thank you. Your answers were counted."), to="joining:interest-sent", slug=slug, address=advert.address)
    return show(request, "joining/equality.jinja", form=form, advert=advert)


@page(allow=policies.may_run_joining, methods=("GET",))
def counted(request: PageRequest) -> HttpResponse:
    """Counts of adverts that have ended, and of all of them together, without what would say something of one person."""
    return show(request, "joining/equality_counts.jinja", counts=counts.counts(request.viewer))
