"""Focus, keyboard, history, double clicks, two at once, and life without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

from projects.models import GateDecision, Project
from projects.phase_model import Phase
from tests.browser.stories import (
    answers_the_checklist,
    fills_step,
    focus_areas,
    writes_document,
)
from tests.browser.visitor import NARROW
from tests.factories import ProjectFactory, awaiting, in_phase
from tests.factories.projects import a_draft


@pytest.fixture
def office(office):
    focus_areas()
    return office


@pytest.fixture
def people(office):
    return {"giver": office.manager, "digitek": office.digitek, "unit": office.home}


# --- filters without a reload


@pytest.fixture
def list_of_three(office):
    ProjectFactory(unit=office.home, phase=Phase.TRIAL, title="Skærm ved sengen")
    ProjectFactory(unit=office.home, phase=Phase.TRIAL, title="Robot til gulvet")
    ProjectFactory(unit=office.clinic, phase=Phase.OPERATION, title="Video med borgeren")


def test_a_filter_keeps_focus_address_and_page_and_tells_the_count(office, list_of_three, portal):
    manager = portal(office.manager)
    page = manager.goes_to("/projekter/")
    page.evaluate("window.stillHere = true")
    manager.field("Phase").focus()
    before = manager.focused
    manager.selects("Phase", manager.told("Trial"))

    expect(page.locator("#portfolio tbody tr")).to_have_count(2)
    expect(page.locator("#portfolio").get_by_role("status")).to_contain_text("2")
    manager.arrives_at("/projekter/?phase=trial")
    assert manager.focused == before
    assert page.evaluate("window.stillHere") is True


def test_a_search_keeps_what_is_typed_and_its_place(office, list_of_three, portal):
    manager = portal(office.manager)
    page = manager.goes_to("/projekter/")
    page.get_by_role("searchbox").fill("SKÆRM")
    page.get_by_role("searchbox").press("Enter")

    expect(page.locator("#portfolio tbody tr")).to_have_count(1)
    expect(page.get_by_role("searchbox")).to_have_value("SKÆRM")
    expect(page.get_by_role("searchbox")).to_be_focused()


def test_the_back_button_brings_the_list_back_as_it_was(office, list_of_three, portal):
    manager = portal(office.manager)
    page = manager.goes_to("/projekter/")
    manager.selects("Phase", manager.told("Trial"))
    manager.arrives_at("/projekter/?phase=trial")
    expect(page.locator("#portfolio tbody tr")).to_have_count(2)
    page.locator("#portfolio tbody a", has_text="Robot").click()
    manager.sees("What has happened")

    page.go_back()
    expect(page.locator("#portfolio tbody tr")).to_have_count(2)
    expect(manager.field("Phase")).to_have_value("trial")
    page.go_back()
    manager.arrives_at("/projekter/")
    expect(page.locator("#portfolio tbody tr")).to_have_count(3)
    expect(manager.field("Phase")).to_have_value("")


def test_an_address_with_filters_can_be_shared(office, list_of_three, portal):
    manager = portal(office.other_manager)
    page = manager.goes_to("/projekter/?phase=operation")
    expect(page.locator("#portfolio tbody th")).to_have_text([re.compile("Video med borgeren")])
    page.locator(".chip").click()
    expect(page.locator("#portfolio tbody tr")).to_have_count(3)


# --- errors and focus


def test_focus_goes_to_the_errors_and_their_links_to_the_fields(office, portal):
    manager = portal(office.manager)
    draft = a_draft(by=office.manager, unit=office.home)
    page = manager.goes_to(f"/ideer/{draft.pk}/frame/")
    manager.fills("Target group", "Alle aftenvagter")
    manager.fills("Expected budget", "mange penge")
    manager.presses("Next")

    summary = page.locator("[data-error-summary]")
    expect(summary).to_be_focused()
    expect(manager.field("Target group")).to_have_value("Alle aftenvagter")
    expect(manager.field("Expected budget")).to_have_value("mange penge")
    summary.get_by_role("link").click()
    expect(manager.field("Expected budget")).to_be_focused()
    described = manager.field("Expected budget").get_attribute("aria-describedby")
    assert "error" in described


def test_a_double_click_begins_and_sends_one_idea(office, portal):
    manager = portal(office.manager)
    page = manager.goes_to("/ideer/ny/")
    manager.fills("Title", "Mindre papir")
    manager.button("Begin").dblclick()
    page.wait_for_url("**/problem/")
    assert Project.objects.count() == 1

    whole = a_draft(by=office.manager, unit=office.home)
    manager.goes_to(f"/ideer/{whole.pk}/review/")
    manager.button("Send the idea").dblclick()
    manager.sees("Thank you. Your idea is sent.")
    assert Project.objects.exclude(number=None).count() == 1


# --- keyboard and phone


def test_the_first_tab_leads_past_the_menu(office, portal):
    page = portal(office.manager).goes_to("/projekter/")
    page.keyboard.press("Tab")
    skip = page.locator(".skipnav")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def tabs_to(page, target) -> None:
    """Press Tab until the target has the focus, as one without a mouse does."""
    for _press in range(80):
        if target.evaluate("(wanted) => wanted === document.activeElement"):
            return
        page.keyboard.press("Tab")
    pytest.fail("The keyboard never gets there")


def test_an_idea_is_written_and_sent_with_the_keyboard_alone(office, portal):
    manager = portal(office.manager)
    page = manager.goes_to("/")
    tabs_to(page, manager.link("Write a new idea").first)
    page.keyboard.press("Enter")
    page.wait_for_url("**/ideer/ny/")
    tabs_to(page, manager.field("Title"))
    page.keyboard.type("Mindre papir")
    page.keyboard.press("Enter")
    page.wait_for_url("**/problem/")
    for step, labels, after in (
        ("problem", ("What is the problem today?", "What is your idea?"), "frame"),
        ("frame", ("Target group", "Purpose", "Project group", "Risk"), "gain"),
        ("gain", ("Efficiency",), "checklist"),
    ):
        for label in labels:
            tabs_to(page, manager.field(label))
            page.keyboard.type("Med tasterne")
            if step == "problem" and label == labels[-1]:
                tabs_to(page, page.get_by_label("Automatisere"))
                page.keyboard.press("Space")
            if step == "frame" and label == "Purpose":
                for day in ("Expected start", "Expected end"):
                    tabs_to(page, manager.field(day))
                    page.keyboard.type("01032027")
            if step == "frame" and label == "Project group":
                tabs_to(page, manager.field("Expected budget"))
                page.keyboard.type("0")
        if step == "gain":
            for label in ("Times a year", "Minutes today", "Minutes afterwards"):
                tabs_to(page, manager.field(label))
                page.keyboard.type("20")
        tabs_to(page, manager.button("Next"))
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/{after}/")
    for text in ("1. Princip 1", "2. Princip 2"):
        radio = manager.group(text).get_by_role("radio").first
        tabs_to(page, radio)
        page.keyboard.press("Space")
    tabs_to(page, manager.button("Next"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/review/")
    tabs_to(page, manager.button("Send the idea"))
    page.keyboard.press("Enter")
    manager.sees("Thank you. Your idea is sent.")


def test_the_menu_of_a_phone_opens_leads_on_and_closes(office, window):
    manager = window(office.manager, size=NARROW)
    page = manager.goes_to("/")
    expect(manager.link("Projects")).to_have_count(0)
    manager.presses("Menu")
    drawer = page.get_by_role("dialog")
    expect(drawer).to_be_visible()
    page.keyboard.press("Escape")
    expect(drawer).to_be_hidden()
    expect(page.locator(".js-menu-open")).to_be_focused()
    page.keyboard.press("Enter")
    expect(drawer).to_be_visible()
    drawer.get_by_role("link", name=manager.told("Projects"), exact=True).click()
    manager.arrives_at("/projekter/")


def test_filters_are_folded_on_a_phone_and_work_unfolded(office, list_of_three, window):
    manager = window(office.manager, size=NARROW)
    page = manager.goes_to("/projekter/")
    expect(page.get_by_role("searchbox")).to_be_hidden()
    page.locator(".filters > summary").click()
    manager.selects("Phase", manager.told("Trial"))
    expect(page.locator("#portfolio tbody tr")).to_have_count(2)


# --- without JavaScript


def test_an_idea_comes_in_without_javascript(office, window):
    manager = window(office.manager, java_script_enabled=False)
    manager.goes_to("/ideer/ny/")
    manager.presses("Begin")
    expect(manager.page.locator(".error-summary")).to_be_visible()
    manager.fills("Title", "Mindre papir")
    manager.presses("Begin")
    fills_step(manager, "problem", title="Mindre papir")
    manager.presses("Next")
    fills_step(manager, "frame", ends_on="2027-12-17", pools="Omsorg")
    manager.presses("Next")
    fills_step(manager, "gain", minutes_before="20")
    manager.presses("Next")
    answers_the_checklist(manager)
    manager.presses("Next")
    manager.presses("Send the idea")
    manager.sees("Thank you. Your idea is sent.", "SSO-")


def test_a_document_is_written_without_javascript(office, people, window):
    project = in_phase(Phase.INVESTIGATION, **people)
    digitek = window(office.digitek, java_script_enabled=False)
    digitek.goes_to(project.get_absolute_url())
    writes_document(digitek, "contract")
    digitek.sees("The document is complete.")


def test_a_decision_is_taken_without_javascript(office, people, window):
    asked = awaiting(3, **people)
    chief = window(office.chief, java_script_enabled=False)
    chief.goes_to(asked.get_absolute_url())
    chief.chooses("What is decided?", "Approve")
    chief.chooses("The approval leads to", Phase.OPERATION.label)
    chief.presses("Decide")
    expect(chief.page.locator(".error-summary")).to_be_visible()
    chief.chooses("Is the solution to be spread to more units?", "No")
    chief.fills("Your reasons", "Det virker hos os")
    chief.presses("Decide")
    chief.sees("The decision is on record.", "Det virker hos os")


def test_the_list_is_filtered_without_javascript(office, list_of_three, window):
    manager = window(office.manager, java_script_enabled=False)
    page = manager.goes_to("/projekter/")
    manager.selects("Phase", manager.told("Trial"))
    manager.presses("Show")
    expect(page.locator("#portfolio tbody tr")).to_have_count(2)


# --- two at once


def test_who_decides_second_is_told_and_keeps_the_text(office, people, window):
    asked = awaiting(1, **people)
    chief, digitek = window(office.chief), window(office.digitek)
    for visitor in (chief, digitek):
        visitor.goes_to(asked.get_absolute_url())
        visitor.chooses("What is decided?", "Approve")
    digitek.fills("The forum's reasons", "Chefgruppen var enig")
    digitek.fills("Forum", "Kvartalsstatus")
    digitek.fills("Decided on", "2026-01-05")
    chief.fills("Your reasons", "Det skal undersøges")
    chief.presses("Decide")
    chief.sees("The decision is on record.")

    digitek.presses("Register the decision")
    summary = digitek.page.locator("[data-error-summary]")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text(str(office.chief))
    expect(digitek.page.locator("#id_reasoning")).to_have_value("Chefgruppen var enig")
    expect(digitek.field("Forum")).to_have_value("Kvartalsstatus")
    digitek.sees("Det skal undersøges")
    assert GateDecision.objects.get().recorded_by == office.chief


def test_who_writes_second_is_told_and_keeps_the_text(office, people, window):
    project = in_phase(Phase.INVESTIGATION, **people)
    first, second = window(office.digitek), window(office.digitek)
    for visitor in (first, second):
        visitor.goes_to(f"{project.get_absolute_url()}dokumenter/contract/rediger/")
    first.fills("Deliverables", "Tre skærme")
    first.presses("Save")
    first.sees("The document is saved.")

    second.fills("Deliverables", "Fire skærme")
    second.presses("Save")
    second.sees("Tre skærme")
    expect(second.field("Deliverables")).to_have_value("Fire skærme")
    second.presses("Save my text anyway")
    second.sees("The document is saved.", "Fire skærme")
