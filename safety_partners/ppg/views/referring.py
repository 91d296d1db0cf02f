"""Pages of what is passed on between groups and partners: offering, sending on, taking up, telling what came of it, taking back."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from safety_partners.core.page import PageRequest, attempt, done, page, posted, show
from safety_partners.core.viewer import Viewer
from safety_partners.design.lists import ChoiceFilter, Column, ListPage, Sort
from safety_partners.insights import queries as insights
from safety_partners.insights.forms.sharing import CheckForm
from safety_partners.insights.models import Insight
from safety_partners.people.policies import is_lead, is_partner
from safety_partners.ppg import commands, policies, queries
from safety_partners.ppg.forms import speaking as forms
from safety_partners.ppg.models import Referral
from safety_partners.ppg.views.groups import REFERRAL_TONES
from safety_partners.ppg.views.loading import ask, demand, load_group, load_referral

LOOKS = ("GET",)
Status = Referral.Status
NOT_NOW = gettext_lazy("This is not how it stands any more.")
LIST = ListPage(
    fields=("code", "words", "direction", "status", "made_at", "group__name"),
    columns=[
        Column("words", gettext_lazy("What it is about")),
        Column("group__name", gettext_lazy("Group")),
        Column("direction", gettext_lazy("Which way"), says=dict(Referral.Direction.choices)),
        Column("made_at", gettext_lazy("Passed on"), kind="date"),
        Column("status", gettext_lazy("Where it stands"), kind="status", says=dict(Status.choices), tones=REFERRAL_TONES),
    ],
    sorts=[Sort("newest", gettext_lazy("Newest first"), ["-id"], reverse_label=gettext_lazy("Oldest first"))],
    filters=[
        ChoiceFilter("status", gettext_lazy("Where it stands"), choices=Status.choices),
        ChoiceFilter("direction", gettext_lazy("Which way"), choices=Referral.Direction.choices),
    ],
    counted=ngettext_lazy("%(n)s matter", "%(n)s matters", "n"),
    caption=gettext_lazy("Passed on between groups and partners"),
    empty=gettext_lazy("Nothing was passed on yet."),
)


@page(allow=policies.may_see_referrals, methods=LOOKS)
def referrals(request: PageRequest) -> HttpResponse:
    """What the viewer passed on, was asked to look at, or sends on."""
    listing = LIST.show(queries.referrals(request.viewer), request.GET, path=request.path)
    return show(
        request, "ppg/referrals.jinja", listing=listing, may_pass_on=policies.may_pass_on(request.viewer), is_lead=is_lead(request.viewer)
    )


@page(allow=policies.may_see_referrals, methods=LOOKS)
def referral(request: PageRequest, code: str) -> HttpResponse:
    """One matter: the words that were agreed to, where it stands, and what came of it. The group never learns which partner it is."""
    found = load_referral(request, code)
    viewer = request.viewer
    sees_partner = is_lead(viewer) or policies.is_asked(viewer, found) or policies.gave_consent(viewer, found)
    return show(
        request,
        "ppg/referral.jinja",
        referral=found,
        tone=REFERRAL_TONES[found.status],
        sees_partner=sees_partner and not policies.speaks_for(viewer, found),
        is_lead=policies.is_lead_of(viewer, found),
        is_asked=policies.is_asked(viewer, found),
        is_mine=policies.gave_consent(viewer, found),
        may_tell=policies.may_tell_outcome(viewer, found),
        change=queries.change_of(viewer, found),
        next_step=_next_step(found),
        **_answer_shown(viewer, found),
    )


def _next_step(found: Referral) -> str:
    """What happens now, and who does it."""
    asked = _("the group") if found.is_to_group else _("the partner")
    match found.status:
        case Status.OFFERED:
            return _("What happens next: the partner lead reads it and sends it on, or says why not.")
        case Status.ASKED:
            return _("What happens next: %(who)s takes it up, or says no. Nobody asks why.") % {"who": asked}
        case Status.TAKEN_UP if found.is_to_group:
            return _("What happens next: the group talks about it. Then its chair, or the partner lead, says what came of it.")
        case Status.TAKEN_UP:
            return _("What happens next: somebody answers the partner. Then the partner lead says what came of it.")
    return ""


def _answer_shown(viewer: Viewer, found: Referral) -> dict[str, Any]:
    """Whether there is a draft of the viewer's, or words of the partner that they may read."""
    insight = found.answer
    is_shared = insight is not None and insight.status != Insight.Status.DRAFT
    visible = is_shared and insight is not None and Insight.objects.visible_to(viewer).filter(pk=insight.pk).exists()
    return {"answer": insight if visible else None, "has_draft": insight is not None and not is_shared}


