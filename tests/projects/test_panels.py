import pytest

from projects import panels
from projects.panels import Panel, Place
from tests.factories import ProjectFactory


@pytest.fixture(autouse=True)
def _an_empty_register(monkeypatch):
    monkeypatch.setattr(panels, "_REGISTER", {})


def panel(key="chain", **changes) -> Panel:
    described = {
        "title": "Effektkæde",
        "template": "benefits/_chain.html",
        "context": context_of_the_chain,
    }
    return Panel(key=key, **(described | changes))


def context_of_the_chain(user, project) -> dict:
    return {"reader": user, "of": project}


def test_nobody_fills_the_page_in_this_part(office):
    assert panels.shown_to(office.chief, ProjectFactory(unit=office.home), Place.MAIN) == []


def test_a_panel_is_shown_with_what_its_template_needs(office):
    project = ProjectFactory(unit=office.home)
    panels.register(panel())

    [shown] = panels.shown_to(office.chief, project, Place.MAIN)

    assert (shown.key, shown.title, shown.template) == (
        "chain",
        "Effektkæde",
        "benefits/_chain.html",
    )
    assert shown.context == {"reader": office.chief, "of": project}


def test_a_panel_stands_where_it_belongs_in_the_order_of_registration(office):
    project = ProjectFactory(unit=office.home)
    for key, place in (("b", Place.MAIN), ("side", Place.SIDE), ("a", Place.MAIN)):
        panels.register(panel(key, place=place))

    assert [one.key for one in panels.shown_to(office.chief, project, Place.MAIN)] == ["b", "a"]
    assert [one.key for one in panels.shown_to(office.chief, project, Place.SIDE)] == ["side"]


def test_a_panel_is_shown_to_those_it_is_for(office):
    project = ProjectFactory(unit=office.home)
    panels.register(panel(is_for=lambda user, project: user == office.chief))

    assert len(panels.shown_to(office.chief, project, Place.MAIN)) == 1
    assert panels.shown_to(office.employee, project, Place.MAIN) == []


def test_the_same_panel_twice_is_one_panel(office):
    panels.register(panel())
    panels.register(panel())

    assert len(panels.shown_to(office.chief, ProjectFactory(unit=office.home), Place.MAIN)) == 1


def test_two_panels_cannot_share_a_key():
    panels.register(panel())

    with pytest.raises(ValueError, match="chain"):
        panels.register(panel(title="Noget andet"))
