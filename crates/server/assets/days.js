// Days as the person's own clock has them, "2026-11-26", and how they are said.

const pad = (number) => String(number).padStart(2, "0");

export function dayOf(date) {
  return `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
}

export const today = () => dayOf(new Date());

export function daysAgo(days) {
  const now = new Date();
  return dayOf(new Date(now.getFullYear(), now.getMonth(), now.getDate() - days));
}

/** Days since the beginning of the calendar that computers use: for what happens on every other one. */
export function dayNumber(day = today()) {
  const [year, month, date] = day.split("-").map(Number);
  return Math.round(Date.UTC(year, month - 1, date) / 86_400_000);
}

/** "Thursday 26 November", and the year where it is another one. */
export function saidDay(day) {
  const [year, month, date] = String(day).slice(0, 10).split("-").map(Number);
  const it = new Date(year, month - 1, date);
  if (Number.isNaN(it.getTime())) return "";
  if (day === today()) return "Today";
  const other = year !== new Date().getFullYear();
  return it.toLocaleDateString("en-GB", { weekday: "long", day: "numeric", month: "long", ...(other ? { year: "numeric" } : {}) });
}
