"""What a whole page is, as functions from HTML to the faults in it."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

import html5lib
from lxml import html as lxml_html

from tests.world.words import ELEMENT

Tree = lxml_html.HtmlElement
# Tokens, keys and codes differ each time a page is shown or from record to record, and say nothing about its shape.
_EACH_TIME_NEW = re.compile(r"\b(?:[A-Za-z0-9]{64}|[0-9a-f]{8}-[0-9a-f-]{27}|[A-Z]{3}-[0-9A-Z]{8})\b")
_LEFT_OVER = re.compile(
    r"\{\{|\}\}|\{%|%\}|%\(\w*\)|\bNone\b(?! of\b|,|:)|\bUndefined\b|\bundefined\b|__proxy__|<\w+ object at|\bgettext\b"
)
# “None” is also an English word: the walk lets the product say “Nothing” for it, and here it may begin a phrase.
_NOT_TYPED = {"hidden", "submit", "button", "image", "reset"}
_POINTING = ("aria-describedby", "aria-labelledby", "aria-controls", "for")


@functools.lru_cache(maxsize=64)
def tree(html: str) -> Tree:
    """The page as elements."""
    return lxml_html.document_fromstring(html)


def normal(html: str) -> str:
    """The page without tokens, keys and codes, so that the same page shown twice is the same text."""
    return _EACH_TIME_NEW.sub("", html)


def parts(html: str) -> tuple[str, str]:
    """What stands around the page's own words, and these words: pages share frames."""
    before, _tag, rest = normal(html).partition("<main")
    main, _tag, after = rest.partition("</main>")
    return before + after, main


def links_inside(html: str, path: str) -> list[str]:
    """Every address of this product that a page leads to by a link, a picture or a form that only asks."""
    page = tree(html)
    found = [element.get("href") for element in page.iter("a")] + [element.get("src") for element in page.iter("img")]
    found += [form.get("action") or path for form in page.iter("form") if form.get("method", "get").lower() == "get"]
    inside = {urljoin(path, link).partition("#")[0] for link in found if link and not urlsplit(link).scheme and not link.startswith("#")}
    return sorted(link for link in inside if not link.startswith("/static/"))


def links_to_parts(html: str, path: str) -> list[tuple[str, str]]:
    """Every link to a part of another page: the address, and the id there."""
    whole = [urljoin(path, element.get("href", "")).partition("#") for element in tree(html).iter("a")]
    return [(link, part) for link, _sign, part in whole if part and link.startswith("/") and link != path]


def ids(html: str) -> set[str]:
    """Every id of a page."""
    return {element.get("id") for element in tree(html).iter() if element.get("id")}


def links_outside(html: str) -> list[str]:
    """Every address with a host of its own."""
    page = tree(html)
    found = [
        element.get(name, "") for name in ("href", "src", "action", "formaction") for element in page.iter() if isinstance(element.tag, str)
    ]
    return [link for link in found if urlsplit(link).netloc or urlsplit(link).scheme not in {"", "mailto", "tel", "data"}]


def faults(html: str) -> list[str]:
    """Everything that is wrong with a page, in words."""
    page = tree(html)
    checks = (_head, _ids, _headings, _names, _tokens, _words)
    return [*invalid(html), *(fault for check in checks for fault in check(page))]


def invalid(html: str) -> list[str]:
    """Where a strict parser of HTML stumbles."""
    parser = html5lib.HTMLParser(html5lib.getTreeBuilder("etree"))
    parser.parse(html)
    return [f"HTML, line {place[0]}: {code} {data or ''}".rstrip() for place, code, data in parser.errors]


def _head(page: Tree) -> Iterator[str]:
    if not page.get("lang"):
        yield "it has no language"
    titles = [title.text_content().strip() for title in page.iter("title") if title.getparent().tag == "head"]
    if len(titles) != 1 or len(titles[0]) < 5:
        yield f"its title is {titles}"
    if len(list(page.iter("main"))) != 1:
        yield "it has not one main part"


def _ids(page: Tree) -> Iterator[str]:
    ids = [element.get("id") for element in page.iter() if element.get("id") is not None]
    known = set(ids)
    for twice in sorted({one for one in ids if ids.count(one) > 1} if len(known) < len(ids) else ()):
        yield f"the id {twice!r} stands on it twice"
    if any(not one or " " in one for one in known):
        yield "an id is empty or has a space"
    for element in page.iter():
        for name in _POINTING:
            for one in (element.get(name) or "").split():
                if one not in known:
                    yield f"{name} points to {one!r}, which is not there"
        href = element.get("href", "")
        if element.tag == "a" and href.startswith("#") and href[1:] not in known:
            yield f"a link leads to {href!r}, which is not there"


def _headings(page: Tree) -> Iterator[str]:
    levels = [int(element.tag[1]) for element in page.iter("h1", "h2", "h3", "h4", "h5", "h6")]
    if levels.count(1) != 1:
        yield f"it has {levels.count(1)} headings of the first level"
    # The summary of errors, a heading of the second level, stands above the first.
    for before, level in zip([1, *levels], levels, strict=False):
        if level > before + 1:
            yield f"a heading of level {level} follows one of level {before}"
    if any(not element.text_content().strip() for element in page.iter("h1", "h2", "h3", "h4", "h5", "h6")):
        yield "a heading is empty"


def _names(page: Tree) -> Iterator[str]:
    """Everything that can be used has a name that can be said."""
    labelled = {label.get("for") for label in page.iter("label") if label.text_content().strip()}
    for element in page.iter("input", "select", "textarea"):
        inside_label = any(parent.tag == "label" for parent in element.iterancestors())
        has_name = element.get("id") in labelled or inside_label or element.get("aria-label") or element.get("aria-labelledby")
        if element.get("type", "text") not in _NOT_TYPED and not has_name:
            yield f"the input {element.get('name')!r} has no label"
    for element in page.iter("a", "button"):
        pictures = any(picture.get("alt") for picture in element.iter("img"))
        if not (element.text_content().strip() or element.get("aria-label") or pictures):
            yield f"a {'link' if element.tag == 'a' else 'button'} has no words: {element.get('href') or element.get('name')!r}"
    for picture in page.iter("img"):
        if picture.get("alt") is None:
            yield f"the picture {picture.get('src')!r} has no alt"


def _tokens(page: Tree) -> Iterator[str]:
    for form in page.iter("form"):
        tokens = [element for element in form.iter("input") if element.get("name") == "csrfmiddlewaretoken"]
        if form.get("method", "get").lower() == "post" and len(tokens) != 1:
            yield f"a form that changes something has {len(tokens)} tokens: {form.get('action')!r}"
        if form.get("method", "get").lower() != "post" and tokens:
            yield "a form that only asks gives its token away"


def _words(page: Tree) -> Iterator[str]:
    if any(element.tag == ELEMENT for element in page.iter()):
        yield "what somebody typed has become markup"
    for element in page.iter():
        if element.tag in {"script", "style"} or not isinstance(element.tag, str):
            continue
        for text in (element.text, element.tail):
            if text and (found := _LEFT_OVER.search(text)):
                yield f"it says {found.group()!r}: {' '.join(text.split())[:80]!r}"
        for name, value in element.attrib.items():
            if value in {"None", "Undefined", "undefined"} or "{{" in value or "%(" in value:
                yield f"{element.tag} has {name}={value!r}"
            if value == "" and name in {"href", "src", "id", "for", "action"}:
                yield f"{element.tag} has an empty {name}"
            if name == "style" or name.startswith("on"):
                yield f"{element.tag} has {name}, which the policy of content forbids"
