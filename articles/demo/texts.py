"""Texts of the demonstration's articles, the newest first. Written for it; figures are made up."""

from __future__ import annotations

from dataclasses import dataclass

CATEGORIES = {
    "gioi-thieu": "Giới thiệu",
    "tin-tuc-su-kien": "Tin tức – Sự kiện",
    "van-ban-phap-luat": "Văn bản pháp luật",
    "thu-tuc-hanh-chinh": "Thủ tục hành chính",
    "xuc-tien-dau-tu": "Xúc tiến đầu tư",
    "phong-trao-thi-dua": "Phong trào thi đua",
}


@dataclass(frozen=True)
class Text:
    """An article: what it says and what it is shown with."""

    slug: str
    category: str
    motif: str
    title: str
    summary: str
    paragraphs: tuple[str, ...]
    points: tuple[str, ...] = ()
    quote: str = ""
    tags: tuple[str, ...] = ()
    blocks: tuple[str, ...] = ()
    campaign: str = ""
    attachment: str = ""
    featured: bool = False


NEWS, LAW, STEPS = "tin-tuc-su-kien", "van-ban-phap-luat", "thu-tuc-hanh-chinh"
INVEST, EMULATE, ABOUT = "xuc-tien-dau-tu", "phong-trao-thi-dua", "gioi-thieu"

