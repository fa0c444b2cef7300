"""The addresses of the clients, and of the visit of their space."""

from django.urls import path

from parvis.web.staff.clients import access_views, letter_views, views

CLIENT = "clients/<public_id:public_id>"
urlpatterns = [
    path("clients/", views.index, name="clients-index"),
    path("clients/lettres/", letter_views.many, name="clients-letters"),
    path(f"{CLIENT}/", views.detail, name="clients-detail"),
    path(f"{CLIENT}/lettre/", letter_views.one, name="clients-letter"),
    path(f"{CLIENT}/retour/", letter_views.returned, name="clients-returned"),
    path(f"{CLIENT}/debloquer/", access_views.unlock, name="clients-unlock"),
    path(f"{CLIENT}/courriel/", access_views.known_email, name="clients-email"),
    path(f"{CLIENT}/fermer/", access_views.end, name="clients-end"),
    path(f"{CLIENT}/voir-comme/", access_views.visit, name="clients-visit"),
    path("visite/fin/", access_views.leave, name="clients-leave"),
]
