"""Two campaigns of the demonstration: one that has ended, one under way."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from campaigns.models import (
    CampaignIndexPage,
    CampaignLegalBasis,
    CampaignPage,
    Milestone,
    Participant,
    Target,
)
from cms.content.demo import NOTE, Demo, bullets, heading, paragraph

ORDER = 10


def load(demo: Demo) -> None:
    """Make the list of campaigns and its campaigns."""
    index, _made = demo.child(
        demo.home,
        CampaignIndexPage,
        slug="phong-trao-thi-dua",
        title="Phong trào thi đua",
        introduction=f"Các phong trào thi đua yêu nước được phát động trên địa bàn tỉnh. {NOTE}",
    )
    _for_the_poor(demo, index)
    _new_countryside(demo, index)


def _for_the_poor(demo: Demo, index: CampaignIndexPage) -> None:
    campaign, made = demo.child(
        index,
        CampaignPage,
        slug="vi-nguoi-ngheo",
        title="Phong trào thi đua “Vì người nghèo - Không để ai bị bỏ lại phía sau”",
        search_description="Mục đích, yêu cầu, giải pháp và kết quả của phong trào giai đoạn 2021 - 2025 trên địa bàn tỉnh.",
        slogan="Vì người nghèo - Không để ai bị bỏ lại phía sau",
        starts_on=date(2021, 1, 1),
        ends_on=date(2025, 12, 31),
        hero_image=demo.image("chung-tay"),
        objectives=[
            heading("Mục đích"),
            paragraph(
                "Phát huy sức mạnh đoàn kết của cả hệ thống chính trị và cộng đồng để giảm nghèo bền vững.",
                "Khơi dậy nhận thức, tính chủ động và sức sáng tạo của từng cá nhân, tập thể, gia đình; tiếp sức để người "
                "nghèo tự vươn lên bằng chính nội lực của mình.",
            ),
        ],
        requirements=[
            heading("Yêu cầu"),
            bullets(
                "Là nhiệm vụ trọng tâm, thường xuyên của các sở, ban, ngành, địa phương và khối thi đua.",
                "Kết quả thực hiện được tính vào bình xét thi đua hằng năm.",
                "Điển hình tốt được phát hiện, nhân rộng và khen thưởng kịp thời.",
            ),
        ],
        measures=[
            _measure(
                "Tháo gỡ vướng mắc",
                "Tham mưu tháo gỡ khó khăn trong việc thực hiện các chính sách giảm nghèo.",
            ),
            _measure(
                "Đưa chính sách đến đúng người",
                "Thực hiện đầy đủ, kịp thời chính sách cho những người được hưởng.",
            ),
            _measure(
                "Tín dụng và trợ giúp",
                "Cho vay ưu đãi đối với hộ nghèo; trợ giúp những hộ không còn khả năng lao động.",
            ),
            _measure(
                "Dịch vụ xã hội cơ bản",
                "Bảo đảm việc làm, y tế, giáo dục, nhà ở, nước sạch, vệ sinh và thông tin.",
                "Ưu tiên đồng bào dân tộc thiểu số và miền núi.",
            ),
            _measure(
                "Gắn với nông thôn mới", "Gắn phong trào với “Cả nước chung sức xây dựng nông thôn mới”."
            ),
            _measure(
                "Huy động nguồn lực",
                "Vận động doanh nghiệp và nhân dân trong nước, ngoài nước cùng tham gia.",
            ),
        ],
    )
    if not made:
        return
    plan = demo.legal_document(
        "4524/KH-UBND",
        title="Kế hoạch thực hiện phong trào thi đua “Vì người nghèo - Không để ai bị bỏ lại phía sau” giai đoạn 2021 - 2025",
        issuer="UBND tỉnh Phú Thọ",
        issued_on=date(2022, 11, 11),
        file="4524-KH-UBND.pdf",
    )
    campaign.legal_basis_links = [CampaignLegalBasis(legal_document=plan)]
    campaign.targets = [
        _target("Tỷ lệ hộ nghèo (minh họa)", "%", "5.2", "2.5", "2.8"),
        _target("Nhà ở được xây mới, sửa chữa (minh họa)", "nhà", "0", "1200", "1130"),
        _target("Lao động được học nghề miễn phí (minh họa)", "người", "0", "5000", "5240"),
    ]
    campaign.milestones = [
        Milestone(title="Ban hành Kế hoạch số 4524/KH-UBND", date=date(2022, 11, 11), done=True),
        Milestone(title="Sơ kết giữa giai đoạn (minh họa)", date=date(2023, 12, 15), done=True),
        Milestone(title="Tổng kết phong trào (minh họa)", date=date(2025, 12, 19), done=True),
    ]
    campaign.participants = [
        Participant(name="UBND tỉnh Phú Thọ", role="Ban hành kế hoạch, chỉ đạo chung"),
        Participant(name="Các sở, ban, ngành, địa phương và khối thi đua", role="Tổ chức thực hiện"),
        Participant(name="Doanh nghiệp và nhân dân trong nước, ngoài nước", role="Đóng góp nguồn lực"),
    ]
    _publish(campaign)


def _new_countryside(demo: Demo, index: CampaignIndexPage) -> None:
    campaign, made = demo.child(
        index,
        CampaignPage,
        slug="nong-thon-moi",
        title="Phong trào thi đua “Cả nước chung sức xây dựng nông thôn mới”",
        search_description="Phong trào giai đoạn 2026 - 2030: các khu công nghiệp cùng địa phương xây dựng nông thôn mới.",
        slogan="Chung sức xây dựng nông thôn mới",
        starts_on=date(2026, 1, 1),
        ends_on=date(2030, 12, 31),
        hero_image=demo.image("nong-thon-moi"),
        objectives=[
            heading("Mục đích"),
            paragraph(
                "Nâng cao đời sống vật chất và tinh thần của người dân nông thôn, lấy người dân làm chủ thể.",
                "Kết nối khu công nghiệp với vùng nông thôn về việc làm, giao thông và tiêu thụ nông sản.",
            ),
            paragraph(f"<i>{NOTE}</i>"),
        ],
        requirements=[
            bullets(
                "Việc làm thiết thực, có địa chỉ và có thời hạn; tránh hình thức.",
                "Người dân được bàn, được làm, được giám sát và được hưởng lợi.",
                "Kết quả được công khai hằng quý.",
            ),
        ],
        measures=[
            _measure(
                "Giao thông nông thôn",
                "Bê tông hóa đường liên thôn, sửa chữa cầu dân sinh quanh các khu công nghiệp.",
            ),
            _measure("Việc làm tại chỗ", "Tuyển dụng và đào tạo nghề cho lao động của xã có đất bị thu hồi."),
            _measure(
                "Tiêu thụ nông sản", "Bếp ăn của doanh nghiệp ký hợp đồng mua nông sản sạch của hợp tác xã."
            ),
            _measure("Môi trường nông thôn", "Thu gom, phân loại rác thải và trồng cây dọc các tuyến đường."),
        ],
    )
    if not made:
        return
    campaign.targets = [
        _target("Xã đạt chuẩn nông thôn mới (minh họa)", "xã", "60", "100", "68"),
        _target("Đường liên thôn được bê tông hóa (minh họa)", "km", "0", "45.5", "7.2"),
        _target("Hộ nghèo trong các xã được giúp đỡ (minh họa)", "hộ", "840", "250", "722"),
    ]
    campaign.milestones = [
        Milestone(title="Phát động phong trào", date=date(2026, 3, 20), done=True),
        Milestone(title="Sơ kết năm đầu tiên", date=date(2026, 12, 18)),
        Milestone(title="Sơ kết giữa giai đoạn", date=date(2028, 6, 30)),
        Milestone(title="Tổng kết phong trào", date=date(2030, 12, 20)),
    ]
    campaign.participants = [
        Participant(name="Ban quản lý các khu công nghiệp tỉnh Phú Thọ", role="Điều phối, công khai kết quả"),
        Participant(name="Các xã, phường trong tỉnh", role="Chủ trì thực hiện"),
        Participant(name="Khối thi đua doanh nghiệp khu công nghiệp", role="Giúp đỡ theo đăng ký"),
    ]
    _publish(campaign)


def _measure(title: str, *texts: str) -> dict[str, Any]:
    return {"type": "measure", "value": {"title": title, "description": [paragraph(*texts)]}}


def _target(label: str, unit: str, baseline: str, goal: str, current: str) -> Target:
    return Target(
        label=label, unit=unit, baseline=Decimal(baseline), goal=Decimal(goal), current=Decimal(current)
    )


def _publish(campaign: CampaignPage) -> None:
    for relation in ("legal_basis_links", "targets", "milestones", "participants"):
        for order, each in enumerate(getattr(campaign, relation).all()):
            each.sort_order = order
    campaign.save_revision().publish()
