"""What somebody who is interested may see of how far things are."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from safety_partners.core import codes, wall
from safety_partners.core.policy import Sentence
from safety_partners.core.working_days import today
from safety_partners.joining import private_words
from safety_partners.joining.models import Expression

Status = Expression.Status

# Where somebody stands, and what happens next, in plain words: no reader's view and no other person ever shows here.
WORDS: dict[str, tuple[Sentence, Sentence]] = {
    Status.RECEIVED: (_("We have what you told us."), _("A person reads it and writes or rings you.")),
    Status.ACKNOWLEDGED: (_("A person has seen what you told us."), _("We may ask you for a chat, and two people read your answers.")),
    Status.CHAT: (_("We have asked you for a chat."), _("We talk, as it suits you. It is not a test.")),
    Status.SIFTING: (
        _("People are reading what you told us."),
        _("At least two people read it. Then we tell you if we would like to meet you."),
    ),
    Status.INVITED: (_("We would like to meet you."), _("We meet. You get the questions before that.")),
    Status.MET: (_("We have met."), _("We decide, and tell you with our reasons.")),
    Status.OFFERED: (_("We have offered you a place."), _("You tell us if you want it. You can take your time.")),
    Status.CHECKING: (_("You have said yes, and we are getting things ready."), _("We do the checks we told you about.")),
    Status.APPOINTED: (_("You are a Patient Safety Partner. Welcome!"), _("You have a message about your first steps.")),
    Status.NOT_NOW: (
        _("We are not going on together now. We have told you why."),
        _("Nothing more happens, unless you want to talk to us."),
    ),
    Status.RESERVE: (_("You are on our reserve list, as you agreed."), _("We write or ring you when a place comes up.")),
    Status.PASSED_ON: (_("We have passed your details on, as you agreed."), _("They get in touch with you.")),
    Status.LAPSED: (
        _("The time ran out for which we may keep what you told us."),
        _("Nothing more happens. You can begin again at any time."),
    ),
    Status.WITHDRAWN: (_("You have stopped. Thank you for your interest."), _("Nothing more happens. You can begin again at any time.")),
}


@dataclass(frozen=True, slots=True)
class Progress:
    """How far things are: in words, what comes next, by when, and until when we keep what we were told."""

    expression: Expression
    now: Sentence
    then: Sentence
    by: dt.date | None
    is_late: bool
    is_open: bool


def expression_for(code: str, word: str) -> Expression | None:
    """The expression of interest with this code, if this is its private word."""
    found = wall.find(Expression.objects.select_related("advert", "organisation").filter(code=codes.tidy(code), forgotten_at=None))
    # The word is compared even where there is nothing, so that time does not say which codes there are.
    return found if private_words.is_word(word, found.secret_hash if found else private_words.hash_of("")) and found else None


def followed(code: str, proof: str) -> Expression | None:
    """The expression that a browser proved to hold the private word of; none after the word was changed or all was deleted."""
    found = Expression.objects.select_related("advert", "organisation").filter(code=code, forgotten_at=None).exclude(secret_hash="")
    return wall.find(found.filter(secret_hash=proof)) if proof else None


def progress(expression: Expression) -> Progress:
    """Where somebody stands, in plain words."""
    now, then = WORDS[expression.status]
    by = expression.next_due_on
    is_open = expression.status in Expression.OPEN
    return Progress(expression, now, then, by if is_open else None, bool(is_open and by and by < today()), is_open)
