"""The tags and components of the pages."""

from datetime import UTC, date, datetime

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from sso_portal.shared import clock


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def written(tag, query="", **context):
    request = RequestFactory().get("/projekter/" + query)
    return Template("{% load portal %}" + tag).render(Context({"request": request, **context}))


def test_an_icon_is_decoration_unless_it_is_named():
    assert 'aria-hidden="true"' in written('{% icon "edit" %}')
    assert 'role="img" aria-label="Late"' in written('{% icon "time" label="Late" %}')


def test_a_badge_hangs_its_looks_on_the_code_and_escapes_the_text():
    html = written('{% badge "phase" "idea" label %}', label="<b>Idea</b>")

    assert (
        html == '<span class="badge badge-phase badge-phase--idea">&lt;b&gt;Idea&lt;/b&gt;</span>'
    )


@pytest.mark.parametrize("code", [None, ""])
def test_there_is_no_badge_for_what_is_not_set(code):
    assert written('{% badge "risk" code "Risk" %}', code=code) == ""


def test_a_badge_is_told_in_the_language_of_each_reader():
    with translation.override("da"):
        danish = written('{% badge "state" "ok" label %}', label=translation.gettext_lazy("Trial"))
    english = written('{% badge "state" "ok" label %}', label=translation.gettext_lazy("Trial"))

    assert "Afprøvning" in danish
    assert "Trial" in english


def test_breadcrumbs_begin_at_the_front_page_and_end_here():
    html = written('{% breadcrumbs "Projects" "/projekter/" title %}', title="A & B")

    assert '<a class="breadcrumbs__link" href="/">Front page</a>' in html
    assert '<a class="breadcrumbs__link" href="/projekter/">Projects</a>' in html
    assert 'aria-current="page"' in html
    assert "A &amp; B</li>" in html


def test_tek_is_told_in_words_and_in_the_order_it_is_weighed():
    html = written("{% tek 3 0 1 %}")

    assert html.index("Efficiency") < html.index("Quality") < html.index("Well-being")
    assert "tek-row--3" in html
    assert "a little" in html


def test_a_header_sorts_and_then_turns_around():
    header = '{% sort_header "title" "Title" sort "#rows" %}'

    unsorted = written(header, "?phase=idea&page=3", sort="phase")
    ascending = written(header, "?phase=idea&sort=title", sort="title")
    descending = written(header, "?sort=-title", sort="-title")

    assert 'href="?phase=idea&amp;sort=title"' in unsorted
    assert "aria-sort" not in unsorted
    assert 'aria-sort="ascending"' in ascending
    assert 'href="?phase=idea&amp;sort=-title"' in ascending
    assert 'hx-target="#rows"' in ascending
    assert 'aria-sort="descending"' in descending
    assert 'href="?sort=title"' in descending


def test_a_header_sorts_without_htmx_too():
    assert "hx-get" not in written('{% sort_header "title" "Title" "" %}')


def test_the_pages_keep_the_filters():
    page = Paginator(range(95), 10).page(5)

    html = written('{% pagination page "#rows" %}', "?phase=idea&q=%C3%A6&page=5", page=page)

    assert 'href="?phase=idea&amp;q=%C3%A6&amp;page=4"' in html
    assert 'aria-current="page">5</a>' in html
    assert "…" in html
    assert "Page 5 of 10" in html


def test_one_page_needs_no_pages():
    assert written("{% pagination page %}", page=Paginator(range(3), 10).page(1)).strip() == ""


@pytest.mark.parametrize("selected", ["2", 2])
def test_a_filter_shows_what_is_chosen(selected):
    options = [(1, "Care"), (2, "Health & more")]

    html = written(
        '{% choices "area" "Area" options selected %}', options=options, selected=selected
    )

    assert '<label class="form-label" for="filter-area">Area</label>' in html
    assert '<option value="2" selected>Health &amp; more</option>' in html
    assert '<option value="">All</option>' in html
    assert "is-set" in html


def test_a_filter_that_is_not_set_shows_all():
    html = written('{% choices "area" "Area" options selected %}', options=[], selected=None)

    assert '<option value="" selected>All</option>' in html
    assert "is-set" not in html


def test_a_phase_tells_its_state_and_its_gate_without_colours():
    phases = [
        {
            "code": "idea",
            "label": "Idea",
            "state": "done",
            "gate": {"number": 1, "state": "passed"},
        },
        {
            "code": "trial",
            "label": "Trial",
            "state": "current",
            "gate": {"number": 3, "state": "waiting", "url": "/beslutninger/7/"},
        },
        {"code": "operation", "label": "Operation", "state": "coming"},
    ]

    html = render_to_string(
        "components/phases.html",
        {"phases": phases, "standing": "parked", "standing_label": "On hold"},
    )

    assert 'aria-label="Passed"' in html
    assert html.count('aria-current="step"') == 1
    assert "waits for a decision" in html
    assert 'href="/beslutninger/7/"' in html
    assert "badge-standing--parked" in html


def test_a_timeline_names_each_day_once():
    entries = [
        {"at": datetime(2025, 11, 3, 12, tzinfo=UTC), "text": "Gate 1 was approved", "actor": "B"},
        {"at": datetime(2025, 11, 3, 9, tzinfo=UTC), "text": "Sent in", "detail": "Line 1\nLine 2"},
        {"at": datetime(2025, 11, 2, 9, tzinfo=UTC), "text": "Draft", "url": "/x/"},
    ]

    html = render_to_string("components/timeline.html", {"entries": entries})

    assert html.count("timeline-day") == 2
    assert "13:00" in html
    assert '<a href="/x/">Draft</a>' in html
    assert '<blockquote class="quote">' in html


def test_a_card_tells_how_long_it_has_waited_and_when_it_is_late():
    with clock.at(datetime(2025, 11, 22, 10, tzinfo=UTC)):
        html = render_to_string(
            "components/task.html",
            {
                "url": "/x/",
                "title": "Sensors",
                "kind": "Decide",
                "since": date(2025, 11, 3),
                "due": date(2025, 11, 20),
            },
        )

    assert "since 3 November, 19 days" in html
    assert "2 days overdue" in html


def test_a_step_that_cannot_be_reached_is_no_link():
    steps = [
        {"label": "Problem", "url": "/1/", "state": "done"},
        {"label": "Frame", "url": "/2/", "state": "current"},
        {"label": "Gain", "url": None, "state": "todo"},
    ]

    html = render_to_string(
        "components/steps.html", {"steps": steps, "label": "Steps", "number": 2, "total": 3}
    )

    assert 'href="/1/"' in html
    assert 'href="/2/"' in html
    assert 'href="None"' not in html
    assert 'href=""' not in html
    assert html.count('aria-current="step"') == 1
    assert "Step 2 of 3" in html


@pytest.mark.parametrize("name", ["400", "500"])
def test_the_last_pages_need_nothing_but_themselves(name):
    assert "<h1>" in render_to_string(f"{name}.html")
