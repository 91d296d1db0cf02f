"""Every step that the lead can take with somebody who is interested: one form, one command, one sentence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safety_partners.core.lifecycle import NotPossible
from safety_partners.core.page import PageRequest, attempt, done, page, show
from safety_partners.core.policy import Sentence
from safety_partners.joining import commands, policies, queries
from safety_partners.joining.commands.sifting import UNREAD
from safety_partners.joining.forms import pipeline as forms
from safety_partners.joining.models import Advert, Expression
from safety_partners.joining.queries.whole import Whole
from safety_partners.people.choosing import member_called

Status = Expression.Status
WHERE_NOBODY_READS = {Advert.Status.FILLED, Advert.Status.WITHDRAWN}


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step: its words, its form, its command, and the statuses in which it can be taken."""

    link: Sentence
    title: Sentence
    submit: Sentence
    done: Sentence
    command: Callable[..., Any]
    form: Callable[..., Any] = forms.PlainForm
    words: Sentence = ""
    statuses: tuple[str, ...] = ()
    needs_readers: bool = False
    is_warning: bool = False

    def can(self, expression: Expression) -> bool:
        """Whether it makes sense with the expression of interest as it stands."""
        return not expression.forgotten_at and (not self.statuses or expression.status in self.statuses)


ONWARD: dict[str, Step] = {
    "acknowledge": Step(
        link=gettext_lazy("Tell them that you have read it"),
        title=gettext_lazy("Tell them that you have read it"),
        words=gettext_lazy("They are told as they chose, with the day by which they hear from you again."),
        submit=gettext_lazy("Tell them"),
        done=gettext_lazy("They will be told that you have read it."),
        command=commands.acknowledge_expression,
        form=forms.AcknowledgeForm,
        statuses=(Status.RECEIVED,),
    ),
    "chat": Step(
        link=gettext_lazy("Offer a chat"),
        title=gettext_lazy("Offer a chat"),
        words=gettext_lazy("A chat is not a test. They can ask you anything, and bring somebody with them."),
        submit=gettext_lazy("Offer the chat"),
        done=gettext_lazy("The invitation to a chat is on its way."),
        command=commands.offer_chat,
        form=forms.ChatForm,
        statuses=(Status.RECEIVED, Status.ACKNOWLEDGED),
    ),
    "readers": Step(
        link=gettext_lazy("Give it to readers"),
        title=gettext_lazy("Who reads what they told us?"),
        words=gettext_lazy(
            "Readers see the person’s words, not how to reach them. They see each other’s views when they have given their own."
        ),
        submit=gettext_lazy("Ask them to read it"),
        done=gettext_lazy("The readers are asked."),
        command=commands.begin_sift,
        form=forms.ReadersForm,
        statuses=(Status.RECEIVED, Status.ACKNOWLEDGED, Status.CHAT),
    ),
    "another-reader": Step(
        link=gettext_lazy("Ask another reader"),
        title=gettext_lazy("Ask another reader"),
        words=gettext_lazy("For example when two see it very differently, or one is ill."),
        submit=gettext_lazy("Ask them to read it"),
        done=gettext_lazy("Another reader is asked."),
        command=commands.ask_another_reader,
        form=forms.AnotherReaderForm,
        statuses=(Status.SIFTING,),
    ),
    "meet": Step(
        link=gettext_lazy("Invite them to meet"),
        title=gettext_lazy("Invite them to meet"),
        words=gettext_lazy("They get the questions with the invitation, so that nobody is caught by surprise."),
        submit=gettext_lazy("Invite them"),
        done=gettext_lazy("The invitation is on its way, with the questions."),
        command=commands.invite_to_meet,
        form=forms.MeetForm,
        statuses=(Status.SIFTING, Status.RESERVE),
        needs_readers=True,
    ),
    "offer": Step(
        link=gettext_lazy("Offer them a place"),
        title=gettext_lazy("Offer them a place"),
        words=gettext_lazy("They can say yes or no, and need not say why."),
        submit=gettext_lazy("Send the offer"),
        done=gettext_lazy("The offer is on its way."),
        command=commands.offer_place,
        form=forms.OfferForm,
        statuses=(Status.MET, Status.RESERVE),
    ),
    "yes": Step(
        link=gettext_lazy("Write down that they say yes"),
        title=gettext_lazy("They say yes to the offer"),
        words=gettext_lazy("They can also say it themselves, with their code and private word."),
        submit=gettext_lazy("They say yes"),
        done=gettext_lazy("It is written down that they said yes."),
        command=commands.take_yes,
        form=forms.SaidForm,
        statuses=(Status.OFFERED,),
    ),
    "appoint": Step(
        link=gettext_lazy("Appoint them"),
        title=gettext_lazy("Appoint them"),
        words=gettext_lazy(
            "They become a partner who is joining. Their record says what is needed before they start, and a welcome goes out."
        ),
        submit=gettext_lazy("Appoint them"),
        done=gettext_lazy("They are appointed. This is their record, with what is needed next."),
        command=commands.appoint,
        form=forms.AppointForm,
        statuses=(Status.CHECKING,),
    ),
    "reserve": Step(
        link=gettext_lazy("Put them on the reserve list"),
        title=gettext_lazy("Put them on the reserve list"),
        words=gettext_lazy("Only if they agree to wait, and until a day that they know."),
        submit=gettext_lazy("Put them on the list"),
        done=gettext_lazy("They are on the reserve list, and will be told."),
        command=commands.keep_in_reserve,
        form=forms.ReserveForm,
        statuses=(Status.SIFTING, Status.MET, Status.RESERVE),
        needs_readers=True,
    ),
    "not-now": Step(
        link=gettext_lazy("Tell them that it is not now"),
        title=gettext_lazy("Not now"),
        submit=gettext_lazy("Send it to them"),
        done=gettext_lazy("Your words are on their way to them."),
        command=commands.say_not_now,
        form=forms.NotNowForm,
        statuses=Expression.OPEN,
        needs_readers=True,
    ),
    "pass-on": Step(
        link=gettext_lazy("Pass them on to another way to take part"),
        title=gettext_lazy("Another way to take part"),
        words=gettext_lazy("Such as a patient group. Only if they agree: nothing leaves here by itself."),
        submit=gettext_lazy("Write it down, and tell them"),
        done=gettext_lazy("It is written down, and they will be told."),
        command=commands.pass_on,
        form=forms.PassOnForm,
        statuses=(*Expression.OPEN, Status.NOT_NOW),
    ),
    "withdrawal": Step(
        link=gettext_lazy("Write down that they stop"),
        title=gettext_lazy("They do not want to go on"),
        words=gettext_lazy("No reason is asked, and none is kept."),
        submit=gettext_lazy("Write it down"),
        done=gettext_lazy("It is written down that they stop."),
        command=commands.note_withdrawal,
        form=forms.SaidForm,
        statuses=Expression.OPEN,
    ),
}
KEEPING: dict[str, Step] = {
    "reach": Step(
        link=gettext_lazy("Correct how we reach them"),
        title=gettext_lazy("How we reach them"),
        submit=gettext_lazy("Save"),
        done=gettext_lazy("It is corrected."),
        command=commands.correct_reach,
        form=forms.StaffReachForm,
    ),
    "keep-longer": Step(
        link=gettext_lazy("Write down that we may keep it for longer"),
        title=gettext_lazy("May we keep it for longer?"),
        words=gettext_lazy("Ask them first. Without their yes, what they told us is deleted on the day that was agreed."),
        submit=gettext_lazy("Write it down"),
        done=gettext_lazy("The later day is written down."),
        command=commands.keep_longer,
        form=forms.KeepLongerForm,
    ),
    "hold": Step(
        link=gettext_lazy("Hold it: nothing may be deleted"),
        title=gettext_lazy("Does it have to be kept?"),
        words=gettext_lazy("Only while a complaint or a question of law is open. Ask whoever looks after records in your organisation."),
        submit=gettext_lazy("Hold it"),
        done=gettext_lazy("Nothing is deleted until you say that it may go."),
        command=commands.hold_words,
        form=forms.HoldForm,
    ),
    "let-go": Step(
        link=gettext_lazy("Say that it may be deleted again"),
        title=gettext_lazy("May it be deleted again?"),
        words=gettext_lazy("Your organisation confirms that nothing stands against it. Then the day that was agreed holds again."),
        submit=gettext_lazy("Yes, it is confirmed"),
        done=gettext_lazy("The day that was agreed holds again."),
        command=commands.let_words_go,
    ),
    "delete": Step(
        link=gettext_lazy("Delete it, because they ask for it"),
        title=gettext_lazy("They ask us to delete what they told us"),
        words=gettext_lazy("Their name, their words and how to reach them are deleted at once. We cannot bring it back. The number stays."),
        submit=gettext_lazy("Yes, delete it"),
        done=gettext_lazy("It is deleted."),
        command=commands.delete_as_asked,
        form=forms.SaidForm,
        is_warning=True,
    ),
}
STEPS = ONWARD | KEEPING


