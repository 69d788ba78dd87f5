"""Key facts and people of a project."""

from django import forms
from django.utils.translation import gettext_lazy as _

from projects.forms.people import PersonField
from projects.models import FocusArea, Pool, Project
from projects.phase_model import Priority
from sso_portal.organisation.models import Unit, User
from sso_portal.organisation.roles import Role
from sso_portal.shared.forms import DateField, KronerField, RowsField


class FactsForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=160)
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Unit"))
    priority = forms.ChoiceField(label=_("Priority"))
    risk = forms.TypedChoiceField(
        label=_("Risk"),
        choices=[("", _("Not assessed")), *Project.Risk.choices],
        coerce=int,
        empty_value=None,
        required=False,
    )
    touches_it = forms.TypedChoiceField(
        label=_("Touches IT systems or personal data"),
        choices=[("", _("Not known yet")), ("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda value: value == "yes",
        empty_value=None,
        required=False,
        help_text=_("If it does, gate 2 and gate 3 wait for IT & Digitalisation."),
    )
    starts_on = DateField(label=_("Start"), required=False)
    ends_on = DateField(label=_("End"), required=False)
    budget_kroner = KronerField(label=_("Expected budget"), required=False, max_value=1_000_000_000)
    pools = RowsField(
        Pool.objects.none(),
        label=_("Pools"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("The pool that pays decides who decides at gate 2 and 3."),
    )
    focus_areas = RowsField(
        FocusArea.objects.none(),
        label=_("Focus areas"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args, project: Project, **kwargs):
        super().__init__(*args, initial=_as_they_stand(project), **kwargs)
        allowed = [Priority(level) for level in project.track.priorities]
        if project.priority != Priority.BACKLOG:
            allowed = [level for level in allowed if level != Priority.BACKLOG]
        self.fields["priority"].choices = [(level.value, level.label) for level in allowed]
        units = Unit.objects.active() | Unit.objects.filter(pk=project.unit_id)
        self.fields["unit"].queryset = units.in_tree_order()
        self.fields["pools"].queryset = _offered(Pool, project.pools)
        self.fields["focus_areas"].queryset = _offered(FocusArea, project.focus_areas)


def _as_they_stand(project: Project) -> dict:
    touches = {True: "yes", False: "no", None: ""}[project.touches_it]
    names = ("title", "priority", "risk", "starts_on", "ends_on", "budget_kroner")
    return {name: getattr(project, name) for name in names} | {
        "unit": project.unit_id,
        "touches_it": touches,
        "pools": project.pools.all(),
        "focus_areas": project.focus_areas.all(),
    }


def _offered(model, chosen):
    """What is in use, and what was chosen before it went out of use."""
    return model.objects.filter(is_active=True) | model.objects.filter(pk__in=chosen.values("pk"))


class TeamForm(forms.Form):
    """The people of a project. Those in the team are unticked to leave it."""

    lead = PersonField(label=_("Project leader"), required=False, empty_label=_("Nobody yet"))
    digitek_contact = PersonField(
        label=_("DigiTek contact"),
        roles=(Role.DIGITEK,),
        required=False,
        empty_label=_("Nobody yet"),
    )
    members = RowsField(
        User.objects.none(),
        label=_("In the team"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Untick those who leave the team."),
    )
    add = PersonField(label=_("Add to the team"), required=False, empty_label=_("Nobody"))

    def __init__(self, *args, project: Project, **kwargs):
        team = project.team.all()
        initial = {
            "lead": project.lead_id,
            "digitek_contact": project.digitek_contact_id,
            "members": team,
        }
        super().__init__(*args, initial=initial, **kwargs)
        for name in ("lead", "digitek_contact"):
            self.fields[name].queryset |= User.objects.filter(pk=initial[name])
        self.fields["members"].queryset = team
        if not team:
            del self.fields["members"]

    def named(self) -> dict:
        """The people as ``facts.name_people`` takes them."""
        chosen = self.cleaned_data
        team = [*chosen.get("members", []), *filter(None, [chosen["add"]])]
        people = {"lead": chosen["lead"], "digitek_contact": chosen["digitek_contact"]}
        return people | {"team": list(dict.fromkeys(team))}
