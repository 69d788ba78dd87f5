"""Every page in every state: nothing for axe to say, and no sideways scrolling, at both widths.

Each function gathers what is found in a group of states, so that one run names it all.
"""

from datetime import timedelta

import pytest

from projects import documents, gates, intake, phases, statements
from projects.models import Project
from projects.phase_model import Phase, ProjectType, Verdict
from sso_portal.organisation.roles import Role
from sso_portal.shared import clock
from tests.browser.axe import violations
from tests.browser.sheets import a_list
from tests.browser.stories import focus_areas
from tests.factories import ProjectFactory, a_sent_idea, at_gate, awaiting, in_phase, person
from tests.factories.projects import a_draft, write


@pytest.fixture
def office(office):
    focus_areas()
    return office


@pytest.fixture
def people(office):
    """What the factories of projects ask for."""
    return {"giver": office.manager, "digitek": office.digitek, "unit": office.home}


class Findings(list):
    """What is wrong in each of the states looked at."""

    def look(self, visitor, state: str, path: str = "") -> None:
        if path:
            visitor.goes_to(path)
        self.extend(f"{state}, {found}" for found in violations(visitor.page))

    def look_after_a_bad_submit(self, visitor, state: str, path: str, button: str) -> None:
        visitor.goes_to(path)
        visitor.presses(button)
        visitor.page.locator("[data-error-summary]").wait_for()
        self.look(visitor, state)


def test_the_eye_sees(window):
    """Without this, all the others could be blind."""
    stranger = window()
    page = stranger.goes_to("/accounts/login/")
    page.evaluate("document.querySelector('label').remove()")
    page.evaluate("document.querySelector('h1').style.width = '900px'")
    told = "\n".join(violations(page))
    assert "1280 px: label" in told
    assert "320 px: scrolls sideways" in told


@pytest.fixture
def findings():
    found = Findings()
    yield found
    assert not found, "\n".join(found)


def test_before_signing_in(office, window, findings):
    stranger = window()
    findings.look(stranger, "sign-in", "/accounts/login/")
    findings.look_after_a_bad_submit(stranger, "sign-in refused", "/accounts/login/", "Sign in")
    findings.look(stranger, "role picker", "/demo/rolle/")
    findings.look(stranger, "accessibility statement", "/tilgaengelighed/")
    findings.look(stranger, "forgotten password", "/accounts/password/reset/")
    findings.look(stranger, "not found", "/findes-ikke/")


def test_the_front_page_of_every_role(office, people, portal, findings):
    for name in ("employee", "manager", "chief", "director", "digitek", "it", "admin"):
        findings.look(portal(getattr(office, name)), f"empty front page, {name}", "/")
    findings.look(portal(person(Role.CHIEF, office.care)), "somebody new", "/")
    a_draft(by=office.manager, unit=office.home)
    awaiting(1, **people)
    awaiting(2, **people, pools=[office.shared_pool])
    touched = in_phase(Phase.INVESTIGATION, **people)
    Project.objects.filter(pk=touched.pk).update(touches_it=True)
    statements.ask(Project.objects.get(pk=touched.pk), by=office.digitek, question="Må vi det?")
    a_sent_idea(by=office.employee, unit=office.home)
    for _more in range(9):
        a_sent_idea(by=office.manager, unit=office.home)
    for name in ("manager", "chief", "director", "digitek", "it"):
        findings.look(portal(getattr(office, name)), f"front page, {name}", "/")
    findings.look(portal(office.manager), "mailbox", "/postkasse/")
    portal(office.manager).page.locator(".record-main a").first.click()
    findings.look(portal(office.manager), "mail")
    findings.look(portal(office.it), "empty mailbox or one mail", "/postkasse/")
    findings.look(portal(office.manager), "account", "/konto/")


