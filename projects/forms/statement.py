"""Asking IT & Digitalisering for a statement, and giving it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from projects.models import Statement


class QuestionForm(forms.Form):
    question = forms.CharField(
        label=_("What do you want to know?"),
        widget=forms.Textarea,
        max_length=2000,
        required=False,
        help_text=_("IT & Digitalisation reads the documents too; write what they do not say."),
    )


class StatementForm(forms.Form):
    mark_optional = True

    security = forms.CharField(
        label=_("Information security"), widget=forms.Textarea, required=False
    )
    data_protection = forms.CharField(
        label=_("Data protection"), widget=forms.Textarea, required=False
    )
    integration = forms.CharField(label=_("Integration"), widget=forms.Textarea, required=False)
    operation = forms.CharField(
        label=_("Operation and support"), widget=forms.Textarea, required=False
    )
    conclusion = forms.ChoiceField(
        label=_("Conclusion"), choices=Statement.Conclusion.choices, widget=forms.RadioSelect
    )
