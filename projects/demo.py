"""The demo portfolio: invented people, and stories played through the real verbs.

Every step happens at its own date, so history, decisions, versions and waits are what the portal
itself would have made of them. The stories are told in ``fixtures/demo.json``, in days before
today.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zlib import crc32

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.timezone import get_current_timezone

from projects import documents, facts, gates, intake, phases, statements
from projects.models import FocusArea, Pool, Project
from sso_portal.organisation.models import Assignment, Unit, User
from sso_portal.organisation.roles import Role
from sso_portal.shared import clock, outbox

STORIES = settings.BASE_DIR / "fixtures" / "demo.json"
PASSWORD = "demo"
DOMAIN = "viborg.example"
# Mails of these last days really leave; what is older is on file as sent.
NEWS = timedelta(days=3)
FRIDAY = 4


@transaction.atomic
def load() -> int:
    """Make the people and play every story, all in the order of time; the number of projects."""
    told = json.loads(STORIES.read_text(encoding="utf-8"))
    office = Office.of(told["people"])
    stories = [Story(tale, office) for tale in told["projects"]]
    moves = [(moment, story, step) for story in stories for moment, step in story.timetable()]
    oldest_news = clock.now() - NEWS
    for moment, story, step in sorted(moves, key=lambda move: move[0]):
        with ExitStack() as stage:
            stage.enter_context(clock.at(moment))
            if moment < oldest_news:
                stage.enter_context(outbox.filing())
            story.play(step)
    return len(stories)


@dataclass(frozen=True)
class Office:
    """The day of loading, and the people and lists by the names that the stories use."""

    today: date
    people: dict[str, User]
    units: dict[str, Unit]
    pools: dict[str, Pool]
    focus_areas: dict[int, FocusArea]

    @classmethod
    def of(cls, told: list[dict]) -> "Office":
        units = {unit.name: unit for unit in Unit.objects.all()}
        password = make_password(PASSWORD)
        return cls(
            today=clock.today(),
            people={one["username"]: _person(one, units, password) for one in told},
            units=units,
            pools={pool.name_da: pool for pool in Pool.objects.all()},
            focus_areas={area.number: area for area in FocusArea.objects.all()},
        )

    def ahead(self, days: int) -> date:
        return self.today + timedelta(days=days)

    def ago(self, days: int) -> date:
        """So many days ago, or the last day before it when somebody was at work."""
        day = self.today - timedelta(days=days)
        while day.weekday() > FRIDAY or _between_the_years(day):
            day -= timedelta(days=1)
        return day


def _between_the_years(day: date) -> bool:
    return (day.month, day.day) > (12, 23) or (day.month, day.day) == (1, 1)


def _person(told: dict, units: dict[str, Unit], password: str) -> User:
    names = ("username", "first_name", "last_name", "title", "language")
    user = User.objects.create(
        **{name: told[name] for name in names},
        email=f"{told['username']}@{DOMAIN}",
        unit=units[told["unit"]],
        password=password,
        news_read_at=clock.now() - timedelta(days=7),
    )
    for held in told["roles"]:
        Assignment.objects.create(user=user, role=held["role"], unit=units[held["unit"]])
    return user


@dataclass
class Story:
    """One initiative as it is told, and the project it has become so far."""

    tale: dict
    office: Office
    project: Project | None = None

    def timetable(self) -> Iterator[tuple[datetime, dict]]:
        """Every step with its moment: in office hours, one after the other."""
        before = moment = None
        for step in self.tale["story"]:
            day = self.office.ago(step["days_ago"])
            if day == before:
                moment += timedelta(minutes=35)
            else:
                moment = datetime.combine(day, self._begins(day), tzinfo=get_current_timezone())
            before = day
            yield moment, step

    def _begins(self, day: date) -> time:
        """Any time of a morning, the same each time the story is told on the same day."""
        seed = crc32(f"{self.tale['key']} {day}".encode())
        return time(8 + seed % 4, seed // 4 % 60)

    def play(self, step: dict) -> None:
        by = self.office.people[step.get("by", self.tale["giver"])]
        ACTS[step["act"]](self, step, by)
        self.project.refresh_from_db()

    def person(self, username: str | None) -> User | None:
        return self.office.people[username] if username else None


# --- what can happen in a story ---------------------------------------------------------------


def _start(story: Story, step: dict, by: User) -> None:
    tale, office = story.tale, story.office
    story.project = intake.start(
        by=by,
        unit=office.units[tale["unit"]],
        title=tale["title"],
        source=tale["source"],
        source_name=tale.get("source_name", ""),
    )
    told = dict(tale["facts"])
    figures = {
        "title": tale["title"],
        "pools": [office.pools[name] for name in told.pop("pools", [])],
        "focus_areas": [office.focus_areas[number] for number in told.pop("focus_areas", [])],
        "starts_on": _day(office, told.pop("starts_in_days", None)),
        "ends_on": _day(office, told.pop("ends_in_days", None)),
    }
    words = tale["documents"].get("idea_description", {})
    documents.write(story.project, "idea_description", by=by, filled=figures | told | words)
    if checklist := tale["documents"].get("checklist"):
        documents.write(story.project, "checklist", by=by, filled=checklist)


def _day(office: Office, days: int | None) -> date | None:
    return None if days is None else office.ahead(days)


def _write(story: Story, step: dict, by: User) -> None:
    whole = story.tale["documents"].get(step["document"], {})
    filled = step.get("filled") or {name: whole[name] for name in step["fields"]}
    documents.write(story.project, step["document"], by=by, filled=filled)


def _qualify(story: Story, step: dict, by: User) -> None:
    intake.qualify(
        story.project,
        by=by,
        type=story.tale["type"],
        touches_it=step["touches_it"],
        digitek_contact=story.person(step["digitek_contact"]),
        lead=story.person(step.get("lead")),
    )


def _keep(story: Story, step: dict, by: User) -> None:
    facts.keep(story.project, by=by, **_named(step, "risk", "priority"))


def _name_people(story: Story, step: dict, by: User) -> None:
    facts.name_people(
        story.project,
        by=by,
        lead=story.person(step.get("lead")),
        digitek_contact=story.person(step.get("digitek_contact")),
        team=[story.person(username) for username in step["team"]],
    )


def _recommend(story: Story, step: dict, by: User) -> None:
    words = _named(step, "verdict", "reasoning", "opens")
    gates.recommend(story.project, by=by, **words)


def _decide(story: Story, step: dict, by: User) -> None:
    answer = _named(step, "verdict", "reasoning", "opens", "spread", "conditions", "forum")
    if "review_in_days" in step:
        answer["review_on"] = story.office.ahead(step["review_in_days"])
    if "met_days_ago" in step:
        answer["decided_on"] = story.office.ago(step["met_days_ago"])
    gates.decide(story.project.requests.open().get(), by=by, **answer)


def _withdraw(story: Story, step: dict, by: User) -> None:
    gates.withdraw(story.project.requests.open().get(), by=by)


def _give_statement(story: Story, step: dict, by: User) -> None:
    asked = story.project.statements.get(given_at=None)
    statements.give(asked, by=by, conclusion=step["conclusion"], **step["parts"])


def _park(story: Story, step: dict, by: User) -> None:
    review_on = story.office.ahead(step["review_in_days"])
    phases.park(story.project, by=by, reason=step["reason"], review_on=review_on)


def _plainly(verb: Callable, *names: str) -> Callable:
    """An act whose verb takes the step's words as they are."""
    return lambda story, step, by: verb(story.project, by=by, **_named(step, *names))


