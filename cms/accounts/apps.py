from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class AccountsConfig(AppConfig):
    name = "cms.accounts"
    label = "accounts"
    verbose_name = _("Accounts")
    default = True

    def ready(self) -> None:
        from cms.accounts.names import put_family_names_first
        from cms.accounts.signal_handlers import watch
        from cms.operations.clock import by_the_clock

        by_the_clock("prune_audit_log", at=1)
        watch()
        put_family_names_first()


class UsersConfig(WagtailUsersAppConfig):
    """Wagtail's users, where nobody gives more than they have (`delegation.py`)."""

    user_viewset = "cms.accounts.people.UserViewSet"
