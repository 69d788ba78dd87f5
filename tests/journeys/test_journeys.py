"""Long stories, told through the addresses of the portal as people follow them."""

from datetime import timedelta

import pytest
from django.urls import reverse

from projects.models import GateDecision, Project
from projects.phase_model import Phase, Priority, ProjectType, Standing
from sso_portal.shared import clock
from sso_portal.shared.models import OutgoingMail
from tests.journeys.portal import Portal, again, today

TITLE = "Skærmbesøg om aftenen"


@pytest.fixture
def portal(office):
    return Portal()


def qualify(portal, office, project, **changes):
    found = {"type": ProjectType.DIGITEK, "touches_it": "no", "digitek_contact": office.digitek.pk}
    portal.as_(office.digitek).fill("qualify", project.pk, **found | changes)
    return again(project)


def decide(portal, user, asked, verdict="approve", reasoning="Det ser fornuftigt ud", **more):
    words = {"verdict": verdict, "reasoning": reasoning, **more}
    portal.as_(user).fill("decide", asked.pk, **words)
    return GateDecision.objects.get(request=asked)


def stands(project) -> tuple:
    project = again(project)
    return project.phase, project.standing, project.round


def mails_to(user) -> list[str]:
    mails = OutgoingMail.objects.filter(recipient=user).order_by("pk")
    return [mail.kind.rpartition(".")[2] for mail in mails]


def test_an_employees_idea_goes_from_form_to_operation(portal, office):
    project = portal.as_(office.employee).send_an_idea(TITLE, pools=[office.shared_pool.pk])
    assert portal.waits_for(office.manager) == [("endorse", TITLE)]
    decide(portal, office.manager, project.open_request)
    assert portal.waits_for(office.digitek) == [("qualify", TITLE)]
    qualify(portal, office, project, touches_it="yes", lead=office.manager.pk)

    asked = portal.ask_at_the_gate(project)
    assert portal.waits_for(office.chief) == [("decide", TITLE)]
    decide(portal, office.chief, asked, "rework", "Hvor mange borgere gælder det?")
    assert stands(project) == (Phase.IDEA, Standing.ACTIVE, 1)
    portal.as_(office.manager).write(project, "idea_description", target_group="40 borgere",
                                     pools=[office.shared_pool.pk])  # fmt: skip
    decide(portal, office.chief, portal.as_(office.digitek).ask_at_the_gate(project))
    assert stands(project) == (Phase.INVESTIGATION, Standing.ACTIVE, 1)

    the_second_gate(portal, office, project)
    the_third_gate(portal, office, project)

    assert stands(project) == (Phase.OPERATION, Standing.ACTIVE, 1)
    assert portal.as_(office.other_manager).sees(project.reference, "portfolio")
    assert mails_to(office.employee) == ["receipt", *["answer"] * 5]


def the_second_gate(portal, office, project):
    """IT says its word, and the chief group decides in a meeting that DigiTek puts on record."""
    portal.as_(office.digitek).write(project, "project_description", "contract",
                                     pools=[office.shared_pool.pk])  # fmt: skip
    portal.fill("ask_statement", project.pk, question="Må vi bruge vores egne skærme?")
    asked = portal.ask_at_the_gate(project)
    words = {"verdict": "approve", "reasoning": "Enighed om at prøve det af"}
    meeting = {"forum": "Kvartalsstatus", "decided_on": today()}
    portal.refused("decide", asked.pk, **words, **meeting)  # the statement is missing
    assert stands(project)[0] == Phase.INVESTIGATION
    statement = again(project).statements.get()
    assert portal.waits_for(office.it) == [("statement", TITLE)]
    portal.as_(office.it).fill("statement", statement.pk, conclusion="fine", security="MitID")
    decision = decide(portal, office.digitek, asked, **words, **meeting)
    assert (decision.forum, decision.recorded_by) == ("Kvartalsstatus", office.digitek)
    assert decision.basis["documents"]["it_statement"]["content"]["security"] == "MitID"


