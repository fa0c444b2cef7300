"""The addresses of the management of lettings."""

from django.urls import path

from parvis.web.client.letting import views

ACCOUNT = "comptes/<public_id:public_id>"
urlpatterns = [
    path(f"{ACCOUNT}/gerance/", views.index, name="letting-index"),
    path(f"{ACCOUNT}/gerance/charges/", views.charges, name="letting-charges"),
    path(f"{ACCOUNT}/gerance/<slug:period>/", views.statement, name="letting-statement"),
    path(f"{ACCOUNT}/gerance/<slug:period>/pdf/", views.statement_pdf, name="letting-statement-pdf"),
    path(f"{ACCOUNT}/declaration/<int:year>/", views.income, name="letting-income"),
    path(f"{ACCOUNT}/declaration/<int:year>/pdf/", views.income_pdf, name="letting-income-pdf"),
    path(f"{ACCOUNT}/declaration/<int:year>/csv/", views.income_csv, name="letting-income-csv"),
]
