import type { Language } from "../../lib/graphql.ts";

const vi = {
  map: "Bản đồ các khu công nghiệp",
  keys: "Phím mũi tên để di chuyển, phím cộng và trừ để phóng to, thu nhỏ.",
  state: "Tình trạng",
  filter: "Lọc",
  list: "Danh sách các khu công nghiệp",
  shown: (shown: number, all: number) => `Hiển thị ${shown} trên ${all} khu công nghiệp.`,
  occupancy: (percent: string) => `lấp đầy\u00a0${percent}`,
  details: "Xem chi tiết",
  zoomIn: "Phóng to",
  zoomOut: "Thu nhỏ",
  zoomTo: (name: string) => `Phóng tới ${name}`,
  industry: "Ngành nghề",
  anyIndustry: "Tất cả",
  free: "Còn trống từ (ha)",
  measureDistance: "Đo khoảng cách",
  measureArea: "Đo diện tích",
  measureClear: "Xóa",
  measureHint: "Bấm lên bản đồ để đặt điểm; bằng bàn phím: phím mũi tên, rồi Enter đặt điểm ở giữa.",
  measured: (size: string) => `Khoảng ${size}`,
};

const en: typeof vi = {
  map: "Map of the industrial zones",
  keys: "Arrow keys move it, plus and minus zoom.",
  state: "State",
  filter: "Filter",
  list: "List of the industrial zones",
  shown: (shown, all) => `${shown} of ${all} industrial zones are shown.`,
  occupancy: (percent) => `${percent}\u00a0occupied`,
  details: "Details",
  zoomIn: "Zoom in",
  zoomOut: "Zoom out",
  zoomTo: (name) => `Zoom to ${name}`,
  industry: "Industry",
  anyIndustry: "All",
  free: "Left to lease, at least (ha)",
  measureDistance: "Measure distance",
  measureArea: "Measure area",
  measureClear: "Clear",
  measureHint: "Click the map to set points; by keyboard: the arrow keys, then Enter sets one in the middle.",
  measured: (size) => `About ${size}`,
};

export function wording(language: Language): typeof vi {
  return language === "en" ? en : vi;
}
