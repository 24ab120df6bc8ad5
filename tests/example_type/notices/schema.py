from __future__ import annotations

import graphene

from cms.graphql.schema.fields import Computed, fields_of
from cms.graphql.schema.lists.connections import Connection
from cms.graphql.schema.lists.filters import FilterInput
from cms.graphql.schema.lists.ordering import order_enum
from cms.graphql.schema.registry import root_query
from cms.graphql.wagtail.blocks import Blocks
from cms.search.registry import searchable, stream_text
from tests.example_type.notices.models import NoticePage

searchable(NoticePage, "NOTICE", "Notices", text=lambda notice: stream_text(notice, "body"))

NoticeOrder = order_enum(
    "NoticeOrder", "How notices are ordered.", LATEST=(["-valid_until"], "The latest first.")
)


class NoticeFilter(FilterInput):
    """Which notices."""

    reference = graphene.String(description="Their number.")


@fields_of(NoticePage)
class NoticePageFields:
    valid_until = Computed(graphene.Date, required=True, description="Last day of the notice.")
    body = Blocks("body", description="The text, block by block.")


@root_query
class NoticeQueries:
    notices = Connection(
        "notices.NoticePage", filter=NoticeFilter, order=NoticeOrder, description="Public notices."
    )
