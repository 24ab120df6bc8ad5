"""What a backup holds and what it belongs to, as its `manifest.json` says, and whether this server may take it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from cms.operations import installation

NAME = "manifest.json"
FORMAT = 1


@dataclass(frozen=True)
class DatabaseState:
    """The rows of each table at the moment of the backup, and the migrations that were applied, as `app.name`."""

    rows: dict[str, int]
    migrations: list[str]


@dataclass(frozen=True)
class Manifest:
    """See above. `sums` has the SHA-256 of each file of the archive; `keys` are fingerprints, never keys."""

    version: str
    made_at: str
    environment: str
    engine: str
    keys: dict[str, str]
    rows: dict[str, int]
    migrations: list[str]
    sums: dict[str, str] = field(default_factory=dict)
    format: int = FORMAT

    def encode(self) -> bytes:
        # Names of files may be no UTF-8: the standard library writes and reads Python's stand-ins for such bytes.
        return json.dumps(asdict(self), indent=2).encode()


def describe(state: DatabaseState, sums: dict[str, str]) -> Manifest:
    """The manifest of a backup that is made now."""
    return Manifest(
        version=settings.CMS_VERSION,
        made_at=timezone.now().isoformat(timespec="seconds"),
        environment=settings.CMS_ENVIRONMENT,
        engine=connection.vendor,
        keys=installation.fingerprints_in_use(),
        rows=state.rows,
        migrations=state.migrations,
        sums=sums,
    )


def read(content: bytes) -> Manifest:
    """The manifest of an archive; raises CommandError where this version can't read it."""
    try:
        found: dict[str, Any] = json.loads(content)
        manifest = Manifest(**found) if found.get("format") == FORMAT else None
    except (ValueError, TypeError, AttributeError) as error:
        raise CommandError(f"{NAME} of this archive can't be read: {error}") from error
    if manifest is None:
        raise CommandError(f"This backup has format {found.get('format')}, and this version reads {FORMAT}.")
    return manifest


def refuse_foreign(manifest: Manifest, *, adopt: bool) -> None:
    """Raise CommandError where this server could not work with the backup; `adopt` takes other settings and keys."""
    when = f"{timezone.localtime(datetime.fromisoformat(manifest.made_at)):%d/%m/%Y %H:%M}"
    if manifest.engine != connection.vendor:
        raise CommandError(
            f"This backup of {when} is of {manifest.engine}, and DATABASE_URL names {connection.vendor}: "
            f"set DATABASE_URL to an empty database of {manifest.engine}."
        )
    known = _known_migrations()
    if unknown := sorted(set(manifest.migrations) - known):
        raise CommandError(
            f"This backup of {when} was made by version {manifest.version}, which has migrations that this one "
            f"({settings.CMS_VERSION}) lacks: {', '.join(unknown[:3])}. Install that version, and restore with it."
        )
    if not adopt:
        belongs = {installation.ENVIRONMENT: manifest.environment, **manifest.keys}
        installation.verify(belongs, what="backup", adopting="add --adopt")


def _known_migrations() -> set[str]:
    """Those of this version, and those that its squashed ones stand for: databases keep their names."""
    found = MigrationLoader(None).disk_migrations
    replaced = (name for each in found.values() for name in each.replaces)
    return {f"{app}.{name}" for app, name in {*found, *replaced}}
