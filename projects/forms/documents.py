"""Forms made from ``document_specs``: the same for a step of an idea and for a whole document.

A form judges shape alone. Nothing is required here, since a draft may have gaps; what a gate
misses is the business of ``documents``. Fields that are mandatory in the end say so.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django import forms
from django.core.validators import MaxLengthValidator
from django.db.models import Q
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from projects import document_specs, documents, papers
from projects.document_specs import CHECKLIST, IDEA_DESCRIPTION, SPECS, Kind, Section, Text
from projects.idea_steps import SECTIONS
from projects.models import Document, FocusArea, Pool, PoolYear, Principle, Project
from projects.rights import ProjectError
from sso_portal.shared import clock
from sso_portal.shared import forms as shared
from sso_portal.shared.forms import DateField, KronerField, NumberField
from sso_portal.shared.wording import kroner

LONGEST_LINE = 160
LONGEST_TEXT = 10_000
LARGEST = {
    Kind.KRONER: 1_000_000_000,
    Kind.NUMBER: 10_000_000,
    Kind.MINUTES: 100_000,
}
TOO_LONG = gettext_lazy(
    "This is %(show_value)s characters long. There is room for %(limit_value)s."
)


class TextField(shared.TextField):
    """What people write in several lines, of a length that only the server tells."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        # Not max_length, which would count down beside every field
        self.validators.append(MaxLengthValidator(LONGEST_TEXT, TOO_LONG))


class CatalogueField(shared.RowsField):
    """Rows of one of the office's lists; ``option_help`` explains them by key."""

    widget = forms.CheckboxSelectMultiple

    def clean(self, value):
        return list(super().clean(value))


def line(spec: document_specs.Field, project: Project) -> forms.Field:
    made = forms.CharField()
    made.validators.append(MaxLengthValidator(LONGEST_LINE, TOO_LONG))
    return made


def text(spec: document_specs.Field, project: Project) -> forms.Field:
    return TextField()


def day(spec: document_specs.Field, project: Project) -> forms.Field:
    return DateField()


def amount(spec: document_specs.Field, project: Project) -> forms.Field:
    return KronerField(max_value=LARGEST[spec.kind])


def number(spec: document_specs.Field, project: Project) -> forms.Field:
    return NumberField(max_value=LARGEST[spec.kind])


def choice(spec: document_specs.Field, project: Project) -> forms.Field:
    return forms.ChoiceField(choices=spec.choices, widget=forms.RadioSelect)


def focus_areas(spec: document_specs.Field, project: Project) -> forms.Field:
    chosen = [area.pk for area in project.focus_areas.all()]
    return CatalogueField(_kept(FocusArea.objects.all(), chosen))


def pools(spec: document_specs.Field, project: Project) -> forms.Field:
    """The pools in use, the own area's first, each with its frame and who decides."""
    chosen = [pool.pk for pool in project.pools.all()]
    found = _kept(Pool.objects.select_related("area"), chosen)
    made = CatalogueField(found)
    own = set(project.unit.lineage)
    ordered = sorted(found, key=lambda pool: (pool.area_id not in own, pool.pk))
    made.choices = [(pool.pk, _named(pool, own)) for pool in ordered]
    made.option_help = _pools_explained(ordered)
    return made


def _named(pool: Pool, own: set[int]) -> str:
    return _("%(pool)s (own area)") % {"pool": pool} if pool.area_id in own else pool.name


FIELDS = {
    Kind.LINE: line,
    Kind.TEXT: text,
    Kind.DATE: day,
    Kind.KRONER: amount,
    Kind.NUMBER: number,
    Kind.MINUTES: number,
    Kind.CHOICE: choice,
    Kind.POOLS: pools,
    Kind.FOCUS_AREAS: focus_areas,
}


def _kept(rows, chosen: list[int]):
    """What is in use, and what was chosen before it went out of use."""
    return rows.filter(Q(is_active=True) | Q(pk__in=chosen))


