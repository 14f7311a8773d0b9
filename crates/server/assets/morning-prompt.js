// The two prompts of a morning, in turn, each on every fourth day; and the days between, which have none.
import { dayNumber, today } from "./days.js";

const PROMPTS = [
  "Recall one time you helped someone this week.",
  "Picture one ordinary customer’s day, before they write to us.",
];

/** The prompt of a day, or null on a day without one. */
export function promptOf(day = today()) {
  const number = dayNumber(day);
  return number % 2 === 0 ? PROMPTS[(number / 2) % PROMPTS.length] : null;
}

/** A prompt on any day, for whoever asks for one. */
export const anyPrompt = (day = today()) => promptOf(day) ?? PROMPTS[((dayNumber(day) - 1) / 2) % PROMPTS.length];
