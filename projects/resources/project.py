"""The columns of the office's project sheet, and what a row of it means for the portal.

The sheet says the same whichever way it goes: what is exported imports back unchanged. The column
names are part of the format and do not follow the reader's language.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Prefetch, Q, QuerySet, TextChoices
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import override
from import_export.fields import Field
from import_export.instance_loaders import BaseInstanceLoader
from import_export.resources import Resource

from projects import carry_over
from projects.carry_over import NEVER_UPDATED, Arrival
from projects.models import Project
from projects.phase_model import Phase, Priority, ProjectType, Standing
from projects.portfolio import REFERENCE
from projects.resources import cells
from projects.resources.cells import Directory
from sso_portal.organisation.models import Waiting

ROW_NUMBER = "#"


class SheetStanding(TextChoices):
    """Where a project can stand in a sheet; drafts are their author's alone."""

    ACTIVE = Standing.ACTIVE.value, Standing.ACTIVE.label
    PARKED = Standing.PARKED.value, Standing.PARKED.label
    STOPPED = Standing.STOPPED.value, Standing.STOPPED.label
    CLOSED = Standing.CLOSED.value, Standing.CLOSED.label


class ListField(Field):
    """A column that names several rows of another table."""

    def get_value(self, instance):
        return list(getattr(instance, self.attribute).all()) if instance.pk else []


@dataclass
class Change:
    """A cell that says something else than the portal does."""

    column: str
    old: str
    new: str


@dataclass
class Reading:
    """What one row would do. ``kept`` is what it says and an update leaves as it is."""

    number: int
    title: str = ""
    project: Project | None = None
    facts: dict[str, Any] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    kept: list[Change] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def is_new(self) -> bool:
        return self.project is None

    @property
    def does_something(self) -> bool:
        return bool(self.is_new or self.facts)

    @property
    def errors_by_column(self) -> list[tuple[str, str]]:
        """Each error with the name of the column it is in; the whole row has none."""
        columns = {name: column.column_name for name, column in ProjectResource.fields.items()}
        return [(columns.get(name, ""), words) for name, words in self.errors.items()]

    @property
    def arrival(self) -> Arrival:
        return Arrival(self.facts, self.project)


def _column(name: str, column: str, widget, **how) -> Field:
    return Field(name, column, widget, **how)


