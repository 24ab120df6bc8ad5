"""For a developer's machine and the demonstration: needs no variable, and shows what goes wrong."""

from __future__ import annotations

from settings.base import *  # noqa: F403
from settings.environment import environment
from settings.logs import logging
from settings.observability import *  # noqa: F403
from settings.security import *  # noqa: F403
from settings.storage import *  # noqa: F403

# Off for commands that write much: Django keeps the text of each statement where it is on.
DEBUG = environment.flag("DJANGO_DEBUG", default=True)
CMS_ENVIRONMENT = "development"
SECRET_KEY = "development-only"  # noqa: S105 - known to everybody; production.py wants its own
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", *environment.host_patterns("ALLOWED_HOSTS")]
CMS_GRAPHIQL = environment.flag("GRAPHIQL", default=True)
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
CMS_AVIF_SPEED = 10  # pictures are made within the request here
LOGGING = logging(level="INFO", fold=False)

environment.refuse()
