"""Production settings of the portal that the browser's tests run: static files come from where they lie."""

from __future__ import annotations

import os

from settings.production import *  # noqa: F403
from settings.production import STORAGES

STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True

CMS_LIVE_FIGURES_SECONDS = 0  # tests see their votes at once

# A worker would be busy for minutes with the demonstration's pages: what they need is made at once, or when it is asked for.
if os.environ.get("PORTAL_TASKS") == "none":
    TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}

# What a test finds stored never hangs on whether an autosave has come before it.
WAGTAIL_AUTOSAVE_INTERVAL = 0
