"""Patient participation groups as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PpgConfig(AppConfig):
    name = "safety_partners.ppg"
    label = "ppg"
    verbose_name = _("Patient participation groups")

    def ready(self) -> None:
        """Let the words of a minority go with those of the group; say what is open with a partner who leaves, and forget with them."""
        from safety_partners.insights.models import Insight
        from safety_partners.partners import open_matters
        from safety_partners.ppg.commands.both import forget_in_both
        from safety_partners.ppg.commands.speaking import forget_minority
        from safety_partners.ppg.queries.still_open import STILL_OPEN

        Insight.withdrawn.append(forget_minority)
        open_matters.sources.extend(STILL_OPEN)
        open_matters.forgets.append(forget_in_both)
