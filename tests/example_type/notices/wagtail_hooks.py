from __future__ import annotations

from wagtail import hooks
from wagtail.admin.ui.tables import Column

from cms.desk.checks import ContentCheck
from cms.desk.lists.viewsets import AFTER, BEFORE, ContentListViewSet
from tests.example_type.notices.models import NoticePage


class NoticeListViewSet(ContentListViewSet):
    model = NoticePage
    menu_label = "Thông báo"
    columns = [*BEFORE, Column("reference", label="Số hiệu", sort_key="reference"), *AFTER]


@hooks.register("register_admin_viewset")
def notice_list() -> NoticeListViewSet:
    return NoticeListViewSet("notices")


@hooks.register("register_content_checks")
def notice_checks() -> list[ContentCheck]:
    return [
        ContentCheck(
            "notices-no-text", "thông báo chưa có nội dung", lambda: NoticePage.objects.live().filter(body=[])
        )
    ]
