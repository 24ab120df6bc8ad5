import { portal } from "./cms.js";

const DAY = new Intl.DateTimeFormat("vi-VN", { dateStyle: "short", timeZone: "Asia/Ho_Chi_Minh" });

export default function (config) {
  config.addGlobalData("portal", portal);
  config.addFilter("day", (moment) => DAY.format(new Date(moment)));
  return { dir: { input: "src", output: "_site", includes: "includes" } };
}
