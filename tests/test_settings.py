"""The settings read as a fresh process reads them, for one environment after the other."""

import os
import re
import runpy
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from sso_portal import environment

ROOT = Path(__file__).resolve().parent.parent
PRODUCTION = {
    "PORTAL_MODE": "production",
    "PORTAL_URL": "https://portal.example",
    "ALLOWED_HOSTS": "portal.example",
    "SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyz-0123456789-abcdefghij",
    "DATABASE_URL": "postgres://portal:p%40ss@db.example:5433/portal",
    "REDIS_URL": "redis://redis.example:6379/0",
    "EMAIL_URL": "smtp+starttls://portal:secret@mail.example",
    "EMAIL_FROM": "portal@portal.example",
}
OIDC = {
    "OIDC_ISSUER": "https://login.example/tenant/v2.0",
    "OIDC_CLIENT_ID": "portal",
    "OIDC_CLIENT_SECRET": "hush",
}


@pytest.fixture
def read(monkeypatch, tmp_path):
    """The settings that an environment gives; nothing of ours is in it."""

    def read(**environment):
        for name in os.environ:
            if name in PRODUCTION or name.startswith(("PORTAL_", "OIDC_", "EMAIL_", "PORT")):
                monkeypatch.delenv(name)
        for name, value in {"PORTAL_VAR": str(tmp_path / "var"), **environment}.items():
            monkeypatch.setenv(name, value)
        return runpy.run_path(str(ROOT / "sso_portal" / "settings.py"))

    return read


def test_without_any_variable_it_is_the_demo_on_this_machine(read, tmp_path):
    settings = read()

    assert settings["DEMO"]
    assert not settings["DEBUG"]
    assert settings["DATABASES"]["default"]["NAME"] == str(tmp_path / "var" / "portal.sqlite3")
    assert settings["CELERY_BROKER_URL"].startswith("filesystem://")
    assert settings["PORTAL_URL"] == "http://localhost:8000"
    assert settings["ALLOWED_HOSTS"] == ["localhost", "127.0.0.1", "[::1]"]


def test_the_demo_makes_itself_a_key_once(read):
    key = read()["SECRET_KEY"]

    assert len(key) > 50
    assert read()["SECRET_KEY"] == key


def test_an_empty_variable_is_one_not_given(read):
    assert read(DATABASE_URL="", OIDC_ISSUER="", PORTAL_MODE="")["DEMO"]


def test_production_reads_what_it_is_given(read):
    settings = read(**PRODUCTION)

    assert not settings["DEMO"]
    database = settings["DATABASES"]["default"]
    assert (database["HOST"], database["PORT"], database["PASSWORD"]) == (
        "db.example",
        5433,
        "p@ss",
    )
    assert settings["EMAIL_PORT"] == 587
    assert settings["EMAIL_USE_TLS"]
    assert settings["SECURE_HSTS_SECONDS"]
    assert settings["SESSION_COOKIE_SECURE"]


@pytest.mark.parametrize("name", set(PRODUCTION) - {"PORTAL_MODE"})
def test_production_does_not_start_without(read, name):
    with pytest.raises(ImproperlyConfigured, match=name):
        read(**{**PRODUCTION, name: ""})


@pytest.mark.parametrize(
    ("environment", "message"),
    [
        ({"PORTAL_MODE": "prod"}, "PORTAL_MODE is 'prod'"),
        ({"PORTAL_DEBUG": "true"}, "PORTAL_DEBUG"),
        ({"PORTAL_DEBUGG": "no"}, "PORTAL_DEBUGG"),
        ({"PORTAL_URL": "portal.example"}, "PORTAL_URL"),
        ({"PORTAL_URL": "https://portal.example/sti"}, "PORTAL_URL"),
        ({"PORT": "80 80"}, "PORT must be"),
        ({"PORT": "70000"}, "PORT must be"),
        ({"DATABASE_URL": "mysql://localhost/portal"}, "DATABASE_URL"),
        ({"DATABASE_URL": "postgres://localhost"}, "names no database"),
        ({"DATABASE_URL": "postgres://localhost:http/portal"}, "port of DATABASE_URL"),
        ({"DATABASE_URL": "postgres://localhost/portal?ssl=on"}, "ssl"),
        ({"DATABASE_URL": "sqlite://portal.sqlite3"}, "DATABASE_URL"),
        ({"REDIS_URL": "localhost:6379"}, "REDIS_URL"),
        ({"EMAIL_URL": "smtp://mail.example"}, "EMAIL_FROM"),
        ({"EMAIL_FROM": "portal@portal.example"}, "EMAIL_URL"),
        ({"ALLOWED_HOSTS": "portal.example,"}, "ALLOWED_HOSTS"),
        ({"OIDC_NAME": "Kommunen"}, "OIDC_ISSUER"),
        ({**OIDC, "OIDC_CLIENT_SECRET": ""}, "OIDC_CLIENT_SECRET"),
        ({**PRODUCTION, "PORTAL_DEBUG": "yes"}, "PORTAL_DEBUG"),
        ({**PRODUCTION, "PORTAL_URL": "http://portal.example"}, "PORTAL_URL"),
        ({**PRODUCTION, "ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS"),
        ({**PRODUCTION, "SECRET_KEY": "x" * 60}, "SECRET_KEY"),
        ({**PRODUCTION, "DATABASE_URL": "sqlite:////tmp/portal"}, "DATABASE_URL"),
        ({**PRODUCTION, **OIDC, "OIDC_ISSUER": "http://login.example"}, "OIDC_ISSUER"),
    ],
)
def test_it_does_not_start_half_configured(read, environment, message):
    with pytest.raises(ImproperlyConfigured, match=message):
        read(**environment)


def test_no_message_shows_a_password(read):
    with pytest.raises(ImproperlyConfigured) as refusal:
        read(DATABASE_URL="mysql://portal:hush@localhost:http/portal")

    assert "hush" not in str(refusal.value)


def test_the_municipalitys_sign_in_needs_nothing_but_the_environment(read):
    settings = read(**PRODUCTION, **OIDC, OIDC_SIGN_IN_ORIGIN="https://sso.example")

    (app,) = settings["SOCIALACCOUNT_PROVIDERS"]["openid_connect"]["APPS"]
    assert app["settings"]["server_url"] == OIDC["OIDC_ISSUER"]
    assert settings["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]["form-action"] == [
        "'self'",
        "https://login.example",
        "https://sso.example",
    ]


def test_production_settings_pass_djangos_own_check(tmp_path):
    checked = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **PRODUCTION, **OIDC, "PORTAL_VAR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert checked.returncode == 0, checked.stderr


def test_the_guide_names_every_variable(read):
    read()
    read(**PRODUCTION, **OIDC)
    guide = (ROOT / "docs" / "operations.md").read_text()

    assert set(re.findall(r"^\| `([A-Z_]+)`", guide, re.MULTILINE)) == environment.known
