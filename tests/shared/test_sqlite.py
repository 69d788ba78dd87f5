import random
from functools import cmp_to_key

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.db.models.functions import Collate

from sso_portal.shared import sqlite

WORDS = """ål Ål aal Aal AA å æble Æble ö ø Østers ørn zebra ü y x 10 2 1 a-b ab é e f Café cafe
 café cafeer caféer Cafe ananas Ananas _ - ( ) § B b C""".split()


def people(*names):
    return [
        get_user_model().objects.create_user(f"person{number}", first_name=name)
        for number, name in enumerate(names)
    ]


def in_danish_order(words):
    return sorted(words, key=cmp_to_key(sqlite.compare))


def test_the_danish_letters_stand_last():
    assert in_danish_order("å ø æ z a".split()) == "a z æ ø å".split()
    assert in_danish_order("Aarhus Zoo Ødum Ærø".split()) == "Zoo Ærø Ødum Aarhus".split()


def test_capitals_and_accents_only_decide_between_equals():
    assert in_danish_order("b B é e a".split()) == "a B b e é".split()
    assert in_danish_order(["ab", "a b", "a-b"]) == ["a b", "a-b", "ab"]


@pytest.mark.django_db
def test_a_query_sorts_in_danish_on_both_databases():
    people("Åse", "Øjvind", "Ærling", "Zenia", "Anna")

    by_name = get_user_model().objects.order_by(Collate("first_name", sqlite.DANISH))

    names = [user.first_name for user in by_name]
    assert names == ["Anna", "Zenia", "Ærling", "Øjvind", "Åse"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("lookup", "wanted"),
    [
        ({"first_name__icontains": "ÆRØ"}, ["Kær Ærøskøbing"]),
        ({"first_name__icontains": "øskø"}, ["Kær Ærøskøbing"]),
        ({"first_name__istartswith": "kÆr"}, ["Kær Ærøskøbing"]),
        ({"first_name__iexact": "100% å_b"}, ["100% Å_B"]),
        ({"first_name__icontains": "%"}, ["100% Å_B"]),
        ({"first_name__icontains": "_"}, ["100% Å_B"]),
        ({"first_name__icontains": "\\"}, ["sti\\navn"]),
        ({"first_name__icontains": "x"}, []),
    ],
)
def test_text_is_found_in_any_case_and_signs_mean_themselves(lookup, wanted):
    people("Kær Ærøskøbing", "100% Å_B", "sti\\navn", "")

    found = get_user_model().objects.filter(**lookup)

    assert [user.first_name for user in found] == wanted


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="about SQLite's own function")
@pytest.mark.parametrize(
    ("text", "pattern", "answer"),
    [
        ("Æble", "æ_le", 1),
        ("Æble", "æ%", 1),
        ("en\nto", "en%to", 1),
        ("Æble", "b", 0),
        (None, "%", None),
        ("a", None, None),
        (1250, "12%", 1),
    ],
)
def test_like_has_its_wildcards(text, pattern, answer):
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s LIKE %s", [text, pattern])
        assert cursor.fetchone() == (answer,)


@pytest.mark.postgresql
@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "postgresql", reason="compares with PostgreSQL")
@pytest.mark.parametrize("seed", range(3))
def test_sqlite_sorts_as_postgresql_does(seed):
    chance = random.Random(seed)
    pieces = "å Å æ Æ ø Ø aa Aa AA b B z e é E 1 - _ .".split() + [" "]
    words = {"".join(chance.choices(pieces, k=chance.randint(1, 5))) for _ in range(300)}
    words = [word for word in {*words, *WORDS} if "aaa" not in word.lower() and "aå" not in word]

    with connection.cursor() as cursor:
        cursor.execute('SELECT w FROM unnest(%s::text[]) w ORDER BY w COLLATE "da-x-icu"', [words])
        assert in_danish_order(words) == [word for (word,) in cursor.fetchall()]
