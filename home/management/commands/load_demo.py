from __future__ import annotations

import logging
import os
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from io import StringIO
from types import ModuleType
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ObjectDoesNotExist
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django_tasks import TaskResult
from modelsearch.tasks import insert_or_update_object_task

from cms.accounts.setting_up import role_group, set_up_roles
from cms.content.autodiscovery import autodiscover
from cms.content.demo import Demo
from cms.media.rendition_tasks import make_renditions_of
from cms.operations.task_queue import held_tasks
from cms.search.indexing import refresh_entry

LOGIN = "bientap"
PASSWORD = "khucongnghiep"  # noqa: S105 - printed on purpose; made in development alone
#: Logins of the roles, for trying the approval workflow; only in development.
ROLE_LOGINS = {"phongvien": "reporter", "bientapvien": "editor", "quantri": "administrator"}

#: Tasks in whose place commands go through all of the content.
DONE_IN_BULK = {
    insert_or_update_object_task.module_path,
    make_renditions_of.module_path,
    refresh_entry.module_path,
}


class Command(BaseCommand):
    help = "Load the demonstration portal. Runs again without duplicates and touches no content that it did not make."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--english", action="store_true", help="Load a small part of it in English, too, below /en/."
        )
        parser.add_argument(
            "--no-renditions",
            action="store_false",
            dest="renditions",
            help="Leave the pictures at all sizes to `make_renditions`: readers get null for them until it has run.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        password = _login_password()
        rooms = _rooms("demo")
        # Wagtail's log has a line for each page that is saved; what matters is told at the end.
        logging.getLogger("wagtail").setLevel(logging.WARNING)
        demo = Demo()
        with held_tasks() as held, transaction.atomic():
            for room in rooms:
                if hasattr(room, "load"):
                    self._part(room, demo, room.load)
            for room in rooms:
                if hasattr(room, "finish"):
                    self._part(room, demo, room.finish)
            for room in _rooms("demo_english") if options["english"] else ():
                self._part(room, demo, room.load)
            set_up_roles()
            logins = [self._login(password), *self._role_logins()]
        self._follow_up(held, renditions=options["renditions"])
        made = ", ".join(f"{kind} {number}" for kind, number in demo.made.items())
        self.stdout.write(f"demo content: {made or 'all there'}")
        self.stdout.write("\n".join(logins))

    def _part(self, room: ModuleType, demo: Demo, load: Callable[[Demo], None]) -> None:
        self._say(f"{room.__name__}: {load.__name__}")
        load(demo)

    def _follow_up(self, held: list[TaskResult], *, renditions: bool) -> None:
        """What would be left to a worker, done now and each but once."""
        self._say("references")
        tasks = {(each.task.module_path, repr((each.args, each.kwargs))): each for each in held}
        for (path, _arguments), each in tasks.items():
            if path not in DONE_IN_BULK:
                # What was deleted in the meantime needs nothing.
                with suppress(ObjectDoesNotExist):
                    each.task.call(*each.args, **each.kwargs)
        self._say("search")
        call_command("update_index", verbosity=0, stdout=StringIO())
        call_command("reindex_search", stdout=StringIO())
        if renditions:
            self._say("pictures at all sizes")
            call_command("make_renditions", stdout=self.stdout)

    def _say(self, part: str) -> None:
        self.stdout.write(f"{part} ...")
        self.stdout.flush()

    def _login(self, password: str) -> str:
        if not password:
            return f"login: {LOGIN} (made before)"
        get_user_model().objects.create(
            username=LOGIN,
            email="bientap@example.vn",
            password=_encoded(password),
            is_staff=True,
            is_superuser=True,
        )
        return f"login: {LOGIN} / {password}"

    def _role_logins(self) -> list[str]:
        users = get_user_model().objects
        made = []
        for name, role in ROLE_LOGINS.items() if _is_development() else ():
            group = role_group(role)
            if group is None or users.filter(username=name).exists():
                continue
            password = _encoded(os.environ.get("DEMO_PASSWORD") or PASSWORD)
            user = users.create(username=name, email=f"{name}@example.vn", password=password)
            user.groups.add(group)
            made.append(f"login: {name} ({group})")
        return made


# All logins have one password, and a hash takes half a second.
@cache
def _encoded(password: str) -> str:
    return make_password(password)


def _login_password() -> str:
    """The password of the login; empty where there is one already. Raises CommandError before anything is made."""
    if get_user_model().objects.filter(username=LOGIN).exists():
        return ""
    password = os.environ.get("DEMO_PASSWORD") or (PASSWORD if _is_development() else "")
    if not password:
        raise CommandError("Set DEMO_PASSWORD: the demo's own password is known to everybody.")
    return password


def _is_development() -> bool:
    return settings.CMS_ENVIRONMENT == "development"


def _rooms(name: str) -> list[ModuleType]:
    return sorted(autodiscover(name), key=lambda room: getattr(room, "ORDER", -1))
