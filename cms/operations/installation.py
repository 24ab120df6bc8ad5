"""What a database belongs to: the environment that it serves, and the keys that its rows were signed with.

`migrate` writes it down under production settings. From then on a process with other settings, or with another key that
rows depend on, is refused when it first connects: from cron, without DJANGO_SETTINGS_MODULE, it would sign with the
development key what nobody could verify afterwards.

A key that rows depend on is named in the setting CMS_KEYS_OF_ROWS: the variable that holds it, and a module with
`fingerprint()`, a digest of the key, and `is_in_use()`, whether there are such rows. The first needs no models: a
server that starts is refused before they are loaded.
"""

from __future__ import annotations

import os
from importlib import import_module
from typing import Any, Protocol, cast

from django.conf import settings
from django.core.management.base import CommandError
from django.db import DEFAULT_DB_ALIAS
from django.db.backends.base.base import BaseDatabaseWrapper

ENVIRONMENT = "environment"
TABLE = "operations_installation"


class WrongInstallation(CommandError):
    """This database belongs to other settings; says what to do."""


class Key(Protocol):
    """What such a module has."""

    def fingerprint(self) -> str: ...
    def is_in_use(self) -> bool: ...


#: Processes look once; `adopt_database` does not look at all.
_state = {"verified": False}


def verify_once(connection: BaseDatabaseWrapper, **_signal: Any) -> None:
    """For `connection_created`: raise WrongInstallation, with the connection closed, where it is not ours."""
    if _state["verified"] or connection.alias != DEFAULT_DB_ALIAS:
        return
    verify_connection(connection)
    _state["verified"] = True


def verify_connection(connection: BaseDatabaseWrapper) -> None:
    """Raise WrongInstallation, with the connection closed, where its database is not ours."""
    try:
        verify(_recorded(connection))
    except WrongInstallation:
        connection.close()
        raise


def verify(
    recorded: dict[str, str],
    *,
    what: str = "database",
    adopting: str = "run `manage.py adopt_database` first",
) -> None:
    """Compare what a database or a backup says of itself with this process; raises WrongInstallation.

    `adopting` is how to take it all the same.
    """
    environment = recorded.get(ENVIRONMENT, settings.CMS_ENVIRONMENT)
    if environment != settings.CMS_ENVIRONMENT:
        raise WrongInstallation(
            f"This {what} belongs to settings.{environment}, but these are {_settings()}. "
            f"Set DJANGO_SETTINGS_MODULE=settings.{environment}; for a copy that you may change, {adopting}."
        )
    for setting, key in _keys().items():
        if recorded.get(setting, key.fingerprint()) != key.fingerprint():
            raise WrongInstallation(
                f"{setting} is not the one that this {what} was written with: "
                "what was signed with it could not be verified. Set it as it was; where it is lost for good, "
                f"{adopting}."
            )


def fingerprints_in_use() -> dict[str, str]:
    """Digests of the keys that rows depend on, by their settings."""
    return {each: key.fingerprint() for each, key in _keys().items() if key.is_in_use()}


def record(*, anew: bool = False) -> None:
    """Write down what this database belongs to; what stands there already, only `anew`, or while no row needs it."""
    from cms.operations.models import Installation  # models are not ready when this module is imported

    keys = _keys()
    found = {ENVIRONMENT: settings.CMS_ENVIRONMENT} | {each: key.fingerprint() for each, key in keys.items()}
    for name, value in found.items():
        is_free = anew or (name in keys and not keys[name].is_in_use())
        if is_free:
            Installation.objects.update_or_create(name=name, defaults={"value": value})
        else:
            Installation.objects.get_or_create(name=name, defaults={"value": value})


def record_in_production(**_signal: Any) -> None:
    """For `post_migrate`."""
    if settings.CMS_ENVIRONMENT == "production":
        record()


def skip_verification() -> None:
    """For the command that makes a database ours."""
    _state["verified"] = True


def _keys() -> dict[str, Key]:
    return {each: cast("Key", import_module(path)) for each, path in settings.CMS_KEYS_OF_ROWS.items()}


def _recorded(connection: BaseDatabaseWrapper) -> dict[str, str]:
    with connection.cursor() as cursor:
        if TABLE not in connection.introspection.table_names(cursor):
            return {}
        cursor.execute(f"SELECT name, value FROM {TABLE}")  # noqa: S608 - a constant
        return dict(cursor.fetchall())


def _settings() -> str:
    return os.environ.get("DJANGO_SETTINGS_MODULE", "others")
