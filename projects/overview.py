"""All that the project page shows, for one reader, in a number of queries that never grows.

``gather`` fetches; the rest only arranges what was fetched. What a gate misses is asked of
``documents``, what the reader may do of ``next_steps``.
"""

from dataclasses import dataclass

from django.db.models import F, Prefetch, QuerySet, Value, prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from projects import basis, documents, gates, next_steps, panels, papers, timeline
from projects.basis import Fact
from projects.document_specs import SPECS, Text
from projects.documents import Gap
from projects.models import (
    DecisionRequest,
    Document,
    FocusArea,
    GateDecision,
    Pool,
    Project,
    Recommendation,
    Statement,
)
from projects.next_steps import Step
from projects.phase_model import Gate, Phase, ends_a_round, is_first_phase
from projects.statements import STATEMENTS
from projects.timeline import Timeline
from sso_portal.organisation.models import User, Waiting
from sso_portal.shared import clock, wording


@dataclass(frozen=True)
class Paper:
    """A line in the list of documents."""

    label: Text
    url: str
    document: Document | None
    gaps: list[str] | None = None

    @property
    def state(self) -> str:
        """The look of its badge; empty when nobody asks whether it is complete."""
        if self.gaps is None:
            return ""
        if not self.gaps:
            return "ok"
        return "wait" if self.document else "none"

    @property
    def state_label(self) -> str:
        complete = pgettext("document", "Complete")
        labels = {"ok": complete, "wait": _("Not complete"), "none": _("Not begun")}
        return labels.get(self.state, "")


@dataclass(frozen=True)
class Overview:
    """The project page as one reader meets it."""

    project: Project
    phases: list[dict]
    waits: list[Waiting]
    steps: list[Step]
    keeping: list[Step]
    gaps: list[Gap]
    papers: list[Paper]
    earlier_papers: list[Paper]
    earlier_rounds: dict[int, list[Paper]]
    recommendation: Recommendation | None
    decisions: list[GateDecision]
    statements: list[tuple[Text, Statement]]
    timeline: Timeline
    panels: list[panels.Shown]
    side_panels: list[panels.Shown]

    @property
    def gate(self) -> Gate | None:
        """The gate ahead, while the project is on its way to it."""
        return None if self.project.is_over else self.project.gate

    @property
    def standing_note(self) -> str:
        """Why it rests, and until when."""
        project = self.project
        if not project.is_parked:
            return ""
        until = _("To be reviewed on %(day)s.") % {"day": wording.day(project.review_on)}
        return f"{project.on_hold_because} {until}"

    @property
    def team(self) -> list[User]:
        return list(self.project.team.all())

    @property
    def focus_areas(self) -> list[FocusArea]:
        return list(self.project.focus_areas.all())

    @property
    def facts(self) -> list[Fact]:
        """The key facts that are known, in the order of the page."""
        project = self.project
        facts = [
            Fact(_("Unit"), str(project.unit)),
            Fact(_("Source"), _source(project)),
            Fact(_("Giver"), str(project.giver or "")),
            Fact(_("Leader behind the idea"), str(project.endorsed_by or "")),
            Fact(_("Project leader"), str(project.lead or "")),
            Fact(_("DigiTek contact"), str(project.digitek_contact or "")),
            Fact(_("Pools"), ", ".join(pool.name for pool in project.pools.all())),
            Fact(_("Expected budget"), wording.kroner(project.budget_kroner)),
            Fact(_("Period"), basis.period(project.starts_on, project.ends_on)),
            Fact(_("Working time freed"), papers.hours_in_words(project.hours_freed)),
            Fact(_("Touches IT systems or personal data"), _yes_or_no(project.touches_it)),
            Fact(_("External id"), project.external_id or ""),
        ]
        return [fact for fact in facts if fact.text]


def gather(user: User, project: Project, *, everything: bool = False) -> Overview:
    """Fetch and arrange the page. ``everything`` asks for the whole timeline."""
    _fetch(project)
    recommendation = _recommendation(project)
    gaps = [] if project.is_over else documents.missing(project, _keys(project))
    return Overview(
        project=project,
        phases=phase_line(project),
        waits=[wait for wait in project.waits.all() if wait.since <= clock.now()],
        steps=next_steps.ahead(user, project, gaps=gaps, recommendation=recommendation),
        keeping=next_steps.beside(user, project),
        gaps=gaps,
        papers=[_paper_now(project, k, gaps) for k in _keys(project) if k not in STATEMENTS],
        earlier_papers=_papers_of(project, project.round, without=_keys(project)),
        earlier_rounds={
            number: _papers_of(project, number) for number in range(project.round - 1, 0, -1)
        },
        recommendation=recommendation,
        decisions=_decisions(project),
        statements=[(STATEMENTS[one.key].label, one) for one in project.statements.all()],
        timeline=timeline.of(project, everything=everything),
        panels=panels.shown_to(user, project, panels.Place.MAIN),
        side_panels=panels.shown_to(user, project, panels.Place.SIDE),
    )


# --- fetching -------------------------------------------------------------------------------


