from datetime import date

import pytest
from django.utils.translation import override

from projects import basis, gates
from projects.models import PoolYear, Project
from sso_portal.shared import clock
from tests.factories import awaiting


@pytest.fixture
def asked(office):
    people = {"giver": office.manager, "digitek": office.digitek, "unit": office.home}
    return awaiting(2, **people, pools=[office.care_pool])


def facts_in(kept: dict) -> dict[str, str]:
    with override("en"):
        return {str(fact.label): fact.text for fact in basis.read(kept).facts}


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "words"),
    [
        (None, None, ""),
        (date(2027, 1, 4), None, "4 January 2027 – …"),
        (None, date(2027, 2, 1), "… – 1 February 2027"),
        (date(2027, 1, 4), date(2027, 2, 1), "4 January 2027 – 1 February 2027"),
    ],
)
def test_a_period_is_told_as_far_as_it_is_known(starts_on, ends_on, words):
    with override("en"):
        assert basis.period(starts_on, ends_on) == words


def test_the_one_who_decides_reads_what_will_be_kept(office, asked):
    before = facts_in(gates.basis_of(asked.project, asked))
    decision = gates.decide(asked, by=office.chief, verdict="rework", reasoning="Igen")

    assert facts_in(decision.basis) == before


def test_people_are_looked_up_by_their_keys(office, asked):
    decision = gates.decide(asked, by=office.chief, verdict="rework", reasoning="Igen")
    office.manager.first_name = "Nyt"
    office.manager.save()

    assert facts_in(decision.basis)["Giver"] == "Nyt Prøvesen"


def test_what_is_not_known_is_left_out(office, asked):
    Project.objects.update(risk=None, giver=None, starts_on=None, ends_on=None)
    kept = gates.basis_of(Project.objects.get(), asked)

    assert not {"Risk", "Giver", "Period"} & set(facts_in(kept))


def test_the_documents_are_read_in_the_order_of_the_gate(office, asked):
    read = basis.read(gates.basis_of(asked.project, asked))

    assert [(paper.key, paper.version) for paper in read.papers] == [
        ("project_description", 1),
        ("contract", 1),
        ("it_statement", 0),
    ]
    assert read.recommendation == asked.recommendation


def test_a_frame_is_that_of_this_year(office, asked):
    year = clock.today().year
    for number, kroner in ((year - 1, 1), (year, 200_000)):
        PoolYear.objects.create(pool=office.care_pool, year=number, frame_kroner=kroner)

    assert basis.frames(asked.project) == [basis.Frame(office.care_pool, 200_000)]
