"""Forms for taking an idea in: beginning one, qualifying one, sending one back."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from projects.forms.documents import LONGEST_LINE, TextField
from projects.forms.people import PersonField
from projects.models import Project
from projects.phase_model import ProjectType
from sso_portal.organisation.models import User
from sso_portal.organisation.roles import STANDS_BEHIND_OWN_IDEAS, May, Role

Source = Project.Source
# Where the ideas come from that DigiTek writes for others; those marked have a name to give.
FOR_OTHERS = (Source.COMPANY, Source.TUCV, Source.VISIT, Source.NEEDS, Source.EMPLOYEE)
NAMED = (Source.COMPANY, Source.VISIT)

TYPES_EXPLAINED = {
    ProjectType.DIGITEK: _(
        "New technology or a new system that needs trial, test and assessment. Uses the whole "
        "model with its three gates."
    ),
    ProjectType.MUST_DO: _(
        "Has to be carried out, for example a national implementation. Phases without gates; "
        "the priority is always very high."
    ),
    ProjectType.OTHER: _(
        "Comes from another project model and has technological or digital content. Phases "
        "without gates."
    ),
    ProjectType.WORKSHOP: _(
        "A solution made in the optimisation workshop. Idea, trial and operation without gates; "
        "the workshop sets the priority itself."
    ),
}


class UnitField(forms.ModelChoiceField):
    """A unit in the order of the tree, moved in by its depth."""

    def label_from_instance(self, unit):
        return "\N{EM SPACE}" * unit.depth + unit.name


class NewIdeaForm(forms.Form):
    """The least that an idea can begin with. ``form_key`` makes a double click one draft."""

    form_key = forms.UUIDField(widget=forms.HiddenInput)
    source = forms.ChoiceField(
        label=_("Where does the idea come from?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose where the idea comes from.")},
    )
    source_name = forms.CharField(
        label=_("Name of the company or place"),
        help_text=_("For an idea from a company or a visit."),
        required=False,
        max_length=120,
    )
    unit = UnitField(
        label=_("Unit"),
        help_text=_("The unit the idea comes from."),
        queryset=None,
        empty_label=_("Choose a unit"),
        error_messages={"required": _("Choose the unit.")},
    )
    title = forms.CharField(
        label=_("Title"),
        help_text=_("Short and plain, so that colleagues recognise it."),
        max_length=LONGEST_LINE,
        error_messages={"required": _("Write a title.")},
    )

    def __init__(self, posted=None, *, by, units):
        super().__init__(posted, initial={"form_key": uuid.uuid4()})
        self.by, self.units = by, list(units)
        if by.may(May.SUBMIT_FOR_OTHERS):
            self.fields["source"].choices = [(s.value, s.label) for s in FOR_OTHERS]
        else:
            del self.fields["source"], self.fields["source_name"]
            self.initial["unit"] = by.unit_id
        if len(self.units) > 1:
            self.fields["unit"].queryset = units
        else:
            del self.fields["unit"]

    @property
    def only_unit(self):
        """The unit when there is no choice; None also when there is no unit at all."""
        return self.units[0] if len(self.units) == 1 else None

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("source") in NAMED and not cleaned.get("source_name"):
            self.add_error("source_name", _("Write the name of the company or place."))
        if not self.units:
            self.add_error(None, _("You have no unit yet. Ask an administrator to give you one."))
        return cleaned

    @property
    def begun(self) -> dict:
        """What ``intake.start`` takes."""
        unit = self.cleaned_data.get("unit") or self.only_unit
        return {"source": _own_source(self.by, unit), **self.cleaned_data, "unit": unit}


def _own_source(by: User, unit) -> str:
    leads = any(held.role in STANDS_BEHIND_OWN_IDEAS and held.reaches(unit) for held in by.held)
    return Source.MANAGER if leads else Source.EMPLOYEE


class QualifyForm(forms.Form):
    """What DigiTek finds out about an idea."""

    type = forms.ChoiceField(label=_("Type"), choices=ProjectType, widget=forms.RadioSelect)
    touches_it = forms.TypedChoiceField(
        label=_("Does it touch IT systems or personal data?"),
        help_text=_("If it does, gate 2 waits for a statement from IT & Digitalisation."),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda answer: answer == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("Answer yes or no.")},
    )
    digitek_contact = PersonField(
        roles=(Role.DIGITEK,),
        label=_("DigiTek contact"),
        help_text=_("Follows the idea and helps on the way."),
    )
    lead = PersonField(
        label=_("Project leader"),
        help_text=_("Can also be named later."),
        required=False,
        empty_label=_("Nobody yet"),
    )

    def __init__(self, posted=None, *, project: Project, by: User):
        super().__init__(posted, initial=_found_out(project, by))
        self.fields["type"].option_help = TYPES_EXPLAINED


def _found_out(project: Project, by: User) -> dict:
    touches_it = {True: "yes", False: "no", None: None}[project.touches_it]
    return {
        "type": project.type,
        "touches_it": touches_it,
        "digitek_contact": project.digitek_contact or by,
        "lead": project.lead,
    }


class SendBackForm(forms.Form):
    words = TextField(
        label=_("What is missing?"),
        help_text=_("The giver gets your words by mail and sees them on top of the idea."),
        error_messages={"required": _("Write what is missing.")},
    )
