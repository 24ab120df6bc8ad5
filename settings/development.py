"""For one person on one machine: the demo runs on it."""

from __future__ import annotations

from settings import environment
from settings.base import *  # noqa: F403

DEBUG = True
SECRET_KEY = "for-development-only"  # noqa: S105 - never used where DEBUG is off
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", *environment.words("ALLOWED_HOSTS")]
