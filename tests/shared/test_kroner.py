"""Amounts and numbers as people write them."""

import pytest
from django import forms
from django.utils import translation

from sso_portal.shared import kroner
from sso_portal.shared.forms import KronerField, NumberField


@pytest.mark.parametrize(
    ("language", "text", "amount"),
    [
        ("da", "1250000", 1_250_000),
        ("da", "1.250.000", 1_250_000),
        ("da", "1.250.000 kr.", 1_250_000),
        ("da", "kr. 1.250", 1_250),
        ("da", "1.250", 1_250),
        ("da", "1.000", 1_000),
        ("da", "1 250 000", 1_250_000),
        ("da", "1\N{NO-BREAK SPACE}250\N{NARROW NO-BREAK SPACE}000 KR", 1_250_000),
        ("da", "1.250,00 kr.", 1_250),
        ("da", "1.250,-", 1_250),
        ("da", "0", 0),
        ("da", " 75 ", 75),
        ("da", "-500", -500),
        ("da", "\N{MINUS SIGN}500", -500),
        ("da", "1,250,000", 1_250_000),
        ("en", "1,250,000", 1_250_000),
        ("en", "DKK 1,250,000", 1_250_000),
        ("en", "1,250", 1_250),
        ("en", "1,250.00", 1_250),
        ("en", "1.250.000", 1_250_000),
        ("en", "1250000 kr.", 1_250_000),
    ],
)
def test_an_amount_is_understood_as_it_is_written(language, text, amount):
    with translation.override(language):
        assert kroner.parse(text) == amount


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("da", ""),
        ("da", "meget"),
        ("da", "12 tkr."),
        ("da", "1,2 mio. kr."),
        ("da", "1.250,50"),
        ("da", "1,250"),
        ("da", "12.50"),
        ("da", "1.25.000"),
        ("da", "12 50"),
        ("da", "1.250 000"),
        ("da", "1e6"),
        ("da", "٣٠٠"),
        ("da", "²"),
        ("da", "--5"),
        ("da", "kr."),
        ("da", "9" * 5000),
        ("en", "1.250"),
        ("en", "1,250.50"),
        ("en", "1.000"),
    ],
)
def test_what_is_no_amount_or_could_be_two_is_refused(language, text):
    with translation.override(language), pytest.raises(kroner.NotKroner):
        kroner.parse(text)


@pytest.mark.parametrize(("language", "example"), [("da", "250.000"), ("en", "250,000")])
def test_the_refusal_shows_how_the_reader_writes_it(language, example):
    with translation.override(language), pytest.raises(kroner.NotKroner, match=example):
        kroner.parse("meget")


@pytest.mark.parametrize(("language", "text"), [("da", "1.200"), ("en", "1,200"), ("en", "1200")])
def test_other_numbers_are_grouped_in_the_same_way(language, text):
    with translation.override(language):
        assert kroner.whole_number(text) == 1200


@pytest.mark.parametrize("text", ["1,200", "tolv", "12 kr.", "1.2"])
def test_a_number_that_is_none_is_refused(text):
    with translation.override("da"), pytest.raises(kroner.NotANumber, match=r"1\.200"):
        kroner.whole_number(text)


@pytest.mark.parametrize("field", [KronerField(required=False), NumberField(required=False)])
@pytest.mark.parametrize("text", ["", "   ", None])
def test_a_field_may_be_empty(field, text):
    assert field.clean(text) is None


@pytest.mark.parametrize("text", ["-1", "1.000.001", "mange"])
def test_a_field_tells_what_is_wrong_beside_it(text):
    with translation.override("da"), pytest.raises(forms.ValidationError):
        KronerField(max_value=1_000_000).clean(text)


@pytest.mark.parametrize("value", [1_250_000, "1.250.000"])
def test_a_field_shows_an_amount_as_it_is_written(value):
    class Form(forms.Form):
        budget = KronerField(initial=value)

    with translation.override("da"):
        assert 'value="1.250.000"' in str(Form()["budget"])
