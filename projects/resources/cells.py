"""How each kind of fact is written in a cell, and read again.

The sheets are the office's own, so what stands in them is Danish whoever works with them: labels,
dates (31-12-2026), amounts (1.250.000). Reading is wider than writing: a stored code and the
English label are understood too. What cannot be read raises ``ValueError`` in the reader's words.
"""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from import_export.widgets import Widget

from projects.models import FocusArea, Pool
from sso_portal.organisation.models import Unit, User
from sso_portal.shared import kroner
from sso_portal.shared.sheets import restored, tidy

LARGEST_NUMBER = 2_147_483_647
ERRORS = frozenset("#REF! #N/A #VALUE! #NAME? #DIV/0! #NUM! #NULL!".split())
DATES = ("%d-%m-%Y", "%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y")
BETWEEN = "; "


@dataclass
class Directory:
    """The units, people and lists a sheet can name, each known by what people call it."""

    units: dict[str, list[Unit]] = field(default_factory=dict)
    pools: dict[str, list[Pool]] = field(default_factory=dict)
    focus_areas: dict[str, list[FocusArea]] = field(default_factory=dict)
    people: dict[str, list[User]] = field(default_factory=dict)
    usernames: dict[str, User] = field(default_factory=dict)

    @classmethod
    def now(cls) -> "Directory":
        """As it stands: four queries."""
        found = cls()
        for unit in Unit.objects.all():
            _know(found.units, unit, unit.name)
        for pool in Pool.objects.all():
            _know(found.pools, pool, pool.name_da, pool.name_en)
        for area in FocusArea.objects.all():
            names = (str(area.number), area.name_da, area.name_en)
            _know(found.focus_areas, area, *names)
        for user in User.objects.all():
            found.usernames[user.username] = user
            if not user.anonymised_at:
                _know(found.people, user, user.get_full_name(), user.email)
        return found

    def person_named(self, text: str) -> list[User]:
        """By user name before all else; then by name or e-mail address."""
        if text in self.usernames:
            return [self.usernames[text]]
        return self.people.get(_key(text), [])

    def name_of(self, user: User) -> str:
        """What finds exactly this person again: the name, or the user name."""
        name = user.get_full_name()
        return name if name and self.person_named(name) == [user] else user.username


def _know(known: dict[str, list], row: Any, *names: str) -> None:
    for name in dict.fromkeys(_key(name) for name in names if name):
        known.setdefault(name, []).append(row)


def _key(text: str) -> str:
    return " ".join(text.split()).casefold()


