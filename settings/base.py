"""Settings that every environment shares: applications, middleware, addresses."""

from __future__ import annotations

from settings import environment
from settings.security import *  # noqa: F403
from settings.storage import *  # noqa: F403

# One list: a content type is one folder and its name here.
CONTENT_APPS = ["home", "articles", "campaigns", "zones", "polls"]

INSTALLED_APPS = [
    *CONTENT_APPS,
    "cms.content",
    "cms.media",
    "cms.search",
    "cms.preview",
    "cms.operations",
    "cms.graphql",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    "wagtail.contrib.simple_translation",
    "wagtail.locales",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "grapple",  # after wagtail.snippets, which registers its models late
    "graphene_django",
    "modelcluster",
    "taggit",
    "django_tasks",
    "django_filters",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "cms.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
            ]
        },
    }
]

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAIL_I18N_ENABLED = True
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True

WAGTAIL_SITE_NAME = "CMS"
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
SITE_URL = environment.text("SITE_URL", "http://127.0.0.1:8000")
FRONTEND_URL = environment.text("FRONTEND_URL", SITE_URL)
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAILIMAGES_IMAGE_MODEL = "media.Image"
WAGTAILDOCS_DOCUMENT_MODEL = "media.Document"
TAGGIT_CASE_INSENSITIVE = True

GRAPPLE = {
    "APPS": ["content", "media", *CONTENT_APPS],
    "PAGE_INTERFACE": "cms.graphql.interfaces.PageInterface",
    "EXPOSE_GRAPHIQL": False,
}
GRAPHENE = {"SCHEMA": "cms.graphql.assembly.schema", "MIDDLEWARE": []}

CMS_GRAPHQL_MAX_BODY_BYTES = 1_000_000
CMS_PREVIEW_MAX_AGE = 3600
CMS_GRAPHQL_ANSWER_CACHE = environment.flag("GRAPHQL_ANSWER_CACHE", default=True)

TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        # A line for each task that starts and ends tells nobody anything; what fails is a warning.
        "django_tasks": {"level": "WARNING"},
        "PIL": {"level": "WARNING"},
    },
}

# The admin's pickers and forms, as Viet Nam writes dates.
WAGTAIL_DATE_FORMAT = "%d/%m/%Y"
WAGTAIL_DATETIME_FORMAT = "%d/%m/%Y %H:%M"
