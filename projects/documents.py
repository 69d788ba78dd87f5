"""What a gate reads: the register of documents, what is missing in them, and how they were.

The apps above add their own documents (the effect chain) by ``register``; this module's own
come from ``document_specs``. ``write`` is the only way a document changes.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from projects import rights
from projects.document_specs import CHECKLIST, SPECS, Field, Kind, Spec, Text
from projects.models import DecisionRequest, Document, DocumentVersion, Principle, Project
from projects.phase_model import ENDORSEMENT, GATES
from projects.rights import ProjectError
from sso_portal.organisation.roles import May
from sso_portal.shared import clock, history

MANY = {Kind.POOLS, Kind.FOCUS_AREAS}
# What a decision rests on beside its papers: it decides who decides
DECIDES_WHO_DECIDES = frozenset({"unit", "pools", "touches_it"})
# The answers to a principle. An open one, and one that is not relevant, says why.
DONE, NOT_RELEVANT, OPEN = "done", "not_relevant", "open"


class DocumentError(ProjectError):
    """A document cannot be saved; the text says why."""


class Stale(DocumentError):
    """Somebody saved a newer version meanwhile. ``newer`` is the document as it stands."""

    def __init__(self, newer: Document):
        super().__init__(
            _("%(person)s saved a newer version while you were writing. Your text is still here.")
            % {"person": newer.saved_by}
        )
        self.newer = newer


class Locked(DocumentError):
    def __init__(self):
        super().__init__(
            _("A decision is waited for on this document. Withdraw the request to change it.")
        )


@dataclass(frozen=True)
class Gap:
    """Something a gate misses, in words for people, with the page where it can be mended."""

    document: Text
    text: str
    url: str
    key: str = ""


class Incomplete(DocumentError):
    """Something mandatory is missing. ``gaps`` says what and where."""

    def __init__(self, gaps: list[Gap]):
        named = ", ".join(f"{gap.document}: {gap.text}" for gap in gaps)
        super().__init__(_("Not complete yet. Missing: %(gaps)s") % {"gaps": named})
        self.gaps = gaps


class GateDocument(Protocol):
    """Something a gate reads."""

    key: str
    label: Text

    def url(self, project: Project) -> str: ...

    def missing(self, project: Project) -> list[str]: ...

    def snapshot(self, project: Project) -> dict: ...


_REGISTER: dict[str, GateDocument] = {}


def register(document: GateDocument) -> None:
    """Add something a gate can read. A key registered twice is a programming error."""
    if type(_REGISTER.get(document.key, document)) is not type(document):
        raise ValueError(f"Two documents for {document.key}")
    _REGISTER[document.key] = document


def registered(key: str) -> GateDocument:
    return _REGISTER[key]


def unfilled_keys() -> set[str]:
    """Keys that a gate reads and nobody has registered; a system check fails on them."""
    read = {key for gate in (ENDORSEMENT, *GATES) for key in gate.reads}
    return read - set(_REGISTER)


def missing(project: Project, keys: Iterable[str]) -> list[Gap]:
    """What is missing in the documents named, in their order."""
    return [
        Gap(document.label, text, document.url(project), document.key)
        for document in map(registered, keys)
        for text in document.missing(project)
    ]


def require_complete(project: Project, keys: Iterable[str]) -> None:
    """Raise ``Incomplete`` unless everything mandatory in the documents named is there."""
    if gaps := missing(project, keys):
        raise Incomplete(gaps)


def snapshot(project: Project, keys: Iterable[str]) -> dict:
    """The documents as they are now, as plain data; people stand as keys."""
    return {key: registered(key).snapshot(project) for key in keys}


# --- this app's own documents ---------------------------------------------------------------


def values(project: Project, spec: Spec) -> dict:
    """The document's fields as they stand: facts from the project, words from the document."""
    paper = project.paper(spec.key)
    content = paper.content if paper else {}
    if spec.key == CHECKLIST.key:
        return dict(content)
    return {
        field.key: _fact(project, field) if field.fact else content.get(field.key, "")
        for field in spec.fields
    }


def _fact(project: Project, field: Field):
    value = getattr(project, field.key)
    return list(value.all()) if field.kind in MANY else value


def unfilled(project: Project, spec: Spec) -> list[Field]:
    """The mandatory fields that nothing stands in yet."""
    filled = values(project, spec)
    return [
        field for field in spec.fields if field.mandatory and filled[field.key] in ("", None, [])
    ]


class WrittenDocument:
    """A document of ``document_specs``: its mandatory fields must be filled."""

    def __init__(self, spec: Spec):
        self.spec = spec
        self.key = spec.key
        self.label = spec.label

    def url(self, project: Project) -> str:
        return reverse("projects:document_edit", args=[project.pk, self.key])

    def missing(self, project: Project) -> list[str]:
        return [str(field.label) for field in unfilled(project, self.spec)]

    def snapshot(self, project: Project) -> dict:
        paper = project.paper(self.key)
        return {
            "version": paper.version if paper else 0,
            "content": as_stored(values(project, self.spec)),
        }


