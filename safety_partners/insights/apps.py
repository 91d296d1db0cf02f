"""Insights as a Django app."""

from django.apps import AppConfig


class InsightsConfig(AppConfig):
    name = "safety_partners.insights"
    label = "insights"

    def ready(self) -> None:
        """Say what is still open here when a partner leaves."""
        from safety_partners.insights.queries.still_open import STILL_OPEN
        from safety_partners.partners import open_matters

        open_matters.sources.extend(STILL_OPEN)
