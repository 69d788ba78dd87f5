"""Projects from an earlier list: brought in where they have come to, and brought up to date."""

from datetime import date

import pytest

from projects import carry_over, documents, rights
from projects.carry_over import Arrival, CarryOverError
from projects.models import FocusArea, Project
from projects.phase_model import Phase, Priority, ProjectType, Standing
from sso_portal.organisation.models import Waiting
from sso_portal.shared.history import describe
from sso_portal.shared.models import Event, OutgoingMail
from tests.factories import ProjectFactory, awaiting


@pytest.fixture
def facts(office):
    return {"external_id": "PF-1", "title": "Skærmbesøg", "unit": office.home}


def take(office, *arrivals):
    return carry_over.take_over(arrivals, by=office.digitek)


def created(office, facts, **more) -> Project:
    (project,) = take(office, Arrival(facts | more)).created
    return Project.objects.get(pk=project.pk)


def refused(office, arrival) -> dict:
    with pytest.raises(CarryOverError) as error:
        take(office, arrival)
    return error.value.problems


# --- new ----------------------------------------------------------------------------------------


def test_a_project_comes_in_at_the_phase_it_has_reached(office, facts):
    project = created(office, facts, phase=Phase.TRIAL, lead=office.manager)

    assert (project.phase, project.standing) == (Phase.TRIAL, Standing.ACTIVE)
    assert project.is_carried_over
    assert project.is_qualified
    assert project.reference
    assert project.lead == office.manager


def test_what_the_list_does_not_say_is_as_for_every_new_project(office, facts):
    project = created(office, facts)

    assert project.type == ProjectType.DIGITEK
    assert (project.phase, project.priority) == (Phase.IDEA, Priority.PIPELINE)


def test_a_must_do_project_is_of_very_high_priority_by_itself(office, facts):
    assert created(office, facts, type=ProjectType.MUST_DO).priority == Priority.VERY_HIGH


def test_references_are_given_in_the_order_of_the_list(office, facts):
    others = [Arrival(facts | {"external_id": f"PF-{n}"}) for n in (2, 3)]
    made = take(office, Arrival(facts), *others).created

    numbers = [project.number for project in made]
    assert numbers == list(range(numbers[0], numbers[0] + 3))


def test_the_timeline_says_where_it_came_from_and_nobody_is_mailed(office, facts):
    project = created(office, facts, phase=Phase.OPERATION, lead=office.manager)

    (event,) = Event.objects.about(project)
    assert (event.key, event.by) == ("carried_over", office.digitek)
    assert str(Phase.OPERATION.label) in describe(event)
    assert not OutgoingMail.objects.exists()


def test_history_knows_who_brought_it_in_with_its_lists(office, facts):
    area = FocusArea.objects.create(number=1, name_da="Ét", name_en="One")
    project = created(
        office, facts, pools=[office.care_pool], focus_areas=[area], team=[office.employee]
    )

    (record,) = project.history.all()
    assert (record.history_type, record.history_user) == ("+", office.digitek)
    assert [row.pool for row in record.pools.all()] == [office.care_pool]
    assert list(project.pools.all()) == [office.care_pool]
    assert list(project.focus_areas.all()) == [area]
    assert list(project.team.all()) == [office.employee]


def test_a_project_on_hold_waits_for_its_review(office, facts):
    hold = {"standing": Standing.PARKED, "on_hold_because": "Udbud", "review_on": date(2027, 1, 4)}
    project = created(office, facts, digitek_contact=office.digitek, **hold)

    assert project.is_parked
    wait = project.waits.get()
    assert (wait.kind, wait.user) == (Waiting.Kind.REVIEW, office.digitek)