@page(allow=policies.may_see_groups)
def from_group(request: PageRequest, code: str) -> HttpResponse:
    """A group passes a safety theme on to the partners."""
    group = load_group(request, code, policies.may_work_with)
    if request.method == "GET":
        demand(group.chair is not None, _("This group needs a chair who has a place here, so that somebody can say yes for it."))
    own = policies.speaks_for(request.viewer, group)
    views = queries.views_to_choose(request.viewer, group)
    chosen = [view.code for view in views if view.code == request.GET.get("view")]
    form = forms.ToPartnersForm(posted(request), is_own=own, views=views, initial={"view": chosen[0] if chosen else ""})
    if form.is_valid() and (made := attempt(form, commands.refer_to_partners, request.viewer, group, **form.answers())):
        return done(request, _("The partner lead has it, and asks a Patient Safety Partner."), to=made)
    words = [
        _("Is it about how safe care is? Then a Patient Safety Partner can look at it from the side of one person."),
        _("You hear what came of it. You can take your yes back at any time, and the words go."),
    ]
    return _ask_words(
        request, form, title=_("Pass something on to the Patient Safety Partners"), caption=group.name, back=group, words=words
    )


@page(allow=policies.may_pass_on)
def to_group(request: PageRequest) -> HttpResponse:
    """A partner passes a service matter on to a group, or the lead writes it down for them."""
    viewer = request.viewer
    own = queries.partner_of(viewer) if is_partner(viewer) else None
    partners = queries.partners_to_ask(viewer) if own is None and is_lead(viewer) else []
    form = forms.ToGroupForm(posted(request), is_own=own is not None, partners=partners, groups=queries.groups_to_tell(viewer))
    if form.is_valid():
        given = form.answers()
        given["partner"] = own or form.partners[given["partner"]]
        if made := attempt(form, commands.refer_to_group, viewer, **given):
            return done(request, _("The partner lead has it, and sends it to the group."), to=made)
    words = [
        _("Is it about how a service works, and not about safety? Then a patient group may be the right place."),
        _("You hear what came of it. You can take your yes back at any time, and the words go."),
    ]
    return _ask_words(
        request, form, title=_("Pass something on to a patient group"), caption="", back=reverse("ppg:referrals"), words=words
    )


def _ask_words(request: PageRequest, form: Any, **more: Any) -> HttpResponse:
    return ask(request, form, button=_("Pass it on"), contacts=insights.urgent_contacts(request.viewer), **more)


@page(allow=is_lead)
def send(request: PageRequest, code: str) -> HttpResponse:
    """The lead sends it on."""
    found = load_referral(request, code, policies.is_lead_of)
    partners = [] if found.is_to_group else queries.partners_to_ask(request.viewer)
    form = forms.SendForm(posted(request), partners=partners, is_to_group=found.is_to_group, initial={"turn": found.turn})
    if form.is_valid():
        given = form.cleaned_data | ({} if found.is_to_group else {"partner": form.partners[form.cleaned_data["partner"]]})
        if attempt(form, commands.send_referral, request.viewer, found, **given):
            return done(request, _("It is sent on."), to=found)
    if request.method == "GET":
        demand(found.status == Status.OFFERED, NOT_NOW)
    words = [_("They read these words and nothing else.")]
    return _ask(request, form, found, title=_("Send it on"), button=_("Send it on"), words=words)


def _ask(request: PageRequest, form: Any, found: Referral, **more: Any) -> HttpResponse:
    return ask(request, form, caption=found.group.name, back=found, record=found, quoted=found.words, **more)


@page(allow=policies.may_see_referrals)
def hand_back(request: PageRequest, code: str) -> HttpResponse:
    """Whoever was asked says no."""
    found = load_referral(request, code, policies.may_answer_referral)
    own = policies.is_asked(request.viewer, found)
    form = forms.TurnSaidForm(posted(request), is_own=own, initial={"turn": found.turn})
    if form.is_valid() and attempt(form, commands.hand_back_referral, request.viewer, found, **form.answers()):
        return done(request, _("Thank you for saying so. The partner lead has it again."), to="ppg:referrals")
    if request.method == "GET":
        demand(found.status == Status.ASKED, NOT_NOW)
    words = [_("You need not say why.") if own else _("Do this only if they asked you to. They need not say why.")]
    return _ask(request, form, found, title=_("Say no to this"), button=_("Say no"), words=words)


@page(allow=policies.may_see_referrals)
def take_up(request: PageRequest, code: str) -> HttpResponse:
    """A group takes it up."""
    found = load_referral(request, code, policies.may_answer_referral)
    own = policies.is_asked(request.viewer, found)
    form = forms.TurnSaidForm(posted(request), is_own=own, initial={"turn": found.turn})
    if form.is_valid() and attempt(form, commands.take_up_referral, request.viewer, found, **form.answers()):
        return done(request, _("Thank you. Whoever passed it on is told."), to=found)
    if request.method == "GET":
        demand(found.status == Status.ASKED and found.is_to_group, NOT_NOW)
    words = [
        _("Talk about it in the group. When you know what came of it, say so here.")
        if own
        else _("Do this only if the group told you so. When it knows what came of it, say so here.")
    ]
    return _ask(request, form, found, title=_("Take it up"), button=_("The group takes it up"), words=words)


