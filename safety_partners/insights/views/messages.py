"""Pages of messages: the log, what waits to be posted or read out, and one message."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from safety_partners.core import outbox
from safety_partners.core.models import Message
from safety_partners.core.page import PageRequest, done, page, show
from safety_partners.core.return_to import return_to
from safety_partners.core.working_days import today
from safety_partners.design.lists import ChoiceFilter, Column, ListPage, Sort
from safety_partners.insights import commands, policies
from safety_partners.insights.forms import messages as forms
from safety_partners.insights.queries import telling
from safety_partners.people.policies import is_lead

Status, Channel = Message.Status, Message.Channel
TONES = {
    Status.HELD: "waiting",
    Status.GATHERED: "done",
    Status.QUEUED: "waiting",
    Status.CLAIMED: "doing",
    Status.SENDING: "doing",
    Status.SENT: "done",
    Status.IN_DOUBT: "warning",
    Status.FAILED: "stopped",
    Status.CANCELLED: "quiet",
}
# A tag is short; the page of a message says the rest.
STATUSES = {
    **{status: status.label for status in Status},
    Status.IN_DOUBT: gettext_lazy("In doubt"),
    Status.HELD: gettext_lazy("For the summary"),
    Status.GATHERED: gettext_lazy("In a summary"),
}
NEWEST = Sort("newest", gettext_lazy("Newest first"), ["-id"], reverse_label=gettext_lazy("Oldest first"))
COUNTED = ngettext_lazy("%(n)s message", "%(n)s messages", "n")

LOG = ListPage(
    fields=("code", "subject", "to_name", "channel", "status", "made_at"),
    columns=[
        Column("subject", gettext_lazy("About")),
        Column("to_name", gettext_lazy("To")),
        Column("channel", gettext_lazy("How"), says=dict(Channel.choices)),
        Column("status", gettext_lazy("Where it stands"), kind="status", says=STATUSES, tones=TONES),
        Column("made_at", gettext_lazy("Written"), kind="datetime"),
    ],
    sorts=[NEWEST],
    filters=[
        ChoiceFilter("status", gettext_lazy("Where it stands"), choices=[(status.value, STATUSES[status]) for status in Status]),
        ChoiceFilter("channel", gettext_lazy("How"), choices=Channel.choices),
    ],
    counted=COUNTED,
    caption=gettext_lazy("Messages"),
    empty=gettext_lazy("No message has been written yet."),
)

BY_HAND = ListPage(
    columns=[
        Column("to_name", gettext_lazy("To")),
        Column("subject", gettext_lazy("About")),
        Column("made_at", gettext_lazy("Since"), kind="date"),
        Column("code", gettext_lazy("When it is done")),
    ],
    sorts=[Sort("oldest", gettext_lazy("Oldest first"), ["id"])],
    filters=[
        ChoiceFilter(
            "channel",
            gettext_lazy("How"),
            choices=[(Channel.LETTER.value, gettext_lazy("Letters")), (Channel.PHONE.value, gettext_lazy("Phone calls"))],
        )
    ],
    counted=COUNTED,
    caption=gettext_lazy("Letters to post and calls to make"),
    empty=gettext_lazy("There is no letter to post and no call to make."),
)


@page(allow=policies.may_see_messages, methods=("GET",))
def messages(request: PageRequest) -> HttpResponse:
    """Whether everybody was told: every message, newest first."""
    listing = LOG.show(outbox.log(request.viewer), request.GET, path=request.path)
    return show(request, "insights/messages.jinja", listing=listing, may_read=is_lead(request.viewer))


@page(allow=is_lead)
def by_hand(request: PageRequest) -> HttpResponse:
    """Letters to print and post and calls to make, those that have waited longest first."""
    viewer = request.viewer
    form = forms.DoneForm(request.POST or None)
    if form.is_valid():
        message = get_object_or_404(Message.objects.visible_to(viewer), code=form.cleaned_data["code"])
        commands.done_by_hand(viewer, message)
        sentence = _("The letter to %(name)s is posted.") if message.channel == Channel.LETTER else _("%(name)s is told.")
        return done(request, sentence % {"name": message.to_name}, to=return_to(request, request.path))
    channel = request.GET.get("print", "")
    if channel in {Channel.LETTER, Channel.PHONE}:
        found = telling.to_print(viewer, channel)
        enclosed = telling.enclosures(viewer, found)
        template = "insights/letters.jinja" if channel == Channel.LETTER else "insights/calls.jinja"
        return show(request, template, found=found, enclosed=enclosed, organisation=viewer.organisation, today=today())
    listing = BY_HAND.show(telling.by_hand(viewer), request.GET, path=request.path)
    return show(request, "insights/messages_by_hand.jinja", listing=listing)


@page(allow=policies.may_see_messages)
def message(request: PageRequest, code: str) -> HttpResponse:
    """One message: its words, what happened to it, and what can be done when it did not simply go."""
    viewer = request.viewer
    found = get_object_or_404(Message.objects.visible_to(viewer), code=code)
    form = forms.StepForm(request.POST or None)
    if form.is_valid():
        command, sentence = {
            "done": (commands.done_by_hand, _("It is written down that the person was told.")),
            "resend": (commands.resend_message, _("The message goes out again.")),
            "settle": (commands.settle_message, _("It is written down that the message arrived.")),
            "bounce": (commands.note_bounce, _("It is written down that the message came back.")),
        }[form.cleaned_data["step"]]
        command(viewer, found)
        return done(request, sentence, to="insights:message", code=code)
    may_read = telling.may_be_read(viewer, found)
    may = found.lifecycle.may
    return show(
        request,
        "insights/message.jinja",
        message=found,
        says=STATUSES[Status(found.status)],
        tone=TONES[Status(found.status)],
        trouble=telling.trouble_in_words(found),
        lines=telling.message_history(viewer, found),
        may_read=may_read,
        # An email only leads to the page; what it is about goes with letters and calls.
        enclosure=telling.enclosures(viewer, [found]).get(found.pk) if may_read and found.channel != Channel.EMAIL else None,
        may_do=found.channel != Channel.EMAIL and may(found, "done_by_hand"),
        may_resend=may(found, "resend"),
        may_settle=may(found, "settle"),
        may_bounce=found.channel != Channel.PHONE and may(found, "bounce"),
    )
