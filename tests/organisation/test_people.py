from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db import IntegrityError, transaction
from django.utils import translation

from projects import gates
from sso_portal.organisation import people, waiting
from sso_portal.organisation.models import User, Waiting
from sso_portal.organisation.roles import Desk, Role
from sso_portal.shared import clock, outbox
from sso_portal.shared.models import OutgoingMail
from tests.factories import ProjectFactory, awaiting, person

Kind = Waiting.Kind


def test_who_has_left_loses_name_access_and_roles(office):
    office.employee.set_password("et langt kodeord")

    people.anonymise(office.employee, by=office.admin)

    left = User.objects.get(pk=office.employee.pk)
    assert left.username == f"former-{left.pk}"
    assert (left.first_name, left.last_name, left.email, left.title) == ("", "", "", "")
    assert not left.is_active
    assert not left.has_usable_password()
    assert not left.assignments.exists()
    assert left.unit == office.home


def test_the_one_who_has_left_is_named_in_the_readers_language(office):
    left = people.anonymise(office.employee, by=office.admin)

    with translation.override("en"):
        assert str(left) == f"Former employee {left.pk}"
    with translation.override("da"):
        assert str(left) == f"Tidligere medarbejder {left.pk}"


def test_the_record_keeps_the_key_and_shows_the_new_name(office):
    asked = awaiting(1, giver=office.manager, digitek=office.digitek, unit=office.home)
    decision = gates.decide(asked, by=office.chief, verdict="approve", reasoning="Godt set")

    people.anonymise(office.chief, by=office.admin)

    decision.refresh_from_db()
    assert decision.recorded_by_id == office.chief.pk
    assert str(decision.recorded_by) == str(User(pk=office.chief.pk, anonymised_at=clock.now()))
    assert "Prøvesen" not in str(decision.basis)


def test_ways_to_sign_in_and_mails_are_forgotten(office):
    Authenticator.objects.create(user=office.employee, type="totp", data={})
    SocialAccount.objects.create(user=office.employee, provider="municipality", uid="1")
    outbox.put(to=office.employee, kind="test", subject="Hej Fornavn", text="Hej", html="Hej")

    people.anonymise(office.employee, by=office.admin)

    assert not Authenticator.objects.exists()
    assert not SocialAccount.objects.exists()
    mail = OutgoingMail.objects.get(recipient=office.employee)
    assert (mail.address, mail.html) == ("", "")
    assert "Hej" not in mail.subject + mail.text


@pytest.mark.parametrize("later", [0, 30])
def test_nobody_is_forgotten_while_waited_for_by_name(office, later):
    since = clock.now() + timedelta(days=later)
    project = ProjectFactory(unit=office.home)
    waiting.begin(project, Kind.REVIEW, user=office.digitek, since=since, link="/")

    with pytest.raises(people.StillWaitedFor, match=str(office.digitek)):
        people.anonymise(office.digitek, by=office.admin)

    office.digitek.refresh_from_db()
    assert office.digitek.is_active


def test_nobody_is_forgotten_while_alone_at_a_desk_that_is_waited_for(office):
    project = ProjectFactory(unit=office.home)
    waiting.begin(project, Kind.DECIDE, desk=Desk.CHIEF, unit=office.care, link="/")

    with pytest.raises(people.StillWaitedFor):
        people.anonymise(office.chief, by=office.admin)

    person(Role.CHIEF, office.care)
    people.anonymise(office.chief, by=office.admin)


def test_a_wait_that_has_ended_keeps_nobody(office):
    project = ProjectFactory(unit=office.home)
    waiting.begin(project, Kind.REWORK, user=office.manager, link="/")
    waiting.end(project)

    people.anonymise(office.manager, by=office.admin)


def test_nobody_forgets_oneself(office):
    with pytest.raises(people.Oneself):
        people.anonymise(office.admin, by=office.admin)


def test_to_forget_twice_changes_nothing(office):
    once = people.anonymise(office.employee, by=office.admin)
    twice = people.anonymise(office.employee, by=office.admin)

    assert once.anonymised_at == twice.anonymised_at


def test_who_is_forgotten_cannot_be_let_in_again(office):
    people.anonymise(office.employee, by=office.admin)

    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=office.employee.pk).update(is_active=True)
