"""Two imports at once, on PostgreSQL: nothing comes in twice."""

from uuid import uuid4

import pytest

from projects.models import Project, SpreadsheetImport
from projects.resources import imports
from projects.resources.imports import ImportRefused
from sso_portal.shared.models import Event
from tests.projects.test_races import at_once

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
ROWS = "Projekt-ID;Titel;Enhed\nPF-1;Ét;Plejecenter Nord\nPF-2;To;Plejecenter Nord\n".encode()


def confirming(sheet, by):
    seen = imports.look(sheet).fingerprint
    return lambda: imports.carry_out(sheet, by=by, seen=seen)


def received(office):
    return imports.receive("liste.csv", ROWS, form_key=uuid4(), by=office.digitek)


def test_a_list_confirmed_twice_at_once_is_imported_once(office):
    sheet = received(office)
    act = confirming(sheet, office.digitek)

    results = at_once(act, act)

    assert [type(result) for result in results] == [SpreadsheetImport] * 2
    assert Project.objects.count() == 2
    assert Event.objects.filter(key="carried_over").count() == 2


def test_two_lists_with_the_same_new_projects_do_not_make_them_twice(office):
    acts = [confirming(received(office), office.digitek) for _ in range(2)]

    results = at_once(*acts)

    assert sorted(type(result).__name__ for result in results) == [
        ImportRefused.__name__,
        SpreadsheetImport.__name__,
    ]
    assert Project.objects.count() == 2


def test_the_same_form_sent_twice_at_once_is_one_list(office):
    key = uuid4()

    def upload():
        return imports.receive("liste.csv", ROWS, form_key=key, by=office.digitek).pk

    first, second = at_once(upload, upload)

    assert first == second
    assert SpreadsheetImport.objects.count() == 1
