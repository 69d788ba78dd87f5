"""Form fields of our own, and the renderer that writes every form in the design system's markup."""

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _

from sso_portal.shared import kroner, wording


class PortalRenderer(TemplatesSetting):
    """``FORM_RENDERER``: what ``{{ form }}`` writes. Pages mostly use ``{% field form.x %}``."""

    form_template_name = "components/form.html"
    field_template_name = "components/field_group.html"


class DateInput(forms.DateInput):
    """The browser's own date field: works on a phone, with the keyboard and without scripts."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class TextField(forms.CharField):
    """What people write in several lines. A line break counts and is stored as one character."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        return super().to_python(value).replace("\r\n", "\n")


class RowsField(forms.ModelMultipleChoiceField):
    """Rows of a table; a key that no database holds is a row that is not there."""

    def clean(self, value: Any) -> Any:
        try:
            return super().clean(value)
        except OverflowError:
            raise forms.ValidationError(
                self.error_messages["invalid_pk_value"],
                code="invalid_pk_value",
                params={"pk": max(value, key=len)[:20]},
            ) from None


FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)
CHECK_THE_YEAR = _("Check the year.")


class DateField(forms.DateField):
    widget = DateInput
    default_validators = [
        MinValueValidator(FIRST_DAY, CHECK_THE_YEAR),
        MaxValueValidator(LAST_DAY, CHECK_THE_YEAR),
    ]
    input_formats = ("%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%Y")


class NumberInput(forms.TextInput):
    """A whole number with thousands separators; phones show digits.

    Not ``type="number"``: a browser sends nothing when something else was typed into one.
    """

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "numeric", "autocomplete": "off", **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        return wording.number(value) if isinstance(value, int) else super().format_value(value)


class NumberField(forms.IntegerField):
    """A whole number, typed as people write them: ``1.200``, ``1 200`` or ``1200``."""

    widget = NumberInput
    read = staticmethod(kroner.whole_number)
    default_error_messages = {
        "min_value": _("It must be %(limit_value)s or more."),
        "max_value": _("It must be %(limit_value)s or less."),
    }

    def __init__(self, *, min_value: int | None = 0, **kwargs: Any) -> None:
        super().__init__(min_value=min_value, **kwargs)

    def to_python(self, value: Any) -> int | None:
        if not isinstance(value, str):
            return super().to_python(value)
        try:
            return self.read(value) if value.strip() else None
        except ValueError as error:
            raise forms.ValidationError(str(error), code="invalid") from None

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {}  # min and max belong to number inputs


class KronerField(NumberField):
    """Whole kroner, typed as people write them: ``1.250.000``, ``1 250 000 kr.`` or ``1250000``."""

    read = staticmethod(kroner.parse)


GROUPS = (forms.RadioSelect, forms.CheckboxSelectMultiple)
FILES = (forms.FileInput,)
WIDTHS = {"xs": "input-xs", "s": "input-s", "m": "input-m", "": ""}


def field_context(
    bound: BoundField,
    *,
    rows: int | None = None,
    counter: int | None = None,
    prefix: str = "",
    suffix: str = "",
    width: str = "",
    label: str = "",
    hide_label: bool = False,
    help: str = "",
) -> dict[str, Any]:
    """What ``components/field.html`` needs to write one field."""
    widget = bound.field.widget
    help = help or bound.help_text
    counter = counter or _counted(bound)
    described = [
        f"{bound.auto_id}_{part}"
        for part, shown in (("helptext", help), ("error", bound.errors), ("limit", counter))
        if shown
    ]
    optional_marked = getattr(bound.form, "mark_optional", False)
    # What is mandatory in the end need not be there to save a draft
    mandatory = getattr(bound.field, "mandatory", bound.field.required)
    context = {
        "field": bound,
        "label": label or bound.label,
        "hide_label": hide_label,
        "help": help,
        "prefix": prefix,
        "suffix": suffix,
        "counter": counter,
        "described_by": " ".join(described),
        "show_required": mandatory and not optional_marked,
        "show_optional": optional_marked and not mandatory,
    }
    if isinstance(widget, GROUPS):
        return context | {"kind": "group", "options": _options(bound)}
    kind = "check" if isinstance(widget, forms.CheckboxInput) else "control"
    attrs = {"class": _classes(widget, width)}
    if described:
        attrs["aria-describedby"] = context["described_by"]
    if rows:
        attrs["rows"] = rows
    return context | {"kind": kind, "widget": bound.as_widget(attrs=attrs)}


def _classes(widget: forms.Widget, width: str) -> str:
    if isinstance(widget, forms.CheckboxInput):
        own = "form-checkbox"
    elif isinstance(widget, forms.Select):
        own = "form-select"
    elif isinstance(widget, FILES):
        own = "form-file"
    else:
        own = "form-input"
    return " ".join(filter(None, (own, WIDTHS[width], widget.attrs.get("class", ""))))


def _counted(bound: BoundField) -> int | None:
    """The limit of a textarea, counted down beside it; what is too long is not cut off."""
    if not isinstance(bound.field.widget, forms.Textarea):
        return None
    bound.field.widget.attrs.pop("maxlength", None)
    return getattr(bound.field, "max_length", None)


def _options(bound: BoundField) -> list[dict[str, Any]]:
    """The boxes of a group; ``field.option_help`` may explain each value."""
    explained = getattr(bound.field, "option_help", {})
    return [
        {
            "id": option.id_for_label,
            "label": option.choice_label,
            "help": explained.get(str(option.data["value"]), ""),
            **{key: option.data[key] for key in ("name", "type", "value", "selected")},
            "disabled": option.data["attrs"].get("disabled"),
        }
        for option in bound.subwidgets
    ]


def error_lines(*forms_with_errors: Any) -> list[tuple[str, str]]:
    """(address of the field or "", text) for every error, in the order of the page."""
    lines: list[tuple[str, str]] = []
    for form in forms_with_errors:
        if hasattr(form, "non_form_errors"):
            lines += [("", error) for error in form.non_form_errors()]
            lines += error_lines(*form.forms)
            continue
        lines += [("", error) for error in form.non_field_errors()]
        for bound in form:
            label = bound.label if bound.label.endswith("?") else f"{bound.label}:"
            lines += [(_address(bound), f"{label} {error}") for error in bound.errors]
    return lines


def _address(bound: BoundField) -> str:
    if bound.is_hidden:
        return ""
    return f"#{bound.auto_id}_0" if isinstance(bound.field.widget, GROUPS) else f"#{bound.auto_id}"
