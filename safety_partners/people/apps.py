"""People as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "safety_partners.people"
    label = "people"
    verbose_name = _("People and settings")
