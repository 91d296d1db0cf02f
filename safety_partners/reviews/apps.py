"""Reviews as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReviewsConfig(AppConfig):
    name = "safety_partners.reviews"
    label = "reviews"
    verbose_name = _("Documents and reviews")
