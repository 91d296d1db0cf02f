"""The home page as a Django app."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "safety_partners.home"
    label = "home"
