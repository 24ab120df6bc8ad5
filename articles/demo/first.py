"""The article that is shown first."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from articles.models import (
    ArticleAttachment,
    ArticleCategory,
    ArticleIndexPage,
    ArticleLegalDocument,
    ArticlePage,
)
from cms.content.demo import Demo, bullets, heading, paragraph, picture

SLUG = "phu-tho-trien-khai-phong-trao-vi-nguoi-ngheo"


def first_article(demo: Demo, index: ArticleIndexPage) -> None:
    """Make the article on the movement for the poor."""
    campaign = (
        ArticlePage._meta.get_field("campaign").related_model.objects.filter(slug="vi-nguoi-ngheo").first()
    )
    people = demo.image("chung-tay")
    article, made = demo.child(
        index,
        ArticlePage,
        slug=SLUG,
        title="Phú Thọ triển khai phong trào thi đua “Vì người nghèo - Không để ai bị bỏ lại phía sau”",
        seo_title="Phong trào “Vì người nghèo - Không để ai bị bỏ lại phía sau” tại Phú Thọ",
        search_description="Kế hoạch 4524/KH-UBND: mục đích, yêu cầu và giải pháp của phong trào giai đoạn 2021 - 2025.",
        summary=(
            "Ngày 11/11/2022, UBND tỉnh Phú Thọ ban hành Kế hoạch số 4524/KH-UBND về thực hiện phong trào thi đua “Vì người "
            "nghèo - Không để ai bị bỏ lại phía sau” giai đoạn 2021 - 2025 trên địa bàn tỉnh."
        ),
        published_at=datetime(2022, 11, 14, 8, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh")),
        author="Nguyễn Việt Dũng",
        source="Văn phòng",
        category=ArticleCategory.objects.get(slug="phong-trao-thi-dua"),
        campaign=campaign,
        hero_image=people,
        featured=True,
        body=[
            heading("Mục đích"),
            paragraph(
                "Phong trào nhằm quy tụ sức mạnh đoàn kết của cả hệ thống chính trị và cộng đồng, khơi dậy nhận thức, tinh thần "
                "chủ động, sáng tạo của mỗi cá nhân, tập thể và gia đình trong công cuộc giảm nghèo.",
                "Mục tiêu cuối cùng là giảm nghèo bền vững: người nghèo được tiếp sức để tự mình vươn lên.",
            ),
            picture(people, "Cộng đồng chung tay vì người nghèo"),
            heading("Yêu cầu"),
            bullets(
                "Xác định đây là nhiệm vụ trọng tâm, thường xuyên của các sở, ngành, địa phương và các khối thi đua.",
                "Đưa kết quả thực hiện vào tiêu chí bình xét thi đua hằng năm.",
                "Kịp thời phát hiện, nhân rộng và khen thưởng những điển hình tiên tiến.",
            ),
            heading("Giải pháp"),
            bullets(
                "Tham mưu tháo gỡ khó khăn, vướng mắc trong công tác giảm nghèo.",
                "Đưa các chính sách đến đầy đủ, đúng đối tượng thụ hưởng.",
                "Tín dụng chính sách cho người nghèo; trợ giúp những hộ không có khả năng lao động.",
                "Bảo đảm các dịch vụ cơ bản: việc làm, y tế, giáo dục, nhà ở, nước sạch, vệ sinh và thông tin, ưu tiên đồng bào dân tộc thiểu số và miền núi.",
                "Gắn phong trào với “Cả nước chung sức xây dựng nông thôn mới”.",
                "Vận động doanh nghiệp và người dân trong nước, ngoài nước cùng góp sức.",
            ),
            {
                "type": "quote",
                "value": {
                    "text": "Không để ai bị bỏ lại phía sau.",
                    "attribution": "Kế hoạch số 4524/KH-UBND",
                },
            },
        ],
    )
    if not made:
        return
    article.tags.add("giảm nghèo", "thi đua", "an sinh xã hội")
    plan = demo.legal_document(
        "4524/KH-UBND",
        title="Kế hoạch thực hiện phong trào thi đua “Vì người nghèo - Không để ai bị bỏ lại phía sau” giai đoạn 2021 - 2025",
        issuer="UBND tỉnh Phú Thọ",
        issued_on=date(2022, 11, 11),
        file="4524-KH-UBND.pdf",
    )
    article.legal_document_links.add(ArticleLegalDocument(legal_document=plan, sort_order=0))
    article.attachments.add(ArticleAttachment(document=plan.document, sort_order=0))
    article.save_revision().publish()
