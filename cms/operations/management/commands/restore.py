from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from wagtail.models import Revision

from cms.operations import installation
from cms.operations.backup import archive, databases, manifest, rebuilding
from cms.operations.backup.staging import staging


class Command(BaseCommand):
    help = (
        "Put what `backup` has written into this server, which is stopped and empty: verify the archive, restore "
        "database and files, apply migrations, check the polls, and make anew what is made from content."
    )
    # The database may be empty.
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("source", type=Path, help="a file that `backup` has written")
        parser.add_argument(
            "--replace",
            action="store_true",
            help="delete what this server holds, and put the backup in its place",
        )
        parser.add_argument(
            "--adopt",
            action="store_true",
            help="let the copy belong to these settings and keys, as `adopt_database` does",
        )

    def handle(self, *, source: Path, replace: bool, adopt: bool, **options: Any) -> None:
        with archive.reading(source) as backup:
            manifest.refuse_foreign(backup.manifest, adopt=adopt)
            if not replace and (held := _held()):
                raise CommandError(
                    f"This server is not empty: {held}. Restore into an empty one, or add --replace, which deletes it."
                )
            # All are stored before the database names them, and what it does not name goes last: whatever ends this
            # halfway, it can be run again.
            for name in backup.files:
                backup.restore_file(name)
            self._restore_database(backup)
            self._delete_others(backup)
        self._finish(backup.manifest, adopt=adopt)

    def _restore_database(self, backup: archive.Reader) -> None:
        name = databases.FILES[connection.vendor]
        settings.VAR.mkdir(exist_ok=True)
        with staging(settings.VAR, "restore-") as folder:
            backup.extract(name, folder / name)
            databases.load(folder / name)
        found = databases.state()
        wrong = {*found.rows.items()} ^ {*backup.manifest.rows.items()}
        if wrong or found.migrations != backup.manifest.migrations:
            tables = sorted({table for table, _number in wrong})
            raise CommandError(f"The database is not what the manifest says: {', '.join(tables)}.")

    def _delete_others(self, backup: archive.Reader) -> None:
        if backup.files:
            for name in set(archive.stored_files()).difference(backup.files):
                default_storage.delete(name)

    def _finish(self, restored: manifest.Manifest, *, adopt: bool) -> None:
        call_command("migrate", interactive=False, verbosity=0)
        if adopt:
            installation.record(anew=True)
        rebuilding.forget_the_moment()
        has_keys = restored.keys == installation.fingerprints_in_use()
        failed = []
        for command, error in rebuilding.rebuild(has_keys=has_keys):
            self.stdout.write(f"{command}: {error or 'done'}")
            failed += [command] if error else []
        if not has_keys:
            self.stdout.write("The polls were not verified: their ballots were signed with another key.")
        if failed:
            again = ", ".join(f"`manage.py {command}`" for command in failed)
            raise CommandError(
                f"Restored, but not all is well: see above, and run {again} when it is mended."
            )
        self.stdout.write(
            self.style.SUCCESS(f"Restored what version {restored.version} held {restored.made_at}.")
        )


def _held() -> str:
    """What of people's work this server holds; empty where there is none."""
    tables = connection.introspection.table_names()
    found = []
    for model, what in ((get_user_model(), "users"), (Revision, "versions of content")):
        if model._meta.db_table in tables and (number := model.objects.count()):
            found.append(f"{number} {what}")
    if next(archive.stored_files(), None):
        found.append("files")
    return ", ".join(found)
