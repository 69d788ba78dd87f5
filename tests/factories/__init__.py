"""Factories without surprises: one row each, and stories told by the real verbs."""

from tests.factories.organisation import UnitFactory, UserFactory, person
from tests.factories.projects import (
    PoolFactory,
    ProjectFactory,
    a_sent_idea,
    at_gate,
    awaiting,
    in_phase,
)

__all__ = [
    "PoolFactory",
    "ProjectFactory",
    "UnitFactory",
    "UserFactory",
    "a_sent_idea",
    "at_gate",
    "awaiting",
    "in_phase",
    "person",
]
