"""A document with all that surrounds it on its page: its round, its versions and their decisions.

The newest round is read as it stands; an earlier one as its last version left it.
"""

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.db.models.fields.json import KT
from django.urls import reverse

from projects import documents, papers
from projects.document_specs import SPECS, Spec, Text
from projects.models import Document, DocumentVersion, Project
from projects.papers import Change, Part
from projects.phase_model import Verdict, gate_numbered


@dataclass(frozen=True)
class Decided:
    """A decision that rests on a version."""

    gate: Text
    verdict: Text
    url: str


@dataclass(frozen=True)
class Version:
    """A line in the list of versions."""

    row: DocumentVersion
    url: str
    decided: tuple[Decided, ...]


@dataclass(frozen=True)
class Page:
    """One document of a project in one round."""

    project: Project
    spec: Spec
    round: int

    @property
    def is_current(self) -> bool:
        return self.round == self.project.round

    @cached_property
    def document(self) -> Document | None:
        """None when nobody has begun it in this round."""
        return self._rounds().get(self.round)

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        if self.is_current:
            return papers.as_it_stands(self.project, self.spec.key)
        last = self.document.versions.first()
        return papers.read(self.spec.key, last.content if last else self.document.content)

    @cached_property
    def missing(self) -> list[str]:
        return documents.registered(self.spec.key).missing(self.project)

    @property
    def is_locked(self) -> bool:
        return self.is_current and documents.is_locked(self.project, self.spec.key)

    @cached_property
    def versions(self) -> list[Version]:
        """Newest first, each with the decisions that rest on it."""
        if self.document is None:
            return []
        decided = self._decided()
        return [
            Version(row, self.version_url(row.number), tuple(decided.get(row.number, ())))
            for row in self.document.versions.select_related("saved_by").defer("content")
        ]

    @property
    def other_rounds(self) -> list[tuple[int, str]]:
        return [
            (number, self._round_url("document", number))
            for number in sorted(self._rounds(), reverse=True)
            if number != self.round
        ]

    @property
    def url(self) -> str:
        return self._round_url("document", self.round)

    @property
    def current_url(self) -> str:
        return self._round_url("document", self.project.round)

    def version_url(self, number: int) -> str:
        return self._round_url("document_version", self.round, number)

    def _rounds(self) -> dict[int, Document]:
        mine = [one for one in self.project.documents.all() if one.key == self.spec.key]
        return {one.round: one for one in mine}

    def _round_url(self, name: str, round: int, *more) -> str:
        url = reverse(f"projects:{name}", args=[self.project.pk, self.spec.key, *more])
        return url if round == self.project.round else f"{url}?{urlencode({'round': round})}"

    def _decided(self) -> dict[int, list[Decided]]:
        rows = self.project.decisions.filter(round=self.round).values(
            "pk",
            "gate_number",
            "verdict",
            version=KT(f"basis__documents__{self.spec.key}__version"),
        )
        found: dict[int, list[Decided]] = {}
        for row in rows:
            if row["version"] is not None:
                gate = gate_numbered(row["gate_number"])
                url = reverse("projects:decision", args=[row["pk"]])
                decided = Decided(gate.name, Verdict(row["verdict"]).label, url)
                found.setdefault(int(row["version"]), []).append(decided)
        return found


def page(project: Project, key: str, *, round: int | None = None) -> Page:
    """The page of a document; ``round`` reads an earlier one."""
    return Page(project, SPECS[key], round or project.round)


@dataclass(frozen=True)
class VersionPage:
    """A document as it was saved once, and what was new in it."""

    page: Page
    version: DocumentVersion

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        return papers.read(self.page.spec.key, self.version.content)

    @cached_property
    def changes(self) -> list[Change]:
        """Empty for the first version: then everything is new."""
        before = self.version.document.versions.filter(number=self.version.number - 1).first()
        if before is None:
            return []
        return papers.changes(papers.read(self.page.spec.key, before.content), self.parts)

    @property
    def is_first(self) -> bool:
        return self.version.number == 1

    @property
    def in_the_list(self) -> Version:
        return next(v for v in self.page.versions if v.row.pk == self.version.pk)

    @property
    def older(self) -> Version | None:
        return self._numbered(self.version.number - 1)

    @property
    def newer(self) -> Version | None:
        return self._numbered(self.version.number + 1)

    def _numbered(self, number: int) -> Version | None:
        return next((v for v in self.page.versions if v.row.number == number), None)


def version_page(version: DocumentVersion) -> VersionPage:
    document = version.document
    return VersionPage(page(document.project, document.key, round=document.round), version)
