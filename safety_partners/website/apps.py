"""The public pages as a Django app."""

from django.apps import AppConfig


class WebsiteConfig(AppConfig):
    name = "safety_partners.website"
    label = "website"
