"""Which texts the portal says, and whether the Danish catalogue has them all.

``python -m tests.messages [fragment.po ...]`` brings the catalogue up to date: new texts are
added (translated when a fragment knows them), texts nobody says any more are taken out.
Extraction is Babel's, so no gettext programs are needed; the English texts are the source.
"""

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import polib
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from django.utils.translation.template import templatize

ROOT = Path(__file__).parent.parent
CATALOGUE = ROOT / "locale/da/LC_MESSAGES/django.po"
KEYWORDS = DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PLACEHOLDERS = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
Key = tuple[str, str]  # context and text
HEADER = {
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Language": "da",
    "Plural-Forms": "nplurals=2; plural=(n != 1);",
}


def sources() -> Iterator[tuple[Path, str]]:
    """Every file that can say something, as Python for the extractor."""
    for folder in ("projects", "sso_portal"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path, path.read_text()
    for path in sorted((ROOT / "templates").rglob("*.*")):
        if path.suffix in (".html", ".txt"):
            text = templatize(path.read_text(), origin=str(path))
            yield path, "\n".join(line.strip() for line in text.splitlines())


def said() -> dict[Key, polib.POEntry]:
    """Everything the portal says, by context and text."""
    found: dict[Key, polib.POEntry] = {}
    for path, text in sources():
        for _line, message, _comments, context in extract(
            "python", io.BytesIO(text.encode()), KEYWORDS
        ):
            single, plural = (*message, "")[:2] if isinstance(message, tuple) else (message, "")
            entry = found.setdefault(
                (context or "", single), polib.POEntry(msgid=single, msgctxt=context)
            )
            if plural:
                entry.msgid_plural = plural
                entry.msgstr_plural = {0: "", 1: ""}
            place = path.relative_to(ROOT).as_posix()
            if (place, "") not in entry.occurrences:
                entry.occurrences.append((place, ""))
            if re.search(r"%\(\w+\)[sd]|%[sd]", single):
                entry.flags = ["python-format"]
    found.pop(("", ""), None)
    return found


def key_of(entry: polib.POEntry) -> Key:
    return entry.msgctxt or "", entry.msgid


def catalogue() -> dict[Key, polib.POEntry]:
    return {key_of(entry): entry for entry in polib.pofile(str(CATALOGUE)) if not entry.obsolete}


def update(fragments: list[str]) -> list[str]:
    """Write the catalogue anew; the texts that still lack a translation."""
    known: dict[Key, polib.POEntry] = {}
    for fragment in [*fragments, *([str(CATALOGUE)] if CATALOGUE.exists() else [])]:
        known |= {key_of(entry): entry for entry in polib.pofile(fragment) if entry.translated()}
    file = polib.POFile(wrapwidth=100)
    file.metadata = HEADER
    for key, entry in sorted(said().items(), key=lambda item: (item[1].occurrences[0], item[0])):
        if key in known and bool(known[key].msgid_plural) == bool(entry.msgid_plural):
            entry.msgstr, entry.msgstr_plural = known[key].msgstr, known[key].msgstr_plural
        file.append(entry)
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    file.save(str(CATALOGUE))
    return [entry.msgid for entry in file if not entry.translated()]


if __name__ == "__main__":
    for text in update(sys.argv[1:]):
        sys.stdout.write(f"not translated: {text}\n")
