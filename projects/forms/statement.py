"""Asking IT & Digitalisering for a statement, and giving it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from projects.models import Statement
from sso_portal.shared.forms import TextField


class QuestionForm(forms.Form):
    question = TextField(
        label=_("What do you want to know?"),
        max_length=2000,
        required=False,
        help_text=_("IT & Digitalisation reads the documents too; write what they do not say."),
    )


class StatementForm(forms.Form):
    mark_optional = True

    security = TextField(label=_("Information security"), required=False)
    data_protection = TextField(label=_("Data protection"), required=False)
    integration = TextField(label=_("Integration"), required=False)
    operation = TextField(label=_("Operation and support"), required=False)
    conclusion = forms.ChoiceField(
        label=_("Conclusion"), choices=Statement.Conclusion.choices, widget=forms.RadioSelect
    )
