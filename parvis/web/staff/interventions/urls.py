"""The addresses of interventions, and of what the staff keep at hand for them."""

from django.urls import path

from parvis.web.staff.interventions import caller_views, message_views, move_views, photo_views, sheet_views, views

CASE = "interventions/<public_id:public_id>"
urlpatterns = [
    path("interventions/", views.index, name="interventions-index"),
    path("interventions/liste/", views.listing, name="interventions-list"),
    path("interventions/liste/actions/", views.bulk, name="interventions-bulk"),
    path("interventions/declarer/", caller_views.caller, name="interventions-caller"),
    path("interventions/declarer/<public_id:public_id>/", caller_views.declare, name="interventions-declare"),
    path(f"{CASE}/", views.detail, name="interventions-detail"),
    path(f"{CASE}/faire/<slug:gesture>/", move_views.move, name="interventions-move"),
    path(f"{CASE}/regrouper/", move_views.merge, name="interventions-merge"),
    path(f"{CASE}/ordres/<public_id:order_id>/renvoyer/", move_views.order_again, name="interventions-order-again"),
    path(
        f"{CASE}/ordres/<public_id:order_id>/retirer/", move_views.order_withdraw, name="interventions-order-withdraw"
    ),
    path(f"{CASE}/creneaux/<public_id:slot_id>/", move_views.choose_slot, name="interventions-choose-slot"),
    path(f"{CASE}/messages/", message_views.write, name="interventions-write"),
    path(f"{CASE}/notes/", message_views.note, name="interventions-note"),
    path(f"{CASE}/photos/<public_id:photo_id>/", message_views.photo, name="interventions-photo"),
    path(f"{CASE}/photos/<public_id:photo_id>/vignette/", message_views.thumbnail, name="interventions-thumbnail"),
    path(f"{CASE}/photos/<public_id:photo_id>/retirer/", photo_views.withhold, name="interventions-withhold"),
    path(f"{CASE}/fiche/", sheet_views.sheet, name="interventions-sheet"),
    path(f"{CASE}/devis/", sheet_views.quote, name="interventions-quote"),
    path(f"{CASE}/devis/<public_id:quote_id>/", message_views.quote_file, name="interventions-quote-file"),
    path(f"{CASE}/devis/<public_id:quote_id>/decision/", sheet_views.decision, name="interventions-decision"),
    path(f"{CASE}/sinistre/", sheet_views.damage, name="interventions-damage"),
    path(f"{CASE}/sinistre/lots/", sheet_views.damaged_lot, name="interventions-damaged-lot"),
]
