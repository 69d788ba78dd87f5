"""The steps in which an idea is written, and how far each has come."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from projects import documents
from projects.document_specs import CHECKLIST, IDEA_DESCRIPTION, IDEA_STEPS, Field, Text
from projects.models import Project

SECTIONS = {section.key: section for section in IDEA_DESCRIPTION.sections}
REVIEW = IDEA_STEPS[-1]


@dataclass(frozen=True)
class Gap:
    """Something missing, with the place in a step where it is written."""

    text: Text
    url: str


@dataclass(frozen=True)
class Step:
    key: str
    label: Text
    url: str
    state: str
    gaps: tuple[Gap, ...] = ()


@dataclass(frozen=True)
class Way:
    """All steps of an idea, seen from the one that is open."""

    steps: tuple[Step, ...]
    number: int

    @property
    def total(self) -> int:
        return len(self.steps)

    @property
    def current(self) -> Step:
        return self.steps[self.number - 1]

    @property
    def before(self) -> Step | None:
        return self.steps[self.number - 2] if self.number > 1 else None

    @property
    def after(self) -> Step | None:
        return self.steps[self.number] if self.number < self.total else None

    @property
    def must_be_filled(self) -> list[Gap]:
        """What stops the idea from being sent."""
        return [gap for step in self.steps if step.key in SECTIONS for gap in step.gaps]

    @property
    def can_wait(self) -> list[Gap]:
        """What gate 1 reads, but the idea can be sent without."""
        return [gap for step in self.steps if step.key == CHECKLIST.key for gap in step.gaps]


def way(project: Project, current: str) -> Way:
    """The steps with what is missing in each. What lies behind with gaps is marked."""
    number = IDEA_STEPS.index(current) + 1
    missing = documents.unfilled(project, IDEA_DESCRIPTION)
    steps = []
    for place, key in enumerate(IDEA_STEPS, start=1):
        gaps = _gaps(project, key, missing)
        state = "current" if place == number else _state(gaps, passed=place < number, key=key)
        steps.append(Step(key, _label(key), _url(project, key), state, gaps))
    return Way(tuple(steps), number)


def _state(gaps: tuple[Gap, ...], *, passed: bool, key: str) -> str:
    if not gaps and key != REVIEW:
        return "done"
    return "error" if passed else "todo"


def _gaps(project: Project, key: str, missing: list[Field]) -> tuple[Gap, ...]:
    url = _url(project, key)
    if key in SECTIONS:
        mine = [field for field in SECTIONS[key].fields if field in missing]
        return tuple(Gap(field.label, f"{url}#id_{field.key}") for field in mine)
    if key == CHECKLIST.key:
        return tuple(Gap(gap.text, url) for gap in documents.missing(project, [CHECKLIST.key]))
    return ()


def _label(key: str) -> Text:
    if key == REVIEW:
        return _("Review and send")
    return SECTIONS[key].title if key in SECTIONS else CHECKLIST.label


def _url(project: Project, key: str) -> str:
    return reverse("projects:idea_step", args=[project.pk, key])
