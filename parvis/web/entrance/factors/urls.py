"""The addresses of the proofs beside the password, part of the entrance's."""

from django.urls import path

from parvis.web.entrance.factors import code_views, confirm_views, passkey_views, second_step_views, views

urlpatterns = [
    path("connexion/cle/", passkey_views.sign_in, name="passkey-sign-in"),
    path("connexion/cle/defi/", passkey_views.challenge, name="passkey-challenge"),
    path("connexion/verification/cle/", second_step_views.by_passkey, name="second-step-passkey"),
    path("connexion/verification/application/", second_step_views.by_application, name="second-step-application"),
    path("connexion/verification/secours/", second_step_views.by_recovery, name="second-step-recovery"),
    path("connexion/confirmer/cle/", confirm_views.by_passkey, name="confirm-again-passkey"),
    path("connexion/confirmer/application/", confirm_views.by_application, name="confirm-again-application"),
    path("profil/connexion/proposition/", views.offer, name="factors-offer"),
    path("profil/connexion/obligatoire/", views.required, name="factors-required"),
    path("profil/connexion/cles/ajouter/", passkey_views.add, name="passkey-add"),
    path("profil/connexion/cles/defi/", passkey_views.new_challenge, name="passkey-new-challenge"),
    path("profil/connexion/cles/<public_id:public_id>/", passkey_views.rename, name="passkey"),
    path("profil/connexion/cles/<public_id:public_id>/supprimer/", passkey_views.remove, name="passkey-remove"),
    path("profil/connexion/application/", code_views.add, name="authenticator-add"),
    path("profil/connexion/application/supprimer/", code_views.remove, name="authenticator-remove"),
    path("profil/connexion/codes-de-secours/", code_views.recovery, name="recovery-codes"),
]
