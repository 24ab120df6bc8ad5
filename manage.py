#!/usr/bin/env python3
"""Django's command line for this project."""

from __future__ import annotations

import gc
import os
import sys


def main() -> None:
    # As in cms/wsgi.py: the collector need not go through what is loaded, which stays, again and again.
    gc.disable()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings.development")
    import django
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        settings.INSTALLED_APPS  # noqa: B018 - reads the settings, so that a refusal is one line and no traceback
    except ImproperlyConfigured as refusal:
        sys.exit(f"{os.environ['DJANGO_SETTINGS_MODULE']}: {refusal}")
    django.setup()
    gc.freeze()
    gc.enable()
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
