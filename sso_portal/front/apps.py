from django.apps import AppConfig


class FrontConfig(AppConfig):
    name = "sso_portal.front"
