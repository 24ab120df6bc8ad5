"""Starts the web server: `scripts/web` runs this module, which becomes granian.

Of the project only the settings are loaded here, which takes a moment. Each worker loads all of it, in seconds.
"""

from __future__ import annotations

import os
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DEFAULT_DB_ALIAS, Error, connections

from cms.operations.installation import WrongInstallation, verify_connection

#: Seconds between two tries, and tries between two lines.
RETRY, TRIES_A_LINE = 1, 10
#: Folders of media that granian hands out: public files alone. Whether a document may be read, Wagtail decides. Granian
#: says of a file what its name says, and nothing against sniffing: cms/media/models.py lets only names of rasters in.
PUBLIC_FOLDERS = ("images", "original_images")


def main() -> None:
    """Wait for the database, and become granian. Settings that are wrong, or those of another database, end it here."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings.production")
    try:
        media = Path(settings.MEDIA_ROOT)
    except ImproperlyConfigured as refusal:
        sys.exit(f"{os.environ['DJANGO_SETTINGS_MODULE']}: {refusal}")
    wait_for_database(say=lambda line: sys.stderr.write(f"{line}\n"))
    try:
        with warnings.catch_warnings():
            # Django warns of statements while apps are being loaded. Here none are.
            warnings.simplefilter("ignore", RuntimeWarning)
            verify_connection(connections[DEFAULT_DB_ALIAS])
    except WrongInstallation as refusal:
        sys.exit(str(refusal))
    connections.close_all()
    granian = str(Path(sys.executable).with_name("granian"))
    os.execv(granian, [granian, *_arguments(media)])  # noqa: S606 - our own server


def wait_for_database(*, say: Callable[[str], object]) -> None:
    """Return as soon as the database takes a connection; `say` is told meanwhile why it does not."""
    tries = 0
    while True:
        try:
            return connections[DEFAULT_DB_ALIAS].ensure_connection()
        except Error as error:
            if tries % TRIES_A_LINE == 0:
                # The driver's words name host and port, and no password.
                say(f"waits for the database: {' '.join(str(error).split())}")
        tries += 1
        time.sleep(RETRY)


def _arguments(media: Path) -> list[str]:
    arguments = [
        *("cms.wsgi:application", "--interface", "wsgi", "--no-ws"),
        *("--host", os.environ.get("WEB_HOST") or "127.0.0.1", "--port", os.environ.get("PORT") or "8000"),
        *("--workers", os.environ.get("WEB_WORKERS") or "2"),
        *("--blocking-threads", os.environ.get("WEB_THREADS") or "4"),
        # On HUP each worker is replaced by a new one, which takes over after so many seconds: loading takes three, and
        # more on a busy machine.
        *("--respawn-failed-workers", "--respawn-interval", "10", "--workers-kill-timeout", "10"),
    ]
    for name in PUBLIC_FOLDERS:
        folder = media / name
        folder.mkdir(parents=True, exist_ok=True)
        arguments += ["--static-path-route", f"/media/{name}", "--static-path-mount", str(folder)]
    return arguments


if __name__ == "__main__":
    main()
