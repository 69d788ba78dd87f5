"""Dates, amounts and durations read as people write them, in both languages."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import translation

from sso_portal.shared import clock, wording

TODAY = datetime(2025, 11, 22, 10, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _on_the_22nd_of_november():
    with clock.at(TODAY):
        yield


def said(how, value, language, **kwargs):
    with translation.override(language):
        return how(value, **kwargs)


@pytest.mark.parametrize(
    ("how", "value", "danish", "english"),
    [
        (wording.kroner, 1_250_000, "1.250.000 kr.", "DKK 1,250,000"),
        (wording.kroner, 0, "0 kr.", "DKK 0"),
        (wording.kroner, Decimal("999.50"), "1.000 kr.", "DKK 1,000"),
        (wording.hours, 1731.6, "1.732 timer", "1,732 hours"),
        (wording.hours, 7.4, "7,4 timer", "7.4 hours"),
        (wording.hours, 1, "1 time", "1 hour"),
        (wording.number, 1732.5, "1.732,5", "1,732.5"),
        (wording.number, 12.0, "12", "12"),
        (wording.number, -1000, "-1.000", "-1,000"),
    ],
)
def test_amounts(how, value, danish, english):
    assert said(how, value, "da") == danish
    assert said(how, value, "en") == english


@pytest.mark.parametrize(
    ("how", "value", "danish", "english"),
    [
        (wording.day, date(2025, 11, 3), "3. november 2025", "3 November 2025"),
        (wording.day_short, date(2025, 11, 3), "03.11.2025", "03/11/2025"),
        (wording.day_this_year, date(2025, 5, 3), "3. maj", "3 May"),
        (wording.day_this_year, date(2024, 5, 3), "3. maj 2024", "3 May 2024"),
    ],
)
def test_dates(how, value, danish, english):
    assert said(how, value, "da") == danish
    assert said(how, value, "en") == english


def test_a_moment_is_told_in_the_offices_own_time():
    at = datetime(2025, 11, 2, 23, 5, tzinfo=UTC)

    assert said(wording.moment, at, "da") == "3. november 2025 kl. 00.05"
    assert said(wording.moment, at, "en") == "3 November 2025 at 00:05"
    assert said(wording.day, at, "da") == "3. november 2025"


@pytest.mark.parametrize(
    ("value", "danish", "english"),
    [
        (date(2025, 11, 3), "siden 3. november, 19 dage", "since 3 November, 19 days"),
        (date(2025, 11, 21), "siden 21. november, 1 dag", "since 21 November, 1 day"),
        (date(2025, 11, 22), "siden i dag", "since today"),
        (date(2024, 11, 22), "siden 22. november 2024, 365 dage", None),
        (datetime(2025, 11, 2, 23, 30, tzinfo=UTC), "siden 3. november, 19 dage", None),
    ],
)
def test_since_tells_the_date_and_how_long(value, danish, english):
    assert said(wording.since, value, "da") == danish
    assert said(wording.since, value, "en") == english or english is None


def test_since_follows_the_clock():
    with clock.at(datetime(2025, 11, 24, 10, tzinfo=UTC)):
        assert said(wording.since, date(2025, 11, 3), "da") == "siden 3. november, 21 dage"


@pytest.mark.parametrize(
    ("value", "until", "due"),
    [
        (date(2025, 11, 26), "om 4 dage", "frist om 4 dage"),
        (date(2025, 11, 23), "i morgen", "frist i morgen"),
        (date(2025, 11, 22), "i dag", "frist i dag"),
        (date(2025, 11, 21), "for 1 dag siden", "frist overskredet med 1 dag"),
        (date(2025, 11, 20), "for 2 dage siden", "frist overskredet med 2 dage"),
    ],
)
def test_what_is_to_come_and_what_is_late(value, until, due):
    assert said(wording.until, value, "da") == until
    assert said(wording.due, value, "da") == due


@pytest.mark.parametrize(
    "how",
    [
        *(wording.number, wording.kroner, wording.hours, wording.day, wording.day_short),
        *(wording.day_this_year, wording.time_of_day, wording.moment),
        *(wording.since, wording.until, wording.due),
    ],
)
def test_nothing_is_said_about_nothing(how):
    assert how(None) == ""
