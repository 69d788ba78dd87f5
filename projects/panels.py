"""The boxes of the project page that the apps above own.

An app registers its panels in ``ready()``: a title, a template, what the template needs, and who
sees it. The page shows them in the order of their registration and asks nothing more of them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from projects.document_specs import Text
from projects.models import Project
from sso_portal.organisation.models import User


class Place(StrEnum):
    """Where a panel stands: among the papers, or beside them among the key facts."""

    MAIN = "main"
    SIDE = "side"


def everyone(user: User, project: Project) -> bool:
    """Whoever sees the project sees the panel."""
    return True


@dataclass(frozen=True)
class Panel:
    """A box. ``context(user, project)`` becomes ``panel`` in its template."""

    key: str
    title: Text
    template: str
    context: Callable[[User, Project], dict]
    is_for: Callable[[User, Project], bool] = everyone
    place: Place = Place.MAIN


@dataclass(frozen=True)
class Shown:
    """A panel as this reader meets it."""

    key: str
    title: str
    template: str
    context: dict


_REGISTER: dict[str, Panel] = {}


def register(panel: Panel) -> None:
    """Add a panel. A key registered twice is a programming error."""
    if _REGISTER.get(panel.key, panel) != panel:
        raise ValueError(f"Two panels called {panel.key}")
    _REGISTER[panel.key] = panel


def shown_to(user: User, project: Project, place: Place) -> list[Shown]:
    """The panels the person sees there, each with what its template needs."""
    return [
        Shown(panel.key, str(panel.title), panel.template, panel.context(user, project))
        for panel in _REGISTER.values()
        if panel.place == place and panel.is_for(user, project)
    ]
