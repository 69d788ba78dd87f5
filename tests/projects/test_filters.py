"""What the portfolio can be narrowed to, searched for and sorted by."""

from datetime import timedelta

import pytest
from django.http import QueryDict

from projects.filters import SORTS, PortfolioFilter
from projects.models import FocusArea, Project
from projects.phase_model import Phase, Priority, ProjectType, Standing
from projects.portfolio import ORDERS
from sso_portal.organisation import waiting
from sso_portal.organisation.models import Waiting
from sso_portal.organisation.roles import Desk, Role
from sso_portal.shared import clock
from tests.factories import ProjectFactory, person


def asked(query: str, user) -> list[str]:
    """The titles of what an address asks for, in their order."""
    return [project.title for project in PortfolioFilter(QueryDict(query), user=user).of(user)]


def wait(project, kind=Waiting.Kind.DECIDE, *, days=0, **whom):
    since = clock.now() - timedelta(days=days)
    return waiting.begin(project, kind, link="/", since=since, **whom)


@pytest.fixture
def two(office):
    """One project that answers to every filter below, and one that answers to none."""
    wanted = ProjectFactory(
        title="Den søgte",
        unit=office.home,
        type=ProjectType.OTHER,
        phase=Phase.TRIAL,
        priority=Priority.HIGH,
        risk=3,
        lead=office.manager,
    )
    wanted.pools.add(office.care_pool)
    wanted.focus_areas.add(FocusArea.objects.create(number=1, name_da="Ét", name_en="One"))
    FocusArea.objects.create(number=2, name_da="To", name_en="Two")
    ProjectFactory(title="En anden", unit=office.clinic, lead=office.other_manager)
    return wanted


@pytest.mark.parametrize(
    "query",
    [
        "phase=trial",
        "type=other",
        "area={office.care.pk}",
        "unit={office.home.pk}",
        "priority=high",
        "risk=3",
        "pool={office.care_pool.pk}",
        "leader={office.manager.pk}",
        "q=søgte",
        "phase=trial&type=other&priority=high&q=DEN",
    ],
)
def test_each_filter_narrows_the_list(office, two, query):
    assert asked(query.format(office=office), office.digitek) == ["Den søgte"]


def test_a_focus_area_narrows_the_list(office, two):
    of = {area.number: area.pk for area in FocusArea.objects.all()}

    assert asked(f"focus={of[1]}", office.digitek) == ["Den søgte"]
    assert asked(f"focus={of[2]}", office.digitek) == []


def test_workshop_solutions_are_kept_out_unless_asked_for(office):
    ProjectFactory(title="Projekt")
    ProjectFactory(title="Løsning", type=ProjectType.WORKSHOP)

    assert asked("", office.digitek) == ["Projekt"]
    assert asked("type=workshop", office.digitek) == ["Løsning"]
    assert asked("type=all", office.digitek) == ["Projekt", "Løsning"]


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", ["active", "parked"]),
        ("standing=active", ["active"]),
        ("standing=parked", ["parked"]),
        ("standing=over", ["stopped", "closed"]),
        ("standing=all", ["active", "parked", "stopped", "closed"]),
    ],
)
def test_what_is_over_is_shown_when_asked_for_and_drafts_never(office, query, titles):
    for standing in ("active", "parked", "stopped", "closed"):
        on_hold = {"on_hold_because": "Venter", "review_on": clock.today()}
        more = on_hold if standing == Standing.PARKED else {}
        ProjectFactory(title=standing, standing=standing, **more)
    ProjectFactory(title="draft", draft=True, giver=office.digitek)

    assert asked(query, office.digitek) == titles


# --- waiting for --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("waiting=digitek", ["Hos DigiTek"]),
        ("waiting=it", ["Hos IT"]),
        ("waiting=chief_group", ["Hos chefgruppen"]),
        ("waiting=chief", ["Hos Omsorg", "Hos Sundhed"]),
        ("waiting=chief-{office.care.pk}", ["Hos Omsorg"]),
        ("waiting=person-{office.manager.pk}", ["Hos en leder"]),
        ("waiting=manager", []),
    ],
)
def test_what_waits_for_a_desk_or_a_person(office, query, titles):
    wait(ProjectFactory(title="Hos DigiTek"), desk=Desk.DIGITEK)
    wait(ProjectFactory(title="Hos IT"), desk=Desk.IT)
    wait(ProjectFactory(title="Hos chefgruppen"), desk=Desk.CHIEF_GROUP)
    wait(ProjectFactory(title="Hos Omsorg"), desk=Desk.CHIEF, unit=office.care)
    wait(ProjectFactory(title="Hos Sundhed"), desk=Desk.CHIEF, unit=office.health)
    wait(ProjectFactory(title="Hos en leder"), user=office.manager)
    ProjectFactory(title="Venter ikke")

    assert asked(query.format(office=office), office.digitek) == titles


