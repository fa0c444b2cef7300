"""The stylesheet everywhere; the gallery in development and in tests only."""

from django.conf import settings
from django.urls import URLPattern, path, register_converter

from parvis.web.ui import views


class DigestConverter:
    """Twelve hexadecimal signs."""

    regex = "[0-9a-f]{12}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(DigestConverter, "digest")

app_name = "ui"
urlpatterns: list[URLPattern] = [path("style/<digest:digest>-<int:hue>.css", views.style, name="style")]
if settings.MODE in ("development", "test"):
    from parvis.web.ui import gallery_papers_views as papers

    urlpatterns += [
        path("composants/", views.gallery, name="gallery"),
        path("composants/lettre.pdf", papers.letter, name="gallery-letter"),
        path("composants/message.html", papers.message, name="gallery-message"),
        path("composants/<slug:name>/", views.gallery_page, name="gallery-page"),
    ]
