"""The addresses of the way in."""

from django.urls import path

from parvis.web.entrance.address import views as address
from parvis.web.entrance.attach import views as attach
from parvis.web.entrance.confirm_again import views as confirm_again
from parvis.web.entrance.factors.urls import urlpatterns as factors
from parvis.web.entrance.first_connection import views as first_connection
from parvis.web.entrance.household import views as household
from parvis.web.entrance.link import views as link
from parvis.web.entrance.not_me import views as not_me
from parvis.web.entrance.password import views as password
from parvis.web.entrance.second_step import views as second_step
from parvis.web.entrance.security import views as security
from parvis.web.entrance.sign_in import views as sign_in
from parvis.web.entrance.social.urls import urlpatterns as social

app_name = "entrance"
urlpatterns = [
    path("connexion/", sign_in.sign_in, name="sign-in"),
    path("connexion/verification/", second_step.second_step, name="second-step"),
    path("connexion/verification/code/", second_step.send_code, name="second-step-send"),
    path("connexion/confirmer/", confirm_again.confirm_again, name="confirm-again"),
    path("profil/connexion/", security.index, name="security"),
    path("profil/connexion/mot-de-passe/", security.password, name="change-password"),
    path("profil/connexion/appareils/autres/deconnecter/", security.end_other_sessions, name="sessions-end-others"),
    path("profil/connexion/appareils/<public_id:public_id>/deconnecter/", security.end_session, name="session-end"),
    path("profil/connexion/navigateurs/<public_id:public_id>/oublier/", security.forget_browser, name="browser-forget"),
    path("deconnexion/", sign_in.logout, name="logout"),
    path("l/<str:token>", sign_in.letter_link, name="letter-link"),
    path("premiere-connexion/", sign_in.first_connection, name="first-connection"),
    path("premiere-connexion/courriel/", first_connection.email, name="first-connection-email"),
    path("premiere-connexion/messagerie/", first_connection.check_mailbox, name="check-mailbox"),
    path("premiere-connexion/messagerie/etat/", first_connection.mailbox_status, name="mailbox-status"),
    path("premiere-connexion/suite/", first_connection.go_on_after_link, name="go-on"),
    path("premiere-connexion/confirmee/", link.confirmed, name="confirmed"),
    path("premiere-connexion/mot-de-passe/", first_connection.new_password, name="new-password"),
    path("c/<str:token>/nouveau", link.renew, name="renew-link"),
    path("c/<path:token>", link.link, name="link"),
    path("n/<path:token>", not_me.not_me, name="not-me"),
    path("v/<path:token>", address.confirm, name="address-confirm"),
    path("a/<path:token>", address.cancel, name="address-cancel"),
    path("f/<path:token>", household.accept, name="household-accept"),
    path("profil/connexion/courriel/", address.change, name="address-change"),
    path("profil/connexion/courriel/abandonner/", address.withdraw, name="address-withdraw"),
    path("profil/connexion/identifiants/", attach.identifiers, name="identifiers"),
    path("profil/connexion/identifiants/rattacher/", attach.attach, name="attach"),
    path("profil/connexion/identifiants/<public_id:public_id>/detacher/", attach.detach, name="detach"),
    path("mot-de-passe-oublie/", password.forgotten, name="forgotten"),
    path("mot-de-passe-oublie/envoye/", password.forgotten_sent, name="forgotten-sent"),
    path("mot-de-passe-oublie/adresse-inconnue/", password.no_address, name="no-address"),
    path("mot-de-passe-oublie/adresse-inconnue/formulaire/", password.no_address_form, name="no-address-form"),
    path("mot-de-passe-oublie/<str:token>/", password.reset, name="reset"),
    *social,
    *factors,
]
