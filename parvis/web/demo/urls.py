"""The mailbox of the demonstration."""

from django.urls import path

from parvis.web.demo import views

app_name = "demo"
urlpatterns = [
    path("boite/", views.mailbox_index, name="mailbox"),
    path("boite/messages.json", views.mailbox_messages, name="mailbox-messages"),
    path("boite/codes.json", views.telephone_codes, name="telephone-codes"),
]
