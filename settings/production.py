"""For a server: refuses to start without what it needs, and names all of it."""

from __future__ import annotations

from settings.base import *  # noqa: F403
from settings.base import SITE_URL
from settings.environment import environment
from settings.logs import logging
from settings.observability import *  # noqa: F403
from settings.security import *  # noqa: F403
from settings.storage import *  # noqa: F403
from settings.storage import STORAGES

DEBUG = False
CMS_ENVIRONMENT = "production"
SECRET_KEY = environment.secret("SECRET_KEY")
ALLOWED_HOSTS = environment.host_patterns("ALLOWED_HOSTS")
CMS_GRAPHQL_INTROSPECTION = environment.flag("GRAPHQL_INTROSPECTION", default=False)
LOGGING = logging(
    level=environment.choice("LOG_LEVEL", ["INFO", "DEBUG", "WARNING", "ERROR"]),
    fold=True,
    style=environment.choice("LOG_FORMAT", ["line", "json"]),
)

SECURE_SSL_REDIRECT = environment.flag("SECURE_SSL_REDIRECT", default=True)
# Who watches the server asks it directly, without TLS.
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz|metrics)$"]
if SITE_URL.startswith("https://"):
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
# Browsers' preload lists take whole domains, for years: a decision for people, not for a default.
SILENCED_SYSTEM_CHECKS = ["security.W021"]

STORAGES["staticfiles"] = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
CMS_GRAPHIQL = environment.flag("GRAPHIQL", default=False)
TASKS = {
    "default": {
        "BACKEND": "cms.operations.task_queue.JoiningBackend",
        # One that waits is enough for all changes of an object.
        "OPTIONS": {
            "joined": [
                "cms.events.delivery.tasks.deliver",
                "cms.media.privacy.move_files",
                "cms.media.rendition_tasks.make_renditions_of",
                "cms.search.indexing.refresh_entry",
                "modelsearch.tasks.insert_or_update_object_task",
                "wagtail.tasks.update_reference_index_task",
            ]
        },
    }
}

EMAIL_HOST = environment.text("EMAIL_HOST")
EMAIL_PORT = environment.port("EMAIL_PORT", 587)
EMAIL_HOST_USER = environment.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = environment.text("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = environment.flag("EMAIL_USE_TLS", default=True)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = environment.text("DEFAULT_FROM_EMAIL", "webmaster@localhost")
EMAIL_BACKEND = "cms.operations.mail.AfterCommitBackend"
if not EMAIL_HOST:
    EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    WAGTAIL_PASSWORD_RESET_ENABLED = False

environment.require(
    SECRET_KEY="50 random characters or more",  # noqa: S106 - says what it holds
    ALLOWED_HOSTS="the names that this server answers to, separated by commas",
    DATABASE_URL="sqlite:////path/to/file or postgres://user:password@host/name",
)
if SECURE_SSL_REDIRECT:
    environment.require(SITE_URL="https:// and the name that browsers use for this server")
    if environment.text("SITE_URL") and not SITE_URL.startswith("https://"):
        environment.wrong("SITE_URL", "begins with https:// unless SECURE_SSL_REDIRECT is 0")
environment.refuse()
