"""The documents of the project model as data: which fields each has, and which are mandatory.

A field with ``fact`` is a figure of the project itself (its column): the document shows and
writes it there, and every version keeps a copy. All other fields are the document's own words.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from projects.phase_model import Phase

Text = str | Promise


class Kind(StrEnum):
    LINE = "line"
    TEXT = "text"
    DATE = "date"
    KRONER = "kroner"
    NUMBER = "number"
    MINUTES = "minutes"
    CHOICE = "choice"
    POOLS = "pools"
    FOCUS_AREAS = "focus_areas"


@dataclass(frozen=True)
class Field:
    key: str
    label: Text
    help: Text = ""
    kind: Kind = Kind.TEXT
    mandatory: bool = True
    fact: bool = False
    choices: tuple[tuple[str, Text], ...] = ()


@dataclass(frozen=True)
class Section:
    key: str
    title: Text
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class Spec:
    key: str
    label: Text
    phase: Phase
    sections: tuple[Section, ...] = ()
    purpose: Text = ""

    @property
    def fields(self) -> tuple[Field, ...]:
        return tuple(field for section in self.sections for field in section.fields)


IDEA_DESCRIPTION = Spec(
    key="idea_description",
    label=_("Idea description"),
    phase=Phase.IDEA,
    purpose=_("The idea on one page. It later becomes the first page of the project description."),
    sections=(
        Section(
            "problem",
            _("The problem and the idea"),
            (
                Field(
                    "title",
                    _("Title"),
                    _("Short and plain, so that colleagues recognise it."),
                    kind=Kind.LINE,
                    fact=True,
                ),
                Field(
                    "problem",
                    _("What is the problem today?"),
                    _("Who meets it, how often, and what does it cost in time or quality?"),
                ),
                Field(
                    "idea",
                    _("What is your idea?"),
                    _("Describe it so that somebody outside your unit understands it."),
                ),
                Field(
                    "focus_areas",
                    _("Focus areas"),
                    _("Choose at least one."),
                    kind=Kind.FOCUS_AREAS,
                    fact=True,
                ),
            ),
        ),
        Section(
            "frame",
            _("Frame"),
            (
                Field(
                    "target_group",
                    _("Target group"),
                    _("Which citizens or employees is it for, and about how many?"),
                ),
                Field("purpose", _("Purpose"), _("What is to be better, and for whom?")),
                Field("starts_on", _("Expected start"), kind=Kind.DATE, fact=True),
                Field("ends_on", _("Expected end"), kind=Kind.DATE, fact=True),
                Field(
                    "project_group",
                    _("Project group"),
                    _("Who could take part? Roles are enough; names are not needed."),
                ),
                Field(
                    "budget_kroner",
                    _("Expected budget"),
                    _("Whole kroner, for example 125,000. Write 0 if nothing is to be bought."),
                    kind=Kind.KRONER,
                    fact=True,
                ),
                Field(
                    "pools",
                    _("Pools"),
                    _("Which pool do you expect to draw on? It decides who decides."),
                    kind=Kind.POOLS,
                    mandatory=False,
                    fact=True,
                ),
                Field("risk", _("Risk"), _("What could make it go wrong or become difficult?")),
            ),
        ),
        Section(
            "gain",
            _("What is gained"),
            (
                Field(
                    "efficiency",
                    _("Efficiency"),
                    _("Which work disappears or becomes quicker? Always one of the aims."),
                ),
                Field(
                    "quality",
                    _("Quality for the citizen"),
                    _("What does the citizen notice?"),
                    mandatory=False,
                ),
                Field(
                    "well_being",
                    _("Staff well-being"),
                    _("What becomes better in the working day?"),
                    mandatory=False,
                ),
                Field(
                    "times_a_year",
                    _("Times a year"),
                    _("How many times a year is the task done in your unit?"),
                    kind=Kind.NUMBER,
                    fact=True,
                ),
                Field(
                    "minutes_before",
                    _("Minutes today"),
                    _("Minutes of working time each time, as it is done today."),
                    kind=Kind.MINUTES,
                    fact=True,
                ),
                Field(
                    "minutes_after",
                    _("Minutes afterwards"),
                    _("Your first guess. Nobody holds you to it."),
                    kind=Kind.MINUTES,
                    fact=True,
                ),
            ),
        ),
    ),
)

# Its items are the office's principles, kept in the catalogue; so it has no fields here.
CHECKLIST = Spec(
    key="checklist",
    label=_("Checklist"),
    phase=Phase.IDEA,
    purpose=_("The six principles for working with digital and technological solutions."),
)

PROJECT_DESCRIPTION = Spec(
    key="project_description",
    label=_("Project description"),
    phase=Phase.INVESTIGATION,
    purpose=_("What is to be tried, why, by whom and for how much. Gate 2 reads it."),
    sections=(
        Section(
            "why",
            _("Why"),
            (
                Field("background", _("Background"), _("What has the investigation shown?")),
                Field(
                    "purpose",
                    _("Purpose and goals"),
                    _("What is to be reached, and how will it be seen?"),
                ),
                Field("scope", _("Scope"), _("What is part of the project, and what is not?")),
            ),
        ),
        Section(
            "what",
            _("What"),
            (
                Field("solution", _("Solution"), _("What is bought, built or changed?")),
                Field(
                    "trial", _("The trial"), _("Where, how long, with whom, and what is measured?")
                ),
                Field(
                    "change",
                    _("New ways of working"),
                    _("Who begins or stops doing what, and who helps them?"),
                ),
                Field("starts_on", _("Start"), kind=Kind.DATE, fact=True),
                Field("ends_on", _("End"), kind=Kind.DATE, fact=True),
            ),
        ),
        Section(
            "how",
            _("Organisation, money and risk"),
            (
                Field(
                    "organisation",
                    _("Organisation"),
                    _("Project leader, project group, steering and stakeholders."),
                ),
                Field(
                    "budget_kroner",
                    _("Budget"),
                    _("Whole kroner for the trial, all pools together."),
                    kind=Kind.KRONER,
                    fact=True,
                ),
                Field(
                    "pools",
                    _("Pools"),
                    _("The pool that pays decides who decides."),
                    kind=Kind.POOLS,
                    mandatory=False,
                    fact=True,
                ),
                Field(
                    "economy",
                    _("Economy"),
                    _("Purchase, licences and running costs, also after the trial."),
                ),
                Field(
                    "risks", _("Risks"), _("The most important ones, and what is done about them.")
                ),
                Field(
                    "security",
                    _("Information security and data protection"),
                    _("Which data, which systems, which agreements?"),
                ),
            ),
        ),
    ),
)

CONTRACT = Spec(
    key="contract",
    label=_("Contract"),
    phase=Phase.INVESTIGATION,
    purpose=_("What the unit, its chief and DigiTek promise each other. Gate 2 reads it."),
    sections=(
        Section(
            "promise",
            _("What we promise each other"),
            (
                Field("deliverables", _("Deliverables"), _("What is delivered, and when?")),
                Field(
                    "line_hours",
                    _("Hours from the unit"),
                    _("Hours of working time in the trial, all employees together."),
                    kind=Kind.NUMBER,
                ),
                Field(
                    "digitek_hours",
                    _("Hours from DigiTek"),
                    _("Hours of working time in the trial."),
                    kind=Kind.NUMBER,
                ),
                Field(
                    "leader_promise",
                    _("The leader's promise"),
                    _("How the leader makes room for it and keeps it on the agenda."),
                ),
                Field(
                    "no_more_work",
                    _("No task slippage"),
                    _("Whose work grows in the trial, and what is taken away instead?"),
                ),
                Field("agreements", _("Other agreements"), mandatory=False),
            ),
        ),
    ),
)

EVALUATION = Spec(
    key="evaluation",
    label=_("Evaluation"),
    phase=Phase.TRIAL,
    purpose=_("What the trial showed, held against the project description. Gate 3 reads it."),
    sections=(
        Section(
            "showed",
            _("What the trial showed"),
            (
                Field("citizen", _("Citizen"), _("What has it meant for the citizens?")),
                Field(
                    "organisation",
                    _("Organisation"),
                    _("What has it meant for work, employees and leaders?"),
                ),
                Field(
                    "technology", _("Technology"), _("Did it work, and does it fit with the rest?")
                ),
                Field(
                    "economy", _("Economy"), _("What did it cost, and what will operation cost?")
                ),
            ),
        ),
        Section(
            "conclusion",
            _("Conclusion"),
            (
                Field(
                    "conclusion",
                    _("The evaluation leads to"),
                    kind=Kind.CHOICE,
                    choices=(
                        ("continue", _("Continue in the unit")),
                        ("spread", _("Continue and spread to more units")),
                        ("stop", _("Stop")),
                    ),
                ),
                Field("because", _("Because"), _("The reasons, in a few lines.")),
                Field(
                    "operation",
                    _("Operation"),
                    _("Who owns operation, support and benefits from now on?"),
                    mandatory=False,
                ),
            ),
        ),
    ),
)

LESSONS = Spec(
    key="lessons",
    label=_("What was learnt"),
    phase=Phase.RETHINK,
    purpose=_("Written before a new round begins or the project is closed."),
    sections=(
        Section(
            "learnt",
            _("What was learnt"),
            (
                Field("worked", _("What worked?")),
                Field("did_not_work", _("What did not work, and why?")),
                Field("next_time", _("What should others do differently?")),
            ),
        ),
    ),
)

SPECS = {
    spec.key: spec
    for spec in (
        IDEA_DESCRIPTION,
        CHECKLIST,
        PROJECT_DESCRIPTION,
        CONTRACT,
        EVALUATION,
        LESSONS,
    )
}
IDEA_STEPS = tuple(section.key for section in IDEA_DESCRIPTION.sections) + ("checklist", "review")
