"""Pages that anyone may open."""

from django.urls import path

from parvis.web.public import views
from parvis.web.public.unsubscribe import views as unsubscribe

app_name = "public"
urlpatterns = [
    path("aide/", views.help_index, name="help-index"),
    path("aide/connexion/", views.help_sign_in, name="help-sign-in"),
    path("a-propos/", views.about, name="about"),
    path("accessibilite/", views.accessibility, name="accessibility"),
    path("mentions-legales/", views.legal, name="legal"),
    path("donnees-personnelles/", views.privacy, name="privacy"),
    path("stop/<str:token>/", unsubscribe.unsubscribe, name="unsubscribe"),
    path("robots.txt", views.robots, name="robots"),
    path("navigateur/", views.unsupported_browser, name="unsupported-browser"),
]
