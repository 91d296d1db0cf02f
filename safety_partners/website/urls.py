"""Public addresses. Those of a published change stay for as long as it is published."""

from __future__ import annotations

from django.urls import path

from safety_partners.website import feeds, views

app_name = "website"

urlpatterns = [
    path("", views.front, name="front"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
    path("at/<slug:slug>/", views.organisation, name="organisation"),
    path("at/<slug:slug>/partners/", views.partners, name="partners"),
    path("at/<slug:slug>/what-changed/", views.changes, name="changes"),
    path("at/<slug:slug>/what-changed/feed/", feeds.changes, name="changes-feed"),
    path("at/<slug:slug>/what-changed/<str:code>/", views.change, name="change"),
]
