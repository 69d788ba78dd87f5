"""Readers of the pages."""

import pytest

from sso_portal.organisation.models import User


@pytest.fixture
def english(office):
    """Everybody reads English, so that the tests can quote the source."""
    people = [somebody for somebody in vars(office).values() if isinstance(somebody, User)]
    for person in people:
        person.language = "en"
        person.save(update_fields=["language"])
    return office
