"""The addresses of the site, one include per audience."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path, register_converter

from parvis.web.ui.converters import MonthConverter, PublicIdConverter

register_converter(PublicIdConverter, "public_id")
register_converter(MonthConverter, "month")

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("parvis.web.client.urls")),  # first, for the page that everybody opens
    path("", include("parvis.web.entrance.urls")),
    path("", include("parvis.web.ui.urls")),
    path("", include("parvis.web.public.urls")),
    path("gestion/", include("parvis.web.staff.urls")),
    path("api/v1/", include("parvis.web.api.urls")),
    path("sante/", include("parvis.web.public.health.urls")),
    *([path("demo/", include("parvis.web.demo.urls"))] if settings.DEMONSTRATION else []),
]

handler400 = "parvis.web.ui.errors.bad_request"
handler403 = "parvis.web.ui.errors.permission_denied"
handler404 = "parvis.web.ui.errors.page_not_found"
handler500 = "parvis.web.ui.errors.server_error"
