from __future__ import annotations

import logging
import os
from types import ModuleType
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from cms.accounts.setting_up import role_group, set_up_roles
from cms.content.demo import Demo
from cms.content.discovery import import_rooms

LOGIN = "bientap"
PASSWORD = "khucongnghiep"  # noqa: S105 - printed on purpose; never made where DEBUG is off
#: Logins of the roles, for trying the approval workflow; only where DEBUG is on.
ROLE_LOGINS = {"phongvien": "reporter", "bientapvien": "editor", "quantri": "administrator"}


class Command(BaseCommand):
    help = "Load the demonstration portal. Runs again without duplicates and touches no content that it did not make."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--english", action="store_true", help="Load a small part of it in English, too, below /en/."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        rooms = _rooms("demo")
        # Wagtail's log has a line for each page that is saved; what matters is told at the end.
        logging.getLogger("wagtail").setLevel(logging.WARNING)
        demo = Demo()
        with transaction.atomic():
            for room in rooms:
                if hasattr(room, "load"):
                    room.load(demo)
            for room in rooms:
                if hasattr(room, "finish"):
                    room.finish(demo)
            for room in _rooms("demo_english") if options["english"] else ():
                room.load(demo)
            set_up_roles()
            logins = [self._login(), *self._role_logins()]
        made = ", ".join(f"{kind} {number}" for kind, number in demo.made.items())
        self.stdout.write(f"demo content: {made or 'all there'}")
        self.stdout.write("\n".join(logins))

    def _login(self) -> str:
        users = get_user_model().objects
        if users.filter(username=LOGIN).exists():
            return f"login: {LOGIN} (made before)"
        password = os.environ.get("DEMO_PASSWORD") or (PASSWORD if settings.DEBUG else "")
        if not password:
            raise CommandError("Set DEMO_PASSWORD: the demo's own password is known to everybody.")
        users.create_superuser(LOGIN, "bientap@example.vn", password)
        return f"login: {LOGIN} / {password}"

    def _role_logins(self) -> list[str]:
        users = get_user_model().objects
        made = []
        for name, role in ROLE_LOGINS.items() if settings.DEBUG else ():
            group = role_group(role)
            if group is None or users.filter(username=name).exists():
                continue
            user = users.create_user(name, f"{name}@example.vn", os.environ.get("DEMO_PASSWORD") or PASSWORD)
            user.groups.add(group)
            made.append(f"login: {name} ({group})")
        return made


def _rooms(name: str) -> list[ModuleType]:
    return sorted(import_rooms(name), key=lambda room: getattr(room, "ORDER", -1))
