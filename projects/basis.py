"""What a decision rests on, as people read it: the same for one to be taken and one on record.

It reads the plain data that ``gates.basis_of`` makes and ``GateDecision.basis`` keeps, so that the
one who decides sees exactly what will be kept. People are looked up by their keys.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from projects import documents, papers
from projects.document_specs import SPECS, Text
from projects.models import Pool, PoolYear, Project, Recommendation
from projects.papers import Part
from projects.phase_model import Priority, ProjectType
from sso_portal.organisation.models import Unit, User
from sso_portal.shared import clock, wording


@dataclass(frozen=True)
class Fact:
    label: Text
    text: str


@dataclass(frozen=True)
class ReadPaper:
    """A document in the basis, with what stood in it."""

    key: str
    label: Text
    parts: tuple[Part, ...]
    version: int


@dataclass(frozen=True)
class Basis:
    title: str
    facts: list[Fact]
    papers: list[ReadPaper]
    recommendation: Recommendation | None


def read(kept: dict) -> Basis:
    """The basis as it was kept, in the active language."""
    return Basis(
        title=kept["facts"]["title"],
        facts=[fact for fact in _facts(kept["facts"]) if fact.text],
        papers=papers_in(kept["documents"]),
        recommendation=Recommendation.objects.select_related("by")
        .filter(pk=kept["recommendation"])
        .first(),
    )


@dataclass(frozen=True)
class Frame:
    """A pool that is expected to pay, with what it has this year."""

    pool: Pool
    kroner: int | None


def frames(project: Project) -> list[Frame]:
    """The pools the project draws on, with their frames of the year."""
    found = PoolYear.objects.filter(pool__in=project.pools.all(), year=clock.today().year)
    kroner = {year.pool_id: year.frame_kroner for year in found}
    return [Frame(pool, kroner.get(pool.pk)) for pool in project.pools.all()]


def papers_in(snapshots: dict) -> list[ReadPaper]:
    """The documents of a snapshot, in its order."""
    return [_paper(key, snapshot) for key, snapshot in snapshots.items()]


def _paper(key: str, snapshot: dict) -> ReadPaper:
    document = documents.registered(key)
    parts = papers.read(key, snapshot["content"]) if key in SPECS else document.read(snapshot)
    return ReadPaper(key, document.label, parts, snapshot.get("version", 0))


def _facts(facts: dict) -> list[Fact]:
    named = ("giver", "endorsed_by", "lead", "digitek_contact")
    people = User.objects.in_bulk([facts[name] for name in named if facts[name]])
    units = Unit.objects.in_bulk([facts["unit"]])
    pools = Pool.objects.in_bulk(facts["pools"])
    return [
        Fact(_("Type"), str(ProjectType(facts["type"]).label)),
        Fact(_("Unit"), str(units.get(facts["unit"], ""))),
        Fact(_("Giver"), str(people.get(facts["giver"], ""))),
        Fact(_("Leader behind the idea"), str(people.get(facts["endorsed_by"], ""))),
        Fact(_("Project leader"), str(people.get(facts["lead"], ""))),
        Fact(_("DigiTek contact"), str(people.get(facts["digitek_contact"], ""))),
        Fact(_("Pools"), ", ".join(pools[pk].name for pk in facts["pools"] if pk in pools)),
        Fact(_("Expected budget"), wording.kroner(facts["budget_kroner"])),
        Fact(_("Period"), period(_day(facts["starts_on"]), _day(facts["ends_on"]))),
        Fact(_("Working time freed"), papers.hours_in_words(facts["hours_freed"])),
        Fact(_("Risk"), str(Project.Risk(facts["risk"]).label) if facts["risk"] else ""),
        Fact(_("Priority"), str(Priority(facts["priority"]).label)),
    ]


def period(starts_on: date | None, ends_on: date | None) -> str:
    """From when to when, as far as it is known."""
    if not (starts_on or ends_on):
        return ""
    return " – ".join(wording.day(day) or "…" for day in (starts_on, ends_on))


def _day(stored: str | None) -> date | None:
    return date.fromisoformat(stored) if stored else None
