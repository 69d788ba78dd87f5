from django.urls import path

from sso_portal.shared import views

app_name = "shared"

urlpatterns = [
    path("postkasse/", views.mailbox, name="mailbox"),
    path("postkasse/<int:pk>/", views.mail, name="mail"),
]
