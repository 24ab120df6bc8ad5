"""What a web server looks at before its workers load the project, in a process of its own: settings and database.

Prints the folder of media. `cms/operations/web_server.py` runs it, with its own process id as the argument.
"""

from __future__ import annotations

import os
import sys
import warnings

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DEFAULT_DB_ALIAS, connections

from cms.operations.installation import WrongInstallation, verify_connection
from cms.operations.waiting import WrongAddress, wait_for_database


def main() -> None:
    """Wait for the database. Settings that are wrong, or those of another database, end it with a sentence."""
    server = int(sys.argv[1])
    try:
        media = settings.MEDIA_ROOT
    except ImproperlyConfigured as refusal:
        sys.exit(f"{os.environ['DJANGO_SETTINGS_MODULE']}: {refusal}")
    try:
        # A server that is told to end does not tell us.
        wait_for_database(
            say=lambda line: sys.stderr.write(f"{line}\n"), is_wanted=lambda: os.getppid() == server
        )
        with warnings.catch_warnings():
            # Django warns of statements while apps are being loaded. Here none are.
            warnings.simplefilter("ignore", RuntimeWarning)
            verify_connection(connections[DEFAULT_DB_ALIAS])
    except (WrongAddress, WrongInstallation) as refusal:
        sys.exit(str(refusal))
    connections.close_all()
    sys.stdout.write(str(media))


if __name__ == "__main__":
    main()
