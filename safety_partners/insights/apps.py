"""Insights as a Django app."""

from django.apps import AppConfig


class InsightsConfig(AppConfig):
    name = "safety_partners.insights"
    label = "insights"
