"""Projects in any state, brought there by the real verbs."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from projects import documents, gates, intake
from projects.document_specs import CHECKLIST, SPECS, Kind, Spec
from projects.models import FocusArea, Pool, Principle, Project
from projects.phase_model import TRACKS, Phase, ProjectType, Standing, Verdict
from sso_portal.shared import clock
from tests.factories.organisation import UnitFactory


class PoolFactory(DjangoModelFactory):
    """A shared pool; ``area=unit`` makes it that area's own."""

    class Meta:
        model = Pool

    name_da = factory.Sequence(lambda n: f"Pulje {n}")
    name_en = factory.Sequence(lambda n: f"Pool {n}")


class ProjectFactory(DjangoModelFactory):
    """An active idea with a reference and nothing written. ``draft=True`` has not been sent."""

    class Meta:
        model = Project
        skip_postgeneration_save = True

    class Params:
        draft = factory.Trait(standing=Standing.DRAFT, year=None, number=None, sent_at=None)

    title = factory.Sequence(lambda n: f"Projekt {n}")
    unit = factory.SubFactory(UnitFactory)
    standing = Standing.ACTIVE
    year = 2026
    number = factory.Sequence(lambda n: n + 1)
    sent_at = factory.LazyFunction(clock.now)


def filled(spec: Spec) -> dict:
    """Something in every field of the document."""
    if spec is CHECKLIST:
        return {p.key: {"answer": "done", "reason": ""} for p in Principle.objects.all()}
    return {field.key: _something(field) for field in spec.fields}


def _something(field):
    return {
        Kind.DATE: date(2027, 1, 4) if field.key == "starts_on" else date(2027, 12, 17),
        Kind.KRONER: 50_000,
        Kind.NUMBER: 400,
        Kind.MINUTES: 45 if field.key == "minutes_before" else 15,
        Kind.POOLS: [],
        Kind.FOCUS_AREAS: _focus_areas(),
        Kind.CHOICE: field.choices[0][0] if field.choices else "",
    }.get(field.kind, f"Om {field.key}")


def _focus_areas():
    area, _new = FocusArea.objects.get_or_create(
        number=1, defaults={"name_da": "Automatisere", "name_en": "Automate"}
    )
    return [area]


def write(project: Project, *keys: str, by, **changes) -> None:
    """Fill the documents named; ``changes`` replace single fields where a document has them."""
    for key in keys:
        spec = SPECS[key]
        names = {field.key for field in spec.fields}
        own = {name: value for name, value in changes.items() if name in names}
        documents.write(project, key, by=by, filled=filled(spec) | own)


def a_draft(*, by, unit, **changes) -> Project:
    """A draft with everything filled, ready to be sent."""
    project = intake.start(by=by, unit=unit)
    write(project, "idea_description", "checklist", by=by, **changes)
    return Project.objects.get(pk=project.pk)


def a_sent_idea(*, by, unit, **changes) -> Project:
    return intake.send(a_draft(by=by, unit=unit, **changes), by=by)


def at_gate(number: int, *, giver, digitek, unit, **changes) -> Project:
    """A DigiTek project whose documents for gate ``number`` are whole, with a recommendation."""
    project = in_phase(_phase_before(number), giver=giver, digitek=digitek, unit=unit, **changes)
    keys = [key for key in project.gate.reads if key in SPECS and key != "checklist"]
    write(project, *keys, by=digitek, **changes)
    opens = project.gate.opens[0]
    gates.recommend(
        project, by=digitek, verdict=Verdict.APPROVE, opens=opens, reasoning="Papirerne er i orden"
    )
    return Project.objects.get(pk=project.pk)


def awaiting(number: int, **people):
    """The open request for a decision at gate ``number`` of a project ready for it."""
    project = at_gate(number, **people)
    return gates.ask(project, by=people["digitek"])


def in_phase(phase: Phase, *, giver, digitek, unit, **changes) -> Project:
    """A qualified DigiTek project, endorsed by the giver being a leader, carried to ``phase``."""
    project = a_sent_idea(by=giver, unit=unit, **changes)
    project = intake.qualify(
        project, by=digitek, type=ProjectType.DIGITEK, touches_it=False, digitek_contact=digitek
    )
    Project.objects.filter(pk=project.pk).update(phase=phase)
    return Project.objects.get(pk=project.pk)


def _phase_before(number: int) -> Phase:
    gates_of_digitek = TRACKS[ProjectType.DIGITEK].gates
    return next(gate.after for gate in gates_of_digitek if gate.number == number)


__all__ = [
    "PoolFactory",
    "ProjectFactory",
    "a_draft",
    "a_sent_idea",
    "at_gate",
    "awaiting",
    "filled",
    "in_phase",
    "write",
]
