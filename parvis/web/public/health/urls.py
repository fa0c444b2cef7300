from django.urls import path

from parvis.web.public.health import views

urlpatterns = [
    path("vivante", views.alive, name="health-alive"),
    path("prete", views.ready, name="health-ready"),
    path("mesures", views.figures, name="health-figures"),
]
