"""Enterprises and those who work in them."""

from __future__ import annotations

from datetime import date

from articles.demo.text import Section, Text, button, gallery, poll, quote, shown, table, zone_map

TEXTS = (
    Text(
        slug="doi-thoai-doanh-nghiep-quy-ba",
        title="Đối thoại với doanh nghiệp: nhiều kiến nghị được trả lời ngay tại chỗ",
        summary="Hơn 40 doanh nghiệp dự buổi đối thoại quý III, tập trung vào lao động, điện và thủ tục môi trường.",
        day=date(2026, 9, 17),
        motif="chung-tay",
        tags=("đối thoại", "doanh nghiệp"),
        body=(
            """Doanh nghiệp gửi câu hỏi trước một tuần nên đại diện các sở đến với câu trả lời đã chuẩn bị. Trong 52 kiến nghị,
            37 kiến nghị được trả lời dứt điểm tại chỗ.

            ## Ba nhóm vấn đề nổi bật

            - Lịch cắt điện chưa được báo đủ sớm để sắp xếp ca sản xuất.
            - Thời gian thẩm định báo cáo môi trường còn dài.
            - Thiếu lao động kỹ thuật có chứng chỉ.""",
            quote(
                "Mỗi kiến nghị phải có người chịu trách nhiệm trả lời và ngày trả lời.",
                "Kết luận của buổi đối thoại",
            ),
            """## Trả lời công khai

            Toàn bộ câu hỏi và câu trả lời được đăng trên trang thông tin. Với 15 kiến nghị còn lại, từng cơ quan đã nhận hạn
            trả lời cụ thể, muộn nhất là ngày 31/10.""",
        ),
    ),
    Text(
        slug="tuyen-dung-lao-dong-cuoi-nam",
        title="Nhu cầu tuyển dụng cuối năm: cần thêm khoảng 3.000 lao động",
        summary="Các doanh nghiệp điện tử và may mặc tuyển cả người chưa có tay nghề, đào tạo tại chỗ và trả lương khi học việc.",
        day=date(2026, 8, 25),
        motif="nha-xuong",
        tags=("lao động", "việc làm"),
        body=(
            """Đơn hàng cuối năm khiến nhu cầu lao động tăng sớm hơn mọi năm. Theo đăng ký của 28 doanh nghiệp, vị trí cần nhiều
            nhất là công nhân lắp ráp, may và vận hành máy.""",
            table(
                "Nhu cầu theo ngành nghề (minh họa)",
                ("Ngành", "Số người", "Yêu cầu"),
                ("Lắp ráp điện tử", "1.450", "Không cần tay nghề"),
                ("May mặc", "980", "Ưu tiên có kinh nghiệm"),
                ("Cơ khí, bảo trì", "340", "Có chứng chỉ nghề"),
                ("Kho vận", "230", "Sức khỏe tốt"),
            ),
            """## Phiên giao dịch lưu động

            Phiên giao dịch việc làm được tổ chức ngay tại cổng các khu công nghiệp vào ngày nghỉ, người lao động có thể phỏng
            vấn và nhận kết quả trong buổi.

            ## Bạn đọc quan tâm điều gì?""",
            poll,
        ),
    ),
    Text(
        slug="nha-o-cong-nhan-thuy-van",
        title="Khởi công khu nhà ở công nhân gần khu công nghiệp Thụy Vân",
        summary="Dự án có 600 căn hộ, kèm nhà trẻ và chợ; giá thuê được niêm yết ngay từ đầu.",
        day=date(2026, 5, 19),
        motif="khu-cong-nghiep",
        tags=("nhà ở", "công nhân", "Thụy Vân"),
        body=(
            """Khu nhà ở cách cổng chính Thụy Vân chưa đầy hai ki-lô-mét, công nhân có thể đi bộ hoặc đi xe đạp đến chỗ làm.
            Công trình dự kiến hoàn thành sau hai năm.

            ## Ưu tiên gia đình có con nhỏ

            Nhà trẻ mở cửa từ 6 giờ đến 20 giờ để phù hợp với ca kíp. Mỗi tầng có phòng giặt chung và chỗ để xe điện có thiết
            bị phòng cháy.""",
            gallery(
                khu_cong_nghiep="Phối cảnh nhìn từ phía khu công nghiệp",
                nong_thon_moi="Khu dân cư hiện có bên cạnh dự án",
                cau_qua_song="Tuyến đường nối ra bờ sông",
            ),
            """## Đăng ký thuê

            Danh sách đăng ký do công đoàn cơ sở lập, xét theo thâm niên và hoàn cảnh gia đình, niêm yết công khai tại nhà máy.""",
        ),
    ),
    Text(
        slug="dao-tao-nghe-theo-dat-hang",
        title="Đào tạo nghề theo đơn đặt hàng của doanh nghiệp",
        summary="Ba trường nghề ký thỏa thuận đào tạo 800 học viên; doanh nghiệp góp thiết bị và nhận người đạt yêu cầu.",
        day=date(2025, 9, 8),
        motif="nha-xuong",
        tags=("đào tạo", "lao động"),
        body=(
            """Chương trình học được soạn cùng kỹ sư của nhà máy, một nửa thời gian học trên dây chuyền thật. Học viên được trả
            lương trong thời gian thực tập.

            ## Ba bên cùng cam kết

            - Trường bảo đảm giáo viên và chuẩn đầu ra.
            - Doanh nghiệp góp thiết bị, nhận học viên đạt yêu cầu.
            - Ban quản lý tổng hợp nhu cầu và theo dõi kết quả.""",
            shown("nha-xuong", "Xưởng thực hành do doanh nghiệp góp thiết bị"),
            """## Lứa học viên đầu tiên

            Khóa đầu tuyển 240 người, trong đó hơn một phần ba thuộc hộ có đất bị thu hồi. Lịch khai giảng từng nghề được đăng
            trên trang thông tin.""",
        ),
    ),
    Text(
        slug="ket-noi-cung-cau-linh-kien",
        title="Kết nối cung cầu linh kiện giữa doanh nghiệp trong tỉnh và nhà đầu tư nước ngoài",
        summary="Ba mươi cặp doanh nghiệp gặp trực tiếp, bảy biên bản ghi nhớ được ký trong một ngày.",
        day=date(2025, 6, 24),
        motif="nha-xuong",
        tags=("doanh nghiệp", "công nghiệp hỗ trợ"),
        body=(
            """Khác với hội chợ, chương trình ghép cặp trước theo danh mục linh kiện cần mua. Mỗi cặp có 40 phút làm việc riêng,
            mang theo mẫu thật và bản vẽ.

            ## Khoảng cách nằm ở đâu

            Nhà máy nước ngoài đòi hỏi truy xuất nguồn gốc từng lô và kiểm soát chất lượng bằng số liệu, điều mà nhiều xưởng
            nhỏ chưa làm được.""",
            quote(
                "Chúng tôi không thiếu máy, chúng tôi thiếu người biết ghi chép số liệu.",
                "Chủ một xưởng cơ khí",
            ),
            """## Sau buổi gặp

            Các xưởng được cử chuyên gia đến tư vấn miễn phí trong ba tháng. Ban quản lý theo dõi việc thực hiện từng biên bản
            đã ký.""",
        ),
    ),
    Text(
        slug="duong-day-nong-tiep-nhan-phan-anh",
        title="Đường dây nóng tiếp nhận phản ánh của người dân và doanh nghiệp",
        summary="Số 0210.3843021 tiếp nhận phản ánh trong giờ hành chính; kết quả xử lý được trả lời và công khai.",
        day=date(2024, 3, 11),
        motif="tru-so",
        tags=("đường dây nóng", "tiếp dân"),
        body=(
            """Người dân và doanh nghiệp có thể gọi đường dây nóng để phản ánh về thủ tục, môi trường, an ninh trật tự hoặc thái
            độ phục vụ của cán bộ.

            ## Một cuộc gọi được xử lý thế nào

            - Người trực ghi nội dung vào sổ và đọc lại cho người gọi.
            - Phản ánh được chuyển đến phòng phụ trách ngay trong ngày.
            - Người gọi nhận trả lời chậm nhất sau năm ngày làm việc.

            ## Bảo vệ người phản ánh

            Họ tên và số điện thoại của người gọi không được cung cấp cho đơn vị bị phản ánh. Người gọi có thể yêu cầu không
            ghi danh.""",
            button("Gửi câu hỏi cho Ban quản lý", "https://example.vn/hoi-dap"),
        ),
    ),
    Text(
        slug="ho-tro-doanh-nghiep-sau-dich",
        title="Đồng hành cùng doanh nghiệp phục hồi sản xuất",
        summary="Tổ hỗ trợ xuống từng nhà máy, gỡ vướng về lao động, logistics và giãn nộp tiền thuê hạ tầng.",
        day=date(2022, 6, 20),
        motif="khu-cong-nghiep",
        tags=("doanh nghiệp", "hỗ trợ"),
        featured=True,
        body=(
            """Từ đầu quý II, tổ hỗ trợ của Ban quản lý đã đến 74 nhà máy. Mỗi chuyến đi đều có biên bản ghi rõ khó khăn và cơ
            quan nhận việc.

            ## Vướng mắc chính

            Chi phí vận chuyển tăng và thiếu công nhân là hai khó khăn được nhắc đến nhiều nhất. Một số chủ đầu tư hạ tầng đã
            đồng ý giãn thời hạn nộp phí cho doanh nghiệp nhỏ.""",
            zone_map("thuy-van", "phu-ha", "cam-khe"),
            """## Kết quả bước đầu

            Cuối tháng Sáu, hầu hết nhà máy đã chạy lại đủ ca. Tổ hỗ trợ tiếp tục làm việc đến hết năm và báo cáo công khai hằng
            tháng.""",
        ),
    ),
)

SECTION = Section(
    slug="doanh-nghiep-lao-dong",
    name="Doanh nghiệp – Lao động",
    description="Doanh nghiệp trong các khu công nghiệp, việc làm và đời sống người lao động.",
    texts=TEXTS,
)
