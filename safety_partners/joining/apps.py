"""Joining as a Django app."""

from django.apps import AppConfig


class JoiningConfig(AppConfig):
    name = "safety_partners.joining"
    label = "joining"
