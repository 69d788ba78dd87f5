"""Choosing a person: by name and unit, among those who are active."""

from django import forms
from django.db.models.functions import Collate
from django.utils.translation import gettext_lazy as _

from sso_portal.organisation.models import User
from sso_portal.organisation.roles import Role
from sso_portal.shared.sqlite import DANISH


class PersonField(forms.ModelChoiceField):
    """One active person; with ``roles`` one who holds any of them."""

    def __init__(self, *, roles: tuple[Role, ...] = (), **kwargs):
        people = User.objects.in_roles(*roles) if roles else User.objects.active()
        by_name = (Collate("first_name", DANISH), Collate("last_name", DANISH), "pk")
        kwargs.setdefault("empty_label", _("Choose a person"))
        kwargs.setdefault("error_messages", {"required": _("Choose a person.")})
        super().__init__(people.select_related("unit").order_by(*by_name), **kwargs)

    def label_from_instance(self, person):
        return f"{person}, {person.unit}" if person.unit else str(person)
