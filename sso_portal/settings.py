"""The portal's settings: everything that differs between installations comes from the environment.

Without any variable this is the demo on this machine: SQLite, messages through the file system,
mails as files, everything that is written under ``var/``. An installation with real people says
``PORTAL_MODE=production`` and then has to name all it depends on. A variable that is misspelt,
half given or out of range stops the start; ``docs/operations.md`` has the table of them all.
"""

import os
import secrets
from contextlib import suppress
from pathlib import Path
from urllib.parse import parse_qsl, unquote

from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from sso_portal import environment
from sso_portal.environment import address, all_or_none, env, one_of, whole_number
from sso_portal.shared import translations

BASE_DIR = Path(__file__).resolve().parent.parent

# Where and how the portal runs
PRODUCTION = one_of("PORTAL_MODE", "demo", "production") == "production"
DEMO = not PRODUCTION
DEBUG = one_of("PORTAL_DEBUG", "no", "yes") == "yes"
if PRODUCTION:
    required = "SECRET_KEY ALLOWED_HOSTS PORTAL_URL DATABASE_URL REDIS_URL EMAIL_URL EMAIL_FROM"
    if missing := [name for name in required.split() if not env(name)]:
        raise ImproperlyConfigured(f"PORTAL_MODE=production also needs {', '.join(missing)}")
    if DEBUG:
        raise ImproperlyConfigured("PORTAL_DEBUG shows secrets, so it belongs to the demo alone")

VAR = Path(env("PORTAL_VAR", str(BASE_DIR / "var")))
VAR.mkdir(parents=True, exist_ok=True)
PORT = whole_number("PORT", 8000, 1, 65535)
PORTAL_HOST = env("PORTAL_HOST", "127.0.0.1")
PROCESSES = whole_number("PORTAL_PROCESSES", 2 if PRODUCTION else 1, 1, 64)

_url = address(
    "PORTAL_URL",
    *(("https",) if PRODUCTION else ("http", "https")),
    default=f"http://localhost:{PORT}",
)
if not _url.hostname or _url.path.strip("/") or _url.query or _url.fragment:
    raise ImproperlyConfigured("PORTAL_URL is a scheme and a host, such as https://portal.example")
PORTAL_URL = f"{_url.scheme}://{_url.netloc}"

ALLOWED_HOSTS = [h.strip() for h in env("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]").split(",")]
if not all(ALLOWED_HOSTS) or (PRODUCTION and "*" in ALLOWED_HOSTS):
    raise ImproperlyConfigured("ALLOWED_HOSTS names the hosts, separated by commas")


def demo_key() -> str:
    """The demo makes itself a key once, so that a restart signs nobody out."""
    path = VAR / "secret_key"
    if not path.exists():
        own = path.with_suffix(f".{os.getpid()}")
        own.touch(0o600)
        own.write_text(secrets.token_urlsafe(50))
        with suppress(FileExistsError):  # another process was first, and its key counts
            os.link(own, path)
        own.unlink()
    return path.read_text()


SECRET_KEY = env("SECRET_KEY") or demo_key()
if PRODUCTION and (len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 5):
    raise ImproperlyConfigured("SECRET_KEY needs at least 50 characters of chance")

# Applications
INSTALLED_APPS = [
    "sso_portal.front",
    "projects",
    "sso_portal.organisation",
    "sso_portal.shared",
    "sso_portal.organisation.admin_app.Administration",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "django_htmx",
    "import_export",
    "simple_history",
]

MIDDLEWARE = [
    # Outermost, so that whatever answers, error pages and static files too, carries the headers
    "csp.middleware.CSPMiddleware",
    "sso_portal.shared.headers.security_headers",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "sso_portal.organisation.language.speak",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "sso_portal.urls"
WSGI_APPLICATION = "sso_portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "sso_portal.organisation.context.portal",
            ],
        },
    },
]
FORM_RENDERER = "sso_portal.shared.forms.PortalRenderer"

# Database
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

