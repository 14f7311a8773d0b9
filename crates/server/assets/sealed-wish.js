// What somebody wishes for themselves and nobody else is to know: one sealed sheet of settings in their own room.
import { own } from "./own.js";

let last = Promise.resolve();

/** `otherwise` holds while there is no open room, or nothing was said. */
export async function wish(name, otherwise) {
  const [sheet] = await own.all("wishes");
  return sheet?.thing?.[name] ?? otherwise;
}

/** One after the other, so that two wishes at once are both kept. */
export function setWish(name, value) {
  last = last.catch(() => {}).then(async () => {
    const [sheet] = await own.all("wishes");
    return own.keep("wishes", { ...sheet?.thing, [name]: value }, sheet?.id);
  });
  return last;
}
