"""Whole stories, told by people who read the page and press what stands on it."""

import re

import pytest
from playwright.sync_api import expect

from projects.models import Project
from projects.phase_model import Phase
from sso_portal.shared import clock
from tests.browser.sheets import a_list
from tests.browser.stories import (
    answers_the_checklist,
    decides,
    fills_step,
    focus_areas,
    recommends_and_asks,
    writes_document,
)
from tests.factories import a_sent_idea, awaiting

TITLE = "Digital overlevering mellem vagter"


@pytest.fixture
def office(office):
    focus_areas()
    return office


def writes_an_idea(visitor, *, title=TITLE, pool="Omsorg"):
    """From the front page through all steps to the receipt; the reference."""
    visitor.goes_to("/")
    visitor.follows("Write a new idea")
    visitor.fills("Title", title)
    visitor.presses("Begin")
    fills_step(visitor, "problem", title=title)
    visitor.presses("Next")
    fills_step(visitor, "frame", ends_on="2027-12-17", pools=pool)
    visitor.presses("Next")
    fills_step(visitor, "gain", minutes_before="20")
    visitor.presses("Next")
    answers_the_checklist(visitor)
    visitor.presses("Next")
    visitor.presses("Send the idea")
    visitor.sees("Thank you. Your idea is sent.")
    return reference_on(visitor)


def reference_on(visitor) -> str:
    return re.search(r"SSO-\d{4}-\d{3}", visitor.reads()).group()


def opens_project(visitor, reference):
    """By searching for it in the list."""
    visitor.goes_to("/projekter/")
    visitor.page.get_by_role("searchbox").fill(reference)
    visitor.page.get_by_role("searchbox").press("Enter")
    visitor.page.locator("#portfolio tbody th a").click()
    visitor.sees("What has happened", reference)


def test_an_idea_is_written_in_steps_left_and_resumed(office, portal):
    manager = portal(office.manager)
    manager.goes_to("/")
    manager.follows("Write a new idea")
    manager.fills("Title", TITLE)
    manager.presses("Begin")
    fills_step(manager, "problem", title=TITLE)
    manager.presses("Next")
    manager.fills("Purpose", "At natten ved, hvad dagen så")
    manager.presses("Save draft")
    manager.sees("Saved. You can go on now or come back later.")

    manager.goes_to("/")
    manager.follows("Go on")
    manager.presses("Next")
    assert manager.field("Purpose").input_value() == "At natten ved, hvad dagen så"
    fills_step(manager, "frame", ends_on="2027-12-17", pools="Omsorg")
    manager.presses("Next")
    fills_step(manager, "gain", minutes_before="20")
    manager.page.locator("#hours-freed .reckoned-number").wait_for()
    manager.presses("Next")
    answers_the_checklist(manager)
    manager.presses("Next")
    manager.sees("Everything that is needed to send the idea is there.")
    manager.presses("Send the idea")

    manager.sees("Thank you. Your idea is sent.", "SSO-", "DigiTek")
    assert Project.objects.get().title == TITLE


