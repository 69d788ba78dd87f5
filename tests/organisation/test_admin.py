import pytest
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.messages import get_messages
from django.urls import reverse
from simple_history.admin import SimpleHistoryAdmin

from projects.models import Document, Project
from sso_portal.organisation import waiting
from sso_portal.organisation.models import Assignment, Unit, User, Waiting
from sso_portal.organisation.roles import Role
from sso_portal.shared.models import Event
from tests.factories import ProjectFactory, UnitFactory, awaiting, person

# What an administrator keeps; everything else in the admin is only read.
KEPT = {"Unit", "User", "Assignment", "FocusArea", "Principle", "Pool"}
REGISTERED = list(admin.site._registry.items())
each_record = pytest.mark.parametrize(
    "model", [model for model, _ in REGISTERED if model.__name__ not in KEPT]
)
each_model = pytest.mark.parametrize("model", [model for model, _ in REGISTERED])


@pytest.fixture
def administrator(as_, office):
    return as_(office.admin)


def url(model, page, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def form_of(person, **changes):
    """What the form of a person posts when nothing is changed but ``changes``."""
    unchanged = {name: getattr(person, name) for name in ("username", "first_name", "last_name")}
    unchanged |= {"title": person.title, "unit": person.unit_id, "email": person.email}
    unchanged |= {"language": person.language, "is_active": "on" if person.is_active else ""}
    roles = list(person.assignments.all())
    formset = {
        "assignments-TOTAL_FORMS": len(roles),
        "assignments-INITIAL_FORMS": len(roles),
    }
    for number, role in enumerate(roles):
        formset |= {
            f"assignments-{number}-id": role.pk,
            f"assignments-{number}-user": person.pk,
            f"assignments-{number}-role": role.role,
            f"assignments-{number}-unit": role.unit_id,
        }
    return {name: value for name, value in (unchanged | formset | changes).items() if value != ""}


# Who gets in


@pytest.mark.parametrize("role", Role)
def test_the_role_administrator_opens_the_admin_and_no_other_role_does(as_, office, role):
    somebody = person(role, office.top, is_staff=True)

    status = as_(somebody).get("/admin/", follow=True).status_code

    assert status == (200 if role == Role.ADMIN else 403)


def test_a_stranger_is_sent_to_the_portals_own_door(client, db):
    answer = client.get("/admin/organisation/user/", follow=True)

    assert answer.redirect_chain[-1][0].startswith("/accounts/login/?next=%2Fadmin%2Forganisation")


def test_without_the_role_the_door_closes_at_once(administrator, office):
    office.admin.assignments.all().delete()

    assert administrator.get("/admin/organisation/user/", follow=True).status_code == 403


def test_the_door_lets_an_administrator_through(administrator):
    assert administrator.get("/admin/login/").url == "/admin/"


# What is kept and what is read


def test_only_our_own_tables_are_shown():
    labels = {model._meta.app_label for model, _ in REGISTERED}

    assert labels == {"organisation", "projects", "shared"}


@each_model
def test_every_list_can_be_read(administrator, office, model):
    awaiting(1, giver=office.manager, digitek=office.digitek, unit=office.home)

    assert administrator.get(url(model, "changelist")).status_code == 200


@each_record
def test_a_record_is_never_added_changed_or_removed(as_, office, model):
    awaiting(1, giver=office.manager, digitek=office.digitek, unit=office.home)
    client = as_(person(Role.ADMIN, office.top, is_superuser=True))
    row = model.objects.first()
    key = row.pk if row else 1

    assert client.get(url(model, "add")).status_code == 403
    assert client.post(url(model, "add"), {}).status_code == 403
    if row:
        assert client.get(url(model, "change", key)).status_code == 200
        assert client.post(url(model, "change", key), {"title": "Nyt"}).status_code == 403
        assert client.post(url(model, "delete", key), {"post": "yes"}).status_code == 403
    action = {"action": "delete_selected", "_selected_action": [key], "post": "yes"}
    client.post(url(model, "changelist"), action)
    assert row is None or model.objects.filter(pk=key).exists()


@pytest.mark.parametrize(
    "model", [model for model, found in REGISTERED if isinstance(found, SimpleHistoryAdmin)]
)
def test_history_is_read_and_never_played_back(as_, office, model):
    awaiting(1, giver=office.manager, digitek=office.digitek, unit=office.home)
    client = as_(person(Role.ADMIN, office.top, is_superuser=True))
    row = model.objects.first()
    then = row.history.last()

    assert client.get(url(model, "history", row.pk)).status_code == 200
    page = url(model, "simple_history", row.pk, then.history_id)
    assert client.get(page).status_code == 200
    assert client.post(page, {}).status_code == 403


def test_drafts_are_their_authors_alone_here_too(administrator, office):
    draft = ProjectFactory(unit=office.home, giver=office.employee, draft=True, title="Hemmelig")
    paper = Document.objects.create(project=draft, key="checklist")

    assert "Hemmelig" not in administrator.get(url(Project, "changelist")).content.decode()
    assert administrator.get(url(Project, "change", draft.pk)).status_code == 302
    assert administrator.get(url(Document, "change", paper.pk)).status_code == 302


def test_the_offices_lists_are_kept_with_their_years(administrator, office):
    frame = {"years-0-year": 2026, "years-0-frame_kroner": 200000}
    formset = {"years-TOTAL_FORMS": 1, "years-INITIAL_FORMS": 0, **frame}
    pool = {"name_da": "Omsorg", "name_en": "Care", "area": office.care.pk, "is_active": "on"}

    answer = administrator.post(
        url(type(office.care_pool), "change", office.care_pool.pk), pool | formset
    )

    assert answer.status_code == 302
    assert office.care_pool.years.get().frame_kroner == 200_000


# Units


def test_units_stand_as_the_tree(administrator, office):
    page = administrator.get(url(Unit, "changelist")).content.decode()
    body = page[page.index("<tbody>") :]

    places = [body.index(name) for name in ("Direktørområdet", "Omsorg", "Plejecenter Nord")]
    assert places == sorted(places)
    assert "\u2007\u2007\u2007\u2007Plejecenter Nord" in body


def test_a_unit_that_is_moved_takes_its_people_along(administrator, office):
    moved = {"name": "Plejecenter Nord", "kind": "unit", "parent": office.health.pk}

    administrator.post(url(Unit, "change", office.home.pk), {**moved, "is_active": "on"})

    office.home.refresh_from_db()
    assert office.health.pk in office.home.lineage


def test_a_unit_is_not_put_below_itself(administrator, office):
    moved = {"name": "Omsorg", "kind": "chief_area", "parent": office.home.pk}

    answer = administrator.post(url(Unit, "change", office.care.pk), {**moved, "is_active": "on"})

    assert answer.context["adminform"].form.errors["parent"]


# People


def test_a_person_is_made_with_unit_and_language(administrator, office):
    new = {
        "username": "ny",
        "first_name": "Ny",
        "unit": office.home.pk,
        "language": "en",
        "usable_password": "true",
        "password1": "et langt kodeord",
        "password2": "et langt kodeord",
        "assignments-TOTAL_FORMS": 1,
        "assignments-INITIAL_FORMS": 0,
        "assignments-0-role": "manager",
        "assignments-0-unit": office.home.pk,
    }

    answer = administrator.post(url(User, "add"), new)

    assert answer.status_code == 302
    made = User.objects.get(username="ny")
    assert (made.unit, made.language, made.main_role) == (office.home, "en", Role.MANAGER)
    assert made.check_password("et langt kodeord")
    assert not made.is_staff


def test_no_flag_is_set_beside_the_roles(administrator, office):
    changed = form_of(office.manager, is_superuser="on", is_staff="on", title="Leder")

    assert administrator.post(url(User, "change", office.manager.pk), changed).status_code == 302

    office.manager.refresh_from_db()
    assert office.manager.title == "Leder"
    assert not office.manager.is_superuser
    assert not office.manager.is_staff


def test_the_same_role_is_not_given_twice(administrator, office):
    again = form_of(office.manager) | {
        "assignments-TOTAL_FORMS": 2,
        "assignments-1-user": office.manager.pk,
        "assignments-1-role": "manager",
        "assignments-1-unit": office.home.pk,
    }

    answer = administrator.post(url(User, "change", office.manager.pk), again)

    assert answer.status_code == 200
    assert office.manager.assignments.count() == 1


def test_who_is_deactivated_is_out_at_once_and_what_waits_is_told(administrator, office, client):
    waiting.begin(
        ProjectFactory(unit=office.home), Waiting.Kind.REWORK, user=office.manager, link="/"
    )
    theirs = type(client)()
    theirs.force_login(office.manager)

    answer = administrator.post(
        url(User, "change", office.manager.pk), form_of(office.manager, is_active="")
    )

    assert theirs.get("/konto/").status_code == 302
    told = [str(message) for message in get_messages(answer.wsgi_request)]
    assert any(str(office.manager) in text and "1" in text for text in told)


def test_nobody_is_removed(administrator, office):
    assert (
        administrator.post(url(User, "delete", office.employee.pk), {"post": "yes"}).status_code
        == 403
    )
    assert "delete_selected" not in administrator.get(url(User, "changelist")).content.decode()


def test_a_password_is_set_for_somebody_who_has_none(administrator, office):
    new = {"password1": "et langt kodeord", "password2": "et langt kodeord"}

    administrator.post(f"/admin/organisation/user/{office.employee.pk}/password/", new)

    office.employee.refresh_from_db()
    assert office.employee.check_password("et langt kodeord")


def act(client, action, *people):
    chosen = [person.pk for person in people]
    data = {"action": action, "_selected_action": chosen}
    return client.post(url(User, "changelist"), data, follow=True).content.decode()


def test_those_who_have_left_are_anonymised_one_by_one(administrator, office):
    name, stays = str(office.employee), str(office.digitek)
    waiting.begin(
        ProjectFactory(unit=office.home), Waiting.Kind.REVIEW, user=office.digitek, link="/"
    )
    administrator.post(
        url(User, "change", office.employee.pk), form_of(office.employee, title=name)
    )

    administrator.get(url(User, "changelist"))  # shows the messages of the change
    page = act(administrator, "anonymise", office.employee, office.digitek)

    assert name not in page
    assert stays in page
    office.employee.refresh_from_db()
    assert office.employee.anonymised_at
    log = administrator.get(url(User, "history", office.employee.pk)).content.decode()
    assert name not in log


def test_who_has_been_forgotten_stays_so(administrator, office):
    act(administrator, "anonymise", office.employee)

    page = url(User, "change", office.employee.pk)
    assert administrator.get(page).status_code == 200
    assert administrator.post(page, {"username": "igen"}).status_code == 403


def test_a_lost_phone_is_taken_off(administrator, office):
    Authenticator.objects.create(user=office.manager, type="totp", data={})

    act(administrator, "remove_second_factor", office.manager)

    assert not Authenticator.objects.exists()


def test_people_are_found_by_role(administrator, office):
    page = administrator.get(url(User, "changelist"), {"role": "chief"}).content.decode()

    assert str(office.chief) in page
    assert str(office.manager) not in page


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("model", [User, Unit, Assignment, Waiting, Event])
def test_the_number_of_queries_does_not_grow(as_, db, model, count, django_assert_max_num_queries):
    top = UnitFactory()
    for _ in range(count):
        unit = UnitFactory(parent=top)
        digitek = person(Role.DIGITEK, unit)
        awaiting(1, giver=person(Role.MANAGER, unit), digitek=digitek, unit=unit)
    client = as_(person(Role.ADMIN, top))

    with django_assert_max_num_queries(10):
        client.get(url(model, "changelist"))
