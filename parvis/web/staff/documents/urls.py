"""The addresses of the documents of the agency."""

from django.urls import path

from parvis.web.staff.documents import table_views, views

TABLE = "documents/a-classer"
ONE = "documents/<public_id:public_id>"
urlpatterns = [
    path("documents/", views.index, name="documents-index"),
    path("documents/deposer/", table_views.deposit, name="documents-deposit"),
    path(f"{TABLE}/", table_views.table, name="documents-table"),
    path(f"{TABLE}/publier/", table_views.publish, name="documents-publish"),
    path(f"{TABLE}/<public_id:public_id>/", table_views.line, name="documents-line"),
    path(f"{TABLE}/<public_id:public_id>/confirmer/", table_views.confirm, name="documents-confirm"),
    path(f"{TABLE}/<public_id:public_id>/retirer/", table_views.discard, name="documents-discard"),
    path(f"{ONE}/", views.detail, name="documents-detail"),
    path(f"{ONE}/fichier/", views.file, name="documents-file"),
    path(f"{ONE}/retirer/", views.withdrawal, name="documents-withdrawal"),
    path(f"{ONE}/remplacer/", views.replacement, name="documents-replacement"),
]
