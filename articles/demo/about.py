"""About the board. The portal has no page type for such texts: they are articles of a category of their own."""

from __future__ import annotations

from datetime import date

from articles.demo.text import Section, Text, button, shown, table, zone_map

TEXTS = (
    Text(
        slug="chuc-nang-nhiem-vu-cua-ban-quan-ly",
        title="Chức năng, nhiệm vụ của Ban quản lý các khu công nghiệp",
        summary="Ban quản lý thực hiện quản lý nhà nước trực tiếp đối với các khu công nghiệp trên địa bàn tỉnh Phú Thọ.",
        day=date(2021, 3, 1),
        motif="tru-so",
        tags=("giới thiệu",),
        body=(
            """Ban quản lý các khu công nghiệp tỉnh Phú Thọ là đầu mối tiếp nhận, giải quyết thủ tục và theo dõi hoạt động của
            doanh nghiệp trong các khu công nghiệp.

            ## Nhiệm vụ chính

            - Quản lý quy hoạch, xây dựng và hạ tầng trong các khu công nghiệp.
            - Tiếp nhận, giải quyết thủ tục về đầu tư, lao động, môi trường theo phân cấp.
            - Xúc tiến đầu tư và hỗ trợ doanh nghiệp.
            - Phối hợp kiểm tra, giải quyết kiến nghị của doanh nghiệp và người dân.""",
            zone_map("thuy-van", "trung-ha", "phu-ha", "cam-khe", "tam-nong", "phu-ninh", "ha-hoa"),
            """## Phối hợp công tác

            Ban phối hợp với các sở, ngành và chính quyền địa phương trong quy hoạch, đất đai, môi trường, lao động và an ninh
            trật tự.""",
        ),
    ),
    Text(
        slug="co-cau-to-chuc",
        title="Cơ cấu tổ chức của Ban quản lý",
        summary="Ban gồm lãnh đạo Ban, Văn phòng và các phòng chuyên môn; mỗi lĩnh vực có một đầu mối phụ trách.",
        day=date(2021, 3, 2),
        motif="tru-so",
        tags=("giới thiệu", "tổ chức"),
        body=(
            """Bộ máy được sắp xếp theo lĩnh vực để doanh nghiệp biết ngay cần gặp ai. Phân công chi tiết có thể thay đổi và được
            cập nhật tại trang này.""",
            table(
                "Các đơn vị trực thuộc (minh họa)",
                ("Đơn vị", "Phụ trách"),
                ("Văn phòng", "Tổng hợp, tổ chức, trang thông tin điện tử"),
                ("Phòng Quản lý đầu tư", "Thủ tục đầu tư, xúc tiến đầu tư"),
                ("Phòng Quy hoạch – Xây dựng", "Quy hoạch, giấy phép xây dựng"),
                ("Phòng Quản lý môi trường", "Thủ tục và giám sát môi trường"),
                ("Phòng Quản lý doanh nghiệp – Lao động", "Lao động, hoạt động của doanh nghiệp"),
            ),
            """## Ban biên tập

            Văn phòng Ban chịu trách nhiệm biên tập nội dung trang thông tin điện tử. Ý kiến về nội dung xin gửi về Văn phòng.""",
        ),
    ),
    Text(
        slug="lich-su-hinh-thanh-cac-khu-cong-nghiep",
        title="Các khu công nghiệp Phú Thọ: từ Thụy Vân đến bảy khu hôm nay",
        summary="Từ khu công nghiệp Thụy Vân, đến nay mạng lưới đã có bảy khu trải từ Việt Trì đến Hạ Hòa.",
        day=date(2025, 7, 7),
        motif="khu-cong-nghiep",
        tags=("giới thiệu", "Thụy Vân"),
        body=(
            """Thụy Vân ở Việt Trì là khu công nghiệp quen thuộc nhất của tỉnh. Tiếp sau là Trung Hà, Phú Hà, Cẩm Khê, Tam Nông,
            Phù Ninh và Hạ Hòa, mỗi khu gắn với một vùng lao động và một hướng giao thông.

            ## Đổi thay về địa giới

            Từ ngày 01/7/2025, cấp huyện không còn và tỉnh Phú Thọ được mở rộng. Tên các huyện cũ vẫn được ghi kèm trên bản đồ
            để bạn đọc dễ nhận ra.""",
            shown("ban-do", "Bản đồ phác họa vị trí các khu công nghiệp"),
            """## Nhìn về phía trước

            Các khu mới được chuẩn bị hạ tầng và nhà ở công nhân song song với nhà xưởng, thay vì đi sau như trước đây.""",
        ),
    ),
    Text(
        slug="thong-tin-lien-he",
        title="Thông tin liên hệ",
        summary="Đường dây nóng 0210.3843021; lịch tiếp công dân và cách gửi câu hỏi cho Ban quản lý.",
        day=date(2021, 3, 4),
        motif="tru-so",
        tags=("liên hệ", "đường dây nóng"),
        body=(
            """## Đường dây nóng

            Điện thoại: 0210.3843021, trong giờ hành chính các ngày làm việc.

            ## Tiếp công dân

            - Sáng thứ Năm hằng tuần tại trụ sở Ban.
            - Người dân có thể hẹn trước qua điện thoại để được sắp xếp đúng người phụ trách.

            ## Gửi câu hỏi

            Câu hỏi gửi về Văn phòng Ban được trả lời bằng văn bản hoặc thư điện tử. Những câu hỏi chung được đăng lại trên
            trang thông tin, không nêu tên người hỏi.""",
            button("Gửi câu hỏi", "https://example.vn/lien-he"),
        ),
    ),
)

SECTION = Section(
    slug="gioi-thieu",
    name="Giới thiệu",
    description="Chức năng, tổ chức của Ban quản lý và thông tin liên hệ.",
    texts=TEXTS,
)
