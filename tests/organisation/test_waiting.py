from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from sso_portal.organisation import waiting
from sso_portal.organisation.models import Waiting
from sso_portal.organisation.roles import Desk
from sso_portal.shared import clock
from tests.factories import ProjectFactory

Kind = Waiting.Kind


@pytest.fixture
def project(office):
    return ProjectFactory(unit=office.home)


def waits_of(user):
    return list(Waiting.objects.open().for_user(user))


def test_what_waits_for_a_person_waits_for_nobody_else(office, project):
    wait = waiting.begin(project, Kind.COMPLETE, user=office.employee, link="/")

    assert waits_of(office.employee) == [wait]
    assert waits_of(office.manager) == []
    assert wait.whom == str(office.employee)


def test_what_waits_at_a_desk_waits_for_those_who_sit_there(office, project):
    wait = waiting.begin(project, Kind.DECIDE, desk=Desk.CHIEF, unit=office.care, link="/")

    assert waits_of(office.chief) == [wait]
    assert waits_of(office.other_chief) == waits_of(office.director) == []
    with translation.override("en"):
        assert wait.whom == "the chief, Omsorg"


def test_a_desk_without_a_unit_is_the_whole_teams(office, project):
    wait = waiting.begin(project, Kind.QUALIFY, desk=Desk.DIGITEK, link="/")

    assert waits_of(office.digitek) == [wait]
    assert waits_of(office.it) == []
    assert wait.whom == "DigiTek"


def test_the_chief_group_is_waited_for_as_one(office, project):
    wait = waiting.begin(project, Kind.DECIDE, desk=Desk.CHIEF_GROUP, link="/")

    for member in (office.chief, office.other_chief, office.director):
        assert waits_of(member) == [wait]


def test_what_begins_later_does_not_wait_yet(office, project):
    later = clock.now() + timedelta(days=3)
    wait = waiting.begin(project, Kind.REVIEW, user=office.digitek, since=later, link="/")

    assert waits_of(office.digitek) == []
    assert list(Waiting.objects.not_closed()) == [wait]
    with clock.at(later):
        assert waits_of(office.digitek) == [wait]


def test_a_new_wait_of_the_same_kind_takes_the_place_of_the_old(office, project):
    waiting.begin(project, Kind.REWORK, user=office.manager, link="/")
    wait = waiting.begin(project, Kind.REWORK, user=office.digitek, link="/")

    assert list(Waiting.objects.open().about(project)) == [wait]


def test_waits_end_by_kind_or_altogether(office, project):
    waiting.begin(project, Kind.REWORK, user=office.manager, link="/")
    waiting.begin(project, Kind.STATEMENT, desk=Desk.IT, link="/")

    assert waiting.end(project, Kind.STATEMENT) == 1
    assert waits_of(office.it) == []
    assert waiting.end(project) == 1
    assert waiting.end(project) == 0


def test_the_days_are_the_calendars(office, project):
    since = clock.now() - timedelta(days=3)
    wait = waiting.begin(project, Kind.REWORK, user=office.manager, since=since, link="/")

    assert wait.days == 3


def test_somebody_is_waited_for_always(office, project):
    with pytest.raises(IntegrityError), transaction.atomic():
        waiting.begin(project, Kind.REWORK, link="/")
