import type { Language } from "../../lib/graphql.ts";

const vi = {
  opens: (day: string) => `Bình chọn mở từ ngày ${day}.`,
  closed: (day: string) => `Bình chọn đã kết thúc ngày ${day}.`,
  until: (day: string) => `Bình chọn đến ngày ${day}.`,
  thanks: "Đã ghi nhận phiếu của bạn. Cảm ơn bạn!",
  resultsLater: (day: string) => `Kết quả được công bố sau ngày ${day}.`,
  resultsNever: "Kết quả không được công bố.",
  results: "Xem kết quả",
  change: "Đổi lựa chọn",
  vote: "Bình chọn",
  send: "Gửi phiếu",
  chooseOne: "Chọn một phương án",
  choose: (many: string) => `Chọn ${many} phương án`,
  range: (min: number, max: number) => `từ ${min} đến ${max}`,
  yours: "(bạn chọn)",
  votes: (count: string) => `${count} phiếu`,
  voters: (count: string) => `Tổng số người bình chọn: ${count}`,
  unreached: "Chưa gửi được phiếu. Xin kiểm tra kết nối mạng rồi thử lại.",
  errors: {
    FOREIGN_PAGE: "Phiếu phải được gửi từ trang này. Xin tải lại trang và thử lại.",
    UNAVAILABLE: "Chưa gửi được phiếu vì hệ thống đang bận. Xin thử lại sau ít phút.",
    RATE_LIMITED: "Có quá nhiều phiếu gửi từ mạng của bạn. Xin thử lại sau ít phút.",
    BAD_REQUEST: "Phiếu gửi lên không hợp lệ. Xin tải lại trang và thử lại.",
    NO_SCRIPTS:
      "Bình chọn này cần trình duyệt bật JavaScript để chống phiếu tự động. Xin bật JavaScript rồi thử lại.",
  },
};

const en: typeof vi = {
  opens: (day) => `Voting begins on ${day}.`,
  closed: (day) => `Voting ended on ${day}.`,
  until: (day) => `Voting ends on ${day}.`,
  thanks: "Your vote is counted. Thank you!",
  resultsLater: (day) => `Results are published after ${day}.`,
  resultsNever: "Results are not published.",
  results: "See the results",
  change: "Change your vote",
  vote: "Vote",
  send: "Send the vote",
  chooseOne: "Choose one",
  choose: (many) => `Choose ${many}`,
  range: (min, max) => `${min} to ${max}`,
  yours: "(your choice)",
  votes: (count) => (count === "1" ? "1 vote" : `${count} votes`),
  voters: (count) => `Total voters: ${count}`,
  unreached: "The vote could not be sent. Please check your connection and try again.",
  errors: {
    FOREIGN_PAGE: "Votes must be sent from this page. Please reload it and try again.",
    UNAVAILABLE: "The vote could not be taken, the system is busy. Please try again in a few minutes.",
    RATE_LIMITED: "Too many votes came from your network. Please try again in a few minutes.",
    BAD_REQUEST: "The vote is not valid. Please reload the page and try again.",
    NO_SCRIPTS: "This poll needs JavaScript to keep machines out. Please switch it on and try again.",
  },
};

export type Wording = typeof vi;

export function wording(language: Language): Wording {
  return language === "en" ? en : vi;
}

/** How many options a reader chooses. */
export function howMany({ min, max }: { min: number; max: number }, say: Wording): string {
  if (max === 1) return say.chooseOne;
  return say.choose(min === max ? String(max) : say.range(min, max));
}
