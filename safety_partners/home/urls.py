"""The page people come to after they sign in."""

from __future__ import annotations

from django.urls import path

from safety_partners.home import views

app_name = "home"

urlpatterns = [path("home/", views.home, name="home")]
