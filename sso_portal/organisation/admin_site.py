"""The door to the Django admin: open to the role Administrator, and to nobody by another flag."""

from urllib.parse import urlencode

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

LIBRARIES = ("allauth.", "django.")


class PortalAdminSite(admin.AdminSite):
    site_header = _("SSO portal, administration")
    site_title = _("SSO portal")
    index_title = _("Administration")

    def register(self, model_or_iterable, admin_class=None, **options):
        """Only our own records: rights follow from roles, and how one signs in is one's own."""
        one = isinstance(model_or_iterable, type)
        models = [model_or_iterable] if one else model_or_iterable
        ours = [model for model in models if not model.__module__.startswith(LIBRARIES)]
        super().register(ours, admin_class, **options)

    def has_permission(self, request):
        return request.user.is_authenticated and request.user.is_administrator

    @method_decorator(never_cache)
    def login(self, request, extra_context=None):
        """The admin asks at the same door as everybody, with its limits and its second factor."""
        if self.has_permission(request):
            return redirect("admin:index")
        if request.user.is_authenticated:
            raise PermissionDenied
        wanted = request.GET.get("next") or reverse("admin:index")
        return redirect(f"{reverse('account_login')}?{urlencode({'next': wanted})}")

    def password_change(self, request, extra_context=None):
        return redirect("account_change_password")
