"""What is installed is fixed by its content, and no lock says from where."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LOCKS = sorted(ROOT.glob("requirements/*.txt"))


@pytest.mark.parametrize("path", [*LOCKS, ROOT / "package-lock.json"], ids=lambda path: path.name)
def test_a_lock_names_no_host_and_no_folder(path):
    text = re.sub(r'"(url|homepage)": "[^"]*"', "", path.read_text())  # funding pages, in npm's

    assert not re.findall(r"\w+://\S*|--(?:find-links|index|extra)\S*|/(?:opt|home|root)/\S*", text)


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.name)
def test_every_package_is_pinned_to_its_content(path):
    packages = re.split(r"\n(?=[a-zA-Z0-9])", path.read_text())

    assert packages
    assert all(re.match(r"[\w.-]+(\[\S+\])?==\S+", package) for package in packages)
    assert all("--hash=sha256:" in package for package in packages)


def test_every_npm_package_is_pinned_to_its_content():
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]

    assert all(package.get("integrity") for path, package in packages.items() if path)


@pytest.mark.parametrize("name", ["run", "dev", "node"])
def test_the_locks_hold_what_the_project_asks_for(name):
    asked = (ROOT / "pyproject.toml").read_text()
    section = {"run": r"\ndependencies = ", "dev": r"\ndev = ", "node": r"\nnode = "}[name]
    listed = re.search(section + r"\[(.*?)\]\n", asked, re.DOTALL)[1]
    lock = (ROOT / "requirements" / f"{name}.txt").read_text()

    for package in re.findall(r'"([a-z0-9-]+)', listed):
        assert f"\n{package}==" in f"\n{lock}" or f"\n{package}[" in f"\n{lock}"