def _fetch(project: Project) -> None:
    requests = DecisionRequest.objects.select_related(
        "unit", "asked_by", "recommendation__by", "decision__recorded_by"
    ).defer("decision__basis")
    statements = Statement.objects.select_related("asked_by", "given_by")
    if is_first_phase(project.phase):  # no gate behind or ahead in this round reads one
        statements = statements.none()
    prefetch_related_objects(
        [project],
        Prefetch("documents", Document.objects.select_related("saved_by")),
        Prefetch("requests", requests),
        Prefetch("statements", statements.filter(round=project.round)),
        Prefetch("waits", Waiting.objects.filter(closed_at=None).select_related("user", "unit")),
        "team",
    )
    for asked in project.requests.all():
        asked.project = project
    _fetch_lists(project)


def _fetch_lists(project: Project) -> None:
    """Pools and focus areas have the same columns here, so that one query fetches both."""
    columns = ("pk", "name_da", "name_en", "place", "kind")
    pools = project.pools.annotate(place=F("area_id"), kind=Value("pools"))
    areas = project.focus_areas.annotate(place=F("number"), kind=Value("focus_areas"))
    rows = pools.order_by().values_list(*columns).union(areas.order_by().values_list(*columns))
    found = {"pools": [], "focus_areas": []}
    for pk, name_da, name_en, place, kind in sorted(rows):
        names = {"pk": pk, "name_da": name_da, "name_en": name_en}
        found[kind].append(
            Pool(**names, area_id=place) if kind == "pools" else FocusArea(**names, number=place)
        )
    for name, instances in found.items():
        _keep_prefetched(project, name, instances)


def _keep_prefetched(project: Project, name: str, instances: list) -> None:
    """What ``prefetch_related`` does with the rows that it has fetched itself."""
    rows: QuerySet = getattr(project, name).all()
    rows._result_cache, rows._prefetch_done = instances, True
    project._prefetched_objects_cache[name] = rows


def _recommendation(project: Project) -> Recommendation | None:
    if project.is_over:
        return None
    if asked := project.open_request:
        return asked.recommendation
    return gates.recommendation_at_the_gate(project)


def _decisions(project: Project) -> list[GateDecision]:
    """Newest first, as the requests they answer."""
    made = [asked.decision for asked in project.requests.all() if hasattr(asked, "decision")]
    return sorted(made, key=lambda decision: (decision.recorded_at, decision.pk), reverse=True)


def _source(project: Project) -> str:
    return ", ".join(filter(None, (project.get_source_display(), project.source_name)))


def _yes_or_no(answer: bool | None) -> str:
    return "" if answer is None else _("Yes") if answer else _("No")


# --- documents ------------------------------------------------------------------------------


def _keys(project: Project) -> list[str]:
    """What is worked on now: the phase's own documents, and what the gate ahead reads."""
    own = [spec.key for spec in SPECS.values() if spec.phase == project.phase]
    read = project.gate.reads if project.gate else ()
    return list(dict.fromkeys([*own, *read]))


def _paper_now(project: Project, key: str, gaps: list[Gap]) -> Paper:
    missing = None if project.is_over else [gap.text for gap in gaps if gap.key == key]
    document = documents.registered(key)
    written = reverse("projects:document", args=[project.pk, key]) if key in SPECS else ""
    return Paper(document.label, written or document.url(project), project.paper(key), missing)


def _papers_of(project: Project, number: int, *, without: list[str] = ()) -> list[Paper]:
    """The documents written in a round; an earlier round is read in its last version."""
    return [
        Paper(document.spec.label, _address(project, document), document)
        for document in project.documents.all()
        if document.round == number and document.key not in without and document.version
    ]


def _address(project: Project, document: Document) -> str:
    if document.round == project.round:
        return document.get_absolute_url()
    version = [project.pk, document.key, document.version]
    return reverse("projects:document_version", args=version) + f"?round={document.round}"


# --- phases ---------------------------------------------------------------------------------


def phase_line(project: Project) -> list[dict]:
    """The phases of the project's type with their gates, for ``components/phases.html``."""
    behind = project.track.behind(Phase(project.phase))
    line = []
    for phase in project.track.phases:
        state = "done" if phase in behind else "coming"
        entry = {"code": phase.value, "label": phase.label, "state": state}
        entry["branch"] = ends_a_round(phase)
        if phase == project.phase:
            entry |= {"state": "current", "note": wording.since(project.phase_since)}
        if gate := project.track.gate_after(phase):
            entry["gate"] = _gate_state(project, gate, is_behind=phase in behind)
        line.append(entry)
    return line


def _gate_state(project: Project, gate: Gate, *, is_behind: bool) -> dict:
    if is_behind:
        passed = {"number": gate.number, "state": "passed"}
        for decision in _decisions(project):
            if (decision.gate_number, decision.round) == (gate.number, project.round):
                passed |= {"url": decision.get_absolute_url()}
                return passed | {"note": wording.day_short(decision.decided_on)}
        return passed
    asked = project.open_request
    waiting = asked is not None and asked.gate_number == gate.number
    return {"number": gate.number, "state": "waiting" if waiting else "coming"}
