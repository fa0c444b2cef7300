"""The addresses of linked accounts, part of the entrance's."""

from django.urls import path

from parvis.web.entrance.social import views

urlpatterns = [
    path("connexion/avec/<slug:provider>/", views.start, name="social-start"),
    path("connexion/avec/<slug:provider>/retour/", views.callback, name="social-callback"),
    path("profil/comptes-associes/", views.accounts, name="social-accounts"),
    path("profil/comptes-associes/<public_id:public_id>/dissocier/", views.unlink, name="social-unlink"),
    path("profil/comptes-associes/<slug:provider>/associer/", views.link, name="social-link"),
]
