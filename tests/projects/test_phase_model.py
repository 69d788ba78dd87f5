import pytest

from projects.phase_model import (
    ENDORSEMENT,
    GATES,
    OUTCOMES,
    TRACKS,
    Phase,
    Priority,
    ProjectType,
    Standing,
    Verdict,
    ends_a_round,
    gate_numbered,
    is_first_phase,
    leads_to_operation,
)

GATELESS = [ProjectType.MUST_DO, ProjectType.OTHER, ProjectType.WORKSHOP]


def test_three_gates_lead_from_idea_to_operation_or_rethink():
    assert [(gate.number, gate.after, gate.opens) for gate in GATES] == [
        (1, Phase.IDEA, (Phase.INVESTIGATION,)),
        (2, Phase.INVESTIGATION, (Phase.TRIAL,)),
        (3, Phase.TRIAL, (Phase.OPERATION, Phase.RETHINK)),
    ]


def test_only_digitek_projects_have_gates():
    assert TRACKS[ProjectType.DIGITEK].gates == GATES
    assert [TRACKS[type].gates for type in GATELESS] == [(), (), ()]


def test_every_type_has_a_track():
    assert set(TRACKS) == set(ProjectType)


@pytest.mark.parametrize("number", [0, 1, 2, 3])
def test_a_gate_is_found_by_its_number(number):
    assert gate_numbered(number).number == number


def test_no_gate_has_another_number():
    with pytest.raises(KeyError):
        gate_numbered(4)


@pytest.mark.parametrize(
    ("phase", "number"),
    [(Phase.IDEA, 1), (Phase.INVESTIGATION, 2), (Phase.TRIAL, 3)],
)
def test_the_gate_after_a_phase(phase, number):
    assert TRACKS[ProjectType.DIGITEK].gate_after(phase).number == number


@pytest.mark.parametrize("phase", [Phase.OPERATION, Phase.RETHINK])
def test_no_gate_comes_after_the_last_phases(phase):
    assert TRACKS[ProjectType.DIGITEK].gate_after(phase) is None


def test_only_gate_3_asks_about_spreading():
    assert [gate.asks_about_spreading for gate in (ENDORSEMENT, *GATES)] == [False] * 3 + [True]


def test_an_endorsement_cannot_put_an_idea_on_hold():
    assert Verdict.PARK not in ENDORSEMENT.verdicts


@pytest.mark.parametrize(
    ("phase", "behind"),
    [
        (Phase.IDEA, ()),
        (Phase.TRIAL, (Phase.IDEA, Phase.INVESTIGATION)),
        (Phase.OPERATION, (Phase.IDEA, Phase.INVESTIGATION, Phase.TRIAL)),
        (Phase.RETHINK, (Phase.IDEA, Phase.INVESTIGATION, Phase.TRIAL)),
    ],
)
def test_the_phases_behind_a_project(phase, behind):
    assert TRACKS[ProjectType.DIGITEK].behind(phase) == behind


def test_a_project_with_gates_is_not_moved():
    assert TRACKS[ProjectType.DIGITEK].moves_from(Phase.IDEA) == ()


def test_a_project_without_gates_is_moved_to_any_other_phase():
    moves = TRACKS[ProjectType.WORKSHOP].moves_from(Phase.TRIAL)

    assert moves == (Phase.IDEA, Phase.OPERATION)


def test_rethink_is_left_by_a_new_round_only():
    assert TRACKS[ProjectType.OTHER].moves_from(Phase.RETHINK) == ()


def test_a_must_do_is_always_very_high_and_nothing_else_is():
    assert TRACKS[ProjectType.MUST_DO].priorities == (Priority.VERY_HIGH,)
    assert not any(Priority.VERY_HIGH in TRACKS[type].priorities for type in GATELESS[1:])


@pytest.mark.parametrize(
    ("verdict", "standing", "moves", "needs_review_date"),
    [
        (Verdict.APPROVE, Standing.ACTIVE, True, False),
        (Verdict.REWORK, Standing.ACTIVE, False, False),
        (Verdict.PARK, Standing.PARKED, False, True),
        (Verdict.STOP, Standing.STOPPED, False, False),
    ],
)
def test_what_a_verdict_does(verdict, standing, moves, needs_review_date):
    outcome = OUTCOMES[verdict]

    assert (outcome.standing, outcome.moves) == (standing, moves)
    assert outcome.needs_review_date == needs_review_date


def test_the_questions_about_phases():
    assert [phase for phase in Phase if is_first_phase(phase)] == [Phase.IDEA]
    assert [phase for phase in Phase if ends_a_round(phase)] == [Phase.RETHINK]
    assert [phase for phase in Phase if leads_to_operation(phase)] == [Phase.OPERATION]
