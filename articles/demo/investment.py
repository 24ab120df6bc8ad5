"""What investors look for."""

from __future__ import annotations

from datetime import date

from articles.demo.text import Section, Text, button, gallery, shown, table, video, zone_map

TEXTS = (
    Text(
        slug="moi-goi-dau-tu-vao-khu-cong-nghiep",
        title="Mời gọi đầu tư vào khu công nghiệp Cẩm Khê và Phú Hà",
        summary="Hai khu công nghiệp còn quỹ đất sạch, ưu tiên dự án công nghệ, ít phát thải và có liên kết với doanh nghiệp trong tỉnh.",
        day=date(2026, 11, 12),
        motif="ban-do",
        tags=("đầu tư", "Cẩm Khê", "Phú Hà"),
        attachments=("Tài liệu mời gọi đầu tư 2026",),
        body=(
            """Cẩm Khê và Phú Hà nằm gần các nút giao của cao tốc Nội Bài – Lào Cai, đã có điện, nước sạch và trạm xử lý nước
            thải tập trung. Nhà đầu tư có thể nhận đất trong vòng 30 ngày sau khi ký hợp đồng.""",
            zone_map("cam-khe", "phu-ha"),
            """## Điều kiện thuê đất""",
            table(
                "Giá tham khảo (minh họa)",
                ("Khu công nghiệp", "Đất còn cho thuê (ha)", "Giá thuê (USD/m²/50 năm)"),
                ("Cẩm Khê", "182", "60 – 65"),
                ("Phú Hà", "96", "65 – 72"),
            ),
            """## Ưu tiên thu hút

            - Điện tử, cơ khí chính xác, vật liệu mới.
            - Chế biến nông sản có vùng nguyên liệu trong tỉnh.
            - Kho vận và dịch vụ phục vụ sản xuất.

            Một đầu mối của Ban quản lý theo suốt hồ sơ, từ khâu chọn vị trí đến khi nhà máy chạy thử.""",
            button("Đặt lịch làm việc", "https://example.vn/dat-lich"),
        ),
    ),
    Text(
        slug="hoi-nghi-xuc-tien-dau-tu-han-quoc",
        title="Đoàn doanh nghiệp Hàn Quốc khảo sát khu công nghiệp Phú Hà",
        summary="Mười lăm doanh nghiệp điện tử, linh kiện tìm hiểu nguồn lao động, nguồn điện và thời gian làm thủ tục.",
        day=date(2026, 7, 7),
        motif="khu-cong-nghiep",
        tags=("đầu tư", "Hàn Quốc", "Phú Hà"),
        body=(
            """Sau phần giới thiệu ngắn, đoàn dành cả ngày đi thực địa: trạm biến áp, nhà máy nước, ký túc xá công nhân và hai
            nhà máy đang hoạt động.

            ## Những câu hỏi được đặt ra

            Doanh nghiệp hỏi kỹ về số lần mất điện trong năm, tỷ lệ công nhân nghỉ việc và thời gian thực tế từ khi nộp hồ sơ
            đến khi khởi công.""",
            shown("khu-cong-nghiep", "Đoàn khảo sát hạ tầng khu công nghiệp"),
            """## Bước tiếp theo

            Ba doanh nghiệp đề nghị giữ chỗ và nhận dự thảo hợp đồng thuê đất. Ban quản lý hẹn gửi số liệu vận hành bằng tiếng
            Hàn và tiếng Anh trong tuần.""",
        ),
    ),
    Text(
        slug="cau-moi-noi-khu-cong-nghiep",
        title="Cây cầu mới rút ngắn đường từ Trung Hà ra cảng",
        summary="Thông xe cây cầu dài gần một ki-lô-mét, hàng hóa từ Trung Hà đi Hải Phòng nhanh hơn khoảng 40 phút.",
        day=date(2025, 2, 17),
        motif="cau-qua-song",
        tags=("giao thông", "hạ tầng", "Trung Hà"),
        body=(
            """Cầu có bốn làn xe và làn riêng cho xe máy. Xe container từ Trung Hà không còn phải vòng qua trung tâm thị trấn như
            trước.""",
            gallery(
                cau_qua_song="Cây cầu mới nhìn từ bờ trái",
                ban_do="Hướng tuyến ra cao tốc",
                khu_cong_nghiep="Khu công nghiệp Trung Hà ở đầu cầu",
            ),
            """## Tác động đến chi phí

            Các doanh nghiệp vận tải ước tính mỗi chuyến tiết kiệm từ 300.000 đến 400.000 đồng tiền nhiên liệu và phí. Một số
            đơn vị đã điều chỉnh giá cước ngay trong tháng.

            ## Công trình tiếp theo

            Đường gom nối cầu với cổng phía đông khu công nghiệp dự kiến hoàn thành cuối năm, tách hẳn luồng xe tải khỏi đường
            dân sinh.""",
        ),
    ),
    Text(
        slug="ha-tang-xanh-trong-khu-cong-nghiep",
        title="Nhà đầu tư chọn khu công nghiệp xanh: cơ hội và việc phải làm",
        summary="Khách hàng quốc tế ngày càng hỏi về điện mặt trời, nước tái sử dụng và dấu vết các-bon của nhà máy.",
        day=date(2024, 8, 6),
        motif="doi-che",
        tags=("đầu tư", "môi trường"),
        body=(
            """Trong các cuộc tiếp xúc gần đây, câu hỏi về môi trường đến trước câu hỏi về giá thuê đất. Nhiều tập đoàn yêu cầu
            nhà cung cấp công bố lượng phát thải của từng sản phẩm.

            ## Việc phải làm

            - Đo đếm điện, nước riêng cho từng nhà máy và công bố hằng năm.
            - Tái sử dụng nước thải sau xử lý để tưới cây, rửa đường.
            - Dành mái nhà xưởng cho điện mặt trời tự dùng.""",
            video("https://vimeo.com/1084537", "Phim giới thiệu khu công nghiệp xanh (minh họa)"),
            """## Thí điểm tại Phù Ninh

            Chủ đầu tư hạ tầng Phù Ninh nhận thí điểm bộ chỉ số do Ban quản lý soạn. Sau một năm, các chỉ số khả thi sẽ được áp
            dụng cho những khu còn lại.""",
        ),
    ),
    Text(
        slug="gap-mat-nha-dau-tu-dau-nam-2023",
        title="Gặp mặt nhà đầu tư đầu năm 2023: cam kết rút ngắn một phần ba thời gian thủ tục",
        summary="Ban quản lý công bố bảng thời hạn mới và số điện thoại của người chịu trách nhiệm từng khâu.",
        day=date(2023, 2, 13),
        motif="tru-so",
        tags=("đầu tư", "cải cách hành chính"),
        body=(
            """Hơn 120 nhà đầu tư dự buổi gặp mặt đầu năm. Điều họ muốn biết nhất không phải là ưu đãi mà là ngày nào được cấp
            phép, ngày nào được nối điện.""",
            table(
                "Thời hạn giải quyết (ngày làm việc, minh họa)",
                ("Thủ tục", "Trước đây", "Cam kết"),
                ("Giấy chứng nhận đăng ký đầu tư", "15", "10"),
                ("Giấy phép xây dựng", "20", "14"),
                ("Đấu nối điện, nước", "12", "8"),
            ),
            """## Trễ hẹn phải xin lỗi

            Hồ sơ trễ hẹn đều có thư xin lỗi nêu rõ lý do và ngày trả mới. Số hồ sơ trễ hẹn được công bố hằng tháng.

            ## Phản hồi hai chiều

            Nhà đầu tư có thể chấm điểm từng khâu sau khi nhận kết quả; điểm thấp được lãnh đạo Ban trực tiếp xem xét.""",
        ),
    ),
)

SECTION = Section(
    slug="xuc-tien-dau-tu",
    name="Xúc tiến đầu tư",
    description="Quỹ đất, hạ tầng, chính sách và hoạt động xúc tiến đầu tư vào các khu công nghiệp.",
    texts=TEXTS,
)
