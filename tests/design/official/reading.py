"""Reading the parameters of an official component, and refusing those that ours does not have."""

from __future__ import annotations

from typing import Any

from lxml import html
from markupsafe import Markup


class Unsupported(Exception):  # noqa: N818 - a fact about our macros
    """Our macro has no such parameter."""


class Given:
    """The parameters of one case; ``done()`` raises when one was not read."""

    def __init__(self, values: dict[str, Any]) -> None:
        self.values = {name: value for name, value in values.items() if value is not None}
        self.read: set[str] = set()

    def get(self, name: str, default: Any = None) -> Any:
        self.read.add(name)
        return self.values.get(name, default)

    def part(self, name: str) -> Given:
        """A parameter that is itself a set of parameters; words alone stand for its text."""
        value = self.get(name)
        if isinstance(value, dict):
            return Given(value)
        return Given({"text": value} if value is not None else {})

    def words(self, text: str = "text", markup: str = "html") -> Any:
        """Plain words, or Markup where the case gives HTML."""
        plain, rich = self.get(text), self.get(markup)
        return Markup(rich.strip()) if rich else plain

    def done(self, *parts: Given) -> None:
        left = set(self.values) - self.read
        if left:
            raise Unsupported(", ".join(sorted(left)))
        for one in parts:
            one.done()


def chosen(**values: Any) -> dict[str, Any]:
    """Only what was given, so that our own defaults count."""
    return {name: value for name, value in values.items() if value is not None}


def common(given: Given) -> dict[str, Any]:
    return chosen(classes=given.get("classes"), id=given.get("id"), attributes=given.get("attributes"))


def caption_of(*parts: Given) -> Any:
    """A caption in words; ours has one place and one size, those of the heading."""
    for part in parts:
        caption = part.part("caption")
        if caption.values:
            words = caption.words()
            if caption.get("placement") not in (None, "start"):
                raise Unsupported("a caption in another place")
            caption.done()
            return words
    return None


def top(given: Given, name: str) -> dict[str, Any]:
    """A label or legend: words, size, whether it is the page's heading."""
    label = given.part(name)
    is_heading = bool(label.get("isPageHeading")) if label.get("heading") is None else label.get("heading") is not False
    heading = label.part("heading") if isinstance(label.get("heading"), dict | str) else Given({})
    words = heading.words() if is_heading and heading.values.get("text") else label.words()
    if words is None:
        words = heading.words()
    found = chosen(
        text=words,
        size=heading.get("size") or label.get("size"),
        page_heading=is_heading,
        caption=caption_of(heading, label),
        classes=label.get("classes"),
        text_id=label.get("id"),
        hidden=label.get("visuallyHiddenText"),
    )
    label.done(heading)
    return found


def about(given: Given, *, page_heading: bool = True) -> dict[str, Any]:
    """The hint and the error of a question."""
    hint, error = given.part("hint"), given.part("errorMessage")
    found = chosen(hint_text=hint.words(), error=error.words(), described_by=given.get("describedBy"))
    hint.done(error)
    return found


CALL_BLOCKS = {
    "action-link": "nhsuk-action-link__text",
    "back-link": "nhsuk-back-link",
    "card": "nhsuk-card__content",
    "details": "nhsuk-details__text",
    "error-message": "nhsuk-error-message",
    "error-summary": "nhsuk-error-summary__body",
    "fieldset": "nhsuk-fieldset",
    "hint": "nhsuk-hint",
    "inset-text": "nhsuk-inset-text",
    "label": "nhsuk-label",
    "legend": "nhsuk-fieldset__legend",
    "notification-banner": "nhsuk-notification-banner__content",
    "panel": "nhsuk-panel__body",
    "skip-link": "nhsuk-skip-link",
    "tag": "nhsuk-tag",
    "warning-callout": "nhsuk-card__content",
}
OUR_OWN = ("__heading", "nhsuk-u-visually-hidden", "nhsuk-fieldset__legend", "nhsuk-notification-banner__heading", "nhsuk-icon")


def called(component: str, case: dict[str, Any]) -> Markup | None:
    """What a case put into its call block. The file of cases leaves it out, so it is read back from the official HTML:
    what stands inside the component, without the parts that the component itself writes."""
    context = case["context"]
    if component not in CALL_BLOCKS or {"text", "html"} & set(context) or not _is_called(component, case):
        return None
    root = html.fragment_fromstring(case["html"].strip(), create_parent="div")
    found = root.xpath(f'.//*[contains(concat(" ", @class, " "), " {CALL_BLOCKS[component]} ")]')
    if not found:
        return None
    element = found[0]
    for child in list(element):
        if any(mark in (child.get("class") or "") for mark in OUR_OWN):
            tail = child.tail
            element.remove(child)
            element.text = (element.text or "") + (tail or "")
    inner = (element.text or "") + "".join(html.tostring(child, encoding="unicode") for child in element)
    return Markup(inner.strip()) if inner.strip() else None


def _is_called(component: str, case: dict[str, Any]) -> bool:
    if component in ("card", "error-summary"):
        description = case["context"].get("description")
        return component == "card" and not description
    return "call block" in case["name"]
