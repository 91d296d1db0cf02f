"""Every address of the installation, by noun."""

from __future__ import annotations

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from safety_partners.core.page import is_anyone, page
from safety_partners.design.gallery import gallery
from safety_partners.people import urls as people

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include(people.sign_in_patterns)),
    path("", include("safety_partners.people.urls")),
    path("", include("safety_partners.partners.urls")),
    path("", include("safety_partners.joining.urls")),
    path("", include("safety_partners.insights.urls")),
    path("", include("safety_partners.reviews.urls")),
    path("", include("safety_partners.committees.urls")),
    path("", include("safety_partners.activities.urls")),
    path("", include("safety_partners.ppg.urls")),
    path("", include("safety_partners.home.urls")),
    path("", include("safety_partners.website.urls")),
]

if not settings.IS_PRODUCTION:
    # Every component in use, for those who build pages.
    urlpatterns.append(path("components/", page(allow=is_anyone, methods=("GET",))(gallery), name="components"))

handler404 = "safety_partners.config.errors.not_found"
handler500 = "safety_partners.config.errors.went_wrong"
