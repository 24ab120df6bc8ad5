"""Where things are kept: database, cache, files. Chosen by the environment, the same code for all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import dj_database_url

from settings import environment

BASE_DIR = Path(__file__).resolve().parent.parent
VAR = BASE_DIR / "var"
VAR.mkdir(exist_ok=True)

SQLITE = {
    # Readers and one writer at the same time; writers wait for each other instead of failing half-way.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-20000;",
}


def database(url: str) -> dict[str, Any]:
    """Django's settings for `sqlite:///path` or `postgres://user:password@host:port/name`."""
    found = dj_database_url.parse(url)
    if found["ENGINE"].endswith("sqlite3"):
        return {**found, "OPTIONS": SQLITE}
    return {**found, "CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}


DATABASES = {"default": database(environment.text("DATABASE_URL", f"sqlite:///{VAR}/cms.sqlite3"))}

REDIS_URL = environment.text("REDIS_URL")
CACHES: dict[str, dict[str, Any]] = {
    # Without Redis the cache is in the database's machine-wide files: what one process drops is gone for all.
    "default": {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": VAR / "cache"}
}
if REDIS_URL:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(environment.text("MEDIA_ROOT", str(BASE_DIR / "media")))
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
if bucket := environment.text("MEDIA_S3_BUCKET"):
    # django-storages reads the keys and the endpoint from its own variables, AWS_*; it is an extra to be installed.
    STORAGES["default"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {"bucket_name": bucket, "endpoint_url": environment.text("MEDIA_S3_ENDPOINT") or None},
    }
