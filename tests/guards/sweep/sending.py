"""Sending the forms that people see: as they stand, by each of their buttons, and with everything filled in but one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext

from tests.guards.sweep.browser import Browser, Visit
from tests.guards.sweep.forms import Form, filled, forms_of, kept
from tests.guards.sweep.markup import tree

SUMMARY = "//*[@data-module='nhsuk-error-summary']"


@dataclass(frozen=True, slots=True)
class Sending:
    """A form was sent from a page: what was typed, what came back, and the page to which that led."""

    page: str
    form: Form
    visit: Visit
    landed: Visit | None = None
    typed: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"the form of {self.page}, {self.visit}"


def send_all(browser: Browser, page: Visit, sent_before: set[object]) -> Iterator[Sending]:
    """Send each form of a page, unless this person sent one of the same shape before."""
    for form in forms_of(page.html, page.path):
        if (browser.person, form.shape) in sent_before:
            continue
        sent_before.add((browser.person, form.shape))
        empty = Sending(page.path, form, *browser.send(form.action, form.hidden))
        yield empty
        for name, value in form.buttons:
            yield Sending(page.path, form, *browser.send(form.action, {**form.hidden, name: value}))
        if form.shape not in sent_before and (wrong := wrong_questions(empty.visit.html)):
            sent_before.add(form.shape)
            typed = filled(form, except_for=wrong[0])
            if typed:
                yield Sending(page.path, form, *browser.send(form.action, {**form.hidden, **typed}), typed=typed)


def wrong_questions(html: str) -> list[str]:
    """The names of the questions that the summary of errors leads to."""
    if not html:
        return []
    page = tree(html)
    names = []
    for link in page.xpath(f"{SUMMARY}//a[starts-with(@href, '#')]"):
        found = page.xpath("//*[@id=$id]", id=link.get("href")[1:])
        names += [element.get("name") for element in found if element.get("name")]
    return names


def faults_shown_again(sending: Sending) -> Iterator[str]:
    """What is wrong with a form that is shown again because of what was typed."""
    html = sending.visit.html
    page = tree(html)
    summary = page.xpath(SUMMARY)
    if len(summary) != 1:
        yield f"{sending} has {len(summary)} summaries of errors"
        return
    if not summary[0].xpath(".//li"):
        yield f"{sending} has an empty summary of errors"
    if not "".join(page.xpath("//head/title/text()")).startswith(gettext("Error:")):
        yield f"{sending} does not say in its title that something is wrong"
    again = [form for form in forms_of(html, sending.visit.path) if form.action == sending.form.action]
    held = [kept(form) for form in again]
    for name, value in sending.typed.items():
        if not any(value in one.get(name, []) for one in held):
            yield f"{sending} forgot what was typed into {name!r}"
