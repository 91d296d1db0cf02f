"""The machinery as a Django app."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "safety_partners.core"
    label = "core"

    def ready(self) -> None:
        from safety_partners.core import checks, forks, wall  # noqa: F401  registers the system checks

        forks.watch()
        wall.watch()
