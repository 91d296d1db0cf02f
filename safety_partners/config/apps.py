"""The wiring as a Django app, for its commands and its pages of last resort."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "safety_partners.config"
    label = "config"
