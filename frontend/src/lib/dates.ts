/** Dates as the portal shows them: dd/mm/yyyy, by the clock of Viet Nam wherever the server stands. */

const ZONE = "Asia/Ho_Chi_Minh";

const parts = new Intl.DateTimeFormat("en-GB", {
  timeZone: ZONE,
  day: "2-digit",
  month: "2-digit",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});

function read(value: string): Record<string, string> {
  return Object.fromEntries(parts.formatToParts(new Date(value)).map(({ type, value }) => [type, value]));
}

/** 11/11/2022, of a date (2022-11-11) or a moment (2022-11-10T17:00:00+00:00). */
export function day(value: string): string {
  const plain = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value);
  if (plain) return `${plain[3]}/${plain[2]}/${plain[1]}`;
  const { day, month, year } = read(value);
  return `${day}/${month}/${year}`;
}

/** 11/11/2022 08:30, of a moment. */
export function moment(value: string): string {
  const { hour, minute } = read(value);
  return `${day(value)} ${hour}:${minute}`;
}

/** The year of a date or a moment in Viet Nam. */
export function year(value: string): number {
  return Number(day(value).slice(6));
}
