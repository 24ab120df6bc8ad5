"""What the log calls a permission: Django keeps its name in English, in the database."""

from __future__ import annotations

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

#: What a codename says before the name of its model, e.g. "add" in "add_poll".
ACTIONS: dict[str, Promise] = {
    "add": pgettext_lazy("permission", "add"),
    "bulk_delete": pgettext_lazy("permission", "delete with all below it"),
    "change": pgettext_lazy("permission", "change"),
    "choose": pgettext_lazy("permission", "choose"),
    "delete": pgettext_lazy("permission", "delete"),
    "lock": pgettext_lazy("permission", "lock"),
    "publish": pgettext_lazy("permission", "publish"),
    "unlock": pgettext_lazy("permission", "unlock"),
    "view": pgettext_lazy("permission", "view"),
}
#: Permissions that are about no kind of object.
ALONE: dict[str, Promise] = {
    "access_admin": pgettext_lazy("permission", "use the admin"),
    "submit_translation": pgettext_lazy("permission", "have pages translated"),
}


def name_of(granted: Model) -> str:
    """A permission as "action: kind of object"; a group or a user by its own name."""
    if not isinstance(granted, Permission):
        return str(granted)
    if alone := ALONE.get(granted.codename):
        return str(alone)
    kind = ContentType.objects.get_for_id(granted.content_type_id)
    action = ACTIONS.get(granted.codename.removesuffix(f"_{kind.model}"))
    # A permission of a model that is gone, or with a codename of its own.
    return f"{action}: {kind.name}" if action else granted.name
