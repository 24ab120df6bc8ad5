from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GraphQLConfig(AppConfig):
    name = "cms.graphql"
    label = "cms_graphql"
    verbose_name = _("GraphQL")

    def ready(self) -> None:
        from cms.graphql.grapple import prepare

        prepare()
