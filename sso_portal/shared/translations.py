"""Turns the translations that people edit into the form that gettext reads."""

import os
from collections.abc import Iterable
from pathlib import Path

import polib


def compile_all(folders: Iterable[Path]) -> None:
    """Write each catalogue that is missing or older than its text. Needs no gettext."""
    for folder in folders:
        for source in folder.glob("*/LC_MESSAGES/*.po"):
            target = source.with_suffix(".mo")
            if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
                _compile(source, target)


def _compile(source: Path, target: Path) -> None:
    # Several processes start at once: each writes its own file and moves it into place whole.
    own = target.with_suffix(f".{os.getpid()}")
    polib.pofile(str(source)).save_as_mofile(str(own))
    own.replace(target)
