"""People as a Django app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "safety_partners.people"
    label = "people"
