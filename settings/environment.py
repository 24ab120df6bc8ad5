"""Reading settings from the environment: typed, and with errors that name the variable."""

from __future__ import annotations

import os

from django.core.exceptions import ImproperlyConfigured

TRUE, FALSE = {"1", "on", "true", "yes"}, {"0", "off", "false", "no", ""}


def text(name: str, default: str = "") -> str:
    """A variable as it is; `default` where it is not set or empty."""
    return os.environ.get(name, "").strip() or default


def flag(name: str, *, default: bool) -> bool:
    """A variable that is on or off."""
    value = os.environ.get(name)
    if value is None:
        return default
    if value.strip().lower() not in TRUE | FALSE:
        raise ImproperlyConfigured(f"{name} is {value!r}: write on or off.")
    return value.strip().lower() in TRUE


def number(name: str, *, default: int) -> int:
    """A variable that is a whole number, 0 or more."""
    value = text(name, str(default))
    if not value.isdigit():
        raise ImproperlyConfigured(f"{name} is {value!r}: write a whole number.")
    return int(value)


def words(name: str) -> list[str]:
    """A variable that lists words, divided by commas."""
    return [word.strip() for word in text(name).split(",") if word.strip()]


def require(*names: str) -> None:
    """Refuse to start where variables are missing, naming all of them at once."""
    if missing := [name for name in names if not text(name)]:
        raise ImproperlyConfigured(
            f"Not set: {', '.join(missing)}. docs/operations.md says what each is for."
        )