@page(allow=is_lead)
def decline(request: PageRequest, code: str) -> HttpResponse:
    """The lead says that it is not taken up, and why."""
    found = load_referral(request, code, policies.is_lead_of)
    form = forms.ReasonForm(posted(request), initial={"turn": found.turn})
    if form.is_valid() and attempt(form, commands.decline_referral, request.viewer, found, **form.cleaned_data):
        return done(request, _("It is written down. Whoever passed it on is told."), to=found)
    if request.method == "GET":
        demand(Referral.lifecycle.may(found, "decline"), NOT_NOW)
    return _ask(request, form, found, title=_("Say why it is not taken up"), button=_("It is not taken up"))


@page(allow=policies.may_see_referrals)
def tell(request: PageRequest, code: str) -> HttpResponse:
    """Say what came of it."""
    found = load_referral(request, code, policies.may_tell_outcome)
    form = forms.OutcomeForm(posted(request), changes=queries.changes_of(request.viewer, found), initial={"turn": found.turn})
    if form.is_valid():
        given = form.cleaned_data | {"change": form.changes.get(form.cleaned_data.get("change") or "")}
        if attempt(form, commands.tell_referral, request.viewer, found, **given):
            return done(request, _("Both sides are told."), to=found)
    if request.method == "GET":
        demand(found.status == Status.TAKEN_UP, NOT_NOW)
    return _ask(request, form, found, title=_("Say what came of it"), button=_("Tell them"))


@page(allow=policies.may_see_referrals)
def take_back(request: PageRequest, code: str) -> HttpResponse:
    """Take the yes back."""
    found = load_referral(request, code, policies.may_take_back)
    own = policies.gave_consent(request.viewer, found)
    form = forms.TurnSaidForm(posted(request), is_own=own, initial={"turn": found.turn})
    if form.is_valid() and attempt(form, commands.take_back_referral, request.viewer, found, **form.answers()):
        return done(request, _("The words are gone. Those who had them are told."), to=found)
    if request.method == "GET":
        demand(Referral.lifecycle.may(found, "take_back"), NOT_NOW)
    words = [_("The words go at once. You need not say why.") if own else _("Do this only if they asked you to. The words go at once.")]
    return _ask(request, form, found, title=_("Take the yes back"), button=_("Take it back"), words=words, is_warning=True)


@page(allow=policies.may_see_referrals)
def answer(request: PageRequest, code: str) -> HttpResponse:
    """A partner says what they think of it, or goes on with what they began."""
    found = load_referral(request, code, policies.may_write_answer)
    if request.method == "GET":
        demand(found.status == Status.ASKED and not found.is_to_group, NOT_NOW)
    own, draft = policies.is_asked(request.viewer, found), found.answer
    form = forms.WordsForm(posted(request), is_own=own, insight=draft)
    if form.is_valid() and (draft is None or _is_as_seen(form, draft)):
        if draft is None:
            kept = attempt(form, commands.begin_answer, request.viewer, found, **form.answers())
        else:
            kept = attempt(form, commands.edit_answer, request.viewer, found, **form.answers())
        if kept:
            return redirect("ppg:referral-words", code)
    return ask(
        request,
        form,
        title=_("What do you think about it?") if own else _("What does the partner think about it?"),
        caption=found.group.name,
        button=_("Keep it and look at it once more"),
        back=found,
        quoted=found.words,
        words=[_("The group hears that a partner looked at it, and what came of it. It does not read your words.")] if own else [],
        contacts=insights.urgent_contacts(request.viewer),
    )


def _is_as_seen(form: forms.WordsForm, draft: Insight) -> bool:
    if form.cleaned_data["turn"] == draft.turn:
        return True
    form.add_error(None, _("This draft was changed in another window. What you typed is still in the boxes."))
    form.renew(turn=draft.turn)
    return False


@page(allow=policies.may_see_referrals)
def words(request: PageRequest, code: str) -> HttpResponse:
    """The last look before the partner's words are sealed; once they are, the page of the words themselves."""
    found = load_referral(request, code, policies.may_write_answer)
    insight = found.answer
    if insight is None:
        return redirect(found)
    if insight.status != Insight.Status.DRAFT:
        return redirect(insight)
    contacts = insights.urgent_contacts(request.viewer)
    form = CheckForm(posted(request), insight=insight, channels=insights.channels_to_offer(contacts))
    if form.is_valid():
        given = {name: value for name, value in form.cleaned_data.items() if name != "version"}
        if attempt(form, commands.share_answer, request.viewer, found, turn=form.cleaned_data["version"], **given):
            return done(request, _("Thank you. The words are sealed and shared."), to=found)
        form.renew(version=insight.turn)
    days = insights.days_promised(insight.organisation)
    return show(request, "ppg/referral_words.jinja", form=form, referral=found, insight=insight, contacts=contacts, days=days)
