"""How many SQL statements each operation of ours takes, the answer cache off: printed as JSON."""

from __future__ import annotations

import json
import os

import django

os.environ |= {
    "DJANGO_SETTINGS_MODULE": "settings.development",
    "ACCELERATORS_OFF": "answer_cache",
    "LOG_LEVEL": "ERROR",
}


def main() -> None:
    """Ask each question twice and count at the second time: the first one finds out what the content rests on."""
    django.setup()
    import logging

    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from benchmarks.ours import questions

    logging.disable(logging.CRITICAL)
    client = Client(headers={"host": "localhost"})
    counts: dict[str, int] = {}
    for name, question in questions().items():
        for _each in range(2):
            with CaptureQueriesContext(connection) as captured:
                client.post("/graphql/", question.bodies[0], content_type="application/json")
                counts[name] = len(captured)
    print(json.dumps(counts))


if __name__ == "__main__":
    main()
