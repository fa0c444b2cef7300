"""The pages of the agency's staff."""

from django.urls import path

from parvis.web.staff.home import views as home

app_name = "staff"
urlpatterns = [
    path("", home.index, name="home"),
    path("imports/<public_id:public_id>/refus.csv", home.refusals, name="home-refusals"),
]
