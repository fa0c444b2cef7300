"""The pages of the agency's staff."""

from django.urls import path

from parvis.web.staff.announcements import views as announcements
from parvis.web.staff.api_keys import views as api_keys
from parvis.web.staff.campaigns import views as campaigns
from parvis.web.staff.clients.urls import urlpatterns as clients
from parvis.web.staff.council import views as council
from parvis.web.staff.differences import views as differences
from parvis.web.staff.documents.urls import urlpatterns as documents
from parvis.web.staff.fec import views as fec
from parvis.web.staff.frozen import views as frozen
from parvis.web.staff.home import views as home
from parvis.web.staff.imports.urls import urlpatterns as imports
from parvis.web.staff.interventions.urls import urlpatterns as interventions
from parvis.web.staff.journal import views as journal
from parvis.web.staff.legal_list import views as legal_list
from parvis.web.staff.lodge import views as lodge
from parvis.web.staff.message_templates import views as message_templates
from parvis.web.staff.messages import views as messages
from parvis.web.staff.more import views as more
from parvis.web.staff.settings import details_views as settings_details
from parvis.web.staff.settings import help_views as settings_help
from parvis.web.staff.settings import staff_views as settings_staff
from parvis.web.staff.settings import views as settings
from parvis.web.staff.statistics import views as statistics
from parvis.web.staff.suppliers import views as suppliers

app_name = "staff"
urlpatterns = [
    path("", home.index, name="home"),
    path("autres/", more.index, name="more-index"),
    path("courriels-refuses/", home.mails, name="home-mails"),
    path("courriels-refuses/<public_id:public_id>/renvoyer/", home.send_again, name="home-send-again"),
    path("journal/", journal.index, name="journal-index"),
    path("journal/verification/", journal.check, name="journal-check"),
    path("annonces/", announcements.index, name="announcements-index"),
    path("annonces/ecrire/", announcements.write, name="announcements-write"),
    path("annonces/<public_id:public_id>/", announcements.detail, name="announcements-detail"),
    path("annonces/<public_id:public_id>/retirer/", announcements.withdraw, name="announcements-withdraw"),
    *clients,
    *documents,
    *imports,
    path("loge/", lodge.index, name="lodge-index"),
    path("loge/declarer/", lodge.declare, name="lodge-declare"),
    path("loge/<public_id:public_id>/", lodge.detail, name="lodge-detail"),
    path("loge/<public_id:public_id>/photos/<public_id:photo_id>/", lodge.photo, name="lodge-photo"),
    path("comptes-fec/", fec.index, name="fec-index"),
    path("comptes-fec/propositions-sures/", fec.confirm_sure, name="fec-confirm-sure"),
    path("comptes-fec/<public_id:public_id>/", fec.account, name="fec-account"),
    path("comptes-fec/<public_id:public_id>/confirmer/", fec.confirm, name="fec-confirm"),
    path("comptes-fec/<public_id:public_id>/ignorer/", fec.ignore, name="fec-ignore"),
    path("ecarts/", differences.index, name="differences-index"),
    path("acces/", frozen.index, name="frozen-index"),
    path("acces/<public_id:public_id>/rouvrir/", frozen.reopen, name="frozen-reopen"),
    path("acces/<public_id:public_id>/fermer/", frozen.close, name="frozen-close"),
    path("acces/avis/imprimer/", frozen.print_waiting, name="frozen-print-waiting"),
    path("acces/avis/<public_id:public_id>/imprimer/", frozen.print_again, name="frozen-print-again"),
    *interventions,
    path("entreprises/", suppliers.index, name="suppliers-index"),
    path("entreprises/ajouter/", suppliers.add, name="suppliers-add"),
    path("entreprises/<public_id:public_id>/", suppliers.edit, name="suppliers-edit"),
    path("modeles/", message_templates.index, name="message_templates-index"),
    path("modeles/ajouter/", message_templates.add, name="message_templates-add"),
    path("modeles/<public_id:public_id>/", message_templates.edit, name="message_templates-edit"),
    path("modeles/<public_id:public_id>/retirer/", message_templates.remove, name="message_templates-remove"),
    path("messages/", messages.index, name="messages-index"),
    path("messages/<public_id:public_id>/", messages.detail, name="messages-detail"),
    path("messages/<public_id:public_id>/clore/", messages.close, name="messages-close"),
    path("messages/pieces-jointes/<public_id:public_id>/", messages.attachment, name="messages-attachment"),
    path("conseils-syndicaux/", council.index, name="council-index"),
    path("conseils-syndicaux/<public_id:public_id>/", council.detail, name="council-detail"),
    path("documents-legaux/", legal_list.index, name="legal_list-index"),
    path("documents-legaux/liste.csv", legal_list.table, name="legal_list-table"),
    path("documents-legaux/examiner/", legal_list.refresh, name="legal_list-refresh"),
    path("documents-legaux/<public_id:public_id>/", legal_list.detail, name="legal_list-detail"),
    path("documents-legaux/<public_id:public_id>/sans-objet/", legal_list.set_aside, name="legal_list-set-aside"),
    path("documents-legaux/<public_id:public_id>/attendu/", legal_list.require_again, name="legal_list-require-again"),
    path("cles/", api_keys.index, name="api_keys-index"),
    path("cles/creer/", api_keys.add, name="api_keys-add"),
    path("cles/<public_id:public_id>/revoquer/", api_keys.end, name="api_keys-end"),
    path("campagnes/", campaigns.index, name="campaigns-index"),
    path("campagnes/nouvelle/", campaigns.start, name="campaigns-start"),
    path("campagnes/<public_id:public_id>/", campaigns.detail, name="campaigns-detail"),
    path("reglages/", settings.index, name="settings-index"),
    path("reglages/agence/", settings.agency, name="settings-agency"),
    path("reglages/apparence/", settings.appearance, name="settings-appearance"),
    path("reglages/logo/", settings.logo, name="settings-logo"),
    path("reglages/collaborateurs/", settings_staff.index, name="settings-staff"),
    path("reglages/collaborateurs/ajouter/", settings_staff.add, name="settings-staff-add"),
    path("reglages/collaborateurs/<public_id:public_id>/", settings_staff.detail, name="settings-member"),
    path(
        "reglages/collaborateurs/<public_id:public_id>/coordonnees/", settings_details.details, name="settings-details"
    ),
    path(
        "reglages/collaborateurs/<public_id:public_id>/coordonnees/donnees/",
        settings_details.books,
        name="settings-details-books",
    ),
    path("reglages/collaborateurs/<public_id:public_id>/inviter/", settings_staff.invite, name="settings-invite"),
    path("reglages/collaborateurs/<public_id:public_id>/terminer/", settings_staff.end, name="settings-end"),
    path("reglages/collaborateurs/<public_id:public_id>/absence/", settings_staff.away, name="settings-away"),
    path("reglages/absences/<public_id:public_id>/retirer/", settings_staff.back, name="settings-back"),
    path("reglages/aide/", settings_help.index, name="settings-help"),
    path("reglages/aide/<slug:slug>/", settings_help.article, name="settings-article"),
    path("reglages/aide/<slug:slug>/retablir/", settings_help.back_to_ours, name="settings-article-restore"),
    path("statistiques/", statistics.index, name="statistics-index"),
    path("statistiques/<slug:name>.csv", statistics.table, name="statistics-table"),
]
