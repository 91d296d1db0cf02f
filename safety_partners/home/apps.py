"""The home page as a Django app."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "safety_partners.home"
    label = "home"

    def ready(self) -> None:
        """Tell the groups' pages how to find a request that was passed on to them."""
        from safety_partners.home.passed_on import passed_on
        from safety_partners.ppg.queries.passed_on import sources

        sources.append(passed_on)
