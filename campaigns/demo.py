"""Two campaigns of the demonstration."""

from __future__ import annotations

from datetime import date
from typing import Any

from campaigns.models import CampaignIndexPage, CampaignPage
from cms.content.demo import Demo, bullets, heading, paragraph

ORDER = 10


def load(demo: Demo) -> None:
    """Make the list of campaigns and its campaigns."""
    index, _made = demo.child(
        demo.home,
        CampaignIndexPage,
        slug="phong-trao-thi-dua",
        title="Phong trào thi đua",
        introduction="Các phong trào thi đua yêu nước được phát động trên địa bàn tỉnh.",
    )
    _for_the_poor(demo, index)
    _new_countryside(demo, index)


def _measure(title: str, *texts: str) -> dict[str, Any]:
    return {"type": "measure", "value": {"title": title, "description": [paragraph(*texts)]}}


def _for_the_poor(demo: Demo, index: CampaignIndexPage) -> None:
    campaign, made = demo.child(
        index,
        CampaignPage,
        slug="vi-nguoi-ngheo",
        title="Phong trào thi đua “Vì người nghèo - Không để ai bị bỏ lại phía sau”",
        slogan="Không để ai bị bỏ lại phía sau",
        starts_on=date(2021, 1, 1),
        ends_on=date(2025, 12, 31),
        hero_image=demo.image("chung-tay"),
        objectives=[
            heading("Mục đích"),
            paragraph(
                "Phát huy sức mạnh đoàn kết của cả hệ thống chính trị và của cộng đồng để giảm nghèo bền vững.",
                "Khơi dậy nhận thức, tính chủ động và sáng tạo của từng cá nhân, tập thể, gia đình; người nghèo tự vươn lên bằng chính sức mình.",
            ),
        ],
        requirements=[
            heading("Yêu cầu"),
            bullets(
                "Coi phong trào là nhiệm vụ trọng tâm, thường xuyên của các sở, ngành, địa phương và khối thi đua.",
                "Lấy kết quả thực hiện làm căn cứ bình xét thi đua hằng năm.",
                "Phát hiện, nhân rộng và khen thưởng kịp thời những điển hình làm tốt.",
            ),
        ],
        measures=[
            _measure(
                "Tháo gỡ khó khăn", "Tham mưu tháo gỡ vướng mắc trong thực hiện các chính sách giảm nghèo."
            ),
            _measure(
                "Đưa chính sách đến đúng người",
                "Thực hiện đầy đủ, kịp thời chính sách cho đúng đối tượng thụ hưởng.",
            ),
            _measure(
                "Tín dụng và trợ giúp",
                "Cho vay ưu đãi đối với hộ nghèo; trợ giúp hộ không còn khả năng lao động.",
            ),
            _measure(
                "Dịch vụ xã hội cơ bản",
                "Việc làm, y tế, giáo dục, nhà ở, nước sạch, vệ sinh và thông tin, trước hết cho đồng bào dân tộc thiểu số và miền núi.",
            ),
            _measure(
                "Gắn với nông thôn mới",
                "Lồng ghép với phong trào “Cả nước chung sức xây dựng nông thôn mới”.",
            ),
            _measure(
                "Huy động nguồn lực", "Vận động doanh nghiệp và nhân dân trong và ngoài nước cùng tham gia."
            ),
        ],
    )
    if not made:
        return
    basis = demo.legal_document(
        "4524/KH-UBND",
        title="Kế hoạch thực hiện phong trào thi đua “Vì người nghèo - Không để ai bị bỏ lại phía sau” giai đoạn 2021 - 2025",
        issuer="UBND tỉnh Phú Thọ",
        issued_on=date(2022, 11, 11),
        file="4524-KH-UBND.pdf",
    )
    campaign.legal_basis_links.create(legal_document=basis, sort_order=0)
    targets = [("Tỷ lệ hộ nghèo", "%", 5.2, 2.5, 3.1), ("Nhà ở được hỗ trợ", "nhà", 0, 1200, 940)]
    for order, (label, unit, baseline, goal, current) in enumerate(targets):
        campaign.targets.create(
            label=label, unit=unit, baseline=baseline, goal=goal, current=current, sort_order=order
        )
    milestones = [
        ("Ban hành Kế hoạch số 4524/KH-UBND", date(2022, 11, 11), True),
        ("Sơ kết giữa giai đoạn", date(2023, 12, 15), True),
        ("Tổng kết phong trào", date(2025, 12, 20), False),
    ]
    for order, (title, day, done) in enumerate(milestones):
        campaign.milestones.create(title=title, date=day, done=done, sort_order=order)
    participants = [
        ("UBND tỉnh Phú Thọ", "Chỉ đạo"),
        ("Các sở, ban, ngành", "Thực hiện"),
        ("Doanh nghiệp trong các khu công nghiệp", "Đồng hành"),
    ]
    for order, (name, role) in enumerate(participants):
        campaign.participants.create(name=name, role=role, sort_order=order)
    campaign.save_revision().publish()


def _new_countryside(demo: Demo, index: CampaignIndexPage) -> None:
    campaign, made = demo.child(
        index,
        CampaignPage,
        slug="nong-thon-moi",
        title="Phong trào thi đua “Cả nước chung sức xây dựng nông thôn mới”",
        slogan="Chung sức xây dựng nông thôn mới",
        starts_on=date(2026, 1, 1),
        ends_on=date(2030, 12, 31),
        hero_image=demo.image("nong-thon-moi"),
        objectives=[
            paragraph("Nâng cao đời sống vật chất và tinh thần của người dân nông thôn (nội dung minh họa).")
        ],
        requirements=[
            paragraph("Phong trào được triển khai thiết thực, tránh hình thức, lấy người dân làm chủ thể.")
        ],
        measures=[_measure("Hạ tầng", "Kết nối giao thông nông thôn với các khu công nghiệp.")],
    )
    if made:
        campaign.targets.create(
            label="Xã đạt chuẩn nông thôn mới", unit="xã", baseline=60, goal=100, current=68, sort_order=0
        )
        campaign.milestones.create(
            title="Phát động phong trào", date=date(2026, 3, 20), done=True, sort_order=0
        )
        campaign.participants.create(name="Các xã, phường trong tỉnh", role="Thực hiện", sort_order=0)
        campaign.save_revision().publish()
