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
from projects.document_specs import CHECKLIST, SPECS, Field, Kind, Text
from projects.models import DocumentVersion, FocusArea, Pool, Principle, Project
from sso_portal.shared import wording

ANSWERS = {
    documents.DONE: gettext_lazy("Done"),
    documents.NOT_RELEVANT: gettext_lazy("Not relevant"),
    documents.OPEN: gettext_lazy("Still open"),
}
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


@dataclass(frozen=True)
class Part:
    key: str
    title: Text
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Change:
    """A line that differs between two versions."""

    before: Line
    after: Line


def as_it_stands(project: Project, key: str) -> tuple[Part, ...]:
    return read(key, documents.snapshot(project, [key])[key]["content"])


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


def changes_in(version: DocumentVersion) -> list[Change]:
    """What changed since the version before; everything that was written in the first."""
    older = version.document.versions.filter(number=version.number - 1).first()
    key = version.document.key
    return changes(read(key, older.content if older else {}), read(key, version.content))


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
    return Line(field.key, field.label, text, mandatory=field.mandatory)


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


def _hours(content: dict) -> Line:
    guess = Project(**{name: content.get(name) for name in GUESS})
    text = hours_in_words(guess.hours_freed)
    return Line("hours_freed", _("Working time freed"), text, is_reckoned=True)


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
