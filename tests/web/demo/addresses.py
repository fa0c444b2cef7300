"""The addresses of the site as they are in the demonstration."""

from django.urls import include, path

from config.urls import handler400, handler403, handler404, handler500
from config.urls import urlpatterns as site

__all__ = ["handler400", "handler403", "handler404", "handler500"]

urlpatterns = [*site, path("demo/", include("parvis.web.demo.urls"))]