class Checklist(WrittenDocument):
    """The principles: each is answered, and a mandatory one may not still be open."""

    def missing(self, project: Project) -> list[str]:
        answers = values(project, self.spec)
        gaps = (self._gap(principle, answers) for principle in Principle.objects.all())
        return [gap for gap in gaps if gap]

    def _gap(self, principle: Principle, answers: dict) -> str:
        answer = answers.get(principle.key, {})
        given = answer.get("answer", "")
        if not given:
            return _("no answer to principle %(number)s") % {"number": principle.number}
        if given == OPEN and principle.is_mandatory:
            return _("principle %(number)s is still open") % {"number": principle.number}
        if given != DONE and not answer.get("reason"):
            return _("a reason at principle %(number)s") % {"number": principle.number}
        return ""


def as_stored(filled: dict) -> dict:
    """Fields as they stand in versions and snapshots: dates as text, rows as keys."""
    return {key: _plain(value) for key, value in filled.items()}


def _plain(value):
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return sorted(row.pk for row in value)
    return value


# --- writing --------------------------------------------------------------------------------


def may_write(user, project: Project, key: str) -> bool:
    """DigiTek and the project leader write everything; the giver the idea while it is theirs."""
    if key not in SPECS:
        return False
    if rights.may(user, May.WRITE, project):
        return True
    return key in ("idea_description", "checklist") and rights.may(user, May.COMPLETE, project)


def is_locked(project: Project, key: str) -> bool:
    """What a decision is waited for stays as the decision maker sees it.

    So does a document that would write the same facts from another side, or who decides.
    """
    asked = project.open_request
    if asked is None:
        return False
    return key in asked.gate.reads or bool(_facts(key) & rests_on(asked))


def rests_on(asked: DecisionRequest) -> frozenset[str]:
    """The facts that stand still while a decision is waited for: who decides, and on what."""
    return DECIDES_WHO_DECIDES.union(*(_facts(key) for key in asked.gate.reads if key in SPECS))


def _facts(key: str) -> set[str]:
    return {field.key for field in SPECS[key].fields if field.fact}


@transaction.atomic
def write(project: Project, key: str, *, by, filled: dict, based_on: int | None = None) -> Document:
    """Save the document and its facts; a version is added when something changed.

    ``filled`` holds some or all fields; ``based_on`` is the version the writer started from.
    Raises ``NotAllowed``, ``Locked`` or ``Stale``; then nothing is saved.
    """
    project = Project.objects.locked(project.pk)
    spec = SPECS[key]
    if not may_write(by, project, key):
        raise rights.NotAllowed
    if is_locked(project, key):
        raise Locked
    document, _new = Document.objects.get_or_create(
        project=project, key=key, round=project.round, defaults={"saved_by": by}
    )
    before = as_stored(values(project, spec))
    if document.version and before | as_stored(filled) == before:
        return document  # it already stands so, for a double click too
    if based_on not in (None, document.version):
        raise Stale(document)
    _take_facts(project, spec, filled, by=by)
    document.content |= {
        name: _plain(value) for name, value in filled.items() if not _is_fact(spec, name)
    }
    document.saved_by, document.saved_at = by, clock.now()
    document.save()
    project = Project.objects.get(pk=project.pk)
    if not project.is_draft and (
        document.version == 0 or as_stored(values(project, spec)) != before
    ):
        add_version(document, as_stored(values(project, spec)), by=by)
        facts = {"document": key, "version": document.version, "round": document.round}
        history.record(project, "document_written", by=by, **facts)
    return document


def add_version(document: Document, content: dict, *, by) -> DocumentVersion:
    """Number and keep the document as it is now."""
    document.version += 1
    document.save(update_fields=["version"])
    return DocumentVersion.objects.create(
        document=document,
        number=document.version,
        content=content,
        saved_by=by,
        saved_at=document.saved_at,
    )


def keep_first_versions(project: Project, *, by) -> None:
    """What was a draft until now becomes version 1 of its documents."""
    for document in project.documents.filter(version=0):
        add_version(document, as_stored(values(project, document.spec)), by=by)


def carry_over_idea(project: Project, *, by) -> None:
    """A new round begins with the idea description of the round before, to be written on."""
    before = project.documents.filter(key="idea_description", round=project.round - 1).first()
    if before is not None:
        document = Document.objects.create(
            project=project,
            key=before.key,
            round=project.round,
            content=before.content,
            saved_by=by,
            saved_at=clock.now(),
        )
        add_version(document, as_stored(values(project, document.spec)), by=by)


def _is_fact(spec: Spec, name: str) -> bool:
    return name in _facts(spec.key)


def _take_facts(project: Project, spec: Spec, filled: dict, *, by) -> None:
    facts = [field for field in spec.fields if field.fact and field.key in filled]
    columns = [field.key for field in facts if field.kind not in MANY]
    for name in columns:
        setattr(project, name, filled[name])
    if columns:
        project._history_user = by
        project.save(update_fields=columns)
    for field in facts:
        if field.kind in MANY:
            getattr(project, field.key).set(filled[field.key])
