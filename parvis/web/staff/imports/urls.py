"""The addresses of the imports."""

from django.urls import path

from parvis.web.staff.imports import views

ONE = "imports/arrivages/<public_id:public_id>"
RUN = "imports/historique/<public_id:public_id>"
urlpatterns = [
    path("imports/", views.index, name="imports-index"),
    path(f"{ONE}/", views.detail, name="imports-detail"),
    path(f"{ONE}/appliquer/", views.application, name="imports-application"),
    path(f"{ONE}/recommencer/", views.again, name="imports-again"),
    path(f"{ONE}/abandonner/", views.abandon, name="imports-abandon"),
    path(f"{ONE}/refus.csv", views.refusals, name="imports-refusals"),
    path(f"{ONE}/changements.csv", views.changes, name="imports-changes"),
    path(f"{RUN}/", views.run, name="imports-run"),
    path(f"{RUN}/refus.csv", views.run_refusals, name="imports-run-refusals"),
]
