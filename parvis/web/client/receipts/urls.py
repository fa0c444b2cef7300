"""The addresses of quittances and reçus."""

from django.urls import path

from parvis.web.client.receipts import views

urlpatterns = [
    path("comptes/<public_id:public_id>/quittances/", views.index, name="receipts-index"),
    path("comptes/<public_id:public_id>/quittances/<month:month>/", views.month, name="receipts-month"),
    path("comptes/<public_id:public_id>/attestation-caf/", views.housing_aid, name="receipts-housing-aid"),
    path("quittances/", views.mine, name="receipts-mine"),
    path("quittances/<public_id:public_id>/", views.file, name="receipts-file"),
]
