from tests.browser.axe import violations


def test_front(office, portal):
    page = portal(office.manager).goes_to("/")
    assert violations(page) == []
