"""Questions: from the official parameters to ours."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from tests.design.official.reading import Given, Unsupported, about, chosen, common, top


def label(ours: Any, given: Given) -> str:
    called = given.get("caller")
    found = top(Given({"label": {name: value for name, value in given.values.items() if name != "caller"}}), "label")
    given.read |= set(given.values)
    return ours.label(called or found.get("text"), given.get("for"), found.get("size"), found["page_heading"], found.get("caption"),
                      found.get("hidden"), found.get("classes"), found.get("text_id"))  # fmt: skip


def legend(ours: Any, given: Given) -> str:
    called = given.get("caller")
    found = top(Given({"legend": {name: value for name, value in given.values.items() if name != "caller"}}), "legend")
    given.read |= set(given.values)
    return ours.legend(called or found.get("text"), found.get("size"), found["page_heading"], found.get("caption"), found.get("hidden"),
                       found.get("classes"), found.get("text_id"))  # fmt: skip


def heading(ours: Any, given: Given) -> str:
    caption = given.part("caption")
    if caption.get("placement") not in (None, "start"):
        raise Unsupported("a caption in another place")
    words = given.words()
    href = given.get("href")
    if href:
        words = ours.link(words, href)
    html = ours.heading(
        words,
        **chosen(
            size=given.get("size"),
            caption_text=caption.words(),
            hidden=given.get("visuallyHiddenText"),
            classes=given.get("classes"),
            level=given.get("level"),
        ),
    )
    if "size" not in given.values:
        raise Unsupported("a heading without a size")
    given.done(caption)
    return html


def hint(ours: Any, given: Given) -> str:
    return ours.hint(given.get("caller") or given.words(), **common(given))


def error_message(ours: Any, given: Given) -> str:
    return ours.error_message(given.get("caller") or given.words(), **common(given))


def error_summary(ours: Any, given: Given) -> str:
    title, text = given.part("heading"), given.part("description")
    items = [Given(item) for item in given.get("errorList", []) if item]
    errors = [(item.words(), item.get("href")) for item in items]
    autofocus = {None: None, True: False, False: True}[given.get("disableAutoFocus")]
    body = given.get("caller") or text.words()
    html = ours.error_summary(errors, title.words(), body, autofocus, **common(given))
    title.done(text, *items)
    return html


def fieldset(ours: Any, given: Given) -> str:
    found = top(given, "legend")
    inner = given.get("caller") or given.get("html")
    return ours.fieldset(
        found["text"],
        found.get("size"),
        found["page_heading"],
        given.get("describedBy"),
        given.get("role"),
        found.get("caption"),
        found.get("hidden"),
        caller=(lambda: Markup(inner)) if inner else None,
        **common(given),
    )


def _labelled(given: Given) -> dict[str, Any]:
    found = top(given, "label")
    if "text_id" in found or "hidden" in found:
        raise Unsupported("an id of the label")
    return chosen(
        label_text=found.get("text"),
        name=given.get("name"),
        size=found.get("size"),
        page_heading=found["page_heading"],
        caption_text=found.get("caption"),
        label_classes=found.get("classes"),
        disabled=given.get("disabled"),
        **about(given),
        **common(given),
    )


def _affix(given: Given, name: str) -> Any:
    part = given.part(name)
    words = part.words()
    part.done()
    return words


def input(ours: Any, given: Given) -> str:  # noqa: A001 - the component's name
    return ours.input(
        **_labelled(given),
        **chosen(
            value=given.get("value"),
            type=given.get("type"),
            width=given.get("width"),
            code=given.get("code"),
            large=given.get("large"),
            inputmode=given.get("inputmode"),
            autocomplete=given.get("autocomplete"),
            autocapitalize=given.get("autocapitalize"),
            spellcheck=given.get("spellcheck"),
            prefix=_affix(given, "prefix"),
            suffix=_affix(given, "suffix"),
        ),
    )


def password_input(ours: Any, given: Given) -> str:
    return ours.password_input(
        **_labelled(given),
        **chosen(value=given.get("value"), width=given.get("width"), code=given.get("code"), autocomplete=given.get("autocomplete")),
    )


def search_input(ours: Any, given: Given) -> str:
    return ours.search_input(
        **_labelled(given),
        **chosen(value=given.get("value"), width=given.get("width"), large=given.get("large"), placeholder=given.get("placeholder")),
    )


def textarea(ours: Any, given: Given) -> str:
    return ours.textarea(
        **_labelled(given),
        **chosen(
            value=given.get("value"), rows=given.get("rows"), autocomplete=given.get("autocomplete"), spellcheck=given.get("spellcheck")
        ),
    )


def character_count(ours: Any, given: Given) -> str:
    maximum, words = given.get("maxlength"), None
    if given.get("countType") == "words":
        maximum, words = None, maximum
    elif given.get("countType"):
        raise Unsupported("a count type where there is nothing to choose")
    elif maximum is None:
        raise Unsupported("no limit, or a deprecated one")
    return ours.character_count(
        **_labelled(given),
        **chosen(
            value=given.get("value"),
            rows=given.get("rows"),
            max_words=words,
            max_length=maximum,
            threshold=given.get("threshold"),
            spellcheck=given.get("spellcheck"),
            autocomplete=given.get("autocomplete"),
        ),
    )


def select(ours: Any, given: Given) -> str:
    options = []
    for item in map(Given, given.get("items")):
        if item.get("value") is None:
            raise Unsupported("an option without a value")
        options.append((item.get("value"), item.words()))
        item.done()
    return ours.select(**_labelled(given), options=options, **chosen(value=given.get("value")))


def file_upload(ours: Any, given: Given) -> str:
    return ours.file_upload(**_labelled(given), **chosen(multiple=given.get("multiple")))


def _legend(given: Given) -> dict[str, Any]:
    if given.get("fieldset") is None:
        return chosen(legend_text="", name=given.get("name"), disabled=given.get("disabled"), **about(given))
    holder = given.part("fieldset")
    found = top(holder, "legend")
    if "text_id" in found:
        raise Unsupported("an id of the legend")
    holder.done()
    return chosen(
        legend_text=found["text"],
        size=found.get("size"),
        page_heading=found["page_heading"],
        caption_text=found.get("caption"),
        legend_classes=found.get("classes"),
        disabled=given.get("disabled"),
        **about(given),
    )


def _option(item: Given) -> dict[str, Any]:
    if item.get("divider"):
        item.done()
        return {"divider": item.get("divider")}
    text, note, conditional = item.part("label") if item.get("label") else item, item.part("hint"), item.part("conditional")
    behaviour = item.get("behaviour") or ("exclusive" if item.get("exclusive") else None)
    if behaviour == "inclusive" or item.get("behaviourGroup") or item.get("exclusiveGroup"):
        raise Unsupported("groups of boxes that tick each other")
    found = chosen(
        value=item.get("value"),
        text=text.words(),
        hint=note.words(),
        reveals=conditional.words(),
        disabled=item.get("disabled"),
        checked=item.get("checked"),
        exclusive=behaviour,
        id=item.get("id"),
        name=item.get("name"),
        attributes=item.get("attributes"),
    )
    item.done(note, conditional)
    return found


def _choices(given: Given) -> dict[str, Any]:
    return {
        **_legend(given),
        **chosen(
            name=given.get("name") or "",
            options=[_option(Given(item)) for item in given.get("items") if item],
            id=given.get("idPrefix"),
            inline=given.get("inline"),
            small=given.get("small"),
            classes=given.get("classes"),
            attributes=given.get("attributes"),
            scripted=True,
        ),
    }


def radios(ours: Any, given: Given) -> str:
    return ours.radios(**_choices(given), **chosen(value=given.get("value")))


def checkboxes(ours: Any, given: Given) -> str:
    return ours.checkboxes(**_choices(given), **chosen(chosen=given.get("values")))


def date_input(ours: Any, given: Given) -> str:
    items = [Given(item) for item in given.get("items", []) if item]
    if not items:
        items = [Given({"name": part, **(given.get(part) or {})}) for part in ("day", "month", "year") if given.get(part) is not False]
    names = tuple(item.get("name") for item in items)
    if not set(names) <= {"day", "month", "year"}:
        raise Unsupported("other parts than day, month and year")
    if any(item.get("width") not in (None, 4 if item.get("name") == "year" else 2) for item in items):
        raise Unsupported("other widths")
    values = given.get("values") or {}
    filled = [item.get("value", values.get(name)) for item, name in zip(items, names, strict=True)]
    wrong = [name for item, name in zip(items, names, strict=True) if item.get("error")]
    birthday = [item.get("autocomplete") for item in items] == ["bday-day", "bday-month", "bday-year"]
    own = {name: item.get("label") for item, name in zip(items, names, strict=True)}
    if any(item.get("disabled") is not None for item in items):
        raise Unsupported("one part disabled")
    if any(item.get("error") is False for item in items):
        raise Unsupported("error=false for one part")
    prefix = given.get("namePrefix")
    found = _legend(given)
    if wrong and "error" not in found:
        found["error"] = True
    if not birthday and any(item.get("autocomplete") for item in items):
        raise Unsupported("other autocomplete")
    html = ours.date_input(
        name="date",
        **dict(zip(names, filled, strict=True)),
        parts=names,
        wrong=wrong,
        names=tuple(f"{prefix}[{name}]" if prefix else name for name in ("day", "month", "year")),
        labels=tuple(own.get(name) or name.capitalize() for name in ("day", "month", "year")),
        birthday=birthday,
        **found,
        **common(given),
    )
    for item in items:
        item.done()
    return html
