from projects.models.catalogue import FocusArea, Pool, PoolYear, Principle
from projects.models.decision import DecisionRequest, GateDecision, Recommendation
from projects.models.document import Document, DocumentVersion, Statement
from projects.models.project import Project, ReferenceCounter
from projects.models.spreadsheet import SpreadsheetImport

__all__ = [
    "DecisionRequest",
    "Document",
    "DocumentVersion",
    "FocusArea",
    "GateDecision",
    "Pool",
    "PoolYear",
    "Principle",
    "Project",
    "Recommendation",
    "ReferenceCounter",
    "SpreadsheetImport",
    "Statement",
]