def is_possible(name: str, expression: Expression, *, is_read: bool) -> bool:
    """Say whether the page of a step has something to do as things stand."""
    step = STEPS[name]
    if not step.can(expression) or (name in {"hold", "let-go"} and (name == "hold") == bool(expression.held_because)):
        return False
    if name == "delete" and (expression.status == Status.APPOINTED or expression.held_because):
        return False
    if not step.needs_readers or is_read or expression.status not in UNREAD:
        return True
    return expression.status != Status.SIFTING and expression.advert.status in WHERE_NOBODY_READS


def steps_for(whole: Whole) -> tuple[list[tuple[Sentence, str]], list[tuple[Sentence, str]]]:
    """What can be done next, and with what we keep: words and address of each."""
    code, is_read = whole.expression.code, whole.is_read

    def links(steps: dict[str, Step]) -> list[tuple[Sentence, str]]:
        return [
            (step.link, reverse("joining:expression-step", args=[code, name]))
            for name, step in steps.items()
            if is_possible(name, whole.expression, is_read=is_read)
        ]

    return links(ONWARD), links(KEEPING)


@page(allow=policies.may_run_joining)
def step(request: PageRequest, code: str, name: str) -> HttpResponse:
    """One step, with one form."""
    if name not in STEPS:
        raise Http404
    found = get_object_or_404(queries.expression(request.viewer), code=code)
    if request.method == "GET" and not is_possible(name, found, is_read=queries.is_read(request.viewer, found)):
        raise NotPossible(_("This cannot be done as things stand now."))
    one = STEPS[name]
    more = _people(request, found, name)
    form = one.form(request.POST or None, initial=_initial(found, name), **more)
    is_search = "find" in request.POST.getlist("do")
    if not is_search and form.is_valid() and (made := attempt(form, one.command, request.viewer, found, **_given(request, form, name))):
        return done(request, one.done, to=made.partner if name == "appoint" else made)
    if is_search:
        form = one.form(
            initial={name: request.POST.getlist("readers") for name in ("readers",)} | {"find": request.POST.get("find", "")}, **more
        )
    return show(
        request,
        "joining/expression_step.jinja",
        form=form,
        expression=found,
        step=one,
        people=more.get("people"),
        typed=request.GET.get("who", "")[:100],
        has_search="find" in form.fields,
    )


