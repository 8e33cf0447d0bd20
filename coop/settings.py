"""One file, from the environment. docs/operator.md names every variable; a misspelt or odd one stops the start."""

from pathlib import Path

from csp.constants import NONE, SELF

from coop.database_roles import APPLICATION
from coop.environment import Environment

BASE_DIR = Path(__file__).resolve().parent.parent
LOCAL = BASE_DIR / ".local"  # what this machine makes for itself; git ignores it

env = Environment()

# --- Where it runs -----------------------------------------------------------------------------------------

DEBUG = False
_given = env.database("DATABASE_URL")
DEMO = env.flag("COOP_DEMO", default=not _given)  # an invented plant whose members anybody may sign in as
SECRET_KEY = env.secret("SECRET_KEY", LOCAL / "secrets")
PEPPER = env.secret("PEPPER", LOCAL / "secrets")  # mixed into every PIN; losing it means new cards for all
URN_SECRETS = Path(
    env.text("COOP_URN_SECRETS", str(LOCAL / "secrets" / "urns"))
)  # no backup takes this folder

PORT = env.integer("PORT", 8000, 1, 65535)
LISTEN = env.text("COOP_LISTEN", "127.0.0.1")  # 0.0.0.0 lets the hall's network in
SCHEME, HOST, ORIGIN = env.origin("COOP_ORIGIN", f"http://localhost:{PORT}")
ALLOWED_HOSTS = [*dict.fromkeys([HOST, "localhost", "127.0.0.1", "[::1]", *env.hosts("COOP_HOSTS")])]
HTTPS = SCHEME == "https"
PROXIES = env.networks("COOP_PROXIES")  # only these are believed when they say for whom they ask

if HTTPS:  # a proxy in front ends TLS and must overwrite this header; the hall's plain network has none of it
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    CSRF_TRUSTED_ORIGINS = [ORIGIN]

# --- The house ---------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "template_partials",
    "csp",
    "coop.database_roles",
    "coop.journal",
    "coop.safekeeping",
    "coop.charter",
    "coop.members",
    "coop.documents",
    "coop.keys",
    "coop.intake",
    "coop.budget",
    "coop.pay",
    "coop.production",
    "coop.ballots",
    "coop.proposals",
    "coop.elections",
    "coop.decisions",
    "coop.meetings",
    "coop.in_office",
    "coop.oversight",
    "coop.search",
    "coop.demo",
    "coop.pages",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "coop.pages.headers.Headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "coop.pages.signed_in.SignedIn",
    "django_htmx.middleware.HtmxMiddleware",
    "coop.pages.entrance.sessions.Seen",
    "coop.pages.entrance.tablet.Tablet",
    "coop.pages.access.LoginRequired",
    "django.contrib.messages.middleware.MessageMiddleware",
    "coop.pages.errors.RefusalsAsPages",
]
ROOT_URLCONF = "coop.urls"
WSGI_APPLICATION = "coop.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "builtins": ["template_partials.templatetags.partials", "coop.pages.templatetags.coop"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "coop.pages.access.here",
            ],
        },
    }
]


# --- The database ------------------------------------------------------------------------------------------

_connection = {
    "CONN_MAX_AGE": None,
    "CONN_HEALTH_CHECKS": True,
    "TEST": {"NAME": "coop_test"},
    "OWNER_LOGIN": env.database("DATABASE_OWNER_URL"),  # for migrations; default: the same login
}
_options = {
    "server_side_binding": True,  # otherwise a failing INSERT leaves its values in PostgreSQL's log
    "prepare_threshold": 2,  # PostgreSQL keeps the plan of what it is asked again; a pooler must understand that
    # A question is planned once for all values. Left to itself PostgreSQL plans some of ours, of many parts, for each
    # reader anew, and takes longer to plan than to answer them.
    "options": "-c lock_timeout=3s -c idle_in_transaction_session_timeout=60s -c plan_cache_mode=force_generic_plan",
}
if _given:
    DATABASES = {
        "default": {
            "ENGINE": "coop.postgres",
            **_connection,
            **_given,
            "APPLICATION_LOGIN": _given["USER"],
            "OPTIONS": {**_given["OPTIONS"], **_options, "assume_role": APPLICATION},
        }
    }
