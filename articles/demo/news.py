"""What the board does."""

from __future__ import annotations

from datetime import date

from articles.demo.text import Section, Text, poll, quote, shown, table, zone_map

TEXTS = (
    Text(
        slug="giao-ban-thang-muoi",
        title="Giao ban tháng 10: rà soát tiến độ hạ tầng bảy khu công nghiệp",
        summary="Phần lớn hạng mục bám sát kế hoạch; khu công nghiệp Tam Nông còn vướng mặt bằng và được giao thời hạn tháo gỡ.",
        day=date(2026, 10, 30),
        motif="tru-so",
        tags=("hạ tầng", "giao ban"),
        body=(
            """Sáng nay, Ban quản lý họp giao ban với chủ đầu tư hạ tầng của bảy khu công nghiệp. Cuộc họp đi thẳng vào từng
            hạng mục chậm, nêu rõ nguyên nhân và người chịu trách nhiệm.""",
            table(
                "Tiến độ hạ tầng đến hết tháng 10 (minh họa)",
                ("Khu công nghiệp", "Diện tích (ha)", "Hạ tầng (%)", "Lấp đầy (%)"),
                ("Thụy Vân", "335", "100", "97,9"),
                ("Trung Hà", "126", "92", "84,5"),
                ("Phú Hà", "350", "78", "62,0"),
                ("Cẩm Khê", "450", "64", "41,3"),
            ),
            """## Kết luận của cuộc họp

            - Hoàn thành trạm xử lý nước thải Cẩm Khê trước tháng 12.
            - Bàn giao thêm mặt bằng tại Tam Nông trong tháng 11.
            - Công khai số liệu cho thuê đất trên trang thông tin vào cuối mỗi quý.

            ## Theo dõi sau cuộc họp

            Từng chủ đầu tư gửi lịch thi công hằng tuần. Văn phòng Ban tổng hợp và nhắc việc vào chiều thứ Sáu, hạng mục nào
            chậm quá hai tuần phải báo cáo bằng văn bản.""",
        ),
    ),
    Text(
        slug="phuong-tien-van-tai-trong-khu-cong-nghiep",
        title="Sắp xếp lại luồng phương tiện vận tải tại khu công nghiệp Thụy Vân",
        summary="Từ tháng 11, xe tải ra vào Thụy Vân theo khung giờ mới nhằm giảm ùn tắc vào giờ tan ca.",
        day=date(2026, 10, 21),
        motif="khu-cong-nghiep",
        tags=("giao thông", "Thụy Vân"),
        body=(
            """Lưu lượng phương tiện tăng nhanh khiến trục đường chính của Thụy Vân thường ùn ứ từ cuối giờ chiều. Sau hai tuần
            đếm xe tại các cổng, Ban quản lý cùng công an phường thống nhất phương án phân luồng.

            ## Quy định mới

            - Xe trên 10 tấn không vào trục chính từ 16 giờ 30 đến 18 giờ.
            - Xe chờ làm hàng dừng tại bãi cạnh cổng số 3, không đỗ dưới lòng đường.
            - Xe đưa đón công nhân dùng làn riêng sát vỉa hè.""",
            zone_map("thuy-van"),
            """## Áp dụng thử một tháng

            Doanh nghiệp được đề nghị bố trí giờ xuất hàng so le và báo trước cho lái xe. Hết tháng thử nghiệm, Ban quản lý sẽ
            lấy ý kiến rồi mới áp dụng chính thức.""",
        ),
    ),
    Text(
        slug="bao-cao-chin-thang",
        title="Kết quả hoạt động chín tháng đầu năm của các khu công nghiệp",
        summary="Doanh thu, xuất khẩu và nộp ngân sách đều tăng so với cùng kỳ; số lao động vượt 52.000 người.",
        day=date(2026, 10, 9),
        motif="ban-do",
        tags=("báo cáo", "số liệu"),
        attachments=("Báo cáo chín tháng đầu năm 2026",),
        body=(
            """Sản xuất trong các khu công nghiệp giữ đà tăng qua cả ba quý. Điện tử và linh kiện tiếp tục dẫn đầu về giá trị
            xuất khẩu, dệt may phục hồi rõ từ giữa năm.""",
            table(
                "Một số chỉ tiêu chín tháng (minh họa)",
                ("Chỉ tiêu", "Đơn vị", "Chín tháng 2025", "Chín tháng 2026"),
                ("Doanh thu", "tỷ đồng", "61.200", "68.900"),
                ("Xuất khẩu", "triệu USD", "2.140", "2.410"),
                ("Nộp ngân sách", "tỷ đồng", "1.520", "1.690"),
                ("Lao động", "người", "49.300", "52.400"),
            ),
            """## Lao động và thu nhập

            Thu nhập bình quân tăng nhẹ, song nhiều doanh nghiệp vẫn thiếu thợ kỹ thuật. Tỷ lệ lao động trong tỉnh chiếm
            khoảng bốn phần năm.

            ## Ba tháng cuối năm

            Trọng tâm là giải phóng mặt bằng, hoàn thành các trạm xử lý nước thải và chuẩn bị lao động cho những nhà máy sắp
            chạy thử.""",
        ),
    ),
    Text(
        slug="lay-y-kien-ban-doc-ve-trang-thong-tin",
        title="Mời bạn đọc góp ý về nội dung trang thông tin điện tử",
        summary="Ban quản lý muốn biết bạn đọc quan tâm nhất loại thông tin nào để ưu tiên cập nhật.",
        day=date(2026, 9, 28),
        motif="tru-so",
        tags=("chuyển đổi số", "góp ý"),
        body=(
            """Trang thông tin được xây dựng lại với cách sắp xếp gọn hơn, tìm kiếm được cả khi gõ không dấu. Để chọn đúng
            phần cần làm tiếp, Ban quản lý mời bạn đọc trả lời một câu hỏi ngắn.

            ## Bình chọn

            Mỗi người chọn một phương án. Kết quả chỉ dùng để cải tiến nội dung, không thu thập thông tin cá nhân.""",
            poll,
            """## Góp ý bằng cách khác

            Bạn đọc có thể gọi đường dây nóng 0210.3843021 hoặc viết thư gửi Văn phòng Ban. Những góp ý được tiếp thu sẽ
            được nêu trong bản tin cuối quý.""",
        ),
    ),
    Text(
        slug="an-toan-phong-chay-mua-kho",
        title="Tăng cường phòng cháy, chữa cháy trong mùa khô",
        summary="Doanh nghiệp tự kiểm tra hệ thống điện, kho chứa và lối thoát nạn trước ngày 15; Ban quản lý kiểm tra đột xuất.",
        day=date(2025, 11, 5),
        motif="nha-xuong",
        tags=("an toàn", "phòng cháy"),
        attachments=("Phiếu tự kiểm tra phòng cháy, chữa cháy",),
        body=(
            """Thời tiết hanh khô kéo dài làm tăng nguy cơ cháy tại các kho vật liệu. Ban quản lý đề nghị mọi doanh nghiệp hoàn
            thành tự kiểm tra trước ngày 15 và lưu phiếu kết quả tại chỗ.

            ## Nội dung tự kiểm tra

            - Hệ thống báo cháy và nguồn nước chữa cháy.
            - Lối thoát nạn, cửa thoát nạn không bị che chắn.
            - Tủ điện, dây dẫn và thiết bị sinh nhiệt trong kho.

            ## Diễn tập

            Mỗi doanh nghiệp tổ chức diễn tập ít nhất một lần trong quý, có cả ca đêm. Đội chữa cháy của khu công nghiệp sẵn
            sàng cử người hướng dẫn khi được yêu cầu.""",
        ),
    ),
    Text(
        slug="giai-phong-mat-bang-tam-nong",
        title="Đẩy nhanh giải phóng mặt bằng khu công nghiệp Tam Nông",
        summary="Đã chi trả bồi thường cho 85% số hộ; khu tái định cư có điện, nước và đường trước khi hộ dân chuyển đến.",
        day=date(2025, 8, 18),
        motif="ban-do",
        tags=("mặt bằng", "Tam Nông"),
        body=(
            """Tổ công tác đến từng hộ để giải thích chính sách và ghi nhận nguyện vọng. Phần lớn ý kiến xoay quanh vị trí lô
            tái định cư và việc làm sau khi không còn đất sản xuất.

            ## Tái định cư đi trước một bước

            Khu tái định cư được hoàn thiện điện, nước, đường và nhà văn hóa trước khi vận động di dời. Hộ bàn giao sớm được
            chọn lô theo thứ tự.""",
            zone_map("tam-nong", "trung-ha"),
            """## Việc làm cho người mất đất

            Các nhà đầu tư cam kết ưu tiên tuyển người trong các hộ bị thu hồi đất. Danh sách nghề cần tuyển và lớp đào tạo
            ngắn hạn được niêm yết tại trụ sở xã.""",
        ),
    ),
    Text(
        slug="quan-trac-nuoc-thai-tu-dong",
        title="Số liệu quan trắc nước thải được truyền tự động về cơ quan quản lý",
        summary="Bốn khu công nghiệp đã kết nối trạm quan trắc; số liệu cập nhật năm phút một lần và cảnh báo khi vượt ngưỡng.",
        day=date(2025, 4, 14),
        motif="cau-qua-song",
        tags=("môi trường", "nước thải"),
        body=(
            """Trước đây, kết quả phân tích mẫu nước phải chờ vài ngày. Với trạm quan trắc tự động, số liệu đến thẳng cơ quan
            quản lý và được so ngay với ngưỡng cho phép.

            ## Khi số liệu vượt ngưỡng

            - Hệ thống nhắn tin cho người vận hành và cán bộ môi trường.
            - Trạm tự đóng van xả nếu vượt ngưỡng quá 30 phút.
            - Nguyên nhân và cách khắc phục phải được báo cáo trong ngày.""",
            shown("cau-qua-song", "Đoạn sông phía hạ lưu điểm xả của khu công nghiệp"),
            """## Công khai theo tháng

            Bảng tổng hợp theo tháng được đăng công khai. Người dân sống gần khu công nghiệp có thể đối chiếu với những ngày
            họ thấy nước có mùi hoặc màu lạ.""",
        ),
    ),
    Text(
        slug="ky-niem-ngay-doanh-nhan",
        title="Gặp mặt doanh nhân nhân ngày 13/10",
        summary="Buổi gặp mặt biểu dương mười doanh nghiệp chấp hành tốt pháp luật và chăm lo đời sống người lao động.",
        day=date(2024, 10, 14),
        motif="chung-tay",
        tags=("doanh nghiệp", "khen thưởng"),
        body=(
            """Không diễn văn dài, buổi gặp mặt dành phần lớn thời gian để doanh nghiệp nói. Câu chuyện được chia sẻ nhiều nhất
            là giữ chân người lao động sau Tết.

            ## Mười doanh nghiệp được biểu dương

            Tiêu chí gồm đóng bảo hiểm đầy đủ, không để xảy ra tai nạn lao động nghiêm trọng, nộp thuế đúng hạn và có nhà trẻ
            hoặc nhà ở cho công nhân.""",
            quote("Giữ được người là giữ được đơn hàng.", "Giám đốc một doanh nghiệp may mặc"),
            """## Những kiến nghị được ghi lại

            Doanh nghiệp mong có thêm tuyến xe buýt đến Phú Hà và lớp tiếng Hàn buổi tối. Ban quản lý hẹn trả lời bằng văn bản
            trong tháng.""",
        ),
    ),
    Text(
        slug="ra-quan-dau-xuan-2022",
        title="Ra quân đầu xuân: các công trường khu công nghiệp làm việc từ mùng sáu",
        summary="Không khí lao động trở lại sớm trên các công trường Phú Hà, Cẩm Khê; nhiều nhà máy đón đơn hàng đầu năm.",
        day=date(2022, 2, 8),
        motif="khu-cong-nghiep",
        tags=("hạ tầng", "lao động"),
        featured=True,
        body=(
            """Mùng sáu Tết, máy đã nổ trên công trường trạm biến áp Phú Hà. Hơn hai trăm công nhân ở lại ăn Tết cùng công
            trường để kịp tiến độ đóng điện.

            ## Nhà máy cũng vào việc sớm

            Các doanh nghiệp điện tử cho biết trên 90% công nhân trở lại đúng hẹn. Tiền lì xì đầu năm được trao ngay tại cổng.""",
            shown("khu-cong-nghiep", "Khu công nghiệp trong những ngày đầu xuân"),
            """## Kế hoạch quý I

            Ban quản lý đặt mục tiêu hoàn thành đường gom, đấu nối nước sạch và cấp mới ít nhất năm giấy chứng nhận đầu tư
            ngay trong quý.""",
        ),
    ),
)

SECTION = Section(
    slug="tin-tuc-su-kien",
    name="Tin tức – Sự kiện",
    description="Hoạt động của Ban quản lý và những việc diễn ra trong các khu công nghiệp.",
    texts=TEXTS,
)
