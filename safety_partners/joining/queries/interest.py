"""What somebody who writes an expression of interest finds again: their draft, and the receipt of what they sent."""

from __future__ import annotations

from django.db.models import QuerySet

from safety_partners.core import wall
from safety_partners.core.models import Submission
from safety_partners.joining import addresses, private_words
from safety_partners.joining.models import Advert, Draft, Expression


def advert_at(slug: str, address: str) -> Advert | None:
    """The advert at this address of this organisation, unless it is still being written."""
    return wall.find(published_adverts().filter(organisation__slug=slug, address=addresses.tidy(address)))


def published_adverts() -> QuerySet[Advert]:
    """Every advert that was published at some time, with all that its page says."""
    return Advert.objects.exclude(status=Advert.Status.DRAFT).select_related("organisation", "role__role")


def draft_with(secret: str) -> Draft | None:
    """The draft that this come-back code opens."""
    kept = private_words.hash_of(private_words.tidy_come_back_code(secret))
    return wall.find(Draft.objects.select_related("advert__organisation", "organisation").filter(secret_hash=kept))


def sent_with(secret: str) -> Expression | None:
    """What was sent from the draft that this code opened; whoever has the code may see its receipt."""
    found = Submission.objects.filter(key=private_words.key_of(secret), membership_id=None, about_kind="joining.expression").first()
    if found is None:
        return None
    return wall.find(Expression.objects.select_related("advert", "organisation").filter(pk=found.about_id, forgotten_at=None))
