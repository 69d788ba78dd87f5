"""A form field in the design system's markup: label, help, error and widget tied together."""

import pytest
from django import forms
from django.template import Context, Template

from sso_portal.shared.forms import DateField, KronerField, error_lines

LEVELS = [("high", "High"), ("low", "Low")]


class IdeaForm(forms.Form):
    title = forms.CharField(help_text="Short, please.", max_length=20)
    problem = forms.CharField(label="What is wrong?", widget=forms.Textarea, max_length=500)
    level = forms.ChoiceField(choices=LEVELS, widget=forms.RadioSelect)
    areas = forms.MultipleChoiceField(
        choices=LEVELS, widget=forms.CheckboxSelectMultiple, required=False
    )
    unit = forms.ChoiceField(choices=LEVELS, required=False)
    stands_behind = forms.BooleanField(required=False)
    budget = KronerField(required=False)
    start = DateField(required=False)
    key = forms.CharField(widget=forms.HiddenInput, required=False)


def written(tag, form):
    html = Template("{% load portal %}" + tag).render(Context({"form": form}))
    return " ".join(html.split())


def test_a_label_says_that_the_field_must_be_filled_in():
    html = written("{% field form.title %}", IdeaForm())

    assert '<label class="form-label" for="id_title">Title' in html
    assert '<span class="form-mark">' in html
    assert 'class="form-input"' in html


def test_a_form_can_mark_what_is_voluntary_instead():
    class Mostly(IdeaForm):
        mark_optional = True

    assert "form-mark" not in written("{% field form.title %}", Mostly())
    assert "form-mark" in written("{% field form.budget %}", Mostly())


def test_help_and_error_are_read_with_the_field():
    html = written("{% field form.title %}", IdeaForm({}))

    assert 'aria-describedby="id_title_helptext id_title_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_title_error"' in html
    assert "form-error" in html


def test_what_was_typed_comes_back():
    html = written("{% field form.budget %}", IdeaForm({"budget": "<a lot>"}))

    assert 'value="&lt;a lot&gt;"' in html
    assert "form-error-message" in html


def test_a_textarea_counts_down_and_cuts_nothing_off():
    html = written("{% field form.problem rows=3 %}", IdeaForm())

    assert 'data-counter="500"' in html
    assert "maxlength" not in html
    assert 'aria-describedby="id_problem_limit"' in html
    assert 'rows="3"' in html


def test_a_unit_stands_beside_a_narrow_field():
    html = written('{% field form.budget suffix="kr." width="s" %}', IdeaForm())

    assert 'class="form-input input-s"' in html
    assert '<div class="form-input-suffix">kr.</div>' in html


@pytest.mark.parametrize(("name", "kind"), [("level", "radio"), ("areas", "checkbox")])
def test_a_group_is_a_fieldset_with_its_own_boxes(name, kind):
    form = IdeaForm({name: ["low"]} if kind == "checkbox" else {name: "low"})
    html = written("{% field form." + name + " %}", form)

    assert "<fieldset" in html
    assert "<legend" in html
    assert html.count(f'type="{kind}"') == 2
    assert html.count("checked") == 1
    assert f'<label class="form-label" for="id_{name}_1">Low</label>' in html


def test_the_error_of_a_group_is_read_with_the_group():
    html = written("{% field form.level %}", IdeaForm({}))

    assert '<fieldset aria-describedby="id_level_error">' in html


def test_each_answer_of_a_group_can_be_explained():
    form = IdeaForm()
    form.fields["level"].option_help = {"high": "People are freed."}

    html = written("{% field form.level %}", form)

    assert 'aria-describedby="id_level_0_helptext"' in html
    assert "People are freed." in html


def test_one_box_stands_before_its_label():
    html = written("{% field form.stands_behind %}", IdeaForm())

    assert html.index('class="form-checkbox"') < html.index("<label")


def test_a_select_and_a_date_look_like_the_others():
    form = IdeaForm(initial={"start": "2026-03-01"})

    assert 'class="form-select"' in written("{% field form.unit %}", form)
    assert '<input type="date" name="start" value="2026-03-01"' in written(
        "{% field form.start %}", form
    )


def test_a_label_can_be_heard_without_being_seen():
    html = written('{% field form.title hide_label=True label="Name" %}', IdeaForm())

    assert '<label class="form-label sr-only" for="id_title">Name' in html


@pytest.mark.parametrize("text", ["2026-12-31", "31-12-2026", "31.12.2026"])
def test_a_date_may_be_typed_in_several_ways(text):
    assert DateField().clean(text).isoformat() == "2026-12-31"


def test_the_summary_leads_to_each_field():
    form = IdeaForm({"title": "", "problem": "", "level": "other"})
    form.add_error(None, "Somebody else was first.")

    html = written("{% form_errors form %}", form)

    assert "data-error-summary" in html
    assert '<a href="#id_title">Title:' in html
    assert '<a href="#id_problem">What is wrong? ' in html
    assert '<a href="#id_level_0">Level:' in html
    assert "<li>Somebody else was first.</li>" in html


def test_without_errors_there_is_no_summary():
    form = IdeaForm({"title": "Sensors", "problem": "Falls", "level": "high"})

    assert written("{% form_errors form %}", form).strip() == ""


def test_an_error_in_a_hidden_field_is_told_without_a_link():
    form = IdeaForm({"title": "Sensors", "problem": "Falls", "level": "high"})
    form.add_error("key", "Unknown.")

    assert error_lines(form) == [("", "Key: Unknown.")]


def test_the_summary_takes_several_forms_at_once():
    class Item(forms.Form):
        answer = forms.CharField()

    items = forms.formset_factory(Item, extra=0, min_num=1, validate_min=True)
    posted = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-answer": ""}

    addresses = [address for address, _ in error_lines(items(posted), IdeaForm({}))]

    assert "#id_form-0-answer" in addresses
    assert "#id_title" in addresses


def test_a_whole_form_is_written_in_the_same_way(settings):
    settings.FORM_RENDERER = "sso_portal.shared.forms.PortalRenderer"

    html = str(IdeaForm({}))

    assert "data-error-summary" in html
    assert html.count('class="form-group') >= 8
    assert 'type="hidden" name="key"' in html
    assert "form-input" in str(IdeaForm()["title"].as_field_group())
