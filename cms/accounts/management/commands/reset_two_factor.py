from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms.accounts.audit import record
from cms.accounts.two_factor import devices
from cms.accounts.unlocking import account_named


class Command(BaseCommand):
    help = "Switch two-factor authentication of an account off: for a person who lost telephone and recovery codes."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")

    def handle(self, *args: Any, **options: Any) -> None:
        user = account_named(options["username"])
        if user is None or not devices.has_two_factor(user):
            raise CommandError(f"There is no account {options['username']} with two-factor authentication.")
        devices.switch_off(user)
        record("two_factor_off", user)
        self.stdout.write(f"two-factor authentication is off: {options['username']}")