def test_an_idea_passes_its_gates_with_a_rework_on_the_way(office, portal):
    reference = writes_an_idea(portal(office.manager))

    digitek = portal(office.digitek)
    digitek.goes_to("/")
    digitek.page.locator(".task-title a", has_text=TITLE).click()
    digitek.chooses("Type", "DigiTek project")
    digitek.chooses("Does it touch IT systems or personal data?", "No")
    digitek.presses("Save")
    digitek.sees("The idea is qualified.")
    recommends_and_asks(digitek, because="Frigør tid hver vagt")

    chief = portal(office.chief)
    decides(chief, verdict="Send back for rework", because="Skriv, hvem der er med")

    digitek = portal(office.digitek)
    opens_project(digitek, reference)
    digitek.sees("Sent back for rework", "Skriv, hvem der er med")
    writes_document(
        digitek,
        "idea_description",
        title=TITLE,
        project_group="To fra hver vagt",
        minutes_before="20",
        ends_on="2027-12-17",
        pools="Omsorg",
    )
    opens_project(digitek, reference)
    recommends_and_asks(digitek, because="Nu står der, hvem der er med")
    chief = portal(office.chief)
    decides(chief, verdict="Approve", because="Det skal undersøges")

    digitek = portal(office.digitek)
    for key in ("project_description", "contract"):
        opens_project(digitek, reference)
        writes_document(digitek, key, ends_on="2027-12-17", pools="Omsorg")
    opens_project(digitek, reference)
    recommends_and_asks(digitek, because="Klar til afprøvning")
    chief = portal(office.chief)
    decides(chief, verdict="Approve", because="Vores egen pulje betaler")

    digitek = portal(office.digitek)
    opens_project(digitek, reference)
    writes_document(digitek, "evaluation")
    opens_project(digitek, reference)
    recommends_and_asks(digitek, because="Det virker", opens=Phase.OPERATION.label)
    chief = portal(office.chief)
    decides(
        chief,
        verdict="Approve",
        because="Vi spreder den",
        choices={
            "The approval leads to": Phase.OPERATION.label,
            "Is the solution to be spread to more units?": "Yes",
        },
    )

    manager = portal(office.manager)
    opens_project(manager, reference)
    manager.sees("Skriv, hvem der er med", "Det skal undersøges", "Vi spreder den", "To be spread")
    manager.follows("Show everything")
    timeline = manager.page.locator("#timeline")
    expect(timeline).to_contain_text(manager.told("The idea was sent"))
    for number in (1, 2, 3):
        asked = manager.told("A decision was asked for at %(gate)s", gate=f"Gate {number}")
        expect(timeline).to_contain_text(asked)
    manager.goes_to("/projekter/")
    manager.selects("Phase", manager.told("Operation", context="phase"))
    expect(manager.page.locator("#portfolio tbody th")).to_have_text([re.compile(TITLE)])


def test_an_employees_idea_asks_the_leader_first(office, portal):
    employee = portal(office.employee)
    writes_an_idea(employee, title="Mindre papir")
    employee.sees("the manager")

    manager = portal(office.manager)
    manager.goes_to("/")
    manager.page.locator(".task-title a", has_text="Mindre papir").click()
    manager.sees("Will you stand behind this idea?")
    manager.chooses("Will you stand behind the idea?", "I stand behind the idea")
    manager.fills("Your reasons", "Det vil vi gerne")
    manager.presses("Send the answer")
    manager.sees("The decision is on record.", "Det vil vi gerne")

    digitek = portal(office.digitek)
    digitek.goes_to("/")
    expect(digitek.page.locator(".task-title")).to_have_text(["Mindre papir"])


def test_a_project_is_put_on_hold_by_a_decision_and_taken_off_again(office, portal):
    project = awaiting(1, giver=office.manager, digitek=office.digitek, unit=office.home).project
    decides(
        portal(office.chief),
        verdict="Put on hold",
        because="Vi venter på det nye system",
        fields={"To be reviewed on": f"{clock.today().year + 1}-03-01"},
    )

    digitek = portal(office.digitek)
    digitek.goes_to("/")
    digitek.follows("Projects on hold")
    row = digitek.page.locator("#portfolio tbody tr", has_text=project.title)
    expect(row).to_contain_text(digitek.told("On hold"))
    row.locator("th a").click()
    digitek.sees("On hold", "Vi venter på det nye system")
    digitek.follows("Take the project off hold")
    digitek.fills("Why?", "Systemet er kommet")
    digitek.presses("Take off hold")

    digitek.sees("The project goes on.", "Taken off hold", "Systemet er kommet")
    digitek.goes_to("/projekter/?standing=parked")
    digitek.sees("No projects match")


def test_a_must_do_project_moves_without_gates(office, portal):
    project = a_sent_idea(by=office.manager, unit=office.home, title="Ny lov om tilsyn")
    digitek = portal(office.digitek)
    digitek.goes_to(project.get_absolute_url())
    digitek.follows("Qualify the idea")
    digitek.chooses("Type", "Must-do project")
    digitek.sees("A must-do project gets the priority very high and skips the gates.")
    digitek.chooses("Does it touch IT systems or personal data?", "No")
    digitek.presses("Save")
    digitek.sees("Very high")
    for phase in (Phase.INVESTIGATION, Phase.TRIAL, Phase.OPERATION):
        digitek.follows("Move to another phase")
        digitek.chooses("Move to", phase.label)
        digitek.fills("Why?", f"Det er tid til {phase.value}")
        digitek.presses("Move the project")
        digitek.sees("The project is moved.", f"Det er tid til {phase.value}")
    digitek.does_not_see("Gate 1")

    portal(office.other_manager).goes_to("/projekter/?type=must_do")
    row = portal(office.other_manager).page.locator("#portfolio tbody tr")
    expect(row).to_contain_text(digitek.told("Operation", context="phase"))
    expect(row).to_contain_text(digitek.told("Very high"))


