"""What is written at a gate: a recommendation, a request, a decision."""

from django import forms
from django.utils.translation import gettext_lazy as _

from projects.deciders import may_answer
from projects.models import DecisionRequest, GateDecision, Recommendation
from projects.phase_model import ENDORSEMENT, OUTCOMES, Gate, Phase, Verdict
from sso_portal.organisation.models import User
from sso_portal.organisation.roles import Desk
from sso_portal.shared import clock
from sso_portal.shared.forms import DateField, TextField

LONGEST = 4000
WRITTEN = ("verdict", "opens", "reasoning")
HELP = {
    Verdict.APPROVE: _("The project goes on."),
    Verdict.REWORK: _("The project stays where it is. Write what is missing."),
    Verdict.PARK: _("The project rests until a day that you name."),
    Verdict.STOP: _("The project ends here. It can still be read."),
}
ENDORSING = {
    Verdict.APPROVE: _("I stand behind the idea"),
    Verdict.REWORK: _("Send the idea back to be completed"),
    Verdict.STOP: _("Say no to the idea"),
}
HELP_ENDORSING = {
    Verdict.APPROVE: _("It goes to DigiTek, with you as the leader behind it."),
    Verdict.REWORK: _("Write what is to be completed. The giver can send it again."),
    Verdict.STOP: _("The idea ends here, and the giver gets your reasons."),
}


class Outcomes(forms.RadioSelect):
    """The outcomes of a gate; those in ``closed`` cannot be chosen."""

    closed: frozenset[str] = frozenset()

    def create_option(self, name, value, *args, **kwargs):
        option = super().create_option(name, value, *args, **kwargs)
        if value in self.closed:
            option["attrs"]["disabled"] = True
        return option


def outcomes(gate: Gate) -> forms.ChoiceField:
    """A choice among the outcomes the gate has, each with what it means."""
    endorsing = gate == ENDORSEMENT
    words = ENDORSING if endorsing else {verdict: verdict.label for verdict in Verdict}
    field = forms.ChoiceField(
        choices=[(verdict.value, words[verdict]) for verdict in gate.verdicts],
        widget=Outcomes,
    )
    field.option_help = dict(HELP_ENDORSING if endorsing else HELP)
    return field


def ways(gate: Gate) -> forms.ChoiceField:
    """Where an approval leads, for a gate that opens more than one phase."""
    return forms.ChoiceField(
        label=_("The approval leads to"),
        choices=[(phase, Phase(phase).label) for phase in gate.opens],
        widget=forms.RadioSelect,
        required=False,
    )


def words(**more) -> TextField:
    return TextField(max_length=LONGEST, **more)


class RecommendationForm(forms.Form):
    reasoning = words(
        label=_("The reasons"),
        help_text=_("A total assessment: benefits, when they come, risk and management attention."),
    )

    def __init__(self, *args, gate: Gate, latest: Recommendation | None = None, **kwargs):
        """``latest`` is written on; a new recommendation replaces it."""
        initial = {name: getattr(latest, name) for name in WRITTEN} if latest else {}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["verdict"] = outcomes(gate)
        self.fields["verdict"].label = _("DigiTek recommends to")
        order = ["verdict"]
        if len(gate.opens) > 1:
            self.fields["opens"] = ways(gate)
            order.append("opens")
        self.order_fields([*order, "reasoning"])


class RequestForm(forms.Form):
    words = words(
        label=_("To the decision maker"),
        required=False,
        help_text=_("What should be noticed? The documents and the recommendation go along."),
    )
    due_on = DateField(
        label=_("Wanted by"), required=False, help_text=_("For example the date of a meeting.")
    )


class DecisionForm(forms.Form):
    """One answer to one request, with the fields this gate and this person need."""

    reasoning = words(
        label=_("Your reasons"),
        help_text=_("They stand on the record and are sent to the giver."),
    )
    conditions = words(
        label=_("Conditions"),
        required=False,
        help_text=_("What must hold for the approval?"),
    )
    review_on = DateField(label=_("To be reviewed on"), required=False)
    forum = forms.CharField(label=_("Forum"), max_length=120, required=False)
    decided_on = DateField(label=_("Decided on"), required=False)

    def __init__(self, *args, asked: DecisionRequest, by: User, is_complete: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.gate = asked.gate
        self.fields["verdict"] = outcomes(self.gate)
        self.fields["verdict"].label = (
            _("Will you stand behind the idea?")
            if self.gate == ENDORSEMENT
            else _("What is decided?")
        )
        self._close_the_approval(is_complete)
        if len(self.gate.opens) > 1:
            self.fields["opens"] = ways(self.gate)
        if self.gate.asks_about_spreading:
            self.fields["spread"] = forms.TypedChoiceField(
                label=_("Is the solution to be spread to more units?"),
                choices=[("yes", _("Yes")), ("no", _("No"))],
                coerce=lambda value: value == "yes",
                empty_value=None,
                widget=forms.RadioSelect,
                required=False,
            )
        if not any(OUTCOMES[verdict].needs_review_date for verdict in self.gate.verdicts):
            del self.fields["review_on"]
        if self.gate == ENDORSEMENT:
            del self.fields["conditions"]
        self._name_the_forum(asked, by)

    def says_the_same(self, decision: GateDecision, *, by: User) -> bool:
        """Whether the decision on record is this very answer, sent twice."""
        answer = (self.cleaned_data["verdict"], self.cleaned_data["reasoning"], by.pk)
        return answer == (decision.verdict, decision.reasoning, decision.recorded_by_id)

    def _close_the_approval(self, is_complete: bool) -> None:
        if not is_complete:
            verdict = self.fields["verdict"]
            verdict.widget.closed = frozenset({Verdict.APPROVE.value})
            verdict.option_help[Verdict.APPROVE] = _("Not possible yet: something is missing.")

    def _name_the_forum(self, asked: DecisionRequest, by: User) -> None:
        """A meeting's decision names forum and day; the director's for the chief group may.

        What somebody else has just answered keeps the fields, for the sake of what was typed.
        """
        self.is_registered = asked.is_open and not may_answer(by, asked)
        may_have_a_forum = asked.desk == Desk.CHIEF_GROUP or not asked.is_open
        if self.is_registered:
            self.fields["reasoning"].label = _("The forum's reasons")
            self.fields["forum"].required = self.fields["decided_on"].required = True
        elif may_have_a_forum and self.gate != ENDORSEMENT:
            self.fields["decided_on"].initial = clock.today
        else:
            del self.fields["forum"], self.fields["decided_on"]
            return
        self.fields["forum"].help_text = _("For example the quarterly status.")
