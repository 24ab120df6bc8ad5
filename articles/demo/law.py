"""Legal documents, explained."""

from __future__ import annotations

from datetime import date

from articles.demo.text import LegalText, Section, Text, file, quote

DECREE_35 = LegalText(
    number="35/2022/NĐ-CP",
    title="Nghị định quy định về quản lý khu công nghiệp và khu kinh tế",
    issuer="Chính phủ",
    issued_on=date(2022, 5, 28),
)
ENVIRONMENT_LAW = LegalText(
    number="72/2020/QH14",
    title="Luật Bảo vệ môi trường",
    issuer="Quốc hội",
    issued_on=date(2020, 11, 17),
)

TEXTS = (
    Text(
        slug="van-ban-moi-ve-khu-cong-nghiep",
        title="Danh mục văn bản liên quan đến khu công nghiệp",
        summary="Danh mục được rà soát hằng tháng, có tóm tắt ngắn và tệp đính kèm để doanh nghiệp tra cứu.",
        day=date(2026, 9, 3),
        motif="tru-so",
        tags=("văn bản", "pháp luật"),
        attachments=("Danh mục văn bản tháng 8 năm 2026",),
        legal=(DECREE_35, ENVIRONMENT_LAW),
        body=(
            """Quy định về đầu tư, đất đai, xây dựng và môi trường thay đổi thường xuyên. Để doanh nghiệp không phải tự lần tìm,
            Ban quản lý lập một danh mục chung và cập nhật vào tuần đầu mỗi tháng.

            ## Cách dùng danh mục

            - Văn bản xếp theo lĩnh vực, mới nhất đứng trước.
            - Mỗi văn bản có số, cơ quan ban hành, ngày ban hành và tóm tắt.
            - Văn bản đã bị thay thế được ghi rõ và giữ lại để đối chiếu.""",
            file("Danh mục văn bản tháng 8 năm 2026"),
            """## Khi có điểm chưa rõ

            Doanh nghiệp gửi câu hỏi về Văn phòng Ban. Câu trả lời của cơ quan có thẩm quyền được đăng công khai nếu người hỏi
            đồng ý. Nội dung tóm tắt chỉ để tham khảo, không thay cho văn bản gốc.""",
        ),
    ),
    Text(
        slug="lay-y-kien-du-thao-quy-che",
        title="Lấy ý kiến dự thảo quy chế phối hợp quản lý khu công nghiệp",
        summary="Thời hạn góp ý 30 ngày; mọi ý kiến đều được tổng hợp và công khai kết quả tiếp thu, giải trình.",
        day=date(2026, 6, 1),
        motif="tru-so",
        tags=("văn bản", "góp ý"),
        attachments=("Dự thảo quy chế phối hợp",),
        body=(
            """Dự thảo phân định rõ cơ quan nào chủ trì, cơ quan nào phối hợp khi có sự cố môi trường, cháy nổ hoặc tranh chấp lao
            động trong khu công nghiệp.

            ## Những điểm xin ý kiến

            - Thời hạn cung cấp thông tin giữa các cơ quan.
            - Số lần kiểm tra một doanh nghiệp trong năm.
            - Cách công khai kết quả kiểm tra.

            ## Gửi ý kiến thế nào

            Ý kiến gửi bằng văn bản hoặc thư điện tử, ghi rõ điều khoản được góp ý. Bảng tổng hợp tiếp thu, giải trình được đăng
            trong vòng 15 ngày sau khi hết hạn.""",
        ),
    ),
    Text(
        slug="quy-dinh-moi-truong-khu-cong-nghiep",
        title="Bảo vệ môi trường trong khu công nghiệp: những điểm doanh nghiệp hay bỏ sót",
        summary="Đấu nối nước thải, lưu nhật ký vận hành và phân loại chất thải tại nguồn là ba việc thường bị nhắc nhở nhất.",
        day=date(2025, 3, 10),
        motif="doi-che",
        tags=("môi trường", "pháp luật"),
        legal=(ENVIRONMENT_LAW,),
        body=(
            """Qua các đợt kiểm tra, phần lớn vi phạm không phải do cố ý mà do thiếu người theo dõi. Dưới đây là những điểm hay
            bị bỏ sót.

            ## Nước thải

            Nước thải phải được đấu nối vào hệ thống tập trung, kể cả nước rửa sàn. Nhật ký vận hành hệ thống xử lý sơ bộ cần ghi
            hằng ngày và lưu tại chỗ.

            ## Chất thải rắn

            - Phân loại ngay tại xưởng, có nhãn từng thùng.
            - Chất thải nguy hại để riêng, có mái che và gờ chống tràn.
            - Giữ hợp đồng và chứng từ của đơn vị thu gom.""",
            quote(
                "Ghi nhật ký mỗi ngày mười phút còn nhanh hơn giải trình cả tuần.",
                "Cán bộ môi trường của Ban quản lý",
            ),
            """## Kiểm tra để hướng dẫn

            Lần kiểm tra đầu chủ yếu để hướng dẫn khắc phục. Doanh nghiệp tự phát hiện, tự báo cáo sẽ được hỗ trợ kỹ thuật.""",
        ),
    ),
    Text(
        slug="nghi-dinh-35-quan-ly-khu-cong-nghiep",
        title="Tìm hiểu Nghị định 35/2022/NĐ-CP về quản lý khu công nghiệp và khu kinh tế",
        summary="Ban quản lý tổ chức buổi giới thiệu nghị định cho chủ đầu tư hạ tầng và doanh nghiệp trong các khu công nghiệp.",
        day=date(2022, 8, 15),
        motif="tru-so",
        tags=("văn bản", "pháp luật", "đầu tư"),
        legal=(DECREE_35,),
        body=(
            """Nghị định do Chính phủ ban hành ngày 28/5/2022. Buổi giới thiệu tập trung vào những nội dung tác động trực tiếp đến
            doanh nghiệp đang hoạt động.

            ## Nội dung được hỏi nhiều

            - Trách nhiệm của chủ đầu tư hạ tầng đối với doanh nghiệp thứ cấp.
            - Nhà ở và tiện ích cho người lao động.
            - Liên kết, hợp tác giữa các doanh nghiệp trong cùng khu.

            ## Tài liệu

            Bản trình bày và danh sách câu hỏi, câu trả lời được gửi đến từng doanh nghiệp. Bạn đọc cần tra cứu số hiệu và ngày
            ban hành có thể xem mục văn bản ở cuối bài.""",
        ),
    ),
)

SECTION = Section(
    slug="van-ban-phap-luat",
    name="Văn bản pháp luật",
    description="Văn bản, dự thảo lấy ý kiến và phần giải thích dành cho doanh nghiệp.",
    texts=TEXTS,
)
