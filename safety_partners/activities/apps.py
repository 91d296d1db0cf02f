"""Activities as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ActivitiesConfig(AppConfig):
    name = "safety_partners.activities"
    label = "activities"
    verbose_name = _("Taking part")

    def ready(self) -> None:
        """Say what is still open here when a partner leaves, and what goes when they are forgotten."""
        from safety_partners.activities.commands.forgetting import forget
        from safety_partners.activities.queries.still_open import STILL_OPEN
        from safety_partners.partners import open_matters

        open_matters.sources.extend(STILL_OPEN)
        open_matters.forgets.append(forget)
