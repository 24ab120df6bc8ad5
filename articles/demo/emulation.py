"""Emulation movements, the article that is shown first among them."""

from __future__ import annotations

from datetime import date

from articles.demo.text import LegalText, Section, Text, gallery, quote, shown, table, video

POOR, COUNTRYSIDE = "vi-nguoi-ngheo", "nong-thon-moi"

PLAN_4524 = LegalText(
    number="4524/KH-UBND",
    title="Kế hoạch thực hiện phong trào thi đua “Vì người nghèo - Không để ai bị bỏ lại phía sau” giai đoạn 2021 - 2025",
    issuer="UBND tỉnh Phú Thọ",
    issued_on=date(2022, 11, 11),
    file="4524-KH-UBND.pdf",
)

FIRST = Text(
    slug="phu-tho-trien-khai-phong-trao-vi-nguoi-ngheo",
    title="Phú Thọ triển khai phong trào thi đua “Vì người nghèo - Không để ai bị bỏ lại phía sau”",
    summary="""Ngày 11/11/2022, UBND tỉnh Phú Thọ ban hành Kế hoạch số 4524/KH-UBND về việc thực hiện phong trào thi đua
        “Vì người nghèo - Không để ai bị bỏ lại phía sau” giai đoạn 2021 - 2025 trên địa bàn tỉnh.""",
    day=date(2022, 11, 14),
    motif="chung-tay",
    tags=("giảm nghèo", "thi đua", "an sinh xã hội"),
    campaign=POOR,
    legal=(PLAN_4524,),
    featured=True,
    illustrative=False,
    body=(
        """Kế hoạch nêu rõ mục đích, yêu cầu và những giải pháp để phong trào đi vào cuộc sống trong cả giai đoạn
        2021 - 2025.

        ## Mục đích

        Phong trào quy tụ tinh thần đoàn kết của cả hệ thống chính trị và toàn thể cộng đồng, đề cao nhận thức, tính chủ
        động và sức sáng tạo của mỗi cá nhân, tập thể, gia đình trong công tác giảm nghèo.

        Đích đến là giảm nghèo bền vững: người nghèo được tiếp sức đúng lúc để vươn lên bằng chính nội lực của mình.""",
        shown("chung-tay", "Cộng đồng chung tay vì người nghèo"),
        """## Yêu cầu

        - Coi phong trào là nhiệm vụ trọng tâm, thường xuyên của mọi sở, ban, ngành, địa phương và khối thi đua.
        - Đưa kết quả thực hiện vào nội dung bình xét thi đua, khen thưởng hằng năm.
        - Kịp thời phát hiện, nhân rộng và biểu dương những cách làm hay, những điển hình tiêu biểu.

        ## Giải pháp

        - Tham mưu tháo gỡ khó khăn, vướng mắc trong việc thực hiện các chính sách giảm nghèo.
        - Chuyển chính sách đến đúng người được hưởng, đầy đủ và kịp thời.
        - Cho vay ưu đãi đối với hộ nghèo; trợ giúp những hộ không còn khả năng lao động.
        - Bảo đảm các dịch vụ xã hội cơ bản về việc làm, y tế, giáo dục, nhà ở, nước sạch, vệ sinh và thông tin,
          trước hết cho đồng bào dân tộc thiểu số và miền núi.
        - Gắn phong trào với “Cả nước chung sức xây dựng nông thôn mới”.
        - Vận động doanh nghiệp và nhân dân trong nước, ngoài nước cùng góp sức.""",
        quote("Vì người nghèo - Không để ai bị bỏ lại phía sau", "Tên phong trào, giai đoạn 2021 - 2025"),
    ),
)

