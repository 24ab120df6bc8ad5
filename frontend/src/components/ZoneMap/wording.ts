import type { Language } from "../../lib/graphql.ts";

const vi = {
  map: "Bản đồ các khu công nghiệp",
  keys: "Phím mũi tên để di chuyển, phím cộng và trừ để phóng to, thu nhỏ.",
  state: "Tình trạng",
  filter: "Lọc",
  list: "Danh sách các khu công nghiệp",
  shown: (shown: number, all: number) => `Hiển thị ${shown} trên ${all} khu công nghiệp.`,
  occupancy: (percent: string) => `lấp đầy ${percent}`,
  details: "Xem chi tiết",
  zoomIn: "Phóng to",
  zoomOut: "Thu nhỏ",
};

const en: typeof vi = {
  map: "Map of the industrial zones",
  keys: "Arrow keys move it, plus and minus zoom.",
  state: "State",
  filter: "Filter",
  list: "List of the industrial zones",
  shown: (shown, all) => `${shown} of ${all} industrial zones are shown.`,
  occupancy: (percent) => `${percent} occupied`,
  details: "Details",
  zoomIn: "Zoom in",
  zoomOut: "Zoom out",
};

export function wording(language: Language): typeof vi {
  return language === "en" ? en : vi;
}