SQLITE_OPTIONS = {
    # Writers queue at BEGIN; without it most concurrent transactions fail
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
}
POSTGRESQL_OPTIONS = {
    "pool": {"min_size": 1, "max_size": 10, "timeout": 10},
    "application_name": "sso-portal",
    "connect_timeout": 5,
    # A query, a wait for somebody's lock, a transaction left open: none may hold up the others
    "options": "-c statement_timeout=30s -c lock_timeout=10s"
    " -c idle_in_transaction_session_timeout=60s",
}


def database() -> dict:
    schemes = ("postgres", "postgresql") if PRODUCTION else ("postgres", "postgresql", "sqlite")
    url = address("DATABASE_URL", *schemes, default=f"sqlite:///{VAR}/portal.sqlite3")
    if len(url.path) < 2:
        raise ImproperlyConfigured("DATABASE_URL names no database")
    if url.scheme == "sqlite":
        if url.netloc or url.query:
            raise ImproperlyConfigured("DATABASE_URL for SQLite is sqlite:/// and a path")
        name = "/" + url.path.lstrip("/")
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": name, "OPTIONS": SQLITE_OPTIONS}
    extra = dict(parse_qsl(url.query))
    if unknown := set(extra) - {"sslmode", "sslrootcert"}:
        raise ImproperlyConfigured(f"DATABASE_URL has unknown options: {', '.join(unknown)}")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(url.path[1:]),
        "HOST": unquote(url.hostname or ""),
        "PORT": url.port or "",
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "CONN_MAX_AGE": 0,  # the pool keeps the connections
        "OPTIONS": POSTGRESQL_OPTIONS | extra,
    }


DATABASES = {"default": database()}

# Background work: the database is the queue, a message only wakes a worker
REDIS_URL = address("REDIS_URL", "redis", "rediss").geturl() if env("REDIS_URL") else ""

CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_SOFT_TIME_LIMIT = 120
CELERY_TASK_TIME_LIMIT = 150
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR / "beat-schedule")
CELERY_BEAT_SCHEDULE = {
    # A sweep that waited its whole minute is overtaken by the next one
    "outbox": {"task": "outbox.sweep", "schedule": crontab(), "options": {"expires": 60}},
}
if REDIS_URL:
    CELERY_BROKER_URL = REDIS_URL
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "visibility_timeout": 600,
        "unacked_restore_interval": 5,
        "unacked_restore_throttle": 1,
        "socket_connect_timeout": 2,
        "socket_timeout": 10,
    }
    CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    }
else:
    (VAR / "messages").mkdir(exist_ok=True)
    CELERY_BROKER_URL = "filesystem://localhost"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(VAR / "messages"),
        "data_folder_out": str(VAR / "messages"),
        "control_folder": str(VAR / "messages-control"),
    }

# Mail
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env("EMAIL_FROM", "portal@localhost")
if all_or_none("EMAIL_URL", "EMAIL_FROM"):
    _mail = address("EMAIL_URL", "smtp", "smtps", "smtp+starttls")
    if not _mail.hostname:
        raise ImproperlyConfigured("EMAIL_URL names no host")
    EMAIL_BACKEND = "sso_portal.shared.smtp.EmailBackend"
    EMAIL_HOST = _mail.hostname
    EMAIL_PORT = _mail.port or {"smtp": 25, "smtps": 465, "smtp+starttls": 587}[_mail.scheme]
    EMAIL_HOST_USER = unquote(_mail.username or "")
    EMAIL_HOST_PASSWORD = unquote(_mail.password or "")
    EMAIL_USE_SSL = _mail.scheme == "smtps"
    EMAIL_USE_TLS = _mail.scheme == "smtp+starttls"
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = VAR / "mail"

# Sign-in: local accounts, and the municipality's own sign-in once the environment names it
AUTH_USER_MODEL = "organisation.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
_validation = "django.contrib.auth.password_validation."
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": _validation + "UserAttributeSimilarityValidator"},
    {"NAME": _validation + "MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": _validation + "CommonPasswordValidator"},
    {"NAME": _validation + "NumericPasswordValidator"},
]
LOGIN_REDIRECT_URL = "front:home"
LOGIN_URL = LOGOUT_REDIRECT_URL = ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"

