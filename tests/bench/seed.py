"""A portfolio of any size, written in bulk: the office stays the same, the projects multiply."""

import random
from datetime import date, timedelta
from types import SimpleNamespace

from django.contrib.contenttypes.models import ContentType
from django.db import connection

from projects.document_specs import CHECKLIST, SPECS
from projects.models import Document, FocusArea, Pool, Principle, Project, ReferenceCounter
from projects.phase_model import TRACKS, Phase, ProjectType, Standing
from sso_portal.organisation.models import Assignment, Unit, User, Waiting
from sso_portal.organisation.roles import Desk, Role
from sso_portal.shared import clock
from sso_portal.shared.models import Event

AREAS = ["Social", "Sundhed", "Omsorg", "Beskæftigelse", "Sekretariatet"]
PLACES = ["Plejecenter", "Hjemmepleje", "Sygepleje", "Bosted", "Kontor"]
TOWNS = ["Nord", "Syd", "Øst", "Vest", "Midt", "Åen", "Skoven", "Søen", "Engen", "Bakken"]
FIRST_NAMES = "Karen Peter Mette Søren Anne Lars Åse Øjvind Ida Emil Freja Noah Alma Oscar".split()
LAST_NAMES = "Prøvesen Eksempelgaard Testrup Demholt Mønsterberg Skitsevang".split()
WORDS = (
    "Digital Skærmbesøg Medicin Sårpleje Vagtplan Sensor Journal Overblik Nattilsyn Træning "
    "Robotstøvsuger Velfærdsteknologi Genoptræning Tidsbestilling Besøgsplan Ældre Øjenstyring"
).split()
TYPES = {
    ProjectType.DIGITEK: 55,
    ProjectType.MUST_DO: 10,
    ProjectType.OTHER: 20,
    ProjectType.WORKSHOP: 15,
}
STANDINGS = {Standing.ACTIVE: 70, Standing.PARKED: 10, Standing.STOPPED: 12, Standing.CLOSED: 8}
BATCH = 500
chance = random.Random(2026)


def fill(size: int) -> SimpleNamespace:
    """Make the office the first time, and projects until there are ``size``."""
    if not Unit.objects.exists():
        _office()
    there = Project.objects.count()
    if there < size:
        _projects(there, size)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    return SimpleNamespace(
        digitek=User.objects.in_roles(Role.DIGITEK).first(),
        manager=User.objects.in_roles(Role.MANAGER).first(),
        project=Project.objects.filter(
            type=ProjectType.DIGITEK, standing=Standing.ACTIVE, phase=Phase.TRIAL
        ).first(),
    )


def _office() -> None:
    top = Unit.objects.create(name="Social, Sundhed & Omsorg", kind=Unit.Kind.DIRECTOR_AREA)
    for name in AREAS:
        area = Unit.objects.create(name=name, kind=Unit.Kind.CHIEF_AREA, parent=top)
        for number in range(16):
            named = f"{PLACES[number % 5]} {TOWNS[number % 10]} {name} {number}"
            Unit.objects.create(name=named, kind=Unit.Kind.UNIT, parent=area)
        if name in ("Social", "Sundhed", "Omsorg"):
            Pool.objects.create(name_da=name, name_en=name, area=area)
    Pool.objects.create(name_da="Fællespulje", name_en="Shared pool")
    for number in range(1, 5):
        FocusArea.objects.create(
            number=number, name_da=f"Fokus {number}", name_en=f"Focus {number}"
        )
    for number in range(1, 7):
        Principle.objects.create(number=number, text_da=f"Princip {number}", text_en=f"P {number}")
    _people(list(Unit.objects.all()), top)


def _people(units: list[Unit], top: Unit) -> None:
    users = User.objects.bulk_create(
        User(
            username=f"bench{n}",
            first_name=chance.choice(FIRST_NAMES),
            last_name=chance.choice(LAST_NAMES),
            email=f"bench{n}@viborg.example",
            unit=units[n % len(units)],
        )
        for n in range(400)
    )
    roles = [(user, Role.DIGITEK, top) for user in users[:6]]
    roles += [(user, Role.MANAGER, user.unit) for user in users[6:90]]
    areas = [unit for unit in units if unit.kind == Unit.Kind.CHIEF_AREA]
    roles += [(user, Role.CHIEF, area) for user, area in zip(users[90:95], areas, strict=True)]
    Assignment.objects.bulk_create(Assignment(user=u, role=r, unit=unit) for u, r, unit in roles)


