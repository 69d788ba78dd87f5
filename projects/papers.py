"""Documents as they are read: parts of lines in the reader's words, now or as they once were.

``read`` takes a document's content as it is stored in versions and in the basis of a decision,
so that the page, an earlier version and what a gate saw are read in the same way.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from projects import documents
from projects.document_specs import CHECKLIST, IDEA_DESCRIPTION, SPECS, Field, Kind, Text
from projects.models import FocusArea, Pool, Principle, Project
from sso_portal.shared import wording

ANSWERS = {
    documents.DONE: gettext_lazy("Done"),
    documents.NOT_RELEVANT: gettext_lazy("Not relevant"),
    documents.OPEN: gettext_lazy("Still open"),
}
STATES = {documents.DONE: "ok", documents.NOT_RELEVANT: "none", documents.OPEN: "wait"}
ROWS = {Kind.POOLS: Pool, Kind.FOCUS_AREAS: FocusArea}
GUESS = ("times_a_year", "minutes_before", "minutes_after")


@dataclass(frozen=True)
class Line:
    """One field: what stands there. ``code`` and ``reason`` belong to answers to a principle."""

    key: str
    label: Text
    text: str
    mandatory: bool = False
    code: str = ""
    reason: str = ""
    is_reckoned: bool = False
    is_short: bool = False

    @property
    def state(self) -> str:
        """The look of the badge of an answer."""
        return STATES.get(self.code, "")


@dataclass(frozen=True)
class Part:
    key: str
    title: Text
    lines: tuple[Line, ...]

    @property
    def shown(self) -> list[Line]:
        """The lines worth reading: what is written, and what must be and is not."""
        return [line for line in self.lines if line.text or line.mandatory or self.is_checklist]

    @property
    def is_checklist(self) -> bool:
        return self.key == CHECKLIST.key


@dataclass(frozen=True)
class Change:
    """A line that differs between two versions."""

    before: Line
    after: Line


def as_it_stands(project: Project, key: str) -> tuple[Part, ...]:
    return read(key, documents.snapshot(project, [key])[key]["content"])


def idea_as_it_stands(project: Project) -> tuple[Part, ...]:
    """The idea on one page: its description and the checklist, as the leader reads it."""
    keys = (IDEA_DESCRIPTION.key, CHECKLIST.key)
    return tuple(part for key in keys for part in as_it_stands(project, key))


def read(key: str, content: dict) -> tuple[Part, ...]:
    """The document with that content, as it was stored, in the active language."""
    spec = SPECS[key]
    if spec.key == CHECKLIST.key:
        return (_answers(content),)
    names = {kind: _names(kind) for kind in {field.kind for field in spec.fields} & set(ROWS)}
    parts = []
    for section in spec.sections:
        lines = [_line(field, content.get(field.key), names) for field in section.fields]
        if set(GUESS) <= {field.key for field in section.fields}:
            lines.append(_hours(content))
        parts.append(Part(section.key, section.title, tuple(lines)))
    return tuple(parts)


def changes(before: Iterable[Part], after: Iterable[Part]) -> list[Change]:
    """The lines that say something else in ``after``, in its order."""
    was = {line.key: line for part in before for line in part.lines}
    return [
        Change(before=was.get(line.key, Line(line.key, line.label, "")), after=line)
        for part in after
        for line in part.lines
        if not line.is_reckoned and _says(line) != _says(was.get(line.key))
    ]


def hours_in_words(hours: float | None) -> str:
    """The first guess as a sentence; also when the idea costs time."""
    if hours is None:
        return ""
    if hours == 0:
        return _("No working time is freed.")
    if hours < 0:
        return _("It takes about %(hours)s more a year than today.") % {
            "hours": wording.hours(-hours)
        }
    return _("≈ %(hours)s a year") % {"hours": wording.hours(hours)}


def _says(line: Line | None) -> tuple:
    return (line.text, line.reason) if line else ("", "")


def _names(kind: Kind) -> dict[int, str]:
    return {row.pk: row.name for row in ROWS[kind].objects.all()}


def _line(field: Field, value, names: dict) -> Line:
    text = "" if value in (None, "", []) else _in_words(field, value, names)
    is_short = field.kind not in (Kind.TEXT, Kind.LINE)
    return Line(field.key, field.label, text, mandatory=field.mandatory, is_short=is_short)


def _in_words(field: Field, value, names: dict) -> str:
    match field.kind:
        case Kind.DATE:
            return wording.day(date.fromisoformat(value))
        case Kind.KRONER:
            return wording.kroner(value)
        case Kind.NUMBER:
            return wording.number(value)
        case Kind.MINUTES:
            return ngettext("%(number)s minute", "%(number)s minutes", value) % {
                "number": wording.number(value)
            }
        case Kind.CHOICE:
            return str(dict(field.choices).get(value, value))
        case Kind.POOLS | Kind.FOCUS_AREAS:
            return ", ".join(names[field.kind][pk] for pk in value if pk in names[field.kind])
    return str(value)


def hours_guessed(content: dict) -> str:
    """What the three figures of the idea come to, as a sentence; empty when one is missing."""
    return hours_in_words(Project(**{name: content.get(name) for name in GUESS}).hours_freed)


def _hours(content: dict) -> Line:
    text = hours_guessed(content)
    return Line("hours_freed", _("Working time freed"), text, is_reckoned=True, is_short=True)


def _answers(content: dict) -> Part:
    lines = []
    for principle in Principle.objects.all():
        answer = content.get(principle.key) or {}
        given = answer.get("answer", "")
        lines.append(
            Line(
                principle.key,
                f"{principle.number}. {principle.text}",
                str(ANSWERS.get(given, "")),
                mandatory=principle.is_mandatory,
                code=given,
                reason=answer.get("reason", ""),
            )
        )
    return Part(CHECKLIST.key, CHECKLIST.label, tuple(lines))
