"""The product's addresses, and the bare view."""

from django.urls import path

from benchmarks.bare import bare
from safety_partners.config.urls import handler404, handler500, urlpatterns

__all__ = ["handler404", "handler500", "urlpatterns"]

urlpatterns = [path("bare/", bare), *urlpatterns]
