"""How things are applied for."""

from __future__ import annotations

from datetime import date

from articles.demo.text import LegalText, Section, Text, button, file, table

INVESTMENT_LAW = LegalText(
    number="61/2020/QH14",
    title="Luật Đầu tư",
    issuer="Quốc hội",
    issued_on=date(2020, 6, 17),
)

TEXTS = (
    Text(
        slug="chuyen-doi-so-mot-cua",
        title="Nộp hồ sơ qua mạng: theo dõi được từng bước",
        summary="Trên 90% hồ sơ được nộp trực tuyến trong chín tháng đầu năm; người nộp nhận tin nhắn ở mỗi bước xử lý.",
        day=date(2026, 10, 5),
        motif="ban-do",
        tags=("chuyển đổi số", "thủ tục"),
        body=(
            """Bộ phận một cửa của Ban quản lý nay vắng người xếp hàng hơn trước, không phải vì ít việc mà vì hồ sơ đến qua mạng
            cả vào buổi tối và ngày nghỉ.

            ## Bốn bước nộp hồ sơ

            - Đăng nhập bằng tài khoản định danh của doanh nghiệp.
            - Chọn thủ tục và điền tờ khai theo mẫu.
            - Tải lên giấy tờ, ký số.
            - Nhận mã hồ sơ và theo dõi trên điện thoại.

            ## Khi hồ sơ chưa đủ

            Người nộp chỉ được yêu cầu bổ sung một lần, bằng văn bản nêu rõ từng mục. Hồ sơ quá hạn có thư xin lỗi kèm ngày hẹn
            mới.""",
            button("Nộp hồ sơ trực tuyến", "https://example.vn/mot-cua"),
        ),
    ),
    Text(
        slug="huong-dan-dang-ky-lao-dong-nuoc-ngoai",
        title="Hướng dẫn đề nghị cấp giấy phép lao động cho người nước ngoài",
        summary="Doanh nghiệp chuẩn bị hồ sơ sớm, nộp qua mạng; giấy tờ nước ngoài phải được hợp pháp hóa và dịch công chứng.",
        day=date(2026, 4, 20),
        motif="tru-so",
        tags=("thủ tục", "lao động"),
        attachments=("Mẫu đề nghị cấp giấy phép lao động",),
        body=(
            """Trước khi nộp hồ sơ, doanh nghiệp cần có văn bản chấp thuận nhu cầu sử dụng lao động nước ngoài. Phần lớn hồ sơ bị
            trả lại đều do thiếu bước này.

            ## Thành phần hồ sơ

            - Văn bản đề nghị theo mẫu.
            - Giấy khám sức khỏe còn hạn.
            - Phiếu lý lịch tư pháp.
            - Giấy tờ chứng minh trình độ hoặc kinh nghiệm.

            ## Nơi nộp và thời hạn

            Hồ sơ nộp qua mạng tại bộ phận một cửa. Mẫu tờ khai có thể tải về dưới đây.""",
            file("Mẫu đề nghị cấp giấy phép lao động"),
        ),
    ),
    Text(
        slug="cap-giay-phep-xay-dung-trong-khu-cong-nghiep",
        title="Hướng dẫn xin giấy phép xây dựng nhà xưởng",
        summary="Hồ sơ gồm bản vẽ thiết kế đã thẩm định và giấy tờ về đất; cán bộ kiểm tra thực địa ngay trong tuần đầu.",
        day=date(2025, 10, 13),
        motif="nha-xuong",
        tags=("thủ tục", "xây dựng"),
        body=(
            """Nhà xưởng trong khu công nghiệp phải phù hợp với quy hoạch chi tiết đã duyệt, nhất là khoảng lùi, mật độ và vị trí
            đấu nối hạ tầng.

            ## Chuẩn bị trước khi nộp

            - Hợp đồng thuê đất hoặc giấy chứng nhận quyền sử dụng đất.
            - Bản vẽ thiết kế đã được thẩm định.
            - Văn bản góp ý hoặc chấp thuận về phòng cháy, chữa cháy.""",
            table(
                "Các bước xử lý (minh họa)",
                ("Bước", "Người làm", "Số ngày"),
                ("Tiếp nhận, kiểm tra hồ sơ", "Bộ phận một cửa", "1"),
                ("Kiểm tra thực địa", "Phòng Quy hoạch – Xây dựng", "4"),
                ("Thẩm định, trình ký", "Phòng Quy hoạch – Xây dựng", "8"),
                ("Trả kết quả", "Bộ phận một cửa", "1"),
            ),
            """## Lưu ý

            Khởi công trước khi có giấy phép là vi phạm, kể cả với hạng mục tạm. Nếu thay đổi thiết kế, chủ đầu tư cần xin điều
            chỉnh giấy phép trước khi thi công.""",
        ),
    ),
    Text(
        slug="dang-ky-moi-truong-cho-du-an-nho",
        title="Đăng ký môi trường cho dự án nhỏ: ai làm, làm ở đâu",
        summary="Dự án quy mô nhỏ không phải lập báo cáo đánh giá tác động vẫn có thể phải đăng ký môi trường.",
        day=date(2024, 5, 14),
        motif="doi-che",
        tags=("thủ tục", "môi trường"),
        body=(
            """Nhiều chủ xưởng nhỏ cho rằng mình không phải làm thủ tục môi trường. Thực tế, tùy loại hình và lượng chất thải,
            dự án nhỏ vẫn phải đăng ký trước khi hoạt động.

            ## Tự xác định trong ba câu hỏi

            - Dự án có phát sinh nước thải, khí thải phải xử lý không?
            - Lượng chất thải có vượt mức quy định không?
            - Nước thải có đấu nối vào hệ thống của khu công nghiệp không?

            ## Được hướng dẫn miễn phí

            Phòng Quản lý môi trường dành sáng thứ Ba hằng tuần để hướng dẫn trực tiếp. Doanh nghiệp chỉ cần mang theo mô tả
            quy trình sản xuất.""",
        ),
    ),
    Text(
        slug="thu-tuc-cap-giay-chung-nhan-dang-ky-dau-tu",
        title="Thủ tục cấp Giấy chứng nhận đăng ký đầu tư trong khu công nghiệp",
        summary="Các bước, thành phần hồ sơ và cách theo dõi kết quả, kèm mẫu để tải về.",
        day=date(2023, 9, 11),
        motif="tru-so",
        tags=("thủ tục", "đầu tư"),
        attachments=("Mẫu hồ sơ đăng ký đầu tư",),
        legal=(INVESTMENT_LAW,),
        body=(
            """Nhà đầu tư nộp hồ sơ trực tiếp hoặc qua mạng. Bộ phận một cửa kiểm tra ngay khi tiếp nhận và hẹn ngày trả kết quả
            trên giấy biên nhận.

            ## Thành phần hồ sơ

            - Văn bản đề nghị thực hiện dự án.
            - Tài liệu về tư cách pháp lý của nhà đầu tư.
            - Tài liệu chứng minh năng lực tài chính.
            - Đề xuất dự án và nhu cầu sử dụng đất.

            ## Theo dõi kết quả

            Mã hồ sơ trên giấy biên nhận dùng để tra cứu tiến độ. Hồ sơ thiếu được thông báo một lần bằng văn bản, nêu rõ từng
            mục cần bổ sung.

            ## Hỏi thêm ở đâu

            Phòng Quản lý đầu tư tiếp nhà đầu tư vào các buổi sáng trong tuần; có thể hẹn trước qua đường dây nóng.""",
            file("Mẫu hồ sơ đăng ký đầu tư"),
        ),
    ),
)

SECTION = Section(
    slug="thu-tuc-hanh-chinh",
    name="Thủ tục hành chính",
    description="Hướng dẫn hồ sơ, thời hạn và nơi giải quyết các thủ tục trong khu công nghiệp.",
    texts=TEXTS,
)