def _projects(start: int, size: int) -> None:
    units = list(Unit.objects.filter(kind=Unit.Kind.UNIT))
    users = list(User.objects.order_by("pk"))
    made = Project.objects.bulk_create(
        [_project(number, units, users) for number in range(start + 1, size + 1)], BATCH
    )
    pools, focus_areas = list(Pool.objects.all()), list(FocusArea.objects.all())
    _link(Project.pools.through, "pool", made, pools)
    _link(Project.focus_areas.through, "focusarea", made, focus_areas)
    _link(Project.team.through, "user", made, users)
    Waiting.objects.bulk_create(filter(None, map(_wait, made)), BATCH)
    Document.objects.bulk_create((d for p in made for d in _documents(p)), BATCH)
    Event.objects.bulk_create((e for p in made for e in _events(p, users)), BATCH)
    ReferenceCounter.objects.update_or_create(year=2026, defaults={"last": size})


def _project(number: int, units: list[Unit], users: list[User]) -> Project:
    kind = chance.choices(list(TYPES), list(TYPES.values()))[0]
    standing = chance.choices(list(STANDINGS), list(STANDINGS.values()))[0]
    parked = standing == Standing.PARKED
    begun = clock.now() - timedelta(days=chance.randrange(900))
    return Project(
        year=2026,
        number=number,
        external_id=f"PF-{number}" if chance.random() < 0.3 else None,
        title=" ".join(chance.sample(WORDS, 3)) + f" {number}",
        type=kind,
        phase=chance.choice(TRACKS[kind].phases),
        phase_since=begun,
        standing=standing,
        priority=chance.choice(TRACKS[kind].priorities),
        risk=chance.choice([None, 1, 2, 3, 4]),
        unit=chance.choice(units),
        giver=chance.choice(users),
        lead=chance.choice(users[6:90]) if chance.random() < 0.8 else None,
        digitek_contact=chance.choice(users[:6]),
        touches_it=chance.random() < 0.5,
        starts_on=date(2026, 1, 1) + timedelta(days=chance.randrange(300)),
        budget_kroner=chance.choice([None, *range(25_000, 900_000, 25_000)]),
        on_hold_because="Afventer leverandøren" if parked else "",
        review_on=date(2027, 1, 1) if parked else None,
        sent_at=begun,
        qualified_at=begun,
        created_at=begun,
    )


def _link(through, column: str, projects: list[Project], rows: list) -> None:
    through.objects.bulk_create(
        (
            through(project_id=project.pk, **{f"{column}_id": row.pk})
            for project in projects
            for row in chance.sample(rows, chance.randrange(3))
        ),
        BATCH,
    )


def _wait(project: Project) -> Waiting | None:
    if not project.is_active or chance.random() < 0.5:
        return None
    of = {
        "content_type": ContentType.objects.get_for_model(Project),
        "object_id": project.pk,
        "since": project.phase_since,
        "link": project.get_absolute_url(),
    }
    if chance.random() < 0.5 and project.lead:
        return Waiting(kind=Waiting.Kind.REWORK, user=project.lead, **of)
    desk = chance.choice([Desk.CHIEF_GROUP, Desk.DIGITEK, Desk.IT])
    return Waiting(kind=Waiting.Kind.DECIDE, desk=desk, **of)


def _documents(project: Project):
    for spec in list(SPECS.values())[:4]:
        content = {field.key: f"Om {field.key}" for field in getattr(spec, "fields", ())}
        if spec is CHECKLIST:
            content = {str(n): {"answer": "done", "reason": ""} for n in range(1, 7)}
        yield Document(
            project=project, key=spec.key, content=content, version=1, saved_by=project.giver
        )


def _events(project: Project, users: list[User]):
    kind = ContentType.objects.get_for_model(Project)
    for number in range(8):
        yield Event(
            content_type=kind,
            object_id=project.pk,
            key=("idea_sent", "people_named", "facts_changed")[min(number, 2)],
            by=chance.choice(users),
            at=project.phase_since + timedelta(days=number),
        )
