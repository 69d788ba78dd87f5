"""Both languages are whole: Danish in the catalogue, English in the source."""

import pytest
from django.utils.translation import gettext, override

from tests.messages import PLACEHOLDERS, catalogue, said


@pytest.fixture(scope="module")
def danish():
    return catalogue()


@pytest.fixture(scope="module")
def english():
    return said()


def test_everything_said_is_in_the_danish_catalogue_and_nothing_else(danish, english):
    assert sorted(danish) == sorted(english)


def test_nothing_is_untranslated_or_fuzzy(danish):
    assert [key for key, entry in danish.items() if not entry.translated() or entry.fuzzy] == []


def test_the_source_is_english(english):
    assert [text for _, text in english if set(text.lower()) & set("æøå")] == []


def test_placeholders_are_the_same_in_both_languages(danish):
    wrong = []
    for key, entry in danish.items():
        texts = entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]
        named = [entry.msgid_plural or entry.msgid] * len(list(texts))
        for source, text in zip(named, texts, strict=True):
            if sorted(set(PLACEHOLDERS.findall(source))) != sorted(set(PLACEHOLDERS.findall(text))):
                wrong.append(key)
    assert wrong == []


def test_the_catalogue_is_what_readers_get():
    with override("da"):
        assert gettext("Investigation") == "Undersøgelse"
    with override("en"):
        assert gettext("Investigation") == "Investigation"
