"""What should be put right in the content: each app tells of its own by the hook `register_content_checks`.

@hooks.register("register_content_checks")
def checks() -> list[ContentCheck]:
    return [ContentCheck("without-summary", _("Articles without a summary"), lambda: ...)]
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet
from wagtail import hooks
from wagtail.permissions import policy_registry

HOOK = "register_content_checks"


@dataclass(frozen=True)
class ContentCheck:
    """One kind of fault.

    `faulty` gives the objects that have it, of a model with a permission policy (pages, images, documents, snippets);
    `detail` says what is wrong with one of them, where the label does not say enough.
    """

    name: str
    label: Any
    faulty: Callable[[], QuerySet]
    detail: Callable[[Any], str] | None = None

    def found(self, user: Any) -> QuerySet:
        """The faulty objects that somebody may change."""
        faulty = self.faulty()
        return faulty.filter(pk__in=_changeable(faulty.model, user).values("pk"))


def content_checks() -> Iterator[ContentCheck]:
    """All checks, in the order of the installed apps."""
    for hook in hooks.get_hooks(HOOK):
        yield from hook()


def _changeable(model: type[Model], user: Any) -> QuerySet:
    return policy_registry.get_by_type(model).instances_user_has_permission_for(user, "change")