else:
    DATABASES = {
        "default": {
            "ENGINE": "coop.local_postgres",
            **_connection,
            "NAME": "coop",
            "USER": APPLICATION,
            "OPTIONS": _options,
            "LOCAL_HOME": str(LOCAL / ("demo" if DEMO else "plant")),
            "LOCAL_THROWAWAY": False,
        }
    }

# No vote on screens opens on a server that may lose it (safekeeping/guard.py); a reason here says why none is asked.
UNGUARDED = env.text("COOP_UNGUARDED", "demonstration" if DEMO else "")
BACKUP_HOURS = env.integer("COOP_BACKUP_HOURS", 24 if _given else 0, 0, 10_000)  # 0: no backup is asked for
BACKUP_NOTE = Path(env.text("COOP_BACKUP_NOTE", str(LOCAL / "last-backup")))  # its age is that of the backup

# What `tick` looks for, stage by stage: a stage cannot know those below it.
DONE_BY_THE_CLOCK = ["coop.meetings.due.DUE", "coop.oversight.due.DUE", "coop.in_office.due.DUE"]
# What journal_verify compares besides the journal itself: callables that take a chain and give sentences.
COMPARED_WITH_JOURNAL = ["coop.meetings.sealed_check.faults"]
# Whether a paper that somebody cites is a decision of the assembly on record.
DECIDED_BY_THE_ASSEMBLY = "coop.decisions.cited.by_the_assembly"

# --- Who is who --------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "members.Account"
PASSWORD_HASHERS = ["coop.members.hashers.PepperedArgon2"]
SESSION_ENGINE = "coop.keys.store"  # in the database: a lost phone's session must end at once
SESSION_COOKIE_AGE = 12 * 3600  # on one's own device; elsewhere the cookie goes with the window
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_NAME = "__Host-csrftoken" if HTTPS else "csrftoken"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "coop.pages.errors.csrf_failure"
AUTHENTICATION_BACKENDS = ["coop.members.backend.NumberAndSecret"]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_SECURE = HTTPS
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# --- What comes in, what goes out --------------------------------------------------------------------------

HALL_SECONDS = 1.5  # how long one process tells a whole hall the same answer before it asks again
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 250  # a proposal has at most 200 clauses, and each is a field
DATA_UPLOAD_MAX_NUMBER_FILES = 5

SECURE_REFERRER_POLICY = (
    "same-origin"  # with no-referrer browsers post "Origin: null", and CSRF refuses every form
)
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder"
]  # only our own; htmx is vendored there
STATIC_ROOT = LOCAL / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_ALLOW_ALL_ORIGINS = False

# --- Words and time ----------------------------------------------------------------------------------------

USE_TZ = True
TIME_ZONE = "UTC"  # stored; shown in the co-operative's own
LANGUAGE_CODE = "en"
LOCALE_PATHS = [BASE_DIR / "coop" / "locale"]
LANGUAGES = [  # a language is spoken once it has words of ours: Spanish dates in English sentences help nobody
    (code, name)
    for code, name, folder in [
        ("en", "English", ""),
        ("es", "Español", "es"),
        ("pt-br", "Português (Brasil)", "pt_BR"),
    ]
    if not folder or (LOCALE_PATHS[0] / folder / "LC_MESSAGES" / "django.mo").exists()
]
FORMAT_MODULE_PATH = "coop.pages.formats"  # no day in digits alone; in English 24 hours too

# --- What is told: to stderr, without bodies of requests ---------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {
        "handlers": ["stderr"],
        "level": env.choice("COOP_LOG", "WARNING", ("DEBUG", "INFO", "WARNING", "ERROR")),
    },
    "loggers": {"django": {"handlers": [], "propagate": True}},
}

env.refuse_unknown("COOP_")
