"""The one history: the only writer of ``Event``, and the words its events are shown in.

An event stores a key and facts; the sentence is made when it is shown, in the reader's language.
Each app registers its sentences in ``ready()``.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db import models
from django.utils.functional import Promise

from sso_portal.shared.models import Event


@dataclass(frozen=True)
class Sentence:
    """The words of one kind of event. ``labels`` turns stored codes into the reader's words."""

    text: str | Promise
    labels: Mapping[str, Mapping[str, str | Promise]] = field(default_factory=dict)

    def about(self, facts: Mapping) -> str:
        shown = dict(facts)
        for name, labels in self.labels.items():
            shown[name] = labels.get(shown.get(name), "")
        return str(self.text) % shown


_SENTENCES: dict[str, Sentence] = {}


def register(sentences: Mapping[str, Sentence]) -> None:
    """Add the sentences of an app. A key registered twice is a programming error."""
    for key, sentence in sentences.items():
        if _SENTENCES.get(key, sentence) != sentence:
            raise ValueError(f"Two sentences for the event {key}")
        _SENTENCES[key] = sentence


def record(subject: models.Model, key: str, *, by, **facts) -> Event:
    """Write down that ``key`` happened to ``subject``; KeyError when nobody can put it in words."""
    _SENTENCES[key]
    return Event.objects.create(subject=subject, key=key, by=by, facts=facts)


def record_all(key: str, told: Iterable[tuple[models.Model, Mapping]], *, by) -> None:
    """Write down that ``key`` happened to many records of one kind, each with its own facts."""
    _SENTENCES[key]
    Event.objects.bulk_create(
        (Event(subject=subject, key=key, by=by, facts=facts) for subject, facts in told),
        batch_size=500,
    )


def describe(event: Event) -> str:
    """The event as a sentence in the active language."""
    return _SENTENCES[event.key].about(event.facts)
