from django.urls import path

from sso_portal.front import views

app_name = "front"

urlpatterns = [
    path("", views.home, name="home"),
    path("set/", views.mark_read, name="mark_read"),
    path("tilgaengelighed/", views.accessibility, name="accessibility"),
]
