"""Steps of the set-up, each taken once, so that what people change afterwards stays as they made it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from cms.accounts.models import SetUpStep


def once(key: str, make: Callable[[], int | None]) -> bool:
    """Call `make` unless this step was taken before; whether it was called. It returns the key of what it made."""
    step, is_new = SetUpStep.objects.get_or_create(key=key)
    if is_new and (made := make()) is not None:
        SetUpStep.objects.filter(pk=step.pk).update(made=made)
    return is_new


def untaken(keys: Iterable[str]) -> list[str]:
    """Those of these steps that were never taken; from now on they are."""
    wanted = list(keys)
    taken = set(SetUpStep.objects.filter(key__in=wanted).values_list("key", flat=True))
    new = [key for key in wanted if key not in taken]
    # Another machine may be at it.
    SetUpStep.objects.bulk_create([SetUpStep(key=key) for key in new], ignore_conflicts=True)
    return new


def made(key: str) -> int | None:
    """The key of what a step made; None where it made nothing or was not taken."""
    return SetUpStep.objects.filter(key=key).values_list("made", flat=True).first()
