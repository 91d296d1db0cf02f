"""What people read in their emails; a demonstration keeps them all on one page."""

from __future__ import annotations

import re

from journeys.visitor import Visitor

CODE_TO_SIGN_IN = re.compile(r"\b\d{4}-\d{4}\b")


def newest_email(visitor: Visitor) -> str:
    """What the newest email says."""
    visitor.go("/demonstration/mail/")
    return visitor.page.locator("main .nhsuk-inset-text").first.inner_text()


def code_from_email(visitor: Visitor) -> str:
    """Ask for the newest email, and take the code to sign in from it."""
    code = CODE_TO_SIGN_IN.search(newest_email(visitor))
    assert code
    return code.group()
