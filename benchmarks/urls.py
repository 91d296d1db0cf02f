"""The product's addresses, and the bare views."""

from benchmarks import bare
from safety_partners.config.urls import handler404, handler500, urlpatterns

__all__ = ["handler404", "handler500", "urlpatterns"]

urlpatterns = [*bare.urlpatterns, *urlpatterns]
