"""HTML in a form that can be compared: white space that nobody sees does not count; order of attributes and classes neither."""

from __future__ import annotations

import re

from lxml import html

INLINE = {"a", "abbr", "b", "button", "code", "em", "i", "img", "input", "label", "select", "span", "strong", "svg", "textarea", "time"}


def normal(source: str) -> list[str]:
    """One line for each tag and each run of words."""
    root = html.fragment_fromstring(source.strip(), create_parent="div")
    lines: list[str] = []
    _write(root, lines, 0)
    return lines


def _write(element, lines: list[str], depth: int) -> None:
    children = [child for child in element if isinstance(child.tag, str)]
    _say(element.text, lines, depth, before=False, after=bool(children) and children[0].tag in INLINE)
    for place, child in enumerate(children):
        lines.append("  " * depth + f"<{child.tag}{_attributes(child)}>")
        if child.tag == "textarea":
            lines.append("  " * (depth + 1) + repr((child.text or "").strip("\n")))
        else:
            _write(child, lines, depth + 1)
        next_is_inline = place + 1 < len(children) and children[place + 1].tag in INLINE
        _say(child.tail, lines, depth, before=child.tag in INLINE, after=next_is_inline)


def _attributes(element) -> str:
    parts = []
    for name, value in sorted(element.attrib.items()):
        shown = " ".join(sorted(value.split())) if name in ("class", "aria-describedby") else re.sub(r"\s+", " ", value).strip()
        parts.append(f' {name}="{shown}"')
    return "".join(parts)


def _say(text: str | None, lines: list[str], depth: int, *, before: bool, after: bool) -> None:
    """Words, with a space kept only where they touch something inline."""
    words = re.sub(r"\s+", " ", text or "")
    if not before:
        words = words.lstrip()
    if not after:
        words = words.rstrip()
    if words.strip():
        lines.append("  " * depth + repr(words))
