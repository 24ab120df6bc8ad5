#!/usr/bin/env python3
"""Django's command line for this project."""

from __future__ import annotations

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings.development")
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        settings.INSTALLED_APPS  # noqa: B018 - reads the settings, so that a refusal is one line and no traceback
    except ImproperlyConfigured as refusal:
        sys.exit(f"{os.environ['DJANGO_SETTINGS_MODULE']}: {refusal}")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
