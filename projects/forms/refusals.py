"""Where the words of a refusal stand: beside the field they are about, else above the form."""

from django import forms

from projects.rights import ProjectError


def show(form: forms.Form, error: ProjectError) -> None:
    """Put the refusal into the form, so that the page is shown again with all that was typed."""
    form.add_error(error.about if error.about in form.fields else None, str(error))