def test_writing_an_idea(office, portal, findings):
    manager = portal(office.manager)
    findings.look(manager, "new idea", "/ideer/ny/")
    findings.look_after_a_bad_submit(manager, "new idea refused", "/ideer/ny/", "Begin")
    bare = intake.start(by=office.manager, unit=office.home, title="Mindre papir")
    for step in ("problem", "frame", "gain", "checklist", "review"):
        findings.look(manager, f"empty {step}", f"/ideer/{bare.pk}/{step}/")
    findings.look_after_a_bad_submit(
        manager, "review refused", f"/ideer/{bare.pk}/review/", "Send the idea"
    )
    manager.goes_to(f"/ideer/{bare.pk}/problem/")
    manager.writes(title="")
    manager.presses("Next")
    findings.look(manager, "step with an error")
    manager.goes_to(f"/ideer/{bare.pk}/frame/")
    manager.writes(budget_kroner="mange", starts_on="2027-03-01", ends_on="2026-03-01")
    manager.presses("Next")
    findings.look(manager, "frame with errors")
    manager.goes_to(f"/ideer/{bare.pk}/gain/")
    manager.writes(times_a_year="200", minutes_before="30", minutes_after="10")
    manager.page.locator("#hours-freed .reckoned-number").wait_for()
    findings.look(manager, "hours reckoned by htmx")
    manager.goes_to(f"/ideer/{bare.pk}/checklist/")
    manager.chooses("1. Princip 1", "Not relevant")
    findings.look(manager, "checklist with a reason to write")
    findings.look(manager, "delete a draft", f"/ideer/{bare.pk}/slet/")
    whole = a_draft(by=office.manager, unit=office.home)
    findings.look(manager, "whole review", f"/ideer/{whole.pk}/review/")
    manager.presses("Send the idea")
    manager.sees("Thank you. Your idea is sent.")
    findings.look(manager, "receipt")
    findings.look(portal(office.digitek), "new idea for others", "/ideer/ny/")
    employee = a_sent_idea(by=office.employee, unit=office.home)
    receipt = f"/ideer/{employee.pk}/kvittering/"
    findings.look(portal(office.employee), "receipt of an employee", receipt)


def test_taking_an_idea_in(office, portal, findings):
    project = a_sent_idea(by=office.manager, unit=office.home)
    at = project.get_absolute_url()
    digitek = portal(office.digitek)
    findings.look(digitek, "qualify", f"{at}kvalificering/")
    digitek.chooses("Type", "Must-do project")
    digitek.presses("Save")
    digitek.page.locator("[data-error-summary]").wait_for()
    findings.look(digitek, "qualify refused")
    findings.look(digitek, "send back", f"{at}send-tilbage/")
    findings.look_after_a_bad_submit(
        digitek, "send back refused", f"{at}send-tilbage/", "Send back"
    )
    intake.send_back(project, by=office.digitek, words="Skriv mere om målgruppen.\n\nTak!")
    findings.look(digitek, "sent back, for DigiTek", at)
    manager = portal(office.manager)
    findings.look(manager, "sent back, for the giver", at)
    findings.look(manager, "completing an idea", f"/ideer/{project.pk}/problem/")
    findings.look(manager, "review again", f"/ideer/{project.pk}/review/")
    endorsing = a_sent_idea(by=office.employee, unit=office.home).open_request
    findings.look(manager, "stand behind an idea", endorsing.get_absolute_url())
    findings.look_after_a_bad_submit(
        manager, "stand behind refused", endorsing.get_absolute_url(), "Send the answer"
    )


