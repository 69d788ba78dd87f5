"""The portal's template tags; ``templates/components/README.md`` tells how to use them.

What stands in every row of a list is written here as strings: an include in a loop costs more
than the query that fed it.
"""

from collections.abc import Iterable
from functools import lru_cache
from html import escape
from itertools import zip_longest
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django import template
from django.core.paginator import Page
from django.forms.boundfield import BoundField
from django.template.context import Context
from django.template.loader import get_template
from django.templatetags.static import static
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, pgettext

from sso_portal.shared import forms, wording

register = template.Library()

for words in (wording.number, wording.kroner, wording.hours, wording.day, wording.day_short):
    register.filter(words.__name__, words)
for words in (wording.day_this_year, wording.time_of_day, wording.moment):
    register.filter(words.__name__, words)
for words in (wording.since, wording.until, wording.due):
    register.filter(words.__name__, words)


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An icon of the design system; without ``label`` it is decoration."""
    return _icon(name, str(label))


@lru_cache(maxsize=512)
def _icon(name: str, label: str) -> SafeString:
    named = (
        format_html('role="img" aria-label="{}"', label)
        if label
        else mark_safe('aria-hidden="true"')
    )
    return format_html(
        '<svg class="icon-svg" focusable="false" {}><use href="{}#{}"></use></svg>',
        named,
        static("img/all-svg-icons.svg"),
        name,
    )


@register.simple_tag
def badge(kind: str, code: Any, label: Any) -> SafeString:
    """A small label; the looks hang on ``kind`` and the stored ``code``, never on the text."""
    return _badge(kind, str(code), str(label)) if code not in (None, "") else mark_safe("")


@lru_cache(maxsize=1024)
def _badge(kind: str, code: str, label: str) -> SafeString:
    return format_html('<span class="badge badge-{0} badge-{0}--{1}">{2}</span>', kind, code, label)


@register.simple_tag
def tek(efficiency: int, quality: int, wellbeing: int) -> SafeString:
    """The three aims of the TEK triangle, each from 0 to 3, in the order they are weighed."""
    words = (
        pgettext("how much", "none"),
        pgettext("how much", "a little"),
        pgettext("how much", "some"),
        pgettext("how much", "much"),
    )
    rows = (
        (gettext("Efficiency"), efficiency or 0),
        (gettext("Quality"), quality or 0),
        (gettext("Well-being"), wellbeing or 0),
    )
    lines = format_html_join(
        "",
        '<li class="tek-row tek-row--{}"><span class="tek-name">{}</span>'
        '<span class="tek-bar" aria-hidden="true"></span><span class="tek-level">{}</span></li>',
        ((level, name, words[level]) for name, level in rows),
    )
    return format_html('<ul class="tek">{}</ul>', lines)


@register.simple_tag
def breadcrumbs(*steps: Any) -> SafeString:
    """Pairs of text and address, and the page itself as the last text."""
    *pairs, here = steps
    texts = [gettext("Front page"), *pairs[0::2]]
    urls = ["/", *pairs[1::2]]
    links = format_html_join(
        "",
        '<li class="breadcrumbs__list-item">{}<a class="breadcrumbs__link" href="{}">{}</a></li>',
        (
            ("" if number == 0 else _icon("chevron-right", ""), url, text)
            for number, (text, url) in enumerate(zip_longest(texts, urls, fillvalue=""))
        ),
    )
    return format_html(
        '<nav class="breadcrumbs" aria-label="{}"><ol class="breadcrumbs__list">{}'
        '<li class="breadcrumbs__list-item" aria-current="page">{}{}</li></ol></nav>',
        gettext("You are here"),
        links,
        _icon("chevron-right", ""),
        here,
    )


@register.simple_tag
def field(bound: BoundField, **options: Any) -> SafeString:
    """One form field: label, help, error and the widget, tied together for screen readers."""
    if bound.is_hidden:
        return bound.as_widget()
    return get_template("components/field.html").render(forms.field_context(bound, **options))


@register.inclusion_tag("components/error_summary.html")
def form_errors(*erring: Any) -> dict[str, Any]:
    """Every error of the forms, each with a link to its field; empty without errors."""
    return {"lines": forms.error_lines(*erring)}


def _query(context: Context, **changes: Any) -> str:
    """The page's own query string with changes; the page number never survives one."""
    request = context.get("request")
    kept = parse_qsl(request.META.get("QUERY_STRING", "")) if request else []
    pairs = [(key, value) for key, value in kept if key != "page" and key not in changes]
    return "?" + urlencode(pairs + [(key, value) for key, value in changes.items() if value])


def _swaps(query: str, target: str) -> SafeString:
    if not target:
        return mark_safe("")
    return format_html(' hx-get="{}" hx-target="{}" hx-push-url="true"', query, target)


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: Context, page: Page, target: str = "") -> dict[str, Any]:
    """The pages of a list, keeping its filters; htmx swaps ``target`` when one is given."""

    def link(number: int) -> dict[str, Any]:
        query = _query(context, page=number)
        return {"number": number, "query": query, "swaps": _swaps(query, target)}

    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {
        "page": page,
        "links": [link(n) if isinstance(n, int) else None for n in numbers],
        "previous": link(page.number - 1) if page.has_previous() else None,
        "next": link(page.number + 1) if page.has_next() else None,
    }


SORTED = {"ascending": "sort-table-ascending", "descending": "sort-table-descending"}


@register.simple_tag(takes_context=True)
def sort_header(
    context: Context, key: str, label: Any, sort: str, target: str = "", css: str = ""
) -> SafeString:
    """A column header that sorts; the second click turns the order around."""
    direction = {key: "ascending", f"-{key}": "descending"}.get(sort or "", "")
    query = _query(context, sort=f"-{key}" if direction == "ascending" else key)
    return format_html(
        '<th scope="col" class="{}"{}><a class="sort-link" id="sort-{}" href="{}"{}>{}{}</a></th>',
        css,
        format_html(' aria-sort="{}"', direction) if direction else "",
        key,
        query,
        _swaps(query, target),
        label,
        _icon(SORTED.get(direction, "sort-table-none"), ""),
    )


def _option(value: Any, text: Any, selected: str) -> str:
    if isinstance(text, list):
        inner = "".join(_option(each, words, selected) for each, words in text)
        return f'<optgroup label="{escape(str(value))}">{inner}</optgroup>'
    value = str(value)
    chosen = " selected" if value == selected else ""
    return f'<option value="{escape(value)}"{chosen}>{escape(str(text))}</option>'


@register.simple_tag
def choices(
    name: str, label: Any, options: Iterable[tuple[Any, Any]], selected: Any = "", empty: Any = ""
) -> SafeString:
    """A filter's select, written directly: a form widget for each would cost more than the list.

    A pair whose second part is a list is a heading with its own options.
    """
    selected = "" if selected is None else str(selected)
    every = ("", empty or pgettext("filter", "All"))
    lines = [_option(value, text, selected) for value, text in (every, *options)]
    return format_html(
        '<div class="form-group"><label class="form-label" for="filter-{0}">{1}</label>'
        '<select class="form-select{2}" id="filter-{0}" name="{0}">{3}</select></div>',
        name,
        conditional_escape(label),
        " is-set" if selected else "",
        mark_safe("".join(lines)),
    )
