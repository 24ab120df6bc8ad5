"""For the test suite; TEST_DATABASE_URL and TEST_REDIS_URL choose the services."""

from __future__ import annotations

from settings import environment
from settings.base import *  # noqa: F403
from settings.storage import VAR, database

SECRET_KEY = "for-tests-only"  # noqa: S105 - never used outside the tests
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
DATABASES = {"default": database(environment.text("TEST_DATABASE_URL", f"sqlite:///{VAR}/test.sqlite3"))}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
if url := environment.text("TEST_REDIS_URL"):
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": url}}
