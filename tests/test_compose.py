"""There is no container engine where the suite runs: the file is held to its specification."""

import re
import subprocess
import sys
from pathlib import Path

from sso_portal.front.management.commands.portal import PROGRAMS

ROOT = Path(__file__).resolve().parent.parent
COMPOSE = ROOT / "docker-compose.yml"


def test_the_compose_file_keeps_to_the_specification():
    checker = "from check_jsonschema import main; main()"
    schema = ["--builtin-schema", "vendor.compose-spec"]
    checked = subprocess.run(
        [sys.executable, "-c", checker, *schema, str(COMPOSE)],
        capture_output=True,
        text=True,
        check=False,
    )

    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_every_part_of_the_portal_has_its_container():
    commands = re.findall(r"command: \[(\w+)\]", COMPOSE.read_text())

    assert commands == ["prepare", *PROGRAMS]


def test_the_image_holds_every_folder_it_copies():
    wanted = re.findall(r"^COPY (?!--from)(.+) \S+$", (ROOT / "Dockerfile").read_text(), re.M)
    allowed = (ROOT / ".dockerignore").read_text().split()

    for name in " ".join(wanted).split():
        assert (ROOT / name).exists(), name
        assert f"!{name.split('/')[0]}" in allowed
