from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms.accounts.unlocking import account_named, unlock


class Command(BaseCommand):
    help = "Forget the failed sign-ins of an account, which is then open from everywhere."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")

    def handle(self, *args: Any, **options: Any) -> None:
        user = account_named(options["username"])
        if user is None:
            raise CommandError(f"There is no account {options['username']}.")
        self.stdout.write(f"attempts forgotten: {unlock(user)}")
