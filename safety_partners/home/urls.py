"""The page people come to after they sign in, and their calendar."""

from __future__ import annotations

from django.urls import path

from safety_partners.home import views

app_name = "home"

urlpatterns = [
    path("home/", views.home, name="home"),
    path("involvement/", views.involvement, name="involvement"),
    path("calendar/", views.calendar, name="calendar"),
    path("calendar/address/", views.subscribe, name="subscribe"),
    path("calendar/<str:secret>.ics", views.feed, name="feed"),
]
