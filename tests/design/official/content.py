"""Links, content, tables: from the official parameters to ours."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from tests.design.official.reading import Given, Unsupported, chosen, common


def body(given: Given) -> dict[str, Any]:
    """The words of a component: plain, or HTML in a call block."""
    rich = given.get("caller") or given.get("html")
    return {"caller": (lambda: Markup(rich))} if rich else chosen(text=given.get("text"))


def _variant(given: Given, prefix: str) -> dict[str, Any]:
    """Components without a variant of their own take it as a class."""
    classes = [f"{prefix}--{given.get('variant')}"] if given.get("variant") else []
    classes += [given.get("classes")] if given.get("classes") else []
    return chosen(classes=" ".join(classes) or None, id=given.get("id"), attributes=given.get("attributes"))


def _link_only(given: Given) -> None:
    if given.get("href") is None or given.get("type"):
        raise Unsupported("a button instead of a link")


def action_link(ours: Any, given: Given) -> str:
    _link_only(given)
    return ours.action_link(given.get("caller") or given.words(), given.get("href"), **_variant(given, "nhsuk-action-link"))


def back_link(ours: Any, given: Given) -> str:
    _link_only(given)
    hidden = chosen(hidden=given.get("visuallyHiddenText"))
    return ours.back_link(given.get("href"), given.get("caller") or given.words(), **hidden, **_variant(given, "nhsuk-back-link"))


def breadcrumb(ours: Any, given: Given) -> str:
    items = [Given(item) for item in given.get("items")]
    links = [(item.words(), item.get("href")) for item in items]
    html = ours.breadcrumbs(links, given.get("ariaLabel"), **_variant(given, "nhsuk-breadcrumb"))
    for item in items:
        item.done()
    return html


def button(ours: Any, given: Given) -> str:
    icon = given.part("icon")
    return ours.button(
        given.get("caller") or given.words(),
        once=given.get("preventDoubleClick"),
        icon_name=icon.get("name") or icon.get("text"),
        icon_end=icon.get("placement") == "end",
        **chosen(
            href=given.get("href"),
            variant=given.get("variant"),
            name=given.get("name"),
            value=given.get("value"),
            type=given.get("type"),
            small=given.get("small"),
            disabled=given.get("disabled"),
            label=given.get("ariaLabel"),
        ),
        **common(given),
    )


def skip_link(ours: Any, given: Given) -> str:
    return ours.skip_link(text=given.get("caller") or given.words(), **chosen(href=given.get("href")), **common(given))


def pagination(ours: Any, given: Given) -> str:
    previous, following = given.part("previous"), given.part("next")
    if "previous" not in given.values:
        previous = Given(chosen(href=given.get("previousUrl"), label=given.get("previousPage")))
    if "next" not in given.values:
        following = Given(chosen(href=given.get("nextUrl"), label=given.get("nextPage")))
    numbers = [
        None if item.get("ellipsis") else (item["number"], item["href"], item.get("current")) for item in given.get("items", []) if item
    ]
    html = ours.pagination(
        previous.get("href"),
        following.get("href"),
        previous.get("label"),
        following.get("label"),
        previous.words(),
        following.words(),
        numbers,
        **common(given),
    )
    previous.done(following)
    return html


def _action(ours: Any, action: dict[str, Any], about: Any = None) -> Any:
    given = Given(action)
    if given.get("type"):
        raise Unsupported("an action that is a button")
    hidden = given.get("visuallyHiddenText")
    if about:
        hidden = f"{hidden} ({about})" if hidden else f"({about})"
    html = ours.link(given.words(), given.get("href"), hidden, given.get("classes"), given.get("attributes"))
    given.done()
    return html


def _actions(ours: Any, given: Given, about: Any = None) -> list[Any]:
    actions = given.get("actions") or []
    if isinstance(actions, dict):
        if set(actions) - {"items"}:
            raise Unsupported("classes of the actions")
        actions = actions.get("items", [])
    return [_action(ours, action, about) for action in actions if action]


def card(ours: Any, given: Given) -> str:
    return _card(ours, given)


def _card(ours: Any, given: Given, inside: Any = None) -> str:
    title, text, image = given.part("heading"), given.part("description"), given.part("image")
    if title.get("html") or image.get("html"):
        raise Unsupported("HTML in place of the heading or image")
    rich = inside or given.get("caller") or text.get("html")
    html = ours.card(
        title.words(),
        **chosen(
            text=text.get("text"),
            href=given.get("href"),
            clickable=given.get("clickable"),
            variant=given.get("variant"),
            level=title.get("level"),
            size=title.get("size"),
            title_hidden=title.get("visuallyHiddenText"),
            title_id=title.get("id"),
            title_classes=title.get("classes"),
            image=image.get("src"),
            image_alt=image.get("alt"),
            caller=(lambda: Markup(rich)) if rich else None,
        ),
        actions=_actions(ours, given, title.words()),
        **common(given),
    )
    given.done(title, text, image)
    return html


def warning_callout(ours: Any, given: Given) -> str:
    title = given.part("heading")
    html = ours.warning_callout(
        title.words() or "", **body(given), **chosen(level=title.get("level"), hidden=title.get("visuallyHiddenText")), **common(given)
    )
    title.done()
    return html


def details(ours: Any, given: Given) -> str:
    summary = given.part("summary")
    html = ours.details(summary.words(), open=given.get("open", False), **body(given), **common(given))
    summary.done()
    return html


def do_dont_list(ours: Any, given: Given) -> str:
    title = given.part("heading")
    points = []
    for item in map(Given, filter(None, given.get("items"))):
        points.append(item.get("item") or item.words())
        item.done()
    html = ours.do_dont_list(
        title.words() or given.get("title"),
        points,
        "dont" if given.get("icon") == "cross" else "do",
        **chosen(level=title.get("level"), hide_prefix=given.get("hidePrefix"), prefix=given.get("prefixText")),
        **common(given),
    )
    title.done()
    return html


def inset_text(ours: Any, given: Given) -> str:
    return ours.inset_text(**body(given), **chosen(hidden=given.get("visuallyHiddenText")), **common(given))


def panel(ours: Any, given: Given) -> str:
    title = given.part("heading")
    html = ours.panel(
        title.words(),
        **body(given),
        **chosen(level=title.get("level"), size=title.get("size"), hidden=title.get("visuallyHiddenText"), variant=given.get("variant")),
        **common(given),
    )
    title.done()
    return html


def notification_banner(ours: Any, given: Given) -> str:
    title, heading = given.part("title"), given.part("heading")
    html = ours.notification_banner(
        title=title.words(),
        heading=heading.words(),
        variant=given.get("variant"),
        autofocus={None: None, True: False, False: True}[given.get("disableAutoFocus")],
        **body(given),
        **chosen(role=given.get("role")),
        **common(given),
    )
    title.done(heading)
    return html


def tag(ours: Any, given: Given) -> str:
    return ours.tag(given.get("caller") or given.words(), given.get("colour"), given.get("border", True), **common(given))


def contents_list(ours: Any, given: Given) -> str:
    links = []
    for item in map(Given, filter(None, given.get("items"))):
        href = item.get("href")
        links.append((item.words(), None if item.get("current") else href))
        item.done()
    return ours.contents_list(links, **chosen(hidden=given.get("visuallyHiddenText"), label=given.get("ariaLabel")), **common(given))


def summary_list(ours: Any, given: Given) -> str:
    holder = given.get("card")
    about = Given(holder).part("heading").words() if holder else None
    rows = []
    for row in map(Given, filter(None, given.get("rows"))):
        key, value = row.part("key"), row.part("value")
        actions = _actions(ours, row, about)
        rows.append(chosen(key=key.words(), value=value.words(), actions=actions, border=row.get("border"), classes=row.get("classes")))
        row.done(key, value)
    html = ours.summary_list(rows, **chosen(border=given.get("border"), last_row_border=given.get("lastRowBorder")), **common(given))
    return _card(ours, Given(holder), html) if holder else html


def task_list(ours: Any, given: Given) -> str:
    tasks = []
    for item in map(Given, filter(None, given.get("items"))):
        title, note, status = item.part("heading") if item.get("heading") else item.part("title"), item.part("hint"), item.part("status")
        state = status.words()
        if status.get("tag"):
            state = tag(ours, Given(status.get("tag")))
        muted = status.get("classes") == "nhsuk-task-list__status--cannot-start-yet"
        if not muted:
            status.read.discard("classes")
        tasks.append(chosen(title=title.words(), hint=note.words(), status=state, href=item.get("href"), muted=muted))
        item.done(title, note, status)
    return ours.task_list(tasks, **chosen(prefix=given.get("idPrefix")), **common(given))


def tabs(ours: Any, given: Given) -> str:
    panels = []
    prefix = given.get("idPrefix") or given.get("id")
    for number, item in enumerate(given.get("items"), 1):
        inner = item["panel"]
        words = Markup(inner["html"]) if inner.get("html") else Markup("<p>{}</p>").format(inner["text"])
        panels.append({"id": item.get("id") or f"{prefix}-{number}", "label": item["label"], "panel": words})
    return ours.tabs(panels, given.get("visuallyHiddenText"), **common(given))


def _cell(given: Given, header: Given | None = None) -> dict[str, Any]:
    align = given.get("align")
    if align is None and header is not None:
        align = "right" if given.get("format") == "string" and header.get("format") == "numeric" else header.get("align")
    classes = [f"nhsuk-u-text-align-{align}"] if align else []
    classes += [f"nhsuk-u-width-{given.get('width')}"] if given.get("width") else []
    classes += [given.get("classes")] if given.get("classes") else []
    kind = given.get("format")
    return chosen(
        text=given.words() if given.words() is not None else "",
        numeric=None if kind is None else kind == "numeric",
        href=given.get("href"),
        hidden=given.get("visuallyHiddenText"),
        colspan=given.get("colspan"),
        rowspan=given.get("rowspan"),
        classes=" ".join(classes) or None,
        attributes=given.get("attributes"),
        sort_value=given.get("sortValue"),
    )


def table(ours: Any, given: Given) -> str:
    caption = given.part("caption")
    heads = [Given(item if isinstance(item, dict) else {"text": item}) for item in given.get("head") if item]
    head = []
    for item in heads:
        cell = _cell(item)
        sort = item.get("sort")
        if item.get("sortNext"):
            raise Unsupported("sorting by script with a first direction")
        if sort:
            cell["sort"] = "none" if sort is True else sort
        head.append(cell)
        item.done()
    rows = []
    for line in filter(None, given.get("rows")):
        cells = [Given(cell if isinstance(cell, dict) else {"text": cell}) for cell in line if cell]
        if given.get("responsive") and any(cell.get("html") for cell in cells):
            rows.append([_rich(cell, at) for cell, at in zip(cells, heads, strict=False)])
        else:
            rows.append([_cell(cell, at) for cell, at in zip(cells, heads, strict=False)])
        for cell in cells:
            cell.done()
    if given.get("scroll") or given.get("panel"):
        raise Unsupported("a scrolling table or a panel: ours stack")
    html = ours.table(
        head,
        rows,
        caption.words(),
        **chosen(
            caption_size=caption.get("size"),
            caption_hidden=caption.get("visuallyHiddenText"),
            caption_classes=caption.get("classes"),
            responsive=given.get("responsive"),
            first_cell_is_header=given.get("firstCellIsHeader"),
            compact=given.get("compact"),
            striped=given.get("striped"),
            border=given.get("border"),
            last_row_border=given.get("lastRowBorder"),
            variant=given.get("variant"),
        ),
        **common(given),
    )
    caption.done()
    holder = {} if given.get("card") is True else given.get("card")
    return html if holder is None else _card(ours, Given(holder), html)


def _rich(cell: Given, header: Given) -> Any:
    """HTML in a stacked cell stands in a span of its own."""
    found = _cell(cell, header)
    return found["text"] if set(found) == {"text"} and cell.get("html") else found


def footer(ours: Any, given: Given) -> str:
    meta, copyright_ = given.part("meta"), given.part("copyright")
    links = []
    for item in map(Given, meta.get("items") or []):
        links.append((item.words(), item.get("href")))
        item.done()
    rich = copyright_.get("html")
    last = None if rich else copyright_.get("text") or "© NHS England"
    if given.get("navigation"):
        raise Unsupported("groups of links: ours has one row of them")
    rich = (
        given.get("caller") or rich or meta.get("html") or (f'<p class="nhsuk-body-s">{meta.get("text")}</p>' if meta.get("text") else None)
    )
    html = ours.footer(links, last, meta.get("visuallyHiddenText"), caller=(lambda: Markup(rich)) if rich else None, **common(given))
    meta.done(copyright_)
    return html
