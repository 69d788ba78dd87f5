"""Projects as rows of a spreadsheet: out of the portal, and in again."""

from projects.resources.project import ProjectResource

__all__ = ["ProjectResource"]
