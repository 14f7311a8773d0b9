// A landing in plain text. On the page of one's own it stands in the journal.
import { writtenAs } from "./journal.js";

export const written = (thing) => writtenAs("landing", thing);
