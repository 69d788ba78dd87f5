import pytest

from projects import rights
from projects.models import Project
from projects.phase_model import Standing
from sso_portal.organisation import waiting
from sso_portal.organisation.models import Waiting
from sso_portal.organisation.roles import May
from tests.factories import ProjectFactory

FOR_DIGITEK = {
    May.SUBMIT_IDEA,
    May.SUBMIT_FOR_OTHERS,
    May.SEE_ALL_IDEAS,
    May.QUALIFY,
    May.WRITE,
    May.KEEP_FACTS,
    May.RECOMMEND,
    May.ASK_FOR_DECISION,
    May.REGISTER_DECISION,
    May.MOVE,
    May.PARK,
    May.STOP,
    May.IMPORT,
}


def acts_of(user, project):
    return {act for act in May if rights.may(user, act, project)}


@pytest.fixture
def project(office):
    return ProjectFactory(unit=office.home)


def test_digitek_does_what_its_role_gives(office, project):
    assert acts_of(office.digitek, project) == FOR_DIGITEK


def test_it_gives_statements(office, project):
    assert rights.may(office.it, May.GIVE_STATEMENT, project)
    assert not rights.may(office.it, May.WRITE, project)


def test_a_role_reaches_no_further_than_its_unit(office, project):
    assert rights.may(office.chief, May.DECIDE, project)
    assert not rights.may(office.other_chief, May.DECIDE, project)


def test_the_project_leader_writes_parks_and_moves(office, project):
    project.lead = office.other_manager

    assert acts_of(office.other_manager, project) == {May.WRITE, May.PARK, May.MOVE}


def test_the_giver_alone_writes_on_a_draft(office):
    draft = ProjectFactory(draft=True, unit=office.home, giver=office.employee)

    assert acts_of(office.employee, draft) == {May.COMPLETE}
    assert acts_of(office.digitek, draft) == set()


def test_the_giver_completes_what_was_sent_back_and_nothing_more(office, project):
    project.giver = office.employee
    project.save()
    assert not rights.may(office.employee, May.COMPLETE, project)

    waiting.begin(project, Waiting.Kind.COMPLETE, user=office.employee, link="/")

    project = Project.objects.get(pk=project.pk)
    assert rights.may(office.employee, May.COMPLETE, project)
    assert not rights.may(office.employee, May.WRITE, project)
    assert not rights.may(office.other_manager, May.COMPLETE, project)


def test_a_closed_wait_gives_the_giver_nothing(office, project):
    waiting.begin(project, Waiting.Kind.COMPLETE, user=office.employee, link="/")
    waiting.end(project)

    assert not rights.giver_is_waited_for(office.employee, project)


@pytest.mark.parametrize("standing", [Standing.STOPPED, Standing.CLOSED])
def test_nobody_does_anything_to_what_is_over(office, standing):
    project = ProjectFactory(unit=office.home, standing=standing, lead=office.manager)

    assert acts_of(office.digitek, project) == set()
    assert acts_of(office.manager, project) == set()


def test_what_is_refused_is_refused_in_words(office, project):
    with pytest.raises(rights.NotAllowed) as refusal:
        rights.require(office.employee, May.QUALIFY, project)

    assert str(refusal.value)
    assert refusal.value.about == ""


def test_what_is_allowed_passes(office, project):
    rights.require(office.digitek, May.QUALIFY, project)
