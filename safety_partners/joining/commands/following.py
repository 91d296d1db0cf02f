"""What somebody who is interested does themselves, with the code and the private word of their receipt."""

from __future__ import annotations

import secrets

from django.utils.translation import gettext as _

from safety_partners.core import clock
from safety_partners.core.command import command
from safety_partners.core.lifecycle import NotPossible
from safety_partners.core.policy import Refused
from safety_partners.core.viewer import Viewer
from safety_partners.joining import policies, private_words
from safety_partners.joining.commands.forgetting import delete_all, reach_by
from safety_partners.joining.commands.submitting import tell
from safety_partners.joining.models import Expression


def demand_proof(expression: Expression, proof: str) -> None:
    """Refuse whoever does not hold the private word; ``proof`` is the hash of the one that was typed."""
    if not expression.secret_hash or not secrets.compare_digest(proof, expression.secret_hash):
        raise Refused(policies.holds_the_word.sentence)


@command(allow=policies.holds_the_word)
def withdraw_interest(viewer: Viewer, expression: Expression, /, *, proof: str) -> Expression:
    """The person stops, without a reason; they may begin again at any time."""
    demand_proof(expression, proof)
    Expression.lifecycle.move(expression, "withdraw", ended_at=clock.now(), since=clock.now(), next_due_on=None)
    tell(expression, "joining/withdrawn")
    return expression


@command(allow=policies.holds_the_word)
def change_reach(
    viewer: Viewer,
    expression: Expression,
    /,
    *,
    proof: str,
    told_by: str,
    email: str = "",
    phone: str = "",
    postal_address: str = "",
) -> Expression:
    """The person says how to reach them from now on."""
    demand_proof(expression, proof)
    return reach_by(expression, told_by=told_by, email=email, phone=phone, postal_address=postal_address)


@command(allow=policies.holds_the_word)
def delete_my_words(viewer: Viewer, expression: Expression, /, *, proof: str) -> Expression:
    """The person asks us to delete what we hold; it is done at once. Somebody already appointed asks the lead instead."""
    demand_proof(expression, proof)
    if expression.status == Expression.Status.APPOINTED:
        raise NotPossible(_("You are a partner now, so we keep your details in your own record. Ask your contact about it."))
    return delete_all(expression)


@command(allow=policies.may_lead)
def send_new_word(viewer: Viewer, expression: Expression, /) -> Expression:
    """Somebody lost their private word: make a new one, and send it as they chose to be told. The old one stops working."""
    if expression.forgotten_at:
        raise NotPossible(_("There is nobody to send it to: what we held was deleted."))
    word = private_words.new_word()
    expression.secret_hash = private_words.hash_of(word)
    expression.save(update_fields=["secret_hash", "name_key"])
    tell(expression, "joining/new_word", word=word)
    return expression
