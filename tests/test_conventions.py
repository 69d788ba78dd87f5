"""House rules that a machine can see (docs: README, "Where is the rule")."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FLOORS = [
    "sso_portal.shared",
    "sso_portal.organisation",
    "projects",
    "benefits",
    "workshop",
    "sso_portal.outward",
    "sso_portal.quarterly",
    "sso_portal.front",
]
# Inside an app, from the ground up. A module that is not named here holds rules.
ROOMS = [
    {"phase_model", "document_specs", "roles"},
    {"models", "managers"},
    {"notices"},
    {"tasks"},
    {"RULES"},
    {"access"},
    {"forms", "resources", "filters"},
    {"views", "context", "admin"},
    {"urls", "apps"},
]
MODULES = sorted(
    path
    for folder in ("projects", "benefits", "workshop", "sso_portal")
    for path in (ROOT / folder).rglob("*.py")
    if "migrations" not in path.parts
)
each_module = pytest.mark.parametrize(
    "path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix()
)


def parse(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def floor_of(name: str) -> int:
    found = [n for n, floor in enumerate(FLOORS) if (name + ".").startswith(floor + ".")]
    return found[0] if found else len(FLOORS)


def room_of(name: str) -> int:
    """Which room of its app a module lies in."""
    parts = name.removeprefix(FLOORS[floor_of(name)]).strip(".").split(".")
    words = {parts[0], parts[0].rpartition("_")[2]}
    return next((n for n, room in enumerate(ROOMS) if room & words), 4)


def imported_by(path: Path) -> list[str]:
    """The modules a module imports when it is loaded, ours by full name."""
    names = []
    for node in parse(path).body:
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names += [f"{node.module}.{alias.name}" for alias in node.names]
    return names


def functions(path: Path) -> list[ast.FunctionDef]:
    return [node for node in ast.walk(parse(path)) if isinstance(node, ast.FunctionDef)]


def is_a_rule(path: Path) -> bool:
    name = name_of(path)
    return floor_of(name) < len(FLOORS) and "management" not in path.parts and room_of(name) == 4


@each_module
def test_apps_import_downwards_only(path):
    own = floor_of(name_of(path))
    assert [name for name in imported_by(path) if own < floor_of(name) < len(FLOORS)] == []


@each_module
def test_rooms_import_downwards_only(path):
    name = name_of(path)
    floor = floor_of(name)
    if floor in (0, len(FLOORS)) or "management" in path.parts:
        return
    room = room_of(name)
    mine = [other for other in imported_by(path) if floor_of(other) == floor]
    assert [other for other in mine if room_of(other) > room] == []


@each_module
def test_only_the_phase_model_compares_phases(path):
    if path.name == "phase_model.py":
        return
    compared = [
        ast.unparse(node) for node in ast.walk(parse(path)) if isinstance(node, ast.Compare)
    ]
    assert [text for text in compared if "Phase." in text] == []


@each_module
def test_rules_know_nothing_about_http(path):
    if not is_a_rule(path) or floor_of(name_of(path)) != FLOORS.index("projects"):
        return
    assert [
        name
        for name in imported_by(path)
        if name.startswith(
            ("django.http", "django.shortcuts", "django.contrib.messages", "django.forms")
        )
    ] == []


@each_module
def test_functions_fit_on_a_screen(path):
    assert [f.name for f in functions(path) if f.end_lineno - f.lineno >= 50] == []


@each_module
def test_modules_are_read_in_one_sitting(path):
    assert len(path.read_text().splitlines()) <= 400


@each_module
def test_rule_modules_say_what_they_are(path):
    if is_a_rule(path) and path.read_text().strip():
        assert ast.get_docstring(parse(path))


@each_module
def test_time_comes_from_the_clock(path):
    if not is_a_rule(path) or path.name == "clock.py":
        return
    assert [
        text
        for text in ("timezone.now(", "datetime.now(", "date.today(")
        if text in path.read_text()
    ] == []


@each_module
def test_phase_standing_and_round_are_written_in_one_place(path):
    if path.name == "phases.py":
        return
    targets = [
        target
        for node in ast.walk(parse(path))
        if isinstance(node, ast.Assign | ast.AugAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        for target in (target.elts if isinstance(target, ast.Tuple) else [target])
    ]
    written = [t for t in targets if isinstance(t, ast.Attribute)]
    assert [ast.unparse(t) for t in written if t.attr in ("phase", "standing", "round")] == []


def test_nothing_lies_at_the_top_that_does_not_belong_there():
    allowed = {
        "manage.py",
        "pyproject.toml",
        "sso_portal",
        "projects",
        "workshop",
        "benefits",
        "templates",
        "static",
        "fixtures",
        "tests",
        "docker-compose.yml",
        "README.md",
        "Makefile",
        "Dockerfile",
        "requirements",
        "package.json",
        "package-lock.json",
        "locale",
        "docs",
    }
    git_ignored = {"var", "node_modules", "staticfiles", "htmlcov", "test-results"}
    names = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}
    assert names - allowed - git_ignored == set()
