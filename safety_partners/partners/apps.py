"""Partners as a Django app."""

from django.apps import AppConfig


class PartnersConfig(AppConfig):
    name = "safety_partners.partners"
    label = "partners"

    def ready(self) -> None:
        """Follow a person who is called something else from now on: partners are sorted by name."""
        from safety_partners.partners.commands.partners import follow_name
        from safety_partners.people.models import User

        User.renamed.append(follow_name)