def test_me_is_what_waits_for_me_by_name_and_at_my_desk(office):
    wait(ProjectFactory(title="Ved navn"), user=office.chief)
    wait(ProjectFactory(title="Som chef"), desk=Desk.CHIEF, unit=office.care)
    wait(ProjectFactory(title="En andens"), desk=Desk.CHIEF, unit=office.health)

    assert asked("waiting=me", office.chief) == ["Ved navn", "Som chef"]
    assert asked("waiting=me", office.other_chief) == ["En andens"]


def test_what_has_been_answered_or_not_begun_waits_for_nobody(office):
    answered, later = ProjectFactory(), ProjectFactory()
    wait(answered, desk=Desk.IT)
    waiting.end(answered)
    wait(later, desk=Desk.IT, days=-5)

    assert asked("waiting=it", office.digitek) == []


def test_a_project_that_waits_twice_is_listed_once(office):
    project = ProjectFactory(title="To gange")
    wait(project, desk=Desk.IT)
    wait(project, Waiting.Kind.STATEMENT, desk=Desk.IT)

    assert asked("waiting=it", office.digitek) == ["To gange"]


# --- search -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "sårpleje",
        "SÅRPLEJE",
        "ældre sår",
        "Sår  ÆLDRE",
        "SSO-2026-014",
        "sso-2026-14",
        "2026-14",
        "SSO 2026 014",
        "2026/14",
        "pf-77",
        "åse",
        "Østergård",
        "Åse sårpleje",
        "bruun",
        "100 %",
    ],
)
def test_the_search_finds_title_reference_external_id_and_people(office, text):
    leader = person(Role.MANAGER, office.home, first_name="Åse", last_name="ØSTERGÅRD")
    colleague = person(Role.EMPLOYEE, office.home, first_name="Bo", last_name="Bruun")
    project = ProjectFactory(
        title="Sårpleje for ældre, 100 % digital", number=14, external_id="PF-77-Æ", lead=leader
    )
    project.team.add(colleague)
    ProjectFactory(title="Noget andet", number=140)

    assert asked(f"q={text.replace('%', '%25')}", office.digitek) == [project.title]


@pytest.mark.parametrize(
    "text", ["_", "%25%25", "\\", "2026-15", "åse mangler", "'; drop", "2026-99999999"]
)
def test_the_search_takes_signs_as_they_are(office, text):
    ProjectFactory(title="Noget andet", number=14)

    assert asked(f"q={text}", office.digitek) == []


@pytest.mark.parametrize("role", ["giver", "endorsed_by", "lead", "digitek_contact"])
def test_everybody_with_a_part_in_the_project_is_found(office, role):
    somebody = person(Role.MANAGER, office.home, first_name="Gunhild")
    ProjectFactory(title="Fundet", **{role: somebody})

    assert asked("q=gunhild", office.digitek) == ["Fundet"]


def test_nobody_finds_what_they_may_not_know_of(office):
    ProjectFactory(title="Fremmed idé", unit=office.clinic)

    assert asked("q=fremmed", office.manager) == []
    assert asked("q=fremmed", office.other_manager) == ["Fremmed idé"]


# --- order --------------------------------------------------------------------------------------


def test_titles_are_sorted_as_in_denmark(office):
    for title in ("Åben", "Ældre", "zebra", "Østen", "Aalborg", "Bo", "adam"):
        ProjectFactory(title=title)

    ordered = ["adam", "Bo", "zebra", "Ældre", "Østen", "Aalborg", "Åben"]
    assert asked("sort=title", office.digitek)[:5] == ordered[:5]
    assert asked("sort=-title", office.digitek) == asked("sort=title", office.digitek)[::-1]


@pytest.mark.parametrize("sort", [*ORDERS, *SORTS])
def test_every_order_can_be_turned_and_loses_nothing(office, sort):
    project = ProjectFactory(budget_kroner=5, risk=1, lead=office.manager)
    wait(project, desk=Desk.IT)
    ProjectFactory.create_batch(2)

    assert len(asked(f"sort={sort}", office.digitek)) == 3
    assert len(asked(f"sort=-{sort.removeprefix('-')}", office.digitek)) == 3


@pytest.mark.parametrize(
    ("sort", "titles"),
    [
        ("priority", ["a", "b", "c"]),
        ("-priority", ["c", "b", "a"]),
        ("phase", ["c", "a", "b"]),
        ("budget", ["b", "c", "a"]),
        ("-budget", ["c", "b", "a"]),
        ("waiting", ["b", "a", "c"]),
        ("leader", ["c", "a", "b"]),
        ("risk", ["a", "c", "b"]),
        ("reference", ["a", "b", "c"]),
    ],
)
def test_sorting_follows_the_meaning_and_leaves_what_is_empty_last(office, sort, titles):
    anna = person(Role.MANAGER, office.home, first_name="Anna")
    bo = person(Role.MANAGER, office.home, first_name="Bo")
    rows = {
        "a": {"priority": Priority.HIGH, "phase": Phase.TRIAL, "lead": bo, "risk": 1},
        "b": {"priority": Priority.LOW, "phase": Phase.OPERATION, "budget_kroner": 10},
        "c": {"priority": Priority.BACKLOG, "lead": anna, "risk": 2, "budget_kroner": 20},
    }
    made = {title: ProjectFactory(title=title, **row) for title, row in rows.items()}
    wait(made["b"], desk=Desk.IT, days=9)
    wait(made["a"], desk=Desk.IT, days=3)

    assert asked(f"sort={sort}", office.digitek) == titles