def test_documents(office, people, portal, findings):
    project = in_phase(Phase.INVESTIGATION, **people)
    at = f"{project.get_absolute_url()}dokumenter/"
    digitek, manager = office.digitek, office.manager
    findings.look(portal(digitek), "document not begun", f"{at}contract/")
    findings.look(portal(manager), "document not begun, read-only", f"{at}contract/")
    findings.look(portal(digitek), "empty document to write", f"{at}project_description/rediger/")
    visitor = portal(digitek)
    visitor.writes(budget_kroner="mange", starts_on="2027-03-01", ends_on="2026-03-01")
    visitor.presses("Save")
    visitor.page.locator("[data-error-summary]").wait_for()
    findings.look(visitor, "document with errors")
    for key in ("project_description", "contract"):
        write(project, key, by=digitek)
    documents.write(project, "contract", by=digitek, filled={"deliverables": "Andet\n\nog mere"})
    for key in ("idea_description", "checklist", "project_description", "contract"):
        findings.look(portal(digitek), f"{key} to read", f"{at}{key}/")
        findings.look(portal(office.other_manager), f"{key}, read-only", f"{at}{key}/")
        findings.look(portal(digitek), f"{key} to write", f"{at}{key}/rediger/")
    findings.look(portal(digitek), "first version", f"{at}contract/versioner/1/")
    findings.look(portal(digitek), "version with changes", f"{at}contract/versioner/2/")
    visitor = portal(digitek)
    visitor.goes_to(f"{at}contract/rediger/")
    visitor.writes(deliverables="Mine egne ord")
    documents.write(
        project,
        "contract",
        by=person(Role.DIGITEK, office.top),
        filled={"deliverables": "En andens ord"},
    )
    visitor.presses("Save")
    visitor.page.locator("[data-error-summary]").wait_for()
    findings.look(visitor, "somebody saved meanwhile")


def test_a_project_on_its_way(office, people, portal, findings):
    everybody = ("manager", "digitek", "chief", "it")
    sent = a_sent_idea(by=office.manager, unit=office.home)
    trial = in_phase(Phase.TRIAL, **people)
    operation = in_phase(Phase.OPERATION, **people)
    rethink = in_phase(Phase.RETHINK, **people)
    must_do = a_sent_idea(by=office.manager, unit=office.home)
    intake.qualify(
        must_do,
        by=office.digitek,
        type=ProjectType.MUST_DO,
        touches_it=True,
        digitek_contact=office.digitek,
        lead=office.manager,
    )
    workshop = in_phase(Phase.TRIAL, **people)
    Project.objects.filter(pk=workshop.pk).update(type=ProjectType.WORKSHOP, risk=3)
    for state, project in (
        ("idea", sent),
        ("trial", trial),
        ("operation", operation),
        ("rethink", rethink),
        ("must-do", must_do),
        ("workshop", workshop),
    ):
        for name in everybody[:2]:
            findings.look(
                portal(getattr(office, name)), f"{state}, {name}", project.get_absolute_url()
            )
    parked = phases.park(
        in_phase(Phase.TRIAL, **people),
        by=office.digitek,
        reason="Vi venter",
        review_on=clock.today() + timedelta(days=30),
    )
    stopped = phases.stop(in_other(people, office), by=office.digitek, reason="Det virker ikke")
    for state, project in (("parked", parked), ("stopped", stopped)):
        for name in ("digitek", "other_manager"):
            findings.look(
                portal(getattr(office, name)), f"{state}, {name}", project.get_absolute_url()
            )


def in_other(people, office):
    project = in_phase(Phase.TRIAL, **people)
    Project.objects.filter(pk=project.pk).update(type=ProjectType.OTHER)
    return Project.objects.get(pk=project.pk)


def test_small_acts_on_a_project(office, people, portal, findings):
    digitek = portal(office.digitek)
    trial = in_phase(Phase.TRIAL, **people).get_absolute_url()
    other = in_other(people, office)
    rethink = in_phase(Phase.RETHINK, **people)
    for name in ("fakta", "team", "paa-hold"):
        findings.look(digitek, name, f"{trial}{name}/")
    findings.look(digitek, "move", f"{other.get_absolute_url()}flyt/")
    findings.look(digitek, "stop", f"{other.get_absolute_url()}stop/")
    for path, button in (
        (f"{trial}paa-hold/", "Put on hold"),
        (f"{other.get_absolute_url()}flyt/", "Move the project"),
        (f"{other.get_absolute_url()}stop/", "Stop the project"),
        (f"{rethink.get_absolute_url()}ny-runde/", "Start the new round"),
    ):
        findings.look_after_a_bad_submit(digitek, f"{button} refused", path, button)
    digitek.goes_to(f"{trial}fakta/")
    digitek.writes(title="", budget_kroner="mange")
    digitek.presses("Save")
    digitek.page.locator("[data-error-summary]").wait_for()
    findings.look(digitek, "facts refused")
    write(rethink, "lessons", by=office.digitek)
    findings.look(digitek, "new round", f"{rethink.get_absolute_url()}ny-runde/")
    findings.look(digitek, "close", f"{rethink.get_absolute_url()}afslut/")
    phases.start_new_round(Project.objects.get(pk=rethink.pk), by=office.digitek)
    findings.look(digitek, "second round", rethink.get_absolute_url())
    path = f"{rethink.get_absolute_url()}dokumenter/idea_description/"
    findings.look(digitek, "document of the first round", f"{path}?round=1")
    closed = in_phase(Phase.RETHINK, **people)
    write(closed, "lessons", by=office.digitek)
    phases.close(Project.objects.get(pk=closed.pk), by=office.digitek)
    findings.look(digitek, "closed", closed.get_absolute_url())


