"""Settings, read from environment variables with safe defaults; ``docs/running.md`` lists them all.

``SAFETY_PARTNERS_MODE`` is ``production`` unless it says ``development`` or ``demonstration``.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from safety_partners.config import environ

BASE = Path(__file__).resolve().parent.parent.parent

MODE = environ.choice("SAFETY_PARTNERS_MODE", ("production", "development", "demonstration"), "production")
IS_PRODUCTION = MODE == "production"
# A demonstration may show what comes later; a real installation lives in its own time.
DAYS_AHEAD = 0 if IS_PRODUCTION else environ.number("SAFETY_PARTNERS_DAYS_AHEAD", 0)
DATA = Path(environ.text("SAFETY_PARTNERS_DATA", str(BASE / "var" / MODE)))

SITE_ADDRESS = environ.text("SAFETY_PARTNERS_ADDRESS", "" if IS_PRODUCTION else "http://127.0.0.1:8000").rstrip("/")
_SITE = urlsplit(SITE_ADDRESS)
SECRET_KEY = environ.text("SAFETY_PARTNERS_SECRET") or environ.kept_secret(DATA / "secret")
SECRET_KEY_FALLBACKS = environ.words("SAFETY_PARTNERS_EARLIER_SECRETS")
DEBUG = False
ALLOWED_HOSTS = environ.words("SAFETY_PARTNERS_HOSTS", _SITE.hostname or "") + ([] if IS_PRODUCTION else ["127.0.0.1", "localhost"])
USES_HTTPS = _SITE.scheme == "https"

# What would be unsafe in production stops it from starting, with a sentence that says what to do (core/checks.py).
UNSAFE: list[str] = []
if IS_PRODUCTION:
    if not SITE_ADDRESS:
        UNSAFE.append("Set SAFETY_PARTNERS_ADDRESS to the address people will use, such as https://partners.example.org.")
    elif not USES_HTTPS:
        UNSAFE.append("SAFETY_PARTNERS_ADDRESS must begin with https:// so that nobody can read what partners write on its way.")
    if len(SECRET_KEY) < 32:
        UNSAFE.append("SAFETY_PARTNERS_SECRET is too short. Use at least 32 random signs, or leave it out and one is made and kept.")
    if not environ.text("SAFETY_PARTNERS_MAIL_HOST"):
        UNSAFE.append("Set SAFETY_PARTNERS_MAIL_HOST to your mail server, or nobody can sign in by code or be told anything.")
    if environ.flag("SAFETY_PARTNERS_DEMONSTRATION_SIGN_IN"):
        UNSAFE.append("SAFETY_PARTNERS_DEMONSTRATION_SIGN_IN lets anybody sign in as anyone. Take it out.")

INSTALLED_APPS = [
    "safety_partners.core.apps.CoreConfig",
    "safety_partners.design.apps.DesignConfig",
    "safety_partners.people.apps.PeopleConfig",
    "safety_partners.partners.apps.PartnersConfig",
    "safety_partners.insights.apps.InsightsConfig",
    "safety_partners.joining.apps.JoiningConfig",
    "safety_partners.reviews.apps.ReviewsConfig",
    "safety_partners.committees.apps.CommitteesConfig",
    "safety_partners.activities.apps.ActivitiesConfig",
    "safety_partners.ppg.apps.PpgConfig",
    "safety_partners.home.apps.HomeConfig",
    "safety_partners.website.apps.WebsiteConfig",
    "safety_partners.config.apps.ConfigConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_q",
]

MIDDLEWARE = [
    "safety_partners.config.middleware.WallMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "safety_partners.config.middleware.ViewerMiddleware",
]

ROOT_URLCONF = "safety_partners.config.urls"
WSGI_APPLICATION = "safety_partners.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
APPEND_SLASH = True

DATABASES = {"default": environ.database(environ.text("DATABASE_URL"), DATA)}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
    }
}

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "NAME": "jinja2",
        "OPTIONS": {
            "environment": "safety_partners.design.environment.environment",
            "context_processors": ["django.contrib.messages.context_processors.messages", "safety_partners.config.frame.frame"],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "NAME": "django",
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    },
]

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", _("English")), ("cy", _("Welsh"))]
LOCALE_PATHS = [BASE / "safety_partners" / "locale"]
USE_I18N = True
TIME_ZONE = "Europe/London"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = Path(environ.text("SAFETY_PARTNERS_STATIC", str(BASE / "build" / "static")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(DATA / "files")}},
    "private": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(DATA / "files")}},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 31_536_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 30 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_HANDLERS = [
    "safety_partners.core.uploads.Limited",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["safety_partners.people.sign_in.Backend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
# Sign-in (people/sign_in.py): a code by email, or a password with a second factor. An address may belong to several people.
ACCOUNT_ADAPTER = "safety_partners.people.sign_in.Adapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "dashed": True, "length": 8}
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = 3
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_TIMEOUT = 20 * 60
# A whole building may share one address of the network ("ip"), so the narrow limits are those of a person ("key").
ACCOUNT_RATE_LIMITS = {
    "request_login_code": "30/m/ip,3/m/key,20/h/key",
    "login_failed": "60/m/ip,5/5m/key",
    # Public forms of joining (people/limits.py): what is begun, sent or asked for, each page of a form, and guessed secrets.
    "joining_send": "60/h/ip",
    "joining_page": "60/m/ip",
    "joining_email": "20/h/ip,3/h/key",
    "joining_secret": "60/h/ip,10/h/key",
}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if environ.flag("SAFETY_PARTNERS_BEHIND_PROXY") else 0
MFA_ADAPTER = "safety_partners.people.sign_in.SecondFactorAdapter"
MFA_TOTP_ISSUER = "Safety Partners"
MFA_TOTP_TOLERANCE = 1
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home:home"
LOGOUT_REDIRECT_URL = "/"

SESSION_COOKIE_AGE = environ.number("SAFETY_PARTNERS_SESSION_HOURS", 24 * 14) * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = USES_HTTPS
CSRF_FAILURE_VIEW = "safety_partners.config.errors.form_ran_out"
SECURE_SSL_REDIRECT = USES_HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if USES_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = False
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if environ.flag("SAFETY_PARTNERS_BEHIND_PROXY") else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

MAIL_DOMAIN = _SITE.hostname or "localhost"
DEFAULT_FROM_EMAIL = environ.text("SAFETY_PARTNERS_MAIL_FROM", f"safety-partners@{MAIL_DOMAIN}")
EMAIL_HOST = environ.text("SAFETY_PARTNERS_MAIL_HOST", "localhost")
EMAIL_PORT = environ.number("SAFETY_PARTNERS_MAIL_PORT", 587)
EMAIL_HOST_USER = environ.text("SAFETY_PARTNERS_MAIL_USER")
EMAIL_HOST_PASSWORD = environ.text("SAFETY_PARTNERS_MAIL_PASSWORD")
EMAIL_USE_TLS = environ.flag("SAFETY_PARTNERS_MAIL_TLS", True)
EMAIL_TIMEOUT = 20
EMAIL_SUBJECT_PREFIX = ""
if not IS_PRODUCTION:
    # No mail leaves a demonstration: it is kept in a folder, and a page shows it.
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = str(DATA / "mail")

Q_CLUSTER = {
    "name": "safety-partners",
    "orm": "default",
    "workers": environ.number("SAFETY_PARTNERS_WORKERS", 1),
    "timeout": 300,
    "retry": 360,
    "max_attempts": 5,
    "ack_failures": False,
    "save_limit": 200,
    "catch_up": False,
    "poll": 2,
    "label": "work",
    "max_rss": 600_000,
}

# Personal words never reach a log: only levels, places and codes are written.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"django-q": {"handlers": ["console"], "level": "WARNING", "propagate": False}},
}

SILENCED_SYSTEM_CHECKS = ["models.W042"]
TEST_RUNNER = "django.test.runner.DiscoverRunner"
