from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GraphQLConfig(AppConfig):
    name = "cms.graphql"
    label = "cms_graphql"
    verbose_name = _("GraphQL")

    def ready(self) -> None:
        from cms.graphql.wagtail.grapple import prepare
        from cms.search.indexing import register_signal_handlers

        prepare()
        # The declarations that were just read also say what can be found.
        register_signal_handlers()
