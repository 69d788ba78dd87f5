"""Pages that no page's own tests have pinned: the number of queries never grows with the rows."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from projects import facts, gates, statements
from projects.models import Pool
from projects.phase_model import Verdict
from sso_portal.organisation.roles import Role
from tests.factories import awaiting, person
from tests.factories.projects import write


def lived(office, count: int):
    """A project asked at gate 2, with ``count`` of everything that can be many."""
    shared = {"giver": office.manager, "digitek": office.digitek, "unit": office.home}
    pools = [Pool.objects.create(name_da=f"P{n}", name_en=f"P{n}") for n in range(count)]
    asked = awaiting(2, **shared, pools=pools)
    project = asked.project
    gates.withdraw(asked, by=office.digitek)
    team = [person(Role.EMPLOYEE, office.clinic) for _n in range(count)]
    facts.name_people(project, by=office.digitek, lead=team[0], digitek_contact=office.digitek,
                      team=team)  # fmt: skip
    facts.keep(project, by=office.digitek, touches_it=True)
    for n in range(count):
        write(project, "contract", by=office.digitek, deliverables=f"Udgave {n}")
        statement = statements.ask(project, by=office.digitek)
        statements.give(statement, by=office.it, conclusion="fine")
        words = {"verdict": Verdict.APPROVE, "reasoning": f"Gang {n}"}
        gates.recommend(project, by=office.digitek, **words)
        asked = gates.ask(project, by=office.digitek)
        decision = gates.decide(
            asked, by=office.director, verdict=Verdict.REWORK, reasoning=f"Mangel {n}"
        )
    gates.recommend(project, by=office.digitek, verdict=Verdict.APPROVE, reasoning="Nu")
    return gates.ask(project, by=office.digitek), decision, statement


def queries(client, name: str, pk: int) -> int:
    with CaptureQueriesContext(connection) as captured:
        response = client.get(reverse(f"projects:{name}", args=[pk]))
    assert response.status_code == 200
    return len(captured)


PAGES = {
    "project": ("digitek", lambda asked, decision, statement: asked.project_id, 11),
    "decide": ("director", lambda asked, decision, statement: asked.pk, 16),
    "decision": ("employee", lambda asked, decision, statement: decision.pk, 11),
    "statement": ("it", lambda asked, decision, statement: statement.pk, 11),
    "recommend": ("digitek", lambda asked, decision, statement: asked.project_id, 9),
    "ask": ("digitek", lambda asked, decision, statement: asked.project_id, 11),
    "facts": ("digitek", lambda asked, decision, statement: asked.project_id, 9),
    "team": ("digitek", lambda asked, decision, statement: asked.project_id, 9),
    "park": ("digitek", lambda asked, decision, statement: asked.project_id, 4),
}


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_costs_the_same_however_much_there_is(as_, office, count):
    rows = lived(office, count)
    spent = {
        page: queries(as_(getattr(office, who)), page, key(*rows))
        for page, (who, key, _expected) in PAGES.items()
    }

    assert spent == {page: expected for page, (_who, _key, expected) in PAGES.items()}
