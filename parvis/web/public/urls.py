"""Pages that anyone may open."""

from django.urls import path

from parvis.web.public import views
from parvis.web.public.app import views as app
from parvis.web.public.help import views as help_pages
from parvis.web.public.orders import views as orders
from parvis.web.public.unsubscribe import views as unsubscribe

app_name = "public"
urlpatterns = [
    path("aide/", help_pages.index, name="help-index"),
    path("aide/connexion/", help_pages.article, {"slug": "connexion"}, name="help-sign-in"),
    path("aide/rubrique/<slug:slug>/", help_pages.category, name="help-category"),
    path("aide/<slug:slug>/", help_pages.article, name="help-article"),
    path("aide/<slug:slug>/avis/", help_pages.opinion, name="help-opinion"),
    path("a-propos/", views.about, name="about"),
    path("accessibilite/", views.accessibility, name="accessibility"),
    path("mentions-legales/", views.legal, name="legal"),
    path("donnees-personnelles/", views.privacy, name="privacy"),
    path("o/<str:token>/", orders.detail, name="orders-detail"),
    path("o/<str:token>/refus/", orders.decline, name="orders-decline"),
    path("o/<str:token>/debut/", orders.begin, name="orders-begin"),
    path("o/<str:token>/terminee/", orders.done, name="orders-done"),
    path("o/<str:token>/fichiers/", orders.papers, name="orders-papers"),
    path("o/<str:token>/photos/<public_id:public_id>/", orders.photo, name="orders-photo"),
    path("stop/<str:token>/", unsubscribe.unsubscribe, name="unsubscribe"),
    path("manifest.webmanifest", app.app_manifest, name="app-manifest"),
    path("icone.svg", app.app_icon, name="app-icon"),
    path("service-worker.js", app.service_worker, name="app-service-worker"),
    path("hors-ligne/", app.offline, name="app-offline"),
    path("logo/<slug:digest>.jpg", views.logo, name="logo"),
    path("robots.txt", views.robots, name="robots"),
    path("navigateur/", views.unsupported_browser, name="unsupported-browser"),
]
