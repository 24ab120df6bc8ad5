"""The pages of Wagtail's own API within the admin, which its choosers and its explorer read."""

from __future__ import annotations

from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.api.v2.router import WagtailAPIRouter


class ReadOnlyPages(PagesAdminAPIViewSet):
    """Pages are changed by the admin's views alone: Wagtail's actions go past the trash, the checks and the lock.

    No screen asks for them.
    """

    actions = {}


def read_pages_only(router: WagtailAPIRouter) -> None:
    """Hook `construct_admin_api`."""
    router.register_endpoint("pages", ReadOnlyPages)