def test_deciding(office, people, portal, findings):
    digitek, chief = office.digitek, office.chief
    bare = in_phase(Phase.INVESTIGATION, **people)
    at = bare.get_absolute_url()
    findings.look(portal(digitek), "recommend with gaps", f"{at}anbefaling/")
    findings.look_after_a_bad_submit(
        portal(digitek), "recommend refused", f"{at}anbefaling/", "Save the recommendation"
    )
    findings.look(portal(digitek), "ask without a recommendation", f"{at}bed-om-beslutning/")
    ready = at_gate(3, **people)
    at = ready.get_absolute_url()
    findings.look(portal(digitek), "at gate 3", at)
    findings.look(portal(digitek), "recommend at gate 3", f"{at}anbefaling/")
    findings.look(portal(digitek), "ask at gate 3", f"{at}bed-om-beslutning/")
    asked = gates.ask(ready, by=digitek, words="Se især økonomien", due_on=clock.today())
    for name in ("digitek", "chief", "other_manager"):
        findings.look(portal(getattr(office, name)), f"waits for a decision, {name}", at)
    findings.look(portal(digitek), "withdraw", f"{at}traek-tilbage/")
    findings.look(portal(digitek), "locked document", f"{at}dokumenter/evaluation/")
    findings.look(portal(chief), "decision form", asked.get_absolute_url())
    visitor = portal(chief)
    visitor.chooses("What is decided?", "Approve")
    visitor.chooses("The approval leads to", Phase.OPERATION.label)
    findings.look(visitor, "decision form folded out")
    visitor.presses("Decide")
    visitor.page.locator("[data-error-summary]").wait_for()
    findings.look(visitor, "decision refused")
    findings.look(portal(digitek), "DigiTek registers", asked.get_absolute_url())
    findings.look_after_a_bad_submit(
        portal(digitek), "registering refused", asked.get_absolute_url(), "Register the decision"
    )
    decision = gates.decide(
        asked,
        by=chief,
        verdict=Verdict.APPROVE,
        opens=Phase.OPERATION,
        spread=True,
        reasoning="Det virker.\n\nVi spreder den.",
        conditions="Lederne skal med",
    )
    findings.look(portal(office.manager), "decision on record", decision.get_absolute_url())
    findings.look(portal(office.manager), "project with a decision", at)
    findings.look(portal(chief), "already decided", asked.get_absolute_url())
    gap = in_phase(Phase.INVESTIGATION, **people, pools=[office.shared_pool])
    gates.recommend(gap, by=digitek, verdict=Verdict.STOP, reasoning="Det er for dyrt")
    asked = gates.ask(gap, by=digitek)
    findings.look(portal(office.director), "director, with gaps", asked.get_absolute_url())
    findings.look(portal(chief), "chief prepares for the chief group", asked.get_absolute_url())
    gates.withdraw(asked, by=digitek)
    findings.look(portal(digitek), "withdrawn", asked.get_absolute_url())


