from django.urls import path

from sso_portal.organisation import views

app_name = "organisation"

urlpatterns = [
    path("sprog/", views.language, name="language"),
    path("konto/", views.account, name="account"),
    path("demo/rolle/", views.role_picker, name="role_picker"),
]
