from __future__ import annotations

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import Error, connection

#: Seconds between two tries, and tries between two lines.
RETRY, TRIES_A_LINE = 1, 10


class Command(BaseCommand):
    help = "Wait until the database answers, and say so; refuse one that belongs to other settings."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--seconds", type=int, default=0, help="give up after so many; 0: never")

    def handle(self, *, seconds: int, **options: Any) -> None:
        tries = 0
        while not self._answers(is_told=tries % TRIES_A_LINE == 0):
            tries += 1
            if seconds and tries >= seconds:
                raise CommandError(f"The database did not answer within {seconds} seconds.")
            time.sleep(RETRY)

    def _answers(self, *, is_told: bool) -> bool:
        try:
            connection.ensure_connection()
        except Error as error:
            if is_told:
                # The driver's words name host and port, and no password.
                self.stderr.write(f"waits for the database: {' '.join(str(error).split())}")
            return False
        return True
