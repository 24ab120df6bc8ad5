"""Off switches of all that makes answers faster and changes none of them.

With every switch off the endpoint answers in its plainest way, the reference that `tests/oracle` compares with. An
operator switches one off (`ACCELERATORS_OFF`) to find a fault.
"""

from __future__ import annotations

from django.conf import settings


def is_on(name: str) -> bool:
    """Whether an accelerator of CMS_ACCELERATORS is on."""
    accelerators: dict[str, bool] = settings.CMS_ACCELERATORS
    return accelerators[name]