def _pools_explained(pools: list[Pool]) -> dict[str, str]:
    year = clock.today().year
    frames = dict(
        PoolYear.objects.filter(year=year, pool__in=pools).values_list("pool_id", "frame_kroner")
    )
    explained = {}
    for pool in pools:
        who = (
            _("The chief of %(area)s decides.") % {"area": pool.area}
            if pool.area
            else _("The chief group decides.")
        )
        frame = frames.get(pool.pk)
        money = _("%(amount)s in %(year)s.") % {"amount": kroner(frame), "year": year}
        explained[str(pool.pk)] = who if frame is None else f"{money} {who}"
    return explained


class WritingForm(forms.Form):
    """What is written in one document. ``filled`` is what ``documents.write`` takes.

    ``based_on`` carries the version the writer began from, so that nobody's words are lost.
    """

    mark_optional = True
    rest_is_kept = False
    newer: Document | None = None
    differences: Sequence[papers.Change] = ()
    based_on = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, posted=None, *, key: str, project: Project):
        self.key, self.project = key, project
        paper = project.paper(key)
        initial = {"based_on": paper.version if paper else 0, **self.stored()}
        super().__init__(posted, initial=initial)

    def stored(self) -> dict:
        """What stands in the fields before anybody writes."""
        raise NotImplementedError

    @property
    def filled(self) -> dict:
        """What is sound of what was written, also when something else is not."""
        raise NotImplementedError

    def keep(self, *, by, with_faults: bool = False) -> bool:
        """Hand what is written to ``documents.write``; True when all of it stands there now.

        ``with_faults`` keeps what is sound beside what is not, as a draft may be.
        """
        sound = self.is_valid()
        if "based_on" not in self.cleaned_data or not (sound or with_faults):
            return False
        based_on = self.cleaned_data["based_on"]
        try:
            kept = documents.write(
                self.project, self.key, by=by, filled=self.filled, based_on=based_on
            )
        except documents.Stale as error:
            self.add_error(None, str(error))
            self._catch_up_with(error.newer)
            return False
        except ProjectError as error:
            self.add_error(None, str(error))
            return False
        self.rest_is_kept = not sound
        self._begin_from(kept)
        return sound

    def _catch_up_with(self, newer: Document) -> None:
        """What stands there now against what is written here. Saving again is then a choice."""
        stands = documents.as_stored(documents.values(newer.project, newer.spec))
        written = stands | documents.as_stored(self.filled)
        before, after = papers.read(self.key, written), papers.read(self.key, stands)
        self.newer, self.differences = newer, papers.changes(before, after)
        self._begin_from(newer)

    def _begin_from(self, document: Document) -> None:
        self.data = self.data.copy()
        self.data["based_on"] = document.version


class DocumentForm(WritingForm):
    """The fields of a document, or of the ``sections`` named."""

    def __init__(
        self,
        posted=None,
        *,
        key: str,
        project: Project,
        sections: tuple[Section, ...] | None = None,
    ):
        self.sections = sections or SPECS[key].sections
        super().__init__(posted, key=key, project=project)
        for spec in self.specs:
            self.fields[spec.key] = _field(spec, project)

    @property
    def reckons_hours(self) -> bool:
        """Whether the three figures behind the hours freed are here."""
        return set(papers.GUESS) <= {spec.key for spec in self.specs}

    @property
    def specs(self) -> list[document_specs.Field]:
        return [spec for section in self.sections for spec in section.fields]

    def stored(self) -> dict:
        return documents.values(self.project, SPECS[self.key])

    def clean(self):
        cleaned = super().clean()
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", _("The end lies before the start."))
        return cleaned

    @property
    def filled(self) -> dict:
        together = {"starts_on", "ends_on"}  # one without the other could end before it starts
        left_out = together if together & set(self.errors) else set()
        names = {spec.key for spec in self.specs} & set(self.cleaned_data) - left_out
        return {name: self.cleaned_data[name] for name in names}

    def groups(self) -> Iterator[tuple[Text, list[tuple[BoundField, Text]]]]:
        """The fields under their headings, each with the unit that stands after it."""
        for section in self.sections:
            fields = [(self[spec.key], UNITS.get(spec.kind, "")) for spec in section.fields]
            yield section.title, fields