def test_a_spreadsheet_is_mended_imported_and_exported(office, portal):
    digitek = portal(office.digitek)
    digitek.goes_to("/")
    digitek.follows("Import")
    uploads(digitek, a_list(unit="Plejecenter Syd"))
    fault = digitek.page.locator("tbody tr", has_text="Plejecenter Syd")
    expect(fault).to_contain_text("Enhed")
    expect(fault).to_contain_text("2")
    assert not Project.objects.exists()

    digitek.follows("Upload another list")
    uploads(digitek, a_list())
    digitek.sees("Nothing has been written yet.", "Skærmbesøg", "Sengealarm", "1.250.000")
    digitek.page.locator("main button[value=import]").click()
    digitek.sees("The list has been imported", "Skærmbesøg", "Sengealarm")

    digitek.follows("See the projects")
    row = digitek.page.locator("#portfolio tbody tr", has_text="Skærmbesøg")
    expect(row).to_contain_text(digitek.told("Trial"))
    row.locator("th a").click()
    digitek.sees("Carried over")
    digitek.goes_to("/projekter/?q=sengealarm")
    with digitek.page.expect_download() as download:
        digitek.follows("CSV")
    text = download.value.path().read_text(encoding="utf-8-sig")
    assert "Sengealarm" in text
    assert "Skærmbesøg" not in text
    assert "31-12-2026" in text


def uploads(visitor, file):
    visitor.page.locator("input[type=file]").set_input_files(file)
    visitor.presses("Upload and look")


# Words that stand on nearly every Danish page, and in nothing that the office's people wrote here
DANISH = re.compile(
    r"\b(og|ikke|eller|hvad|skal|kan|til|der|den|du|din|idéer?|venter|siden|leder|beslut\w*"
    r"|gem|udfyld|projekter|forsiden|sendt|næste|tilbage|fase|gevinster?)\b",
    re.IGNORECASE,
)


def test_who_reads_english_meets_no_danish(office, window):
    user = office.manager
    user.set_password("en lang sætning til prøven")
    user.save()
    asked = awaiting(1, giver=office.manager, digitek=office.digitek, unit=office.home)
    manager = window(user)
    manager.goes_to("/")
    manager.page.get_by_role("button", name="English").first.click()
    manager.language = "en"
    for path in (
        "/",
        "/projekter/",
        "/ideer/ny/",
        asked.project.get_absolute_url(),
        "/postkasse/",
        "/projekter/?phase=trial",
        f"{asked.project.get_absolute_url()}dokumenter/checklist/",
        "/tilgaengelighed/",
        "/findes-ikke/",
    ):
        manager.goes_to(path)
        assert_english(manager)
    manager.goes_to("/ideer/ny/")
    manager.fills("Title", "Less paper")
    manager.presses("Begin")
    for step in ("problem", "frame", "gain"):
        fills_step(manager, step, title="Less paper", ends_on="2027-12-17", minutes_before="20")
        assert_english(manager)
        manager.presses("Next")
    answers_the_checklist(manager)
    manager.presses("Next")
    manager.presses("Send the idea")
    manager.sees("Thank you. Your idea is sent.")
    assert_english(manager)

    elsewhere = window()
    elsewhere.goes_to("/accounts/login/")
    elsewhere.page.get_by_label(elsewhere.told("User name or e-mail")).fill(user.username)
    elsewhere.page.get_by_label(elsewhere.told("Password")).fill("en lang sætning til prøven")
    elsewhere.presses("Sign in")
    elsewhere.language = "en"
    elsewhere.sees("Waits for you")


def assert_english(visitor):
    """The page says it is English, and what the office's people wrote apart, it is."""
    expect(visitor.page.locator("html")).to_have_attribute("lang", "en")
    said = visitor.reads()
    for written in ("Dansk", "Plejecenter Nord", "Direktørområdet", *WRITTEN.findall(said)):
        said = said.replace(written, "")
    assert DANISH.findall(said) == [], visitor.path


WRITTEN = re.compile(r"Om \w+|Papirerne er i orden|Princip \d")
