// Days as the person's own clock has them, "2026-11-26".
import { dayOf } from "./own.js";

export const today = () => dayOf(Date.now());

export function daysAgo(days) {
  const now = new Date();
  return dayOf(new Date(now.getFullYear(), now.getMonth(), now.getDate() - days));
}

/** Days since the beginning of the calendar that computers use: for what happens on every other one. */
export function dayNumber(day = today()) {
  const [year, month, date] = day.split("-").map(Number);
  return Math.round(Date.UTC(year, month - 1, date) / 86_400_000);
}