LOOKS = {
    Kind.TEXT: {"rows": 4},
    Kind.KRONER: {"class": "input-s"},
    Kind.NUMBER: {"class": "input-s"},
    Kind.MINUTES: {"class": "input-s"},
}
MORE_HELP = {
    Kind.POOLS: gettext_lazy(
        "With several pools the chief group decides, with none the nearest chief."
    ),
}
UNITS = {Kind.KRONER: pgettext_lazy("unit", "DKK"), Kind.MINUTES: pgettext_lazy("unit", "minutes")}


def _field(spec: document_specs.Field, project: Project) -> forms.Field:
    made = FIELDS[spec.kind](spec, project)
    made.label, made.help_text = spec.label, spec.help
    if spec.kind in MORE_HELP:
        made.help_text = f"{spec.help} {MORE_HELP[spec.kind]}"
    made.mandatory = spec.mandatory
    # A project is known by its title, so even a draft keeps one
    made.required = spec.fact and spec.kind == Kind.LINE
    made.error_messages["required"] = _("Write a title.")
    made.widget.is_required = made.required
    made.widget.attrs |= LOOKS.get(spec.kind, {})
    return made


@dataclass
class Asked:
    """A principle with the two fields that answer it."""

    principle: Principle
    answer: BoundField
    reason: BoundField = field(repr=False)

    @property
    def needs_a_reason(self) -> str:
        """When the reason is shown, for ``data-show-when``."""
        return f"{self.answer.html_name}={documents.NOT_RELEVANT}|{documents.OPEN}"


class ChecklistForm(WritingForm):
    """The office's principles: each is answered, with a reason where the answer needs one."""

    mark_optional = False

    def __init__(self, posted=None, *, key: str = CHECKLIST.key, project: Project):
        self.principles = list(Principle.objects.all())
        super().__init__(posted, key=key, project=project)
        for principle in self.principles:
            self.fields[f"answer_{principle.key}"] = self._answer(principle)
            reason = TextField(
                label=pgettext("checklist", "Reason"),
                help_text=_("Needed when the answer is not relevant or still open."),
                required=False,
            )
            reason.widget.attrs["rows"] = 2
            self.fields[f"reason_{principle.key}"] = reason

    def _answer(self, principle: Principle) -> forms.Field:
        answer = forms.ChoiceField(
            label=f"{principle.number}. {principle.text}",
            help_text=principle.help,
            choices=papers.ANSWERS.items(),
            widget=forms.RadioSelect,
            required=False,
        )
        answer.mandatory = principle.is_mandatory
        return answer

    def stored(self) -> dict:
        content = documents.values(self.project, CHECKLIST)
        return {
            f"{name}_{principle.key}": content.get(principle.key, {}).get(name, "")
            for principle in self.principles
            for name in ("answer", "reason")
        }

    @property
    def filled(self) -> dict:
        return {
            principle.key: {
                "answer": self.cleaned_data[f"answer_{principle.key}"],
                "reason": self.cleaned_data[f"reason_{principle.key}"],
            }
            for principle in self.principles
            if {f"answer_{principle.key}", f"reason_{principle.key}"} <= set(self.cleaned_data)
        }

    def asked(self) -> list[Asked]:
        return [Asked(p, self[f"answer_{p.key}"], self[f"reason_{p.key}"]) for p in self.principles]


def step_form(step: str, project: Project, posted=None) -> WritingForm:
    """The form of one step of an idea."""
    if step == CHECKLIST.key:
        return ChecklistForm(posted, project=project)
    sections = (SECTIONS[step],)
    return DocumentForm(posted, key=IDEA_DESCRIPTION.key, project=project, sections=sections)


def writing_form(key: str, project: Project, posted=None) -> WritingForm:
    """The form of a whole document."""
    made = ChecklistForm if key == CHECKLIST.key else DocumentForm
    return made(posted, key=key, project=project)