@pytest.mark.parametrize(
    ("more", "about"),
    [
        ({"title": ""}, {"title"}),
        ({"unit": None}, {"unit"}),
        ({"external_id": None}, {"external_id"}),
        ({"type": ProjectType.MUST_DO, "priority": Priority.HIGH}, {"priority"}),
        ({"priority": Priority.VERY_HIGH}, {"priority"}),
        ({"type": ProjectType.WORKSHOP, "phase": Phase.INVESTIGATION}, {"phase"}),
        ({"standing": Standing.PARKED}, {"on_hold_because", "review_on"}),
        ({"on_hold_because": "Udbud"}, {"on_hold_because"}),
        ({"starts_on": date(2027, 2, 1), "ends_on": date(2027, 1, 1)}, {"ends_on"}),
    ],
)
def test_what_cannot_be_is_refused_by_name_and_nothing_is_written(office, facts, more, about):
    with pytest.raises(CarryOverError) as error:
        take(office, Arrival(facts | {"external_id": "PF-9"}), Arrival(facts | more))

    assert set(error.value.problems) == about
    assert not Project.objects.exists()


# --- known --------------------------------------------------------------------------------------


def test_an_update_changes_what_it_names_and_nothing_else(office):
    project = ProjectFactory(title="Før", risk=1, phase=Phase.TRIAL)
    project.pools.add(office.care_pool)
    facts = {"title": "Efter", "pools": [office.shared_pool], "lead": office.manager}

    take(office, Arrival(facts, project))

    project = Project.objects.get(pk=project.pk)
    assert (project.title, project.risk, project.phase) == ("Efter", 1, Phase.TRIAL)
    assert list(project.pools.all()) == [office.shared_pool]
    assert project.lead == office.manager


def test_an_update_is_told_and_kept(office):
    project = ProjectFactory()

    take(office, Arrival({"pools": [office.care_pool]}, project))

    (event,) = Event.objects.about(project)
    assert (event.key, event.facts) == ("imported", {"columns": ["pools"]})
    record = project.history.first()
    assert (record.history_type, record.history_user) == ("~", office.digitek)
    assert [row.pool for row in record.pools.all()] == [office.care_pool]


@pytest.mark.parametrize("name", sorted(carry_over.NEVER_UPDATED))
def test_what_is_decided_in_the_portal_is_never_updated(office, name):
    with pytest.raises(TypeError):
        take(office, Arrival({name: None}, ProjectFactory()))


@pytest.mark.parametrize("standing", [Standing.STOPPED, Standing.CLOSED])
def test_what_is_over_is_not_changed_any_more(office, standing):
    project = ProjectFactory(standing=standing)

    assert list(refused(office, Arrival({"title": "Nyt"}, project))) == [""]


@pytest.mark.parametrize(("name", "value"), [("title", ""), ("unit", None)])
def test_what_every_project_has_cannot_be_emptied(office, name, value):
    assert list(refused(office, Arrival({name: value}, ProjectFactory()))) == [name]


def test_an_end_before_the_start_the_project_has_is_refused(office):
    project = ProjectFactory(starts_on=date(2027, 2, 1))

    assert list(refused(office, Arrival({"ends_on": date(2027, 1, 1)}, project))) == ["ends_on"]


def test_what_a_decision_rests_on_stands_still_while_it_is_waited_for(office):
    asked = awaiting(2, giver=office.manager, digitek=office.digitek, unit=office.home)
    facts = {"pools": [office.care_pool], "starts_on": date(2027, 1, 1), "unit": office.clinic}

    about = refused(office, Arrival(facts | {"risk": 4, "lead": office.manager}, asked.project))

    assert set(about) == set(facts) & documents.rests_on(asked)
    assert {"pools", "starts_on"} <= set(about)


def test_only_those_who_may_import_take_over(office, facts):
    with pytest.raises(rights.NotAllowed):
        carry_over.take_over([Arrival(facts)], by=office.chief)


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow(office, facts, count, django_assert_max_num_queries):
    area = FocusArea.objects.create(number=1, name_da="Ét", name_en="One")
    lists = {"pools": [office.care_pool], "focus_areas": [area], "team": [office.employee]}
    new = [Arrival(facts | lists | {"external_id": f"PF-{n}"}) for n in range(count)]
    known = [Arrival({"title": "Nyt"} | lists, project) for project in _known(count)]

    with django_assert_max_num_queries(42):
        take(office, *new, *known)


def _known(count):
    made = ProjectFactory.create_batch(count)
    return Project.objects.filter(pk__in=[each.pk for each in made]).prefetch_related("requests")
