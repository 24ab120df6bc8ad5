"""The application that granian serves."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings.production")
django_application = get_wsgi_application()

from cms.graphql.frontdoor import FrontDoor  # noqa: E402 - it needs the settings

application = FrontDoor(django_application)
