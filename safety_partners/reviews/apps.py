"""Reviews as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReviewsConfig(AppConfig):
    name = "safety_partners.reviews"
    label = "reviews"
    verbose_name = _("Documents and reviews")

    def ready(self) -> None:
        """Say what is still open here when a partner leaves."""
        from safety_partners.partners import open_matters
        from safety_partners.reviews.queries.still_open import STILL_OPEN

        open_matters.sources.extend(STILL_OPEN)