def text_in(value: Any) -> str:
    """What a cell says, as text; a number that is whole has no decimals."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = restored(tidy(str(value)))
    if text in ERRORS:
        raise ValueError(_("The cell shows an error in the spreadsheet: %(text)s") % {"text": text})
    return text


class Text(Widget):
    def __init__(self, longest: int | None = None, *, empty: Any = ""):
        super().__init__()
        self.longest, self.empty = longest, empty

    def clean(self, value, row=None, **kwargs):
        text = tidy(text_in(value))
        if self.longest and len(text) > self.longest:
            over = len(text) - self.longest
            words = ngettext(
                "The text is %(over)s character too long.",
                "The text is %(over)s characters too long.",
                over,
            )
            raise ValueError(words % {"over": over})
        return text or self.empty

    def render(self, value, obj=None, **kwargs):
        return value or ""


class Choice(Widget):
    def __init__(self, choices: type, *, empty: Any = ""):
        super().__init__()
        self.choices, self.empty = choices, empty

    def clean(self, value, row=None, **kwargs):
        text = text_in(value)
        if not text:
            return self.empty
        codes = codes_by_name(self.choices)
        if _key(text) in codes:
            return codes[_key(text)]
        words = _("“%(text)s” is not known here. Write one of: %(known)s.")
        known = ", ".join(danish_labels(self.choices).values())
        raise ValueError(words % {"text": text[:60], "known": known})

    def render(self, value, obj=None, **kwargs):
        return "" if value in (None, "") else danish_labels(self.choices)[value]


@lru_cache
def danish_labels(choices: type) -> dict[Any, str]:
    """The values as they are written in a sheet, by code."""
    with override("da"):
        return {code: str(label) for code, label in choices.choices}


@lru_cache
def codes_by_name(choices: type) -> dict[str, Any]:
    """Every name that is understood: the codes, and the labels in both languages."""
    names = {_key(str(code)): code for code in choices.values}
    for language in ("en", "da"):
        with override(language):
            names |= {_key(str(label)): code for code, label in choices.choices}
    return names


class Number(Widget):
    """A whole number, of kroner or of other things."""

    def __init__(self, *, of_kroner: bool = False):
        super().__init__()
        self.parse = kroner.parse if of_kroner else kroner.whole_number

    def clean(self, value, row=None, **kwargs):
        number = self._number(value)
        if number is not None and not 0 <= number <= LARGEST_NUMBER:
            raise ValueError(_("The number must be between 0 and 2.147.483.647."))
        return number

    def _number(self, value) -> int | None:
        if isinstance(value, bool):
            raise ValueError(_("Write a whole number, for example 1.250.000."))
        if isinstance(value, int) or isinstance(value, float) and value.is_integer():
            return int(value)
        text = text_in(value)
        if not text:
            return None
        try:
            with override("da"):
                return self.parse(text)
        except ValueError:
            pass
        raise ValueError(_("Write a whole number, for example 1.250.000."))

    def render(self, value, obj=None, **kwargs):
        return value


class Day(Widget):
    def clean(self, value, row=None, **kwargs):
        text = text_in(value)
        if not text:
            return None
        day = re.sub(r"[T ]00:00(:00(\.0+)?)?$", "", text)
        for form in DATES:
            try:
                found = datetime.strptime(day, form).date()  # noqa: DTZ007 - a day has no zone
            except ValueError:
                continue
            if 1900 <= found.year <= 2200:
                return found
        raise ValueError(_("Write a date, for example 31-12-2026."))

    def render(self, value, obj=None, **kwargs):
        return value


class YesNo(Widget):
    YES = frozenset(("ja", "yes", "true", "sand", "1"))
    NO = frozenset(("nej", "no", "false", "falsk", "0"))

    def clean(self, value, row=None, **kwargs):
        text = _key(text_in(value))
        if text and text not in self.YES | self.NO:
            raise ValueError(_("Write Ja or Nej."))
        return text in self.YES if text else None

    def render(self, value, obj=None, **kwargs):
        return {True: "Ja", False: "Nej"}.get(value, "")


class One(Widget):
    """A row of another table, by its exact name. ``table`` is a part of the directory."""

    def __init__(self, table: str):
        super().__init__()
        self.table = table

    def clean(self, value, row=None, *, directory: Directory, **kwargs):
        text = text_in(value)
        return find(directory, self.table, text) if text else None

    def render(self, value, obj=None, *, directory: Directory, **kwargs):
        return name_of(directory, self.table, value) if value else ""


class Several(One):
    """Several rows of another table, with semicolons between them."""

    def clean(self, value, row=None, *, directory: Directory, **kwargs):
        names = [part.strip() for part in text_in(value).split(";")]
        return [find(directory, self.table, name) for name in names if name]

    def render(self, value, obj=None, *, directory: Directory, **kwargs):
        return BETWEEN.join(name_of(directory, self.table, row) for row in value or ())


def find(directory: Directory, table: str, name: str) -> Any:
    """The one row with that name. Raises ``ValueError`` when there is none, or several."""
    if table == "people":
        found = directory.person_named(name)
        unknown = _("Nobody is called “%(name)s”. Write the name, user name or e-mail address.")
    else:
        found = getattr(directory, table).get(_key(name), [])
        unknown = _("“%(name)s” is not known in the portal.")
    if not found:
        raise ValueError(unknown % {"name": name[:60]})
    if len(found) > 1:
        words = _("Several are called “%(name)s”. Write the user name or e-mail address.")
        raise ValueError(words % {"name": name[:60]})
    return found[0]


def name_of(directory: Directory, table: str, row: Any) -> str:
    if table == "people":
        return directory.name_of(row)
    return row.name if table == "units" else row.name_da


def same(old: Any, new: Any) -> bool:
    """Whether a cell says what the project already has."""
    if isinstance(new, list):
        return {row.pk for row in old} == {row.pk for row in new}
    if isinstance(old, str) or isinstance(new, str):
        return tidy(str(old or "")) == tidy(str(new or ""))
    return old == new


def shown(value: Any) -> str:
    """A value as a person reads it in a preview."""
    if value is None:
        return ""
    if isinstance(value, date):
        return value.strftime("%d-%m-%Y")
    if isinstance(value, int):
        return f"{value:,}".replace(",", ".")
    return str(value)
