"""What people do in a journey: they open a page, fill its form and send it, without scripts."""

import uuid

from django.test import Client
from django.urls import reverse

from projects.document_specs import CHECKLIST, IDEA_DESCRIPTION, SPECS, Kind
from projects.models import FocusArea, Principle, Project
from sso_portal.shared import clock


class Portal:
    """The portal as one person after the other meets it."""

    def __init__(self):
        self.client = Client()
        self.who = None
        FocusArea.objects.get_or_create(number=1, name_da="Automatisere", name_en="Automate")

    def as_(self, user) -> "Portal":
        """Let somebody else sit down."""
        if self.who != user:
            self.client.force_login(user)
            self.who = user
        return self

    def open(self, name: str, *args):
        """The page, which this person may open."""
        response = self.client.get(reverse(f"projects:{name}", args=args))
        assert response.status_code == 200, (name, response.status_code)
        return response

    def sees(self, text: str, name: str, *args) -> bool:
        return text in self.open(name, *args).content.decode()

    def waits_for(self, user) -> list[tuple[str, str]]:
        """What waits for the person on the front page: its kind, and the project."""
        tasks = self.as_(user).client.get(reverse("front:home")).context["tasks"]
        return [(task.kind.value, task.title) for task in tasks.mine]

    def fill(self, name: str, *args, **fields):
        """Send the page's form; it is taken, and the next page opens. What is said at the end."""
        page = self.open(name, *args)
        return self._send(page, reverse(f"projects:{name}", args=args), fields)

    def _send(self, page, url: str, fields: dict):
        form = page.context.get("form")
        if form is not None and "based_on" in form.fields:
            fields = {"based_on": form["based_on"].value(), **fields}
        response = self.client.post(url, {"csrfmiddlewaretoken": "x", **fields})
        form = response.context and response.context.get("form")
        assert response.status_code == 302, form and form.errors
        landed = self.client.get(response.url, follow=True)
        assert landed.status_code == 200
        return landed

    def refused(self, name: str, *args, **fields) -> str:
        """Send a form that is not taken; the page that comes back."""
        response = self.client.post(reverse(f"projects:{name}", args=args), fields)
        assert response.status_code == 200
        return response.content.decode()

    # --- longer errands -------------------------------------------------------------------

    def send_an_idea(self, title: str, **changes) -> Project:
        """All steps of the form, and off."""
        begun = {"form_key": uuid.uuid4(), "title": title}
        self.client.post(reverse("projects:idea_new"), begun)
        project = Project.objects.get(title=title)
        for section in IDEA_DESCRIPTION.sections:
            fields = written(section.fields, title=title, **changes)
            self.fill("idea_step", project.pk, section.key, action="next", **fields)
        self.fill("idea_step", project.pk, "checklist", action="next", **answers())
        self.fill("idea_step", project.pk, "review")
        return again(project)

    def write(self, project: Project, *keys: str, **changes):
        for key in keys:
            fields = (
                answers()
                if key == CHECKLIST.key
                else written(SPECS[key].fields, title=project.title, **changes)
            )
            self.fill("document_edit", project.pk, key, **fields)

    def ask_at_the_gate(self, project: Project, **recommended):
        """DigiTek recommends and asks; the request."""
        words = {"verdict": "approve", "reasoning": "Papirerne er i orden", **recommended}
        self.fill("recommend", project.pk, **words)
        self.fill("ask", project.pk, words="Se bilag")
        return again(project).open_request


def written(fields, **changes) -> dict:
    """Something in every field, as a Dane types it."""
    typed = {field.key: _typed(field) for field in fields}
    return typed | {name: value for name, value in changes.items() if name in typed}


def _typed(field):
    days = {"starts_on": "04-01-2027", "ends_on": "17-12-2027"}
    minutes = {"minutes_before": "45", "minutes_after": "15"}
    return {
        Kind.DATE: days.get(field.key),
        Kind.KRONER: "50.000",
        Kind.NUMBER: "1.200",
        Kind.MINUTES: minutes.get(field.key),
        Kind.POOLS: [],
        Kind.FOCUS_AREAS: [area.pk for area in FocusArea.objects.all()],
        Kind.CHOICE: field.choices[0][0] if field.choices else "",
    }.get(field.kind, f"Om {field.key}")


def answers() -> dict:
    return {f"answer_{principle.key}": "done" for principle in Principle.objects.all()}


def again(project: Project) -> Project:
    return Project.objects.get(pk=project.pk)


def today() -> str:
    return clock.today().strftime("%d-%m-%Y")
