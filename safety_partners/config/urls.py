"""Every address of the installation, by noun."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from safety_partners.people import urls as people

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include(people.sign_in_patterns)),
    path("", include("safety_partners.people.urls")),
    path("", include("safety_partners.home.urls")),
    path("", include("safety_partners.website.urls")),
]

handler404 = "safety_partners.config.errors.not_found"
handler500 = "safety_partners.config.errors.went_wrong"
