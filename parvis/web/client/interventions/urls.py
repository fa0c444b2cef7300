"""Interventions: the list, the declaration, one case and what may be done about it."""

from django.urls import path

from parvis.web.client.interventions import declare_views as declare
from parvis.web.client.interventions import draft_photos, follow_views, quote_views, views

urlpatterns = [
    path("interventions/", views.index, name="interventions-index"),
    path("interventions/declarer/", declare.emergency, name="interventions-declare"),
    path("interventions/declarer/ou/", declare.where, name="interventions-declare-where"),
    path("interventions/declarer/quoi/", declare.what, name="interventions-declare-what"),
    path("interventions/declarer/deja-signale/", declare.similar, name="interventions-declare-similar"),
    path("interventions/declarer/description/", declare.describe, name="interventions-declare-describe"),
    path("interventions/declarer/disponibilites/", declare.when, name="interventions-declare-when"),
    path("interventions/declarer/verification/", declare.check, name="interventions-declare-check"),
    path("interventions/declarer/effacer/", declare.forget, name="interventions-declare-forget"),
    path(
        "interventions/declarer/photos/<public_id:public_id>/",
        draft_photos.draft_file,
        name="interventions-draft-file",
    ),
    path(
        "interventions/declarer/photos/<public_id:public_id>/vignette/",
        draft_photos.draft_thumbnail,
        name="interventions-draft-thumbnail",
    ),
    path("interventions/devis/<public_id:public_id>/", quote_views.quote, name="interventions-quote"),
    path("interventions/devis/<public_id:public_id>/devis/", quote_views.quote_file, name="interventions-quote-file"),
    path("interventions/photos/<public_id:public_id>/", views.picture, name="interventions-picture"),
    path("interventions/photos/<public_id:public_id>/fichier/", views.photo_file, name="interventions-photo"),
    path("interventions/photos/<public_id:public_id>/vignette/", views.thumbnail, name="interventions-thumbnail"),
    path("interventions/<public_id:public_id>/", views.detail, name="interventions-detail"),
    path("interventions/<public_id:public_id>/enregistree/", declare.declared, name="interventions-declared"),
    path("interventions/<public_id:public_id>/agenda/", views.calendar, name="interventions-calendar"),
    path("interventions/<public_id:public_id>/message/", follow_views.message, name="interventions-message"),
    path("interventions/<public_id:public_id>/resolu/", follow_views.solved, name="interventions-solved"),
    path("interventions/<public_id:public_id>/rouvrir/", follow_views.reopen, name="interventions-reopen"),
    path("interventions/<public_id:public_id>/annuler/", follow_views.cancel, name="interventions-cancel"),
    path("interventions/<public_id:public_id>/avis/", follow_views.rate, name="interventions-rate"),
    path("interventions/<public_id:public_id>/a-nouveau/", follow_views.again, name="interventions-again"),
    path("interventions/<public_id:public_id>/creneau/", follow_views.slot, name="interventions-slot"),
]
