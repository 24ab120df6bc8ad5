"""For the tests; of the environment only TEST_DATABASE_URL and TEST_REDIS_URL show through."""

from __future__ import annotations

import os
import secrets
import tempfile

from settings.base import *  # noqa: F403
from settings.environment import Environment
from settings.logs import logging
from settings.observability import *  # noqa: F403
from settings.security import *  # noqa: F403
from settings.storage import *  # noqa: F403
from settings.storage import STORAGES, cache, database, media_store

environment = Environment(
    {name: os.environ.get(f"TEST_{name}", "") for name in ("DATABASE_URL", "REDIS_URL")}
)

CMS_ENVIRONMENT = "test"
SECRET_KEY = "for-tests-only"  # noqa: S105 - known to everybody
ALLOWED_HOSTS = ["*"]
SITE_URL = SITE_ORIGIN = FRONTEND_URL = WAGTAILADMIN_BASE_URL = "http://127.0.0.1:8000"
CSRF_TRUSTED_ORIGINS = CORS_ALLOWED_ORIGINS = CMS_FRONTEND_ORIGINS = [SITE_URL]
CMS_FRONTENDS = {}
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME, CMS_BROWSER_COOKIE_NAME = "sessionid", "csrftoken", "browser"
CMS_REQUIRE_TWO_FACTOR = "off"
TRUSTED_PROXY_HOPS = 0
SECURE_PROXY_SSL_HEADER = None
CMS_CACHE_TAG_HEADER = "Cache-Tag"  # as with a Varnish
CMS_POLL_SEAL_SECONDS = 0  # no thread: tests seal when they want to
CMS_POLL_PROOF_COST = 1  # as few rounds as can be
CMS_VISIT_COUNT_SECONDS = 0  # no thread: tests count when they want to
CMS_LIVE_FIGURES_SECONDS = 0  # tests see their votes at once
CMS_GRAPHIQL = True
CMS_METRICS_TOKEN = CMS_OTEL_ENDPOINT = CMS_SENTRY_DSN = ""
CMS_METRICS_OPERATIONS = []
CMS_METRICS_WORKER_PORT = 0
CMS_SLOW_OPERATION_MS = 0
LOGGING = logging(level="WARNING", fold=False)

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MEDIA_STORAGE = "disk"
CMS_AVIF_SPEED = 10
STORAGES["default"] = media_store(MEDIA_STORAGE)
WHITENOISE_AUTOREFRESH = True  # looks a file up when it is asked for, so that starting needs no collectstatic

if url := environment.text("DATABASE_URL"):
    DATABASES = {"default": database(url)}
else:
    # A file and not memory: threads of one test wait for each other's writes, as they do in production.
    file = f"{tempfile.gettempdir()}/cms-test-{secrets.token_hex(6)}.sqlite3"
    DATABASES = {"default": {**database(f"sqlite:///{file}"), "TEST": {"NAME": file}}}

REDIS_URL = environment.text("REDIS_URL")
if REDIS_URL:
    # Each process of pytest-xdist has a database of its own there: a test clears the whole of it.
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
    REDIS_URL = f"{REDIS_URL.removesuffix('/0').rstrip('/')}/{worker}"
    CACHES = {"default": cache(REDIS_URL)}
else:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