TEXTS = [
    Text("giao-ban-thang-muoi", NEWS, "tru-so", "Ban quản lý giao ban tháng 10 về tiến độ các dự án hạ tầng",
         "Cuộc họp rà soát tiến độ bảy khu công nghiệp và thống nhất việc cần làm trong quý IV.",
         ("Sáng nay, Ban quản lý tổ chức giao ban với các chủ đầu tư hạ tầng. Phần lớn hạng mục bám sát kế hoạch, riêng khu vực Tam Nông còn chờ bàn giao mặt bằng.",
          "Lãnh đạo Ban yêu cầu mỗi chủ đầu tư gửi lịch thi công từng tuần và báo ngay khi có vướng mắc để cùng tháo gỡ."),
         ("Hoàn thành trạm xử lý nước thải Cẩm Khê trước tháng 12.", "Bàn giao thêm mặt bằng tại Tam Nông.", "Công khai số liệu cho thuê đất hằng quý."),
         tags=("hạ tầng", "giao ban"), blocks=("table",), featured=True),
    Text("phuong-tien-van-tai-trong-khu-cong-nghiep", NEWS, "khu-cong-nghiep", "Sắp xếp lại luồng phương tiện vận tải tại khu công nghiệp Thụy Vân",
         "Từ tháng 11, xe tải ra vào Thụy Vân theo khung giờ mới để giảm ùn tắc giờ tan ca.",
         ("Lưu lượng phương tiện tăng nhanh khiến tuyến đường trục thường ùn ứ vào cuối giờ chiều. Ban quản lý đã cùng công an phường khảo sát và điều chỉnh luồng.",
          "Các doanh nghiệp được đề nghị bố trí giờ xuất hàng so le và thông báo cho lái xe trước khi áp dụng."),
         ("Xe trên 10 tấn không vào trục chính từ 16 giờ 30 đến 18 giờ.", "Bãi chờ bố trí tại cổng số 3."), tags=("giao thông", "Thụy Vân"), blocks=("zones",)),
    Text("doi-thoai-doanh-nghiep-quy-ba", NEWS, "chung-tay", "Đối thoại với doanh nghiệp: nhiều kiến nghị được trả lời ngay tại chỗ",
         "Hơn 40 doanh nghiệp dự buổi đối thoại quý III, tập trung vào lao động, điện và thủ tục môi trường.",
         ("Buổi đối thoại diễn ra thẳng thắn. Đại diện các sở trả lời trực tiếp phần lớn kiến nghị; những việc cần thời gian đều có hạn trả lời.",
          "Ban quản lý sẽ đăng toàn bộ câu hỏi và câu trả lời trên trang thông tin để doanh nghiệp tiện theo dõi."),
         quote="Mỗi kiến nghị đều phải có người chịu trách nhiệm trả lời và ngày trả lời.", tags=("đối thoại", "doanh nghiệp"), featured=True),
    Text("duong-day-nong-tiep-nhan-phan-anh", STEPS, "tru-so", "Đường dây nóng tiếp nhận phản ánh của người dân và doanh nghiệp",
         "Số điện thoại 0210.3843021 tiếp nhận phản ánh trong giờ hành chính; kết quả xử lý được công khai.",
         ("Người dân và doanh nghiệp có thể gọi đường dây nóng để phản ánh về thủ tục, môi trường hoặc an ninh trật tự tại các khu công nghiệp.",
          "Mỗi cuộc gọi được ghi vào sổ, chuyển đến bộ phận phụ trách trong ngày và trả lời chậm nhất sau năm ngày làm việc."),
         tags=("đường dây nóng", "tiếp dân"), blocks=("call_to_action",)),
    Text("moi-goi-dau-tu-vao-khu-cong-nghiep", INVEST, "ban-do", "Mời gọi đầu tư vào khu công nghiệp Cẩm Khê và Phú Hà",
         "Hai khu công nghiệp còn quỹ đất sạch, ưu tiên dự án công nghệ, ít phát thải.",
         ("Cẩm Khê và Phú Hà nằm gần nút giao cao tốc Nội Bài – Lào Cai, hạ tầng điện, nước và xử lý nước thải đã sẵn sàng.",
          "Nhà đầu tư được hướng dẫn từ khâu chọn vị trí đến khi cấp phép; một đầu mối theo suốt hồ sơ."),
         ("Đất sạch, bàn giao trong 30 ngày.", "Giá thuê tham khảo từ 65 USD/m²/50 năm.", "Hỗ trợ tuyển dụng tại chỗ."),
         tags=("đầu tư", "Cẩm Khê", "Phú Hà"), blocks=("zones", "table"), attachment="Tài liệu mời gọi đầu tư 2026", featured=True),
    Text("hoi-nghi-xuc-tien-dau-tu-han-quoc", INVEST, "khu-cong-nghiep", "Gặp gỡ doanh nghiệp Hàn Quốc tìm hiểu cơ hội đầu tư",
         "Đoàn 15 doanh nghiệp điện tử và linh kiện khảo sát thực địa tại Phú Hà.",
         ("Đoàn quan tâm đến nguồn lao động kỹ thuật, thời gian làm thủ tục và khả năng cấp điện ổn định.",
          "Kết thúc chuyến khảo sát, ba doanh nghiệp đề nghị được giữ chỗ và nhận dự thảo hợp đồng thuê đất."), tags=("đầu tư", "Hàn Quốc"), blocks=("picture",)),
    Text("thu-tuc-cap-giay-chung-nhan-dang-ky-dau-tu", STEPS, "tru-so", "Thủ tục cấp Giấy chứng nhận đăng ký đầu tư trong khu công nghiệp",
         "Các bước, thành phần hồ sơ và thời hạn giải quyết, kèm mẫu để tải về.",
         ("Nhà đầu tư nộp hồ sơ trực tiếp hoặc qua mạng. Bộ phận một cửa kiểm tra và hẹn ngày trả kết quả ngay khi tiếp nhận.",
          "Hồ sơ thiếu được thông báo một lần bằng văn bản, nêu rõ từng mục cần bổ sung."),
         ("Văn bản đề nghị thực hiện dự án.", "Đề xuất dự án đầu tư.", "Tài liệu về tư cách pháp lý và năng lực tài chính."), tags=("thủ tục", "đầu tư"), attachment="Mẫu hồ sơ đăng ký đầu tư"),
    Text("cap-giay-phep-xay-dung-trong-khu-cong-nghiep", STEPS, "nha-xuong", "Hướng dẫn xin giấy phép xây dựng nhà xưởng",
         "Hồ sơ gồm bản vẽ thiết kế đã thẩm định và giấy tờ về đất; thời hạn 15 ngày.",
         ("Chủ đầu tư cần có quyết định phê duyệt thiết kế và văn bản chấp thuận phòng cháy, chữa cháy trước khi nộp.",
          "Ban quản lý kiểm tra thực địa trong tuần đầu và trả kết quả đúng hẹn."), tags=("thủ tục", "xây dựng")),
    Text("van-ban-moi-ve-khu-cong-nghiep", LAW, "tru-so", "Tổng hợp văn bản mới liên quan đến khu công nghiệp",
         "Danh mục văn bản được cập nhật hằng tháng, có tóm tắt và tệp đính kèm.",
         ("Chuyên mục giúp doanh nghiệp nắm nhanh nội dung thay đổi và thời điểm có hiệu lực.", "Nếu có điểm chưa rõ, hãy gửi câu hỏi để Ban quản lý mời cơ quan soạn thảo giải đáp."),
         tags=("văn bản", "pháp luật"), attachment="Danh mục văn bản tháng 9"),
    Text("quy-dinh-moi-truong-khu-cong-nghiep", LAW, "doi-che", "Những điểm cần lưu ý về bảo vệ môi trường trong khu công nghiệp",
         "Doanh nghiệp phải đấu nối nước thải và lưu nhật ký vận hành hệ thống xử lý.",
         ("Quy định nhấn mạnh trách nhiệm của chủ đầu tư hạ tầng trong giám sát đấu nối và quan trắc tự động.",
          "Doanh nghiệp lưu kết quả quan trắc, báo cáo định kỳ và phối hợp khi có kiểm tra."), tags=("môi trường", "pháp luật"), blocks=("picture",)),
    Text("phat-dong-nong-thon-moi-2026", EMULATE, "nong-thon-moi", "Hưởng ứng phong trào “Cả nước chung sức xây dựng nông thôn mới” giai đoạn 2026 - 2030",
         "Khối thi đua các doanh nghiệp khu công nghiệp đăng ký giúp đỡ năm xã còn khó khăn.",
         ("Mỗi doanh nghiệp chọn một việc thiết thực: làm đường, sửa trường hoặc hỗ trợ sinh kế.", "Kết quả được công khai hằng quý để các xã và người dân cùng giám sát."),
         tags=("nông thôn mới", "thi đua"), campaign="nong-thon-moi", blocks=("gallery",), featured=True),
    Text("lam-duong-cung-xa-bac-song", EMULATE, "cau-qua-song", "Doanh nghiệp góp xi măng làm đường liên thôn",
         "Hơn hai ki-lô-mét đường được bê tông hóa nhờ công sức của người dân và vật liệu của doanh nghiệp.",
         ("Người dân hiến đất và góp ngày công; doanh nghiệp góp xi măng, máy trộn.", "Con đường rút ngắn thời gian đi làm của hàng trăm công nhân trong vùng."),
         tags=("nông thôn mới", "giao thông"), campaign="nong-thon-moi"),
    Text("sinh-ke-cho-ho-ngheo", EMULATE, "doi-che", "Trao sinh kế cho hộ nghèo: giống chè mới và lớp học nghề",
         "Năm mươi hộ nhận cây giống và được kèm kỹ thuật trong một năm.",
         ("Chương trình nằm trong phong trào “Vì người nghèo - Không để ai bị bỏ lại phía sau”. Các hộ tự chọn mô hình phù hợp.",
          "Sau sáu tháng, nhiều hộ đã có thu nhập đầu tiên từ vườn chè mới."), tags=("giảm nghèo", "sinh kế"), campaign="vi-nguoi-ngheo", blocks=("picture",)),
    Text("nha-o-cho-nguoi-ngheo", EMULATE, "nong-thon-moi", "Bàn giao nhà mới cho mười gia đình có hoàn cảnh khó khăn",
         "Kinh phí do công nhân và doanh nghiệp trong các khu công nghiệp đóng góp.",
         ("Mỗi căn nhà rộng 45 mét vuông, đủ ba tiêu chí cứng về nền, khung và mái.", "Các gia đình xúc động khi được dọn vào nhà mới trước Tết."),
         quote="Có nhà vững chãi, gia đình yên tâm làm ăn.", tags=("giảm nghèo", "nhà ở"), campaign="vi-nguoi-ngheo"),
    Text("so-ket-phong-trao-vi-nguoi-ngheo", EMULATE, "chung-tay", "Sơ kết phong trào “Vì người nghèo - Không để ai bị bỏ lại phía sau”",
         "Nhiều cách làm hay được nhân rộng; tỷ lệ hộ nghèo giảm theo kế hoạch.",
         ("Hội nghị ghi nhận sự vào cuộc của các ngành, địa phương và doanh nghiệp.", "Thời gian tới, phong trào tập trung vào việc làm và đào tạo nghề cho thanh niên vùng khó khăn."),
         tags=("giảm nghèo", "thi đua"), campaign="vi-nguoi-ngheo", blocks=("video",)),
    Text("chuc-nang-nhiem-vu-cua-ban-quan-ly", ABOUT, "tru-so", "Chức năng, nhiệm vụ của Ban quản lý các khu công nghiệp",
         "Ban quản lý thực hiện quản lý nhà nước trực tiếp đối với các khu công nghiệp trên địa bàn tỉnh.",
         ("Ban quản lý là đầu mối tiếp nhận, giải quyết thủ tục và theo dõi hoạt động của doanh nghiệp.", "Ban phối hợp với các sở, ngành và địa phương trong quy hoạch, đất đai, môi trường, lao động."), tags=("giới thiệu",)),
    Text("co-cau-to-chuc", ABOUT, "tru-so", "Cơ cấu tổ chức của Ban quản lý",
         "Gồm lãnh đạo Ban, Văn phòng và các phòng chuyên môn.",
         ("Văn phòng phụ trách tổng hợp, tổ chức và quản trị trang thông tin.", "Các phòng chuyên môn phụ trách đầu tư, quy hoạch – xây dựng, môi trường, doanh nghiệp và lao động."), tags=("giới thiệu", "tổ chức")),
    Text("thong-tin-lien-he", ABOUT, "tru-so", "Thông tin liên hệ",
         "Địa chỉ, điện thoại và thời gian tiếp dân của Ban quản lý.",
         ("Điện thoại đường dây nóng: 0210.3843021, trong giờ hành chính các ngày làm việc.", "Lịch tiếp dân: sáng thứ Năm hằng tuần tại Văn phòng Ban."), tags=("liên hệ", "đường dây nóng"), blocks=("call_to_action",)),
    Text("tuyen-dung-lao-dong-cuoi-nam", NEWS, "nha-xuong", "Nhu cầu tuyển dụng lao động cuối năm tăng cao",
         "Các doanh nghiệp điện tử và may cần thêm khoảng 3.000 lao động.",
         ("Nhiều đơn vị tuyển cả lao động chưa có tay nghề và đào tạo tại chỗ.", "Phiên giao dịch việc làm lưu động sẽ được tổ chức tại cổng các khu công nghiệp."), tags=("lao động", "việc làm"), blocks=("poll",)),
    Text("an-toan-phong-chay-mua-kho", NEWS, "nha-xuong", "Tăng cường phòng cháy, chữa cháy trong mùa khô",
         "Tất cả doanh nghiệp tự kiểm tra hệ thống điện và lối thoát nạn trước ngày 15.",
         ("Ban quản lý phối hợp kiểm tra đột xuất tại các kho chứa vật liệu dễ cháy.", "Doanh nghiệp tổ chức diễn tập ít nhất một lần trong quý."), ("Kiểm tra hệ thống báo cháy.", "Không che chắn lối thoát nạn."), tags=("an toàn", "phòng cháy")),
    Text("nha-o-cong-nhan-thuy-van", NEWS, "khu-cong-nghiep", "Khởi công khu nhà ở cho công nhân gần Thụy Vân",
         "Dự án có 600 căn hộ, kèm nhà trẻ và chợ.",
         ("Công trình dự kiến hoàn thành sau hai năm, ưu tiên công nhân có con nhỏ.", "Giá thuê được niêm yết công khai ngay từ đầu."), tags=("nhà ở", "công nhân", "Thụy Vân")),
    Text("chuyen-doi-so-mot-cua", STEPS, "ban-do", "Nộp hồ sơ qua mạng: nhanh hơn, rõ ràng hơn",
         "Trên 90% hồ sơ được nộp trực tuyến trong chín tháng đầu năm.",
         ("Người nộp theo dõi được từng bước xử lý và nhận thông báo qua tin nhắn.", "Hồ sơ quá hạn đều có thư xin lỗi, nêu lý do và ngày hẹn mới."), tags=("chuyển đổi số", "thủ tục")),
    Text("ky-niem-ngay-doanh-nhan", NEWS, "chung-tay", "Gặp mặt doanh nhân nhân ngày 13/10",
         "Biểu dương các doanh nghiệp chấp hành tốt pháp luật và chăm lo người lao động.",
         ("Buổi gặp mặt là dịp lắng nghe tâm tư của cộng đồng doanh nghiệp.", "Mười doanh nghiệp được tặng giấy khen."), tags=("doanh nghiệp", "khen thưởng")),
    Text("giai-phong-mat-bang-tam-nong", NEWS, "ban-do", "Đẩy nhanh giải phóng mặt bằng khu công nghiệp Tam Nông",
         "Đã chi trả bồi thường cho 85% số hộ; khu tái định cư sẵn sàng.",
         ("Tổ công tác đến từng hộ giải thích chính sách và ghi nhận nguyện vọng.", "Các hộ bàn giao sớm được thưởng tiến độ theo quy định."), tags=("mặt bằng", "Tam Nông"), blocks=("zones",)),
    Text("quan-trac-nuoc-thai-tu-dong", NEWS, "cau-qua-song", "Số liệu quan trắc nước thải được truyền tự động",
         "Bốn khu công nghiệp đã kết nối trạm quan trắc với cơ quan quản lý.",
         ("Số liệu cập nhật năm phút một lần, cảnh báo ngay khi vượt ngưỡng.", "Người dân có thể xem số liệu tổng hợp theo tháng."), tags=("môi trường", "nước thải")),
    Text("dao-tao-nghe-theo-dat-hang", NEWS, "nha-xuong", "Đào tạo nghề theo đơn đặt hàng của doanh nghiệp",
         "Ba trường nghề ký thỏa thuận đào tạo 800 học viên.",
         ("Chương trình học gắn với dây chuyền thực tế; học viên được trả lương khi thực tập.", "Doanh nghiệp cam kết nhận học viên đạt yêu cầu."), tags=("đào tạo", "lao động")),
    Text("huong-dan-dang-ky-lao-dong-nuoc-ngoai", STEPS, "tru-so", "Hướng dẫn cấp giấy phép lao động cho người nước ngoài",
         "Hồ sơ nộp trước ít nhất 15 ngày; kết quả trả qua mạng.",
         ("Doanh nghiệp cần có văn bản chấp thuận nhu cầu sử dụng lao động nước ngoài.", "Giấy tờ nước ngoài phải được hợp pháp hóa và dịch công chứng."), tags=("thủ tục", "lao động"), attachment="Mẫu đề nghị cấp giấy phép lao động"),
    Text("lay-y-kien-du-thao-quy-che", LAW, "tru-so", "Lấy ý kiến dự thảo quy chế phối hợp quản lý khu công nghiệp",
         "Thời hạn góp ý 30 ngày; ý kiến gửi bằng văn bản hoặc thư điện tử.",
         ("Dự thảo phân định rõ trách nhiệm của từng cơ quan khi có sự cố.", "Mọi ý kiến được tổng hợp và công khai kết quả tiếp thu."), tags=("văn bản", "góp ý"), attachment="Dự thảo quy chế phối hợp"),
    Text("ho-tro-lai-suat-doanh-nghiep-nho", INVEST, "doi-che", "Chính sách hỗ trợ doanh nghiệp nhỏ và vừa",
         "Tư vấn miễn phí, hỗ trợ lãi suất và kết nối chuỗi cung ứng.",
         ("Doanh nghiệp đăng ký qua mạng và được chuyên viên liên hệ trong ba ngày.", "Ưu tiên doanh nghiệp tham gia chuỗi cung ứng của các nhà máy lớn."), tags=("doanh nghiệp", "hỗ trợ")),
    Text("ket-noi-cung-cau-linh-kien", INVEST, "nha-xuong", "Kết nối cung cầu linh kiện giữa doanh nghiệp trong tỉnh và nhà đầu tư nước ngoài",
         "Ba mươi cặp doanh nghiệp trao đổi trực tiếp, bảy biên bản ghi nhớ được ký.",
         ("Nhà đầu tư công khai danh mục linh kiện cần mua và tiêu chuẩn kỹ thuật.", "Ban quản lý sẽ theo dõi việc thực hiện các biên bản đã ký."), tags=("đầu tư", "công nghiệp hỗ trợ")),
    Text("cau-moi-noi-khu-cong-nghiep", INVEST, "cau-qua-song", "Tuyến đường và cầu mới rút ngắn quãng đường tới cảng",
         "Công trình giúp hàng hóa từ Trung Hà đi Hải Phòng nhanh hơn khoảng 40 phút.",
         ("Cầu dài gần một ki-lô-mét, bốn làn xe.", "Doanh nghiệp vận tải kỳ vọng chi phí mỗi chuyến giảm đáng kể."), tags=("giao thông", "hạ tầng"), blocks=("picture", "gallery")),
    Text("bao-cao-chin-thang", NEWS, "ban-do", "Kết quả hoạt động chín tháng đầu năm của các khu công nghiệp",
         "Doanh thu, xuất khẩu và nộp ngân sách đều tăng so với cùng kỳ (số liệu minh họa).",
         ("Công nghiệp điện tử tiếp tục dẫn đầu về giá trị xuất khẩu.", "Số lao động đạt trên 52.000 người, thu nhập bình quân tăng."), tags=("báo cáo", "số liệu"), blocks=("table",), attachment="Báo cáo chín tháng"),
    Text("trong-cay-xanh-khu-cong-nghiep", EMULATE, "doi-che", "Trồng mười nghìn cây xanh trong các khu công nghiệp",
         "Mỗi doanh nghiệp nhận chăm sóc một đoạn đường cây xanh.",
         ("Phong trào nhằm giảm bụi, tạo bóng mát và cảnh quan cho công nhân.", "Cây được gắn mã để theo dõi sinh trưởng."), tags=("môi trường", "thi đua"), blocks=("gallery",)),
]  # fmt: skip