TEXTS = (
    FIRST,
    Text(
        slug="phat-dong-nong-thon-moi-2026",
        title="Khối doanh nghiệp khu công nghiệp hưởng ứng “Cả nước chung sức xây dựng nông thôn mới” giai đoạn 2026 - 2030",
        summary="""Hơn 60 doanh nghiệp đăng ký giúp đỡ năm xã còn khó khăn; mỗi đơn vị chọn một việc thiết thực và công khai
            kết quả hằng quý.""",
        day=date(2026, 3, 23),
        motif="nong-thon-moi",
        tags=("nông thôn mới", "thi đua"),
        campaign=COUNTRYSIDE,
        body=(
            """Lễ phát động diễn ra tại hội trường Ban quản lý với sự có mặt của đại diện các xã được giúp đỡ. Thay vì ký kết
            chung chung, mỗi doanh nghiệp nhận một việc có địa chỉ, có thời hạn và có người theo dõi.

            ## Ba nhóm việc được đăng ký

            - Làm mới hoặc sửa chữa đường liên thôn, cầu dân sinh.
            - Sửa phòng học, nhà văn hóa và công trình nước sạch.
            - Nhận lao động của xã vào học nghề và làm việc.""",
            gallery(
                nong_thon_moi="Đường làng sau khi được bê tông hóa",
                cau_qua_song="Cây cầu nối hai xã ven sông",
                doi_che="Vùng chè của hợp tác xã được hỗ trợ",
            ),
            """## Công khai để cùng giám sát

            Tiến độ từng việc được đăng trên trang thông tin của Ban vào tuần đầu mỗi quý. Xã, doanh nghiệp và người dân đều có
            thể phản hồi, kể cả khi việc làm xong chưa đạt như mong muốn.""",
        ),
    ),
    Text(
        slug="lam-duong-cung-xa-bac-song",
        title="Doanh nghiệp góp xi măng, người dân hiến đất làm đường liên thôn",
        summary="Hơn hai ki-lô-mét đường ven sông được bê tông hóa nhờ vật liệu của doanh nghiệp và công sức của người dân.",
        day=date(2026, 6, 15),
        motif="cau-qua-song",
        tags=("nông thôn mới", "giao thông"),
        campaign=COUNTRYSIDE,
        body=(
            """Con đường đất chạy dọc bờ sông vốn lầy lội mỗi mùa mưa. Đầu năm nay, ba doanh nghiệp trong khu công nghiệp
            Trung Hà nhận góp toàn bộ xi măng và cho mượn máy trộn; phần còn lại do người dân tự lo.

            ## Bàn trước, làm sau

            Thôn họp bốn buổi để thống nhất tuyến đường. Mười bảy hộ hiến hơn 900 mét vuông đất vườn, tự dời hàng rào và
            cây lâu năm.""",
            quote(
                "Đường về đến ngõ rồi, chúng tôi tự giữ lấy, không đợi ai nhắc.", "Một người dân trong thôn"
            ),
            """## Kết quả

            Công nhân trong thôn đi làm gần hơn 15 phút mỗi chiều; xe thu mua nông sản vào được tận bãi. Đợt tiếp theo, các
            bên sẽ làm rãnh thoát nước và hệ thống đèn chiếu sáng.""",
        ),
    ),
    Text(
        slug="tong-ket-phong-trao-vi-nguoi-ngheo",
        title="Tổng kết phong trào “Vì người nghèo - Không để ai bị bỏ lại phía sau” trong các khu công nghiệp",
        summary="Năm năm, các doanh nghiệp giúp hơn nghìn hộ có việc làm ổn định; nhiều cách làm sẽ được giữ lại sau phong trào.",
        day=date(2025, 12, 22),
        motif="chung-tay",
        tags=("giảm nghèo", "thi đua", "khen thưởng"),
        campaign=POOR,
        attachments=("Báo cáo tổng kết phong trào trong các khu công nghiệp",),
        body=(
            """Hội nghị tổng kết nhìn lại năm năm thực hiện phong trào với một câu hỏi xuyên suốt: việc nào đã giúp người
            nghèo tự đứng vững, việc nào mới dừng ở thăm hỏi, tặng quà.""",
            table(
                "Kết quả trong các khu công nghiệp, 2021 - 2025 (minh họa)",
                ("Nội dung", "Đăng ký", "Thực hiện"),
                ("Lao động thuộc hộ nghèo được nhận vào làm", "1.000", "1.140"),
                ("Suất học nghề miễn phí", "600", "655"),
                ("Nhà ở được xây mới hoặc sửa chữa", "120", "94"),
            ),
            """## Bài học được rút ra

            - Việc làm ổn định giúp giảm nghèo lâu dài hơn mọi khoản trợ cấp.
            - Doanh nghiệp nhận việc phù hợp với nghề của mình thì làm được lâu.
            - Số liệu phải được xã xác nhận trước khi đưa vào báo cáo.

            ## Tiếp nối

            Phong trào khép lại theo kế hoạch, song các lớp học nghề và quỹ nhà ở vẫn được duy trì. Hai mươi tập thể, cá
            nhân tiêu biểu được khen thưởng tại hội nghị.""",
        ),
    ),
    Text(
        slug="so-ket-phong-trao-vi-nguoi-ngheo",
        title="Sơ kết giữa giai đoạn phong trào “Vì người nghèo - Không để ai bị bỏ lại phía sau”",
        summary="Một nửa chặng đường, việc hỗ trợ nhà ở đi chậm hơn kế hoạch; các đơn vị thống nhất dồn sức cho vùng khó khăn.",
        day=date(2023, 12, 18),
        motif="chung-tay",
        tags=("giảm nghèo", "thi đua"),
        campaign=POOR,
        body=(
            """Báo cáo sơ kết ghi nhận sự vào cuộc đều tay của công đoàn các doanh nghiệp. Phần việc khó nhất là nhà ở, do
            nhiều hộ chưa có đất hợp pháp để xây.

            ## Những điểm sáng

            Mô hình “một doanh nghiệp, một xã” giúp người lao động được tuyển ngay tại nơi ở. Lớp học nghề buổi tối thu hút
            cả những người đang làm việc nhưng muốn nâng tay nghề.""",
            video(
                "https://www.youtube.com/watch?v=aqz-KE-bpKQ", "Phim ngắn về lớp học nghề buổi tối (minh họa)"
            ),
            """## Việc cần làm tiếp

            - Phối hợp với xã xác định lại danh sách hộ cần hỗ trợ nhà ở.
            - Mở thêm lớp nghề tại vùng đồng bào dân tộc thiểu số.
            - Giới thiệu điển hình trên trang thông tin ít nhất mỗi tháng một lần.""",
        ),
    ),
    Text(
        slug="sinh-ke-cho-ho-ngheo",
        title="Trao sinh kế cho hộ nghèo: giống chè mới và một năm đồng hành kỹ thuật",
        summary="Năm mươi hộ nhận cây giống, phân bón và được cán bộ kỹ thuật của doanh nghiệp hướng dẫn tại vườn.",
        day=date(2023, 5, 29),
        motif="doi-che",
        tags=("giảm nghèo", "sinh kế"),
        campaign=POOR,
        body=(
            """Chương trình do một doanh nghiệp chế biến chè trong khu công nghiệp Phù Ninh thực hiện. Hộ tham gia tự chọn
            diện tích trồng và cam kết chăm sóc đúng quy trình.

            ## Không chỉ trao cây giống

            Mỗi tháng hai lần, cán bộ kỹ thuật xuống vườn kiểm tra, ghi nhật ký cùng chủ hộ. Sản phẩm đạt yêu cầu được thu mua
            theo giá niêm yết tại cổng nhà máy.""",
            shown("doi-che", "Vườn chè giống mới sau sáu tháng"),
            """## Thu nhập đầu tiên

            Sau vụ thu hái đầu, phần lớn các hộ có thêm thu nhập đều đặn. Mười hai hộ đã đăng ký mở rộng diện tích mà không
            cần hỗ trợ thêm.""",
        ),
    ),
    Text(
        slug="nha-o-cho-nguoi-ngheo",
        title="Bàn giao mười căn nhà cho gia đình công nhân có hoàn cảnh khó khăn",
        summary="Kinh phí do công nhân và doanh nghiệp đóng góp; mỗi căn rộng 45 mét vuông, bảo đảm nền cứng, khung cứng, mái cứng.",
        day=date(2024, 1, 19),
        motif="nong-thon-moi",
        tags=("giảm nghèo", "nhà ở", "công nhân"),
        campaign=POOR,
        body=(
            """Mười gia đình được chọn sau khi công đoàn cơ sở và xã cùng đến tận nơi khảo sát. Danh sách được niêm yết hai
            tuần để lấy ý kiến trước khi khởi công.

            ## Nhà xây kịp Tết

            Các đội thợ là công nhân tình nguyện, làm vào ngày nghỉ. Vật liệu được mua chung nên chi phí thấp hơn dự toán
            chừng một phần mười.""",
            quote(
                "Có mái nhà vững, vợ chồng tôi yên tâm đi làm ca, gửi con cho ông bà.",
                "Chủ hộ được bàn giao nhà",
            ),
            """## Minh bạch từng khoản

            Bảng thu chi của từng căn nhà được gửi đến người đóng góp và dán tại nhà văn hóa thôn. Phần kinh phí còn dư
            chuyển sang quỹ sửa chữa nhà ở năm sau.""",
        ),
    ),
    Text(
        slug="trong-cay-xanh-khu-cong-nghiep",
        title="Mười nghìn cây xanh cho các khu công nghiệp",
        summary="Mỗi doanh nghiệp nhận trồng và chăm sóc một đoạn đường; cây được gắn mã để theo dõi.",
        day=date(2026, 2, 26),
        motif="doi-che",
        tags=("môi trường", "thi đua"),
        body=(
            """Ngày đầu ra quân, hơn 800 công nhân tham gia trồng cây dọc các trục đường nội khu. Loài cây được chọn theo
            từng khu đất, ưu tiên cây bóng mát ít rụng lá.

            ## Trồng ít mà sống nhiều

            Rút kinh nghiệm những năm trước, năm nay mỗi đoạn đường có một đơn vị chịu trách nhiệm tưới và trồng dặm trong
            hai năm.""",
            gallery(
                doi_che="Vườn ươm cung cấp cây giống",
                khu_cong_nghiep="Trục đường chính sẽ được phủ xanh",
                chung_tay="Công nhân trong ngày ra quân",
            ),
            """Mỗi cây được gắn mã; ai đi qua cũng có thể quét để báo cây gãy, cây chết. Ban quản lý công bố tỷ lệ cây sống
            vào cuối mùa mưa.""",
        ),
    ),
)

SECTION = Section(
    slug="phong-trao-thi-dua",
    name="Phong trào thi đua",
    description="Các phong trào thi đua yêu nước và kết quả thực hiện trong các khu công nghiệp.",
    texts=TEXTS,
)
