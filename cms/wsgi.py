"""The application that granian serves."""

from __future__ import annotations

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings.production")

from cms.operations.error_reports import begin_error_reports
from cms.operations.tracing import begin_tracing

# What is loaded stays: the collector would go through it again and again, for a fifth of the time that it takes.
gc.disable()

# Before Django's handler: they add to it.
begin_error_reports()
begin_tracing()
django_application = get_wsgi_application()

from cms.graphql.cache.middleware import ResponseCacheMiddleware  # noqa: E402 - as above
from cms.operations.requests import RequestLogMiddleware  # noqa: E402 - as above

application = RequestLogMiddleware(ResponseCacheMiddleware(django_application))

# Nor later: to go through it was a tenth of what votes cost. After each 700 new objects, the default, the collector
# would look several times within a request, when nothing of it can go yet: a twentieth of its time.
gc.freeze()
gc.set_threshold(5_000)
gc.enable()