def test_statements(office, people, portal, findings):
    project = in_phase(Phase.INVESTIGATION, **people)
    Project.objects.filter(pk=project.pk).update(touches_it=True)
    project = Project.objects.get(pk=project.pk)
    at = project.get_absolute_url()
    findings.look(portal(office.digitek), "statement missing", at)
    findings.look(portal(office.digitek), "ask for a statement", f"{at}udtalelse/")
    asked = statements.ask(project, by=office.digitek, question="Må vi gemme billeder?")
    findings.look(portal(office.digitek), "statement waited for", asked.get_absolute_url())
    findings.look(portal(office.it), "project that waits for IT", at)
    findings.look(portal(office.it), "statement to give", asked.get_absolute_url())
    findings.look_after_a_bad_submit(
        portal(office.it), "statement refused", asked.get_absolute_url(), "Give the statement"
    )
    statements.give(asked, by=office.it, conclusion="fine", security="Ingen bemærkninger")
    findings.look(portal(office.manager), "statement given", asked.get_absolute_url())


def test_the_portfolio(office, people, portal, findings):
    manager = portal(office.manager)
    findings.look(manager, "empty portfolio", "/projekter/")
    awaiting(2, **people)
    phases.park(
        in_phase(Phase.TRIAL, **people),
        by=office.digitek,
        reason="Vi venter",
        review_on=clock.today() + timedelta(days=30),
    )
    ProjectFactory.create_batch(55, year=2025, unit=office.home, phase=Phase.TRIAL, risk=2)
    findings.look(manager, "portfolio", "/projekter/")
    findings.look(manager, "second page", "/projekter/?page=2")
    findings.look(manager, "filtered", "/projekter/?phase=trial&standing=parked&q=om")
    findings.look(manager, "nothing found", "/projekter/?q=findesikke")
    findings.look(manager, "filters nobody has", "/projekter/?phase=wrong&sort=wrong&page=99")
    manager.goes_to("/projekter/")
    manager.selects("Phase", manager.told("Investigation"))
    manager.page.locator(".chip").first.wait_for()
    findings.look(manager, "after a swap")
    manager.goes_to("/projekter/?sort=-title")
    findings.look(manager, "sorted")


def test_importing_a_list(office, portal, findings):
    digitek = portal(office.digitek)
    findings.look(digitek, "upload", "/projekter/import/")
    findings.look_after_a_bad_submit(
        digitek, "upload refused", "/projekter/import/", "Upload and look"
    )
    for state, unit in (("preview with errors", "Ukendt"), ("preview", "Plejecenter Nord")):
        digitek.goes_to("/projekter/import/")
        digitek.page.locator("input[type=file]").set_input_files(a_list(unit=unit))
        digitek.presses("Upload and look")
        digitek.sees("Nothing has been written yet.")
        findings.look(digitek, state)
    digitek.page.locator("main button[value=import]").click()
    digitek.sees("The list has been imported")
    findings.look(digitek, "imported")
    findings.look(digitek, "uploaded lately", "/projekter/import/")
    digitek.page.locator("main .records a").last.click()
    digitek.presses("Discard the list")
    digitek.sees("The list has been discarded")
    digitek.page.locator("main .records a").last.click()
    digitek.sees("Upload another list")
    findings.look(digitek, "discarded")


def test_refusals_and_errors(office, portal, window, findings):
    secret = a_sent_idea(by=office.manager, unit=office.home)
    findings.look(portal(office.other_manager), "not found", secret.get_absolute_url())
    findings.look(
        portal(office.manager), "not allowed", f"{secret.get_absolute_url()}kvalificering/"
    )
    stranger = window()
    stranger.goes_to("/accounts/login/")
    stranger.page.context.clear_cookies()
    stranger.presses("Sign in")
    stranger.page.locator(".error-page").wait_for()
    findings.look(stranger, "a form that has grown too old")


def test_in_english(office, people, portal, findings):
    office.manager.language = office.chief.language = "en"
    office.manager.save()
    office.chief.save()
    asked = awaiting(1, **people)
    manager, chief = portal(office.manager), office.chief
    bare = intake.start(by=office.manager, unit=office.home, title="Less paper")
    findings.look(manager, "English front page", "/")
    findings.look(manager, "English portfolio", "/projekter/")
    findings.look(manager, "English project", asked.project.get_absolute_url())
    for step in ("frame", "gain", "review"):
        findings.look(manager, f"English {step}", f"/ideer/{bare.pk}/{step}/")
    findings.look(portal(chief), "English decision", asked.get_absolute_url())
