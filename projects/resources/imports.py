"""A list on its way into the portal: received, looked at, and carried out once or not at all.

Looking is a dry run against the projects as they are now, and so is done again when the list is
carried out: what has come to mean something else meanwhile is shown again, not written.
"""

import hashlib
import json
from dataclasses import dataclass, field
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from tablib import Dataset

from projects import carry_over
from projects.models import SpreadsheetImport
from projects.resources.cells import Directory
from projects.resources.project import ROW_NUMBER, ProjectResource, Reading
from projects.rights import ProjectError
from sso_portal.organisation.models import User
from sso_portal.shared import clock
from sso_portal.shared.sheets import reading as sheet_reading
from sso_portal.shared.sheets import tidy

NEEDED = ("external_id", "reference")


class ImportRefused(ProjectError):
    """The list is not carried out; the text says why."""


@dataclass
class Look:
    """What a list would do, row by row."""

    readings: list[Reading]
    unknown_columns: list[str] = field(default_factory=list)

    @property
    def wrong(self) -> list[Reading]:
        return [each for each in self.readings if each.errors]

    @property
    def new(self) -> list[Reading]:
        return [each for each in self.readings if each.is_new and not each.errors]

    @property
    def changed(self) -> list[Reading]:
        return [
            each for each in self.readings if not each.is_new and each.facts and not each.errors
        ]

    @property
    def doing(self) -> list[Reading]:
        return [each for each in self.readings if each.does_something and not each.errors]

    @property
    def unchanged(self) -> list[Reading]:
        return [each for each in self.readings if not each.does_something and not each.errors]

    @property
    def kept(self) -> list[Reading]:
        """Rows that say something an update leaves as it is."""
        return [each for each in self.readings if each.kept and not each.errors]

    @property
    def may_be_carried_out(self) -> bool:
        return bool(self.doing) and not self.wrong

    @property
    def fingerprint(self) -> str:
        """The same as long as the list would do the same."""
        said = [
            [each.number, each.project and each.project.pk, sorted(each.errors)]
            + [[change.column, change.old, change.new] for change in each.changes]
            for each in self.readings
        ]
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def receive(name: str, content: bytes, *, form_key: UUID, by: User) -> SpreadsheetImport:
    """Keep an uploaded list. Raises ``NotASheet`` or ``ImportRefused`` when it is none."""
    table = sheet_reading.read(name, content)
    columns = _columns(table.header)
    if not {ProjectResource.fields[key].column_name for key in NEEDED} & set(columns.values()):
        words = _("One column must be called %(columns)s, so that projects are known again.")
        names = _(" or ").join(ProjectResource.fields[key].column_name for key in NEEDED)
        raise ImportRefused(words % {"columns": names})
    if len(set(columns.values())) < len(columns):
        raise ImportRefused(_("Two columns have the same name."))
    rows = [[row.number, *map(_clean, row.cells)] for row in table.rows]
    sheet, _new = SpreadsheetImport.objects.get_or_create(
        form_key=form_key,
        defaults={
            "name": name[:200],
            "header": table.header,
            "rows": rows,
            "uploaded_by": by,
            "uploaded_at": clock.now(),
        },
    )
    return sheet


def _clean(cell):
    """A cell without the signs that no database keeps."""
    return cell.replace("\0", "") if isinstance(cell, str) else cell


def _columns(header: list[str]) -> dict[int, str]:
    """The place of each column we know, by our name for it."""
    ours = {column.column_name.casefold(): column.column_name for column in _fields()}
    named = {place: " ".join(tidy(name).split()).casefold() for place, name in enumerate(header)}
    return {place: ours[name] for place, name in named.items() if name in ours}


def _fields():
    return ProjectResource.fields.values()


def look(sheet: SpreadsheetImport) -> Look:
    """What the list would do now. Nothing is written."""
    return _read(sheet, ProjectResource())


def _read(sheet: SpreadsheetImport, resource: ProjectResource) -> Look:
    columns = _columns(sheet.header)
    dataset = Dataset(headers=[ROW_NUMBER, *columns.values()])
    for number, *values in sheet.rows:
        dataset.append([number, *(values[place] for place in columns)])
    result = resource.import_data(dataset, use_transactions=False, directory=Directory.now())
    for failed in (*result.base_errors, *(error for row in result.rows for error in row.errors)):
        raise failed.error  # a fault of ours: what is wrong with a row is in its reading
    unknown = [name for place, name in enumerate(sheet.header) if name and place not in columns]
    return Look(resource.readings, unknown)


@transaction.atomic
def carry_out(sheet: SpreadsheetImport, *, by: User, seen: str) -> SpreadsheetImport:
    """Import the list, all of it or nothing, when it still does what was ``seen``.

    A list that has been imported already is left as it is. Raises ``ImportRefused``.
    """
    sheet = SpreadsheetImport.objects.select_for_update().get(pk=sheet.pk)
    if sheet.is_imported:
        return sheet
    if not sheet.is_open:
        raise ImportRefused(_("The list has been discarded. Upload it again."))
    now = _read(sheet, ProjectResource(locked=True))
    if now.wrong:
        raise ImportRefused(_("There are errors in the list, so nothing is imported."))
    if now.fingerprint != seen:
        raise ImportRefused(
            _("The projects have changed since you looked. Look at the list again, then import.")
        )
    try:
        with transaction.atomic():
            arrived = carry_over.take_over([each.arrival for each in now.doing], by=by)
    except IntegrityError:
        raise ImportRefused(
            _("Somebody changed the same projects at the same time. Look again, then import.")
        ) from None
    sheet.result = {
        "created": [project.pk for project in arrived.created],
        "updated": [project.pk for project in arrived.updated],
        "unchanged": len(now.unchanged),
    }
    _end(sheet, SpreadsheetImport.State.IMPORTED, by=by)
    return sheet


@transaction.atomic
def discard(sheet: SpreadsheetImport, *, by: User) -> None:
    """Let an uploaded list go; what has been imported stays."""
    sheet = SpreadsheetImport.objects.select_for_update().get(pk=sheet.pk)
    if sheet.is_open:
        sheet.rows = []
        _end(sheet, SpreadsheetImport.State.DISCARDED, by=by)


def _end(sheet: SpreadsheetImport, state: str, *, by: User) -> None:
    sheet.state, sheet.ended_by, sheet.ended_at = state, by, clock.now()
    sheet.save()