def _people(request: PageRequest, found: Expression, name: str) -> dict[str, Any]:
    """Whom one can choose from, for the forms that ask for people."""
    if name in {"readers", "another-reader"}:
        asked = [sift.by.code for sift in queries.readers_asked(request.viewer, found)]
        typed = request.POST.get("find", "")[:100]
        return {"people": queries.readers_to_choose(request.viewer, typed, request.POST.getlist("readers"), without=asked)}
    if name == "appoint":
        chosen = [request.POST.get("contact", ""), request.POST.get("deputy", "")]
        return {"people": queries.contacts_to_choose(request.viewer, request.GET.get("who", "")[:100], chosen)}
    return {}


def _initial(found: Expression, name: str) -> dict[str, Any]:
    if name == "reach":
        return {field: getattr(found, field) for field in ("told_by", "email", "phone", "postal_address", "turn")}
    if name == "reserve":
        return {"turn": found.turn}
    return {"how": "person"} if name == "meet" else {}


def _given(request: PageRequest, form: Any, name: str) -> dict[str, Any]:
    """What the command takes: people by their codes, moments from a day and a time."""
    given = form.given() if hasattr(form, "given") else {key: value for key, value in form.cleaned_data.items() if key != "find"}
    if name == "readers":
        given["readers"] = [member_called(request.viewer, code) for code in given["readers"]]
    elif name == "another-reader":
        given["reader"] = member_called(request.viewer, given.pop("readers"))
    elif name == "appoint":
        given |= {key: member_called(request.viewer, given[key]) if given[key] else None for key in ("contact", "deputy")}
    return given
