from projects import gates
from projects.models import Project
from tests.factories import a_sent_idea, awaiting


def test_flow(office):
    p = a_sent_idea(by=office.employee, unit=office.home)
    asked = p.requests.open().get()
    gates.decide(asked, by=office.manager, verdict="approve", reasoning="God ide")
    p = Project.objects.get(pk=p.pk)
    assert p.waits.filter(closed_at=None).get().kind == "qualify"
    for n in (1, 2, 3):
        asked = awaiting(n, giver=office.manager, digitek=office.digitek, unit=office.home)
        d = gates.decide(
            asked,
            by=office.chief,
            verdict="approve",
            reasoning="ja",
            opens=asked.gate.opens[0],
            spread=False,
        )
        assert d.phase_after == asked.gate.opens[0]