ACCOUNT_ADAPTER = "sso_portal.organisation.sign_in.LocalAccounts"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
# Nobody signs up; without a password here the sign-in page would not ask for one either
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # an administrator makes the accounts
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # no mail to an address somebody made up
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_FORMS = {
    "login": "sso_portal.organisation.forms.SignInForm",
    "change_password": "sso_portal.organisation.forms.ChangePasswordForm",
    "reset_password": "sso_portal.organisation.forms.ResetPasswordForm",
    "reset_password_from_key": "sso_portal.organisation.forms.NewPasswordForm",
    "reauthenticate": "sso_portal.organisation.forms.ReauthenticateForm",
}
MFA_FORMS = {
    "activate_totp": "sso_portal.organisation.forms.ActivateAppForm",
    "authenticate": "sso_portal.organisation.forms.CodeForm",
    "reauthenticate": "sso_portal.organisation.forms.ReauthenticateCodeForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "SSO-portalen"

SOCIALACCOUNT_ADAPTER = "sso_portal.organisation.sign_in.MunicipalSignIn"
SOCIALACCOUNT_PROVIDERS = {}
OIDC_NAME = ""
OIDC_ORIGINS = []
# What recognises somebody the first time: an address the provider has verified, or, where the
# provider alone gives user names, the same user name as here
OIDC_MATCH = one_of("OIDC_MATCH", "email", "username")
if all_or_none("OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"):
    _issuer = address("OIDC_ISSUER", *(("https",) if PRODUCTION else ("http", "https")))
    OIDC_NAME = env("OIDC_NAME", "Viborg Kommune")
    OIDC_ORIGINS = [f"{_issuer.scheme}://{_issuer.netloc}", *env("OIDC_SIGN_IN_ORIGIN").split()]
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "municipality",
                "name": OIDC_NAME,
                "client_id": env("OIDC_CLIENT_ID"),
                "secret": env("OIDC_CLIENT_SECRET"),
                "settings": {"server_url": _issuer.geturl()},
            }
        ],
    }
elif env("OIDC_NAME") or env("OIDC_SIGN_IN_ORIGIN") or env("OIDC_MATCH"):
    raise ImproperlyConfigured("OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET are missing")

# Security
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        # A form that ends in a redirect to the municipality's sign-in needs it here too
        "form-action": [SELF, *OIDC_ORIGINS],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
CSRF_TRUSTED_ORIGINS = [PORTAL_URL]
SESSION_COOKIE_AGE = 60 * 60 * 10
if PRODUCTION:
    SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    LANGUAGE_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    # Preloading is the domain owner's decision, and no portal under the domain can take it
    SILENCED_SYSTEM_CHECKS = ["security.W021"]
if one_of("PORTAL_BEHIND_PROXY", "no", "yes") == "yes":
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1

# Language
LANGUAGE_CODE = "da"
LANGUAGES = [("da", "Dansk"), ("en", "English")]  # each in its own words
LOCALE_PATHS = [BASE_DIR / "locale"]
translations.compile_all(LOCALE_PATHS)  # here, since every process comes by
TIME_ZONE = "Europe/Copenhagen"
USE_TZ = True
# Separators where an amount is shown (the filters in shared), never inside a number by itself:
# a year or a primary key is no amount
USE_THOUSAND_SEPARATOR = False

# Static files: straight from their folders, except in the image, which has hashed and packed them
STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / ".assets", BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
if PRODUCTION:
    STATIC_ROOT = BASE_DIR / "staticfiles"
    STORAGES["staticfiles"]["BACKEND"] = "whitenoise.storage.CompressedManifestStaticFilesStorage"
WHITENOISE_USE_FINDERS = DEMO
WHITENOISE_ALLOW_ALL_ORIGINS = False

# Libraries and fixtures
FIXTURE_DIRS = [BASE_DIR / "fixtures"]
IMPORT_EXPORT_USE_TRANSACTIONS = True
SIMPLE_HISTORY_REVERT_DISABLED = True  # history is read, never played back

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": [], "propagate": True},
    },
}

environment.refuse_what_nobody_read()
