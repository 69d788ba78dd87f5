"""Why and until when: the small forms of the phases."""

from django import forms
from django.utils.translation import gettext_lazy as _

from projects.models import Project
from projects.phase_model import Phase
from sso_portal.shared.forms import DateField, TextField


class ReasonForm(forms.Form):
    reason = TextField(
        label=_("Why?"),
        max_length=2000,
        help_text=_("Everybody who follows the project can read it."),
    )


class HoldForm(ReasonForm):
    review_on = DateField(
        label=_("To be reviewed on"),
        help_text=_("On that day the project begins to wait for DigiTek again."),
    )


class MoveForm(ReasonForm):
    to = forms.ChoiceField(label=_("Move to"), widget=forms.RadioSelect)
    field_order = ("to", "reason")

    def __init__(self, *args, project: Project, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [
            (phase.value, phase.label) for phase in project.track.moves_from(Phase(project.phase))
        ]


class ConfirmForm(forms.Form):
    """Nothing to write: the button says it all."""