def _named(step: dict, *names: str) -> dict:
    return {name: step[name] for name in names if name in step}


ACTS: dict[str, Callable[[Story, dict, User], None]] = {
    "start": _start,
    "write": _write,
    "send": _plainly(intake.send),
    "send_again": _plainly(intake.send_again),
    "send_back": _plainly(intake.send_back, "words"),
    "qualify": _qualify,
    "keep": _keep,
    "name_people": _name_people,
    "ask_statement": _plainly(statements.ask, "question"),
    "give_statement": _give_statement,
    "recommend": _recommend,
    "ask": _plainly(gates.ask, "words"),
    "withdraw": _withdraw,
    "decide": _decide,
    "move": _plainly(phases.move, "to", "reason"),
    "park": _park,
    "resume": _plainly(phases.resume, "reason"),
    "stop": _plainly(phases.stop, "reason"),
    "start_new_round": _plainly(phases.start_new_round),
    "close": _plainly(phases.close),
}


def one_of_each_role() -> list[tuple[User, Role]]:
    """Somebody to sign in as in every role, in the order of the roles."""
    told = json.loads(STORIES.read_text(encoding="utf-8"))["people"]
    first = {held["role"]: one["username"] for one in reversed(told) for held in one["roles"]}
    users = User.objects.select_related("unit").in_bulk(first.values(), field_name="username")
    return [(users[first[role]], role) for role in Role if first[role] in users]
