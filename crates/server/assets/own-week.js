// What was taken along from a week, in plain text. On the page of one's own it stands in the journal.
import { writtenAs } from "./journal.js";

export const written = (thing) => writtenAs("week", thing);
