"""What people type in the world: signs that must never become markup, in every text that reaches a page."""

# No page may hold an element of this name: then somebody's words became markup.
ELEMENT = "x-typed"
TYPED = f"<{ELEMENT}>&amp;'\""


def typed(words: str) -> str:
    """Words as a person might type them who tries their luck."""
    return f"{words} {TYPED}"
