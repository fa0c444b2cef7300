"""The pages of a signed-in client."""

from django.urls import path

from parvis.web.client.accounts import views as accounts
from parvis.web.client.agency import views as agency
from parvis.web.client.announcements import views as announcements
from parvis.web.client.calls import views as calls
from parvis.web.client.council import views as council
from parvis.web.client.documents import views as documents
from parvis.web.client.home import views as home
from parvis.web.client.interventions.urls import urlpatterns as interventions
from parvis.web.client.legal_list import views as legal_list
from parvis.web.client.letting.urls import urlpatterns as letting
from parvis.web.client.messages import views as messages
from parvis.web.client.more import views as more
from parvis.web.client.notices import views as notices
from parvis.web.client.profile import data_views, details_views, household_views
from parvis.web.client.profile import views as profile
from parvis.web.client.properties import views as properties
from parvis.web.client.receipts.urls import urlpatterns as receipts
from parvis.web.client.rentals import views as rentals
from parvis.web.client.sale_kit import views as sale_kit

app_name = "client"
urlpatterns = [
    path("", home.index, name="home-index"),
    path("biens/", properties.index, name="properties-index"),
    path("biens/<public_id:public_id>/", properties.detail, name="properties-detail"),
    path("comptes/", accounts.index, name="accounts-index"),
    path("comptes/<public_id:public_id>/", accounts.detail, name="accounts-detail"),
    path("comptes/<public_id:public_id>/releve.pdf", accounts.statement, name="accounts-statement"),
    path("comptes/<public_id:public_id>/releve.csv", accounts.spreadsheet, name="accounts-spreadsheet"),
    path("comptes/<public_id:account_id>/appels/", calls.index, name="calls-index"),
    path("comptes/<public_id:account_id>/appels/<public_id:public_id>/", calls.detail, name="calls-detail"),
    path("comptes/<public_id:account_id>/appels/<public_id:public_id>/calcul.pdf", calls.pdf, name="calls-pdf"),
    path("comptes/<public_id:account_id>/appels/<public_id:public_id>/calcul.csv", calls.csv, name="calls-csv"),
    path("comptes/<public_id:account_id>/charges/", calls.charges, name="calls-charges"),
    path("comptes/<public_id:account_id>/charges/charges.csv", calls.charges_csv, name="calls-charges-csv"),
    path("biens/<public_id:public_id>/conge/", properties.notice_to_quit, name="properties-notice-to-quit"),
    *interventions,
    path("annonces/<public_id:public_id>/", announcements.detail, name="announcements-detail"),
    path("documents/", documents.index, name="documents-index"),
    path("documents/selection/", documents.selection, name="documents-selection"),
    path("documents/selection/<public_id:public_id>/", documents.archive, name="documents-archive"),
    path("documents/<public_id:public_id>/", documents.file, name="documents-file"),
    *receipts,
    *letting,
    path("recherches/", rentals.index, name="rentals-index"),
    path("conseil-syndical/", council.index, name="council-index"),
    path("conseil-syndical/<public_id:public_id>/", council.detail, name="council-detail"),
    path("conseil-syndical/<public_id:public_id>/coproprietaires/", council.owners, name="council-owners"),
    path("conseil-syndical/<public_id:public_id>/liste.csv", council.owners_table, name="council-owners-table"),
    path("conseil-syndical/<public_id:public_id>/liste.pdf", council.owners_paper, name="council-owners-paper"),
    path("conseil-syndical/exercices/<public_id:public_id>/", council.year, name="council-year"),
    path("conseil-syndical/depenses/<public_id:public_id>/", council.expense, name="council-expense"),
    path("conseil-syndical/depenses/<public_id:public_id>/vue/", council.seen, name="council-seen"),
    path("kit-de-vente/", sale_kit.index, name="sale_kit-index"),
    path("kit-de-vente/<public_id:public_id>/", sale_kit.detail, name="sale_kit-detail"),
    path("kit-de-vente/<public_id:public_id>/telecharger/", sale_kit.download, name="sale_kit-download"),
    path("documents-legaux/", legal_list.index, name="legal_list-index"),
    path("documents-legaux/courriel/", legal_list.listing, name="legal_list-listing"),
    path("documents-legaux/<public_id:public_id>/", legal_list.detail, name="legal_list-detail"),
    path("autres/", more.index, name="more-index"),
    path("profil/", profile.index, name="profile-index"),
    path("profil/affichage/", profile.theme, name="profile-theme"),
    path("profil/<public_id:public_id>/adresse/", details_views.address, name="profile-address"),
    path("profil/<public_id:public_id>/telephones/", details_views.phones, name="profile-phones"),
    path("profil/<public_id:public_id>/envois/", details_views.channels, name="profile-channels"),
    path("profil/changements/<public_id:public_id>/annuler/", details_views.withdraw, name="profile-withdraw"),
    path("profil/<public_id:public_id>/foyer/", household_views.persons, name="profile-household"),
    path("profil/<public_id:public_id>/foyer/inviter/", household_views.invite, name="profile-invite"),
    path("profil/foyer/<public_id:public_id>/retirer/", household_views.revoke, name="profile-revoke"),
    path("profil/foyer/<public_id:public_id>/quitter/", household_views.leave, name="profile-leave"),
    path("profil/donnees/", data_views.copy, name="profile-copy"),
    path("profil/donnees/<public_id:public_id>/", data_views.copy_file, name="profile-copy-file"),
    path("profil/consultations/", data_views.reads, name="profile-reads"),
    path("profil/<public_id:public_id>/rectification/", data_views.correction, name="profile-correction"),
    path("profil/fermer/", data_views.close, name="profile-close"),
    path("agence/", agency.index, name="agency-index"),
    path("agence/messages/", messages.index, name="messages-index"),
    path("agence/messages/ecrire/", messages.write, name="messages-write"),
    path("agence/messages/<public_id:public_id>/", messages.detail, name="messages-detail"),
    path("notifications/", notices.index, name="notices-index"),
    path("notifications/lues/", notices.read_all, name="notices-read-all"),
    path("notifications/reglages/", notices.preferences, name="notices-preferences"),
    path("notifications/<public_id:public_id>/ouvrir/", notices.open_one, name="notices-open"),
    path("vers/<slug:word>/<public_id:public_id>/", notices.follow, name="notices-follow"),
]