def the_third_gate(portal, office, project):
    """The trial is evaluated, IT takes over, and the director records what was decided."""
    portal.as_(office.digitek).write(project, "evaluation")
    portal.fill("ask_statement", project.pk)
    handover = again(project).statements.first()
    portal.as_(office.it).fill("statement", handover.pk, conclusion="fine")
    asked = portal.as_(office.digitek).ask_at_the_gate(project, opens="operation")
    decision = decide(portal, office.director, asked, opens="operation", spread="yes")
    assert decision.spread is True


def test_a_project_rests_and_goes_on_where_it_was(portal, office):
    project = portal.as_(office.manager).send_an_idea(TITLE)
    qualify(portal, office, project)
    until = clock.today() + timedelta(days=30)

    on_hold = {"reason": "Vi venter på udbuddet", "review_on": until.strftime("%d-%m-%Y")}
    portal.fill("park", project.pk, **on_hold)
    assert stands(project) == (Phase.IDEA, Standing.PARKED, 1)
    assert portal.sees("Vi venter på udbuddet", "project", project.pk)
    assert portal.waits_for(office.digitek) == []
    with clock.at(clock.now() + timedelta(days=31)):
        assert portal.waits_for(office.digitek) == [("review", TITLE)]
        portal.fill("resume", project.pk, reason="Udbuddet er afgjort")

    assert stands(project) == (Phase.IDEA, Standing.ACTIVE, 1)
    assert portal.ask_at_the_gate(project).gate_number == 1


def test_a_must_do_is_moved_by_hand(portal, office):
    project = portal.as_(office.manager).send_an_idea(TITLE)
    project = qualify(portal, office, project, type=ProjectType.MUST_DO, lead=office.manager.pk)
    assert project.priority == Priority.VERY_HIGH

    for phase in (Phase.INVESTIGATION, Phase.TRIAL, Phase.OPERATION):
        portal.as_(office.manager).fill("move", project.pk, to=phase, reason="Fristen er 1. juli")
        assert stands(project)[0] == phase

    assert not GateDecision.objects.exists()
    assert portal.as_(office.other_chief).sees("Fristen er 1. juli", "project", project.pk)


def test_rethinking_leads_to_a_second_round_of_the_same_project(portal, office):
    project = portal.as_(office.manager).send_an_idea(TITLE)
    qualify(portal, office, project)
    Project.objects.filter(pk=project.pk).update(phase=Phase.TRIAL)
    portal.write(project, "evaluation")
    asked = portal.ask_at_the_gate(project, opens="rethink")
    decide(portal, office.chief, asked, opens="rethink")

    portal.as_(office.digitek).write(project, "lessons")
    portal.fill("new_round", project.pk)

    assert stands(project) == (Phase.IDEA, Standing.ACTIVE, 2)
    assert again(project).reference == project.reference
    assert portal.sees("Om idea", "document", project.pk, "idea_description")
    assert portal.as_(office.other_manager).sees(project.reference, "project", project.pk)
    portal.as_(office.digitek).write(project, "checklist")
    decide(portal, office.chief, portal.ask_at_the_gate(project))
    assert stands(project) == (Phase.INVESTIGATION, Standing.ACTIVE, 2)


def test_the_english_user_meets_english_from_form_to_mail(portal, office):
    office.manager.language = "en"
    office.manager.save()
    portal.as_(office.manager)
    project = portal.send_an_idea(TITLE, budget_kroner="50,000", times_a_year="1,200")

    assert portal.sees("Idea description", "project", project.pk)
    assert 'lang="en"' in portal.open("portfolio").content.decode()
    receipt = OutgoingMail.objects.get(recipient=office.manager)
    assert receipt.language == "en"
    assert project.reference in receipt.subject
    portal.client.post(reverse("organisation:language"), {"language": "da"})
    assert portal.sees("Idébeskrivelse", "project", project.pk)
    office.manager.refresh_from_db()
    assert office.manager.language == "da"
