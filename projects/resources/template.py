"""The empty list to start from: the columns, an example, and the values that are understood."""

from datetime import date, timedelta

from projects.carry_over import NEVER_UPDATED
from projects.models import FocusArea, Pool
from projects.resources import cells
from projects.resources.project import WIDE, ListField, ProjectResource
from sso_portal.organisation.models import Unit
from sso_portal.shared import clock
from sso_portal.shared.sheets import writing
from sso_portal.shared.sheets.writing import Sheet

EXAMPLE = {
    "external_id": "PF-1001",
    "title": "Skærmbesøg i hjemmeplejen",
    "times_a_year": 1200,
    "minutes_before": 45,
    "minutes_after": 20,
    "budget_kroner": 150000,
}


def columns() -> list[dict]:
    """What stands in each column, for the page that explains them."""
    return [
        {"name": column.column_name, "read_only": column.readonly, "kept": name in NEVER_UPDATED}
        for name, column in ProjectResource.fields.items()
    ]


def workbook() -> bytes:
    """The template as an XLSX file."""
    fields = {n: c for n, c in ProjectResource.fields.items() if not c.readonly}
    values = _values(fields)
    header = [column.column_name for column in fields.values()]
    example = _example(values)
    choices = {
        place: f"'Tilladte værdier'!${writing.column_letters(at)}$2:"
        f"${writing.column_letters(at)}${len(values[name]) + 1}"
        for place, name in enumerate(fields)
        for at, listed in enumerate(values)
        if listed == name and not isinstance(fields[name], ListField)
    }
    widths = {place: WIDE.get(name, 18) for place, name in enumerate(fields)}
    longest = max(map(len, values.values()), default=0)
    listed = [
        [column[row] if row < len(column) else None for column in values.values()]
        for row in range(longest)
    ]
    names = [fields[name].column_name for name in values]
    return writing.workbook(
        Sheet("Projekter", header, [[example.get(n) for n in fields]], choices, widths),
        Sheet("Tilladte værdier", names, listed, widths=dict.fromkeys(range(len(names)), 32)),
    )


def _values(fields: dict) -> dict[str, list[str]]:
    """What can be written in the columns that know their values."""
    values = {
        name: list(cells.danish_labels(column.widget.choices).values())
        for name, column in fields.items()
        if isinstance(column.widget, cells.Choice)
    }
    values["unit"] = [unit.name for unit in Unit.objects.active().in_tree_order()]
    values["focus_areas"] = [a.name_da for a in FocusArea.objects.filter(is_active=True)]
    values["pools"] = [pool.name_da for pool in Pool.objects.filter(is_active=True)]
    values["touches_it"] = ["Ja", "Nej"]
    return {name: listed for name, listed in values.items() if listed}


def _example(values: dict[str, list[str]]) -> dict:
    starts = date(clock.today().year + 1, 1, 4)
    first = {name: listed[0] for name, listed in values.items()}
    first |= {"priority": "Pipeline", "starts_on": starts, "ends_on": starts + timedelta(days=300)}
    return first | EXAMPLE
