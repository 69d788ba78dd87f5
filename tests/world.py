"""The people and the objects that the table of access names, each brought there by the verbs."""

from datetime import timedelta
from http.cookies import SimpleCookie
from uuid import uuid4

from django.test import Client

from projects import gates, intake, phases, statements
from projects.models import Project, SpreadsheetImport
from projects.phase_model import Phase, ProjectType, Verdict
from projects.resources import imports, template
from sso_portal.organisation.roles import Role
from sso_portal.shared import clock
from sso_portal.shared.models import OutgoingMail
from tests.factories import a_sent_idea, awaiting, person
from tests.factories.office import an_office
from tests.factories.projects import a_draft, write


class World:
    """``people`` by column, ``objects`` by the name the table uses: the key in the address."""

    def __init__(self):
        self.office = an_office()
        self.giver = person(Role.EMPLOYEE, self.office.home)
        self.lead = person(Role.EMPLOYEE, self.office.clinic)
        self.people = self._people()
        self.client = Client(raise_request_exception=False)
        self.sessions = {column: self._sign_in(user) for column, user in self.people.items()}
        self.objects = {"none": 999_999} | self._ideas() | self._projects() | self._requests()
        self.objects["import"] = self._list().pk
        self.objects["mail"] = OutgoingMail.objects.filter(recipient=self.giver).first().pk

    def client_of(self, column: str) -> Client:
        """The browser as it is when that person has just signed in; a stranger has no session."""
        self.client.cookies = SimpleCookie(self.sessions.get(column, {}))
        return self.client

    def _sign_in(self, user) -> dict:
        self.client.cookies = SimpleCookie()
        self.client.force_login(user)
        return {name: morsel.value for name, morsel in self.client.cookies.items()}

    def _people(self) -> dict:
        office = self.office
        return {
            "empl": office.employee,
            "mana": office.manager,
            "chief": office.chief,
            "dir": office.director,
            "digi": office.digitek,
            "it": office.it,
            "admin": office.admin,
            "giver": self.giver,
            "lead": self.lead,
            "empl'": person(Role.EMPLOYEE, office.clinic),
            "mana'": office.other_manager,
            "chief'": office.other_chief,
        }

    def _ideas(self) -> dict:
        """A draft, an idea at its leader, one stood behind, and one sent back to its giver."""
        giver, home = self.giver, self.office.home
        at_its_leader = a_sent_idea(by=giver, unit=home)
        back = self._endorsed(a_sent_idea(by=giver, unit=home))
        intake.send_back(back, by=self.office.digitek, words="Hvem er det for?")
        return {
            "draft": a_draft(by=giver, unit=home).pk,
            "endorsement": at_its_leader.requests.get().pk,
            "idea": self._endorsed(a_sent_idea(by=giver, unit=home)).pk,
            "sent_back": back.pk,
        }

    def _endorsed(self, idea: Project) -> Project:
        gates.decide(
            idea.requests.get(), by=self.office.manager, verdict=Verdict.APPROVE, reasoning="Ja"
        )
        return Project.objects.get(pk=idea.pk)

    def _projects(self) -> dict:
        digitek = self.office.digitek
        parked, rethink = self._project(Phase.TRIAL), self._project(Phase.RETHINK)
        until = clock.today() + timedelta(days=60)
        phases.park(parked, by=digitek, reason="Leverandøren er ikke klar", review_on=until)
        write(rethink, "lessons", by=digitek)
        asked = statements.ask(self._project(Phase.INVESTIGATION, touches_it=True), by=digitek)
        given = statements.ask(self._project(Phase.TRIAL, touches_it=True), by=digitek)
        statements.give(given, by=self.office.it, conclusion="fine")
        over = phases.stop(
            self._project(Phase.TRIAL, type=ProjectType.OTHER), by=digitek, reason="Nej"
        )
        return {
            "trial": self._project(Phase.TRIAL, touches_it=True).pk,
            "must_do": self._project(Phase.TRIAL, type=ProjectType.MUST_DO).pk,
            "parked": parked.pk,
            "rethink": rethink.pk,
            "stopped": over.pk,
            "statement": asked.pk,
            "given": given.pk,
        }

    def _project(self, phase: Phase, *, type=ProjectType.DIGITEK, touches_it=False) -> Project:
        """The giver's, led by the lead, in the phase."""
        project = self._endorsed(a_sent_idea(by=self.giver, unit=self.office.home))
        intake.qualify(
            project,
            by=self.office.digitek,
            type=type,
            touches_it=touches_it,
            digitek_contact=self.office.digitek,
            lead=self.lead,
        )
        Project.objects.filter(pk=project.pk).update(phase=phase)
        return Project.objects.get(pk=project.pk)

    def _list(self) -> SpreadsheetImport:
        """A list that DigiTek has uploaded and not yet imported."""
        sheet = template.workbook()
        by = self.office.digitek
        return imports.receive("liste.xlsx", sheet, form_key=uuid4(), by=by)

    def _requests(self) -> dict:
        """Open requests at gate 1 and, for the shared pool, at gate 2; and one decided."""
        office = self.office
        people = {"giver": office.manager, "digitek": office.digitek, "unit": office.home}
        first = awaiting(1, **people)
        second = awaiting(2, **people, pools=[office.shared_pool])
        answered = awaiting(1, **people)
        decision = gates.decide(answered, by=office.chief, verdict=Verdict.APPROVE, reasoning="Ja")
        return {
            "asked1": first.project_id,
            "request1": first.pk,
            "request2": second.pk,
            "answered": answered.pk,
            "decision": decision.pk,
        }