class ProjectResource(Resource):
    """A project as a row. Rows are read here and taken over by ``carry_over`` alone."""

    external_id = _column("external_id", "Projekt-ID", cells.Text(60, empty=None))
    reference = _column("reference", "Reference", cells.Text(), readonly=True)
    title = _column("title", "Titel", cells.Text(160))
    type = _column("type", "Type", cells.Choice(ProjectType))
    phase = _column("phase", "Fase", cells.Choice(Phase))
    standing = _column("standing", "Status", cells.Choice(SheetStanding))
    on_hold_because = _column("on_hold_because", "På hold fordi", cells.Text())
    review_on = _column("review_on", "Tages op igen", cells.Day())
    priority = _column("priority", "Prioritet", cells.Choice(Priority))
    risk = _column("risk", "Risiko", cells.Choice(Project.Risk, empty=None))
    unit = _column("unit", "Enhed", cells.One("units"))
    source = _column("source", "Kilde", cells.Choice(Project.Source))
    source_name = _column("source_name", "Firma eller sted", cells.Text(120))
    giver = _column("giver", "Idégiver", cells.One("people"))
    lead = _column("lead", "Projektleder", cells.One("people"))
    digitek_contact = _column("digitek_contact", "DigiTek-kontakt", cells.One("people"))
    team = ListField("team", "Projektgruppe", cells.Several("people"))
    focus_areas = ListField("focus_areas", "Fokusområder", cells.Several("focus_areas"))
    pools = ListField("pools", "Puljer", cells.Several("pools"))
    touches_it = _column("touches_it", "Berører IT", cells.YesNo())
    starts_on = _column("starts_on", "Start", cells.Day())
    ends_on = _column("ends_on", "Slut", cells.Day())
    budget_kroner = _column("budget_kroner", "Forventet budget", cells.Number(of_kroner=True))
    times_a_year = _column("times_a_year", "Gange pr. år", cells.Number())
    minutes_before = _column("minutes_before", "Minutter i dag", cells.Number())
    minutes_after = _column("minutes_after", "Minutter bagefter", cells.Number())
    waits_for = _column(None, "Venter på", cells.Text(), readonly=True)
    waits_since = _column(None, "Venter siden", cells.Day(), readonly=True)

    class Meta:
        model = Project
        import_id_fields = ()
        instance_loader_class = BaseInstanceLoader  # all are loaded at once, in before_import
        skip_diff = True

    def __init__(self, *, locked: bool = False):
        super().__init__()
        self.locked = locked
        self.readings: list[Reading] = []
        self._by_external_id: dict[str, Project] = {}
        self._by_reference: dict[str, Project] = {}
        self._rows_of: dict[Any, int] = {}

    # --- out ---

    def widths(self) -> dict[int, int]:
        """How wide the columns are that hold more than a word."""
        return {place: WIDE.get(name, 18) for place, name in enumerate(self.fields)}

    def rows(self, projects: QuerySet) -> Iterator[list[Any]]:
        """The projects as rows, a few hundred at a time."""
        directory = Directory.now()
        waits = Waiting.objects.open().select_related("user", "unit")
        projects = projects.select_related(*PEOPLE, "unit").prefetch_related(
            "pools", "focus_areas", "team", Prefetch("waits", waits, to_attr="open_waits")
        )
        for project in projects.iterator(chunk_size=500):
            yield self.export_resource(project, directory=directory)

    def dehydrate_waits_for(self, project):
        with override("da"):
            return cells.BETWEEN.join(wait.whom for wait in project.open_waits)

    def dehydrate_waits_since(self, project):
        return min((localdate(wait.since) for wait in project.open_waits), default=None)

    # --- in: each row is found, read and judged; nothing is written until all of them are ---

    def before_import(self, dataset, **kwargs):
        """The projects the sheet names, in two queries and what belongs to them."""
        known = Project.objects.sent().select_related(*PEOPLE, "unit")
        known = known.prefetch_related("pools", "focus_areas", "team", "requests")
        if self.locked:
            known = known.select_for_update(of=("self",))
        named = {"external_id": set(), "reference": set()}
        for row in dataset.dict:
            for name, texts in named.items():
                texts.add(self._key(row, name))
        numbers = [_numbers_of(text) for text in named["reference"]]
        years, order = zip(*filter(None, numbers), strict=True) if any(numbers) else ((), ())
        found = Q(external_id__in=named["external_id"] - {""})
        found |= Q(year__in=set(years), number__in=set(order))
        for project in known.filter(found).order_by("pk"):
            self._by_reference[project.reference] = project
            if project.external_id:
                self._by_external_id[project.external_id] = project

    def _key(self, row: dict, name: str) -> str:
        """The text a row is found by; empty when the cell is, or cannot be read."""
        try:
            return cells.text_in(row.get(self.fields[name].column_name))
        except ValueError:
            return ""

    def get_instance(self, instance_loader, row):
        reference = _numbers_of(self._key(row, "reference"))
        if reference:
            return self._by_reference.get("SSO-{}-{:03d}".format(*reference))
        return self._by_external_id.get(self._key(row, "external_id"))

    def init_instance(self, row=None):
        return Project()

    def import_instance(self, instance, row, *, directory: Directory, **kwargs):
        project = instance if instance.pk else None
        reading = Reading(row[ROW_NUMBER], project=project)
        reading.title = self._key(row, "title") or (project.title if project else "")
        self.readings.append(reading)
        self._judge_keys(reading, row)
        for name, column in self.fields.items():
            if column.readonly or column.column_name not in row:
                continue
            try:
                self._read(reading, name, column.clean(row, directory=directory), directory)
            except ValueError as error:
                reading.errors.setdefault(name, str(error))
        if reading.does_something:
            reading.errors = carry_over.problems(reading.arrival) | reading.errors
        if reading.errors:
            raise ValidationError({name or "__all__": t for name, t in reading.errors.items()})

    def _read(self, reading: Reading, name: str, new: Any, directory: Directory) -> None:
        """Note what a cell would change. An empty one says nothing of what a project always has."""
        column = self.fields[name]
        old = column.get_value(reading.project) if reading.project else None
        says_nothing = new in (None, "", [])
        if says_nothing and (reading.is_new or name in NEVER_UPDATED or name == "source"):
            return
        if reading.project and cells.same(old, new):
            return
        change = Change(
            column.column_name,
            cells.shown(column.widget.render(old, directory=directory)),
            cells.shown(column.widget.render(new, directory=directory)),
        )
        if reading.project and name in NEVER_UPDATED:
            reading.kept.append(change)
        else:
            reading.changes.append(change)
            reading.facts[name] = new

    def _judge_keys(self, reading: Reading, row: dict) -> None:
        """Refuse a row that points at no project, at two, or at one that another row has."""
        external_id, reference = self._key(row, "external_id"), self._key(row, "reference")
        by_id = self._by_external_id.get(external_id)
        if reference and _numbers_of(reference) is None:
            reading.errors["reference"] = _("Write the reference as SSO-2026-014.")
        elif reference and reading.is_new:
            reading.errors["reference"] = _(
                "No project has this reference. Leave the cell empty for a new project."
            )
        elif reference and by_id not in (None, reading.project):
            reading.errors["external_id"] = _("This id belongs to another project.")
        elif reference and external_id and reading.project.external_id not in (None, external_id):
            words = _("The project has the id %(id)s.")
            reading.errors["external_id"] = words % {"id": reading.project.external_id}
        same = reading.project or external_id
        if same and same in self._rows_of:
            words = _("The same project stands in row %(row)s.")
            name = "reference" if reference else "external_id"
            reading.errors.setdefault(name, words % {"row": self._rows_of[same]})
        self._rows_of.setdefault(same, reading.number)

    def skip_row(self, instance, original, row, import_validation_errors=None):
        return not import_validation_errors and not self.readings[-1].does_something

    def validate_instance(self, instance, import_validation_errors=None, validate_unique=True):
        if import_validation_errors:
            raise ValidationError(import_validation_errors)

    def save_instance(self, instance, is_create, row, **kwargs):
        """Rows are only read here. ``carry_over`` writes them, all at once."""


WIDE = {"title": 44, "on_hold_because": 30, "unit": 30, "focus_areas": 40, "waits_for": 30}
PEOPLE = ("giver", "lead", "digitek_contact")


def _numbers_of(reference: str) -> tuple[int, int] | None:
    found = REFERENCE.fullmatch(reference)
    return (int(found[1]), int(found[2])) if found else None
