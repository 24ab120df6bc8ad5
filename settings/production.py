"""For real: everything that matters is said in the environment, and what is missing stops the start."""

from __future__ import annotations

from settings import environment
from settings.base import *  # noqa: F403
from settings.base import INSTALLED_APPS, SITE_URL
from settings.storage import STORAGES

environment.require("SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "SITE_URL")

DEBUG = False
SECRET_KEY = environment.text("SECRET_KEY")
ALLOWED_HOSTS = environment.words("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = [SITE_URL]

# Off for a server that is reached without a proxy on its own machine; cookies then travel by plain HTTP as well.
SECURE_SSL_REDIRECT = environment.flag("SECURE_SSL_REDIRECT", default=True)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT
SECURE_HSTS_SECONDS = 31_536_000 if SECURE_SSL_REDIRECT else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE_SSL_REDIRECT
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
if environment.number("TRUSTED_PROXY_HOPS", default=0):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# Tasks are rows in the database, written with the content that they are about; `manage.py db_worker` does them.
INSTALLED_APPS = [*INSTALLED_APPS, "django_tasks_db"]
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
