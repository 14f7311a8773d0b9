// Outside of a conversation P goes to the promises.
import { on } from "./keys.js";

if (document.getElementById("list")) on("p", () => { location.href = "/promises"; });
