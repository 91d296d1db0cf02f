"""Public addresses. Those of a published change stay for as long as it is published."""

from __future__ import annotations

from django.urls import path, re_path

from safety_partners.website import adverts, feeds, groups, views

app_name = "website"

urlpatterns = [
    path("", views.front, name="front"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
    path("at/<slug:slug>/", views.organisation, name="organisation"),
    path("at/<slug:slug>/partners/", views.partners, name="partners"),
    path("at/<slug:slug>/partners-and-groups/", views.partners_and_groups, name="partners-and-groups"),
    path("at/<slug:slug>/groups/", groups.groups, name="groups"),
    path("at/<slug:slug>/groups/<str:code>/", groups.group, name="group"),
    path("at/<slug:slug>/roles/<str:code>/", views.role, name="role"),
    path("at/<slug:slug>/join/", adverts.adverts, name="adverts"),
    path("at/<slug:slug>/join/<str:address>/", adverts.advert, name="advert"),
    path("at/<slug:slug>/join/<str:address>/print/", adverts.pack, name="advert-pack"),
    path("at/<slug:slug>/join/<str:address>/large-print/", adverts.large_pack, name="advert-large-pack"),
    # From a poster: with a capital J or a small one, with a slash at the end or without.
    re_path(r"^[jJ]/?$", adverts.typing, name="typing"),
    re_path(r"^[jJ]/(?P<typed>[^/]{1,60})/?$", adverts.typed, name="typed"),
    path("at/<slug:slug>/what-changed/", views.changes, name="changes"),
    path("at/<slug:slug>/what-changed/feed/", feeds.changes, name="changes-feed"),
    path("at/<slug:slug>/what-changed/<str:code>/", views.change, name="change"),
]
