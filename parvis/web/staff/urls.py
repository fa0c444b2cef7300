"""The pages of the agency's staff."""

from django.urls import path

from parvis.web.staff.home import views as home

app_name = "staff"
urlpatterns = [
    path("", home.index, name="home"),
    path("imports/<str:public_id>/refus.csv", home.refusals, name="home-refusals"),
]