def test_the_place_in_the_prioritised_list_follows_the_level(office):
    ranks = {}
    for level in Priority.values:
        kind = ProjectType.MUST_DO if level == Priority.VERY_HIGH else ProjectType.DIGITEK
        project = ProjectFactory(type=kind, priority=level)
        ranks[level] = Project.objects.get(pk=project.pk).priority_rank

    assert [ranks[level] for level in Priority.values] == [0, 1, 2, 3, 4]


# --- what is not understood ---------------------------------------------------------------------


@pytest.mark.parametrize("name", ["phase", "type", "area", "unit", "priority", "risk", "pool"])
@pytest.mark.parametrize("value", ["nonsense", "-1", "99999999999999999999", "1;2", "draft"])
def test_a_value_that_is_not_there_is_left_out_and_said(office, name, value):
    ProjectFactory(title="Projekt")
    filters = PortfolioFilter(QueryDict(f"{name}={value}"), user=office.digitek)

    assert [project.title for project in filters.of(office.digitek)] == ["Projekt"]
    assert len(filters.ignored) == 1
    assert value[:40] in filters.ignored[0]


@pytest.mark.parametrize(
    "query",
    ["focus=x", "leader=0", "waiting=chief-x", "waiting=person-0", "standing=draft", "sort=pk"],
)
def test_nor_do_the_others_fail(office, query):
    ProjectFactory(title="Projekt")
    filters = PortfolioFilter(QueryDict(query), user=office.digitek)

    assert [project.title for project in filters.of(office.digitek)] == ["Projekt"]
    assert len(filters.ignored) == 1


def test_a_null_sign_in_the_search_is_taken_out(office):
    ProjectFactory(title="Projekt")

    assert asked("q=pro%00jekt", office.digitek) == ["Projekt"]


# --- what is offered ----------------------------------------------------------------------------


def test_people_are_offered_when_they_lead_or_are_waited_for(office):
    project = ProjectFactory(lead=office.manager, phase=Phase.TRIAL)
    wait(project, user=office.employee)
    filters = PortfolioFilter(QueryDict(), user=office.digitek)

    assert filters.choices.leaders == {office.manager.pk: str(office.manager)}
    assert filters.choices.waited_for == {office.employee.pk: str(office.employee)}


def test_who_works_on_an_idea_that_is_none_of_mine_is_not_offered(office):
    idea = ProjectFactory(lead=office.other_manager, unit=office.clinic)
    wait(idea, user=office.other_manager)
    filters = PortfolioFilter(QueryDict(), user=office.manager)

    assert (filters.choices.leaders, filters.choices.waited_for) == ({}, {})


def test_units_stand_under_their_chief_area(office):
    filters = PortfolioFilter(QueryDict(), user=office.digitek)

    assert filters.options["unit"] == [
        (office.top.pk, "Direktørområdet"),
        ("Omsorg", [(office.care.pk, "Omsorg"), (office.home.pk, "Plejecenter Nord")]),
        ("Sundhed", [(office.health.pk, "Sundhed"), (office.clinic.pk, "Sygeplejen")]),
    ]


def test_a_chip_takes_one_thing_off_and_keeps_the_rest(office):
    query = QueryDict("phase=trial&q=sensor&sort=title&page=3&risk=nonsense")
    filters = PortfolioFilter(query, user=office.digitek)

    assert [address for _text, address in filters.chips()] == [
        "?phase=trial&sort=title",
        "?q=sensor&sort=title",
    ]
    assert filters.set_count == 2


@pytest.mark.parametrize(
    ("who", "sees_the_idea"),
    [("employee", True), ("manager", True), ("other_manager", False), ("chief", True)]
    + [("other_chief", True), ("director", True), ("digitek", True), ("it", False)],
)
def test_lists_show_what_is_visible_without_drafts(office, who, sees_the_idea):
    idea = ProjectFactory(unit=office.home, giver=office.employee)
    ProjectFactory(unit=office.clinic, phase=Phase.TRIAL)
    ProjectFactory(draft=True, giver=office.employee)
    user = getattr(office, who)

    listed = set(Project.objects.listed_for(user))

    assert listed == set(Project.objects.visible_to(user).sent())
    assert (idea in listed) == sees_the_idea
