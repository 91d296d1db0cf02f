"""Every address of the installation, by noun."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("account/", include("allauth.account.urls")),
    path("account/second-factor/", include("allauth.mfa.urls")),
    path("account/sessions/", include("allauth.usersessions.urls")),
    path("", include("safety_partners.home.urls")),
    path("", include("safety_partners.website.urls")),
]

handler404 = "safety_partners.config.errors.not_found"
handler500 = "safety_partners.config.errors.went_wrong"
