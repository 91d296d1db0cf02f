"""Committees as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommitteesConfig(AppConfig):
    name = "safety_partners.committees"
    label = "committees"
    verbose_name = _("Committees and meetings")

    def ready(self) -> None:
        """Say what is still open here when a partner leaves."""
        from safety_partners.committees.queries.still_open import STILL_OPEN
        from safety_partners.partners import open_matters

        open_matters.sources.extend(STILL_OPEN)
