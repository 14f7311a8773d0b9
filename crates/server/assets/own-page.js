// The page of one's own room: the door, and behind it one section a kind, each mounted by a module of its own.
import { deletion } from "./own-deletion.js";
import { element } from "./element.js";
import { own } from "./own.js";

const place = document.getElementById("own-door");
const inside = document.getElementById("own-open");
const end = document.getElementById("own-end");
const name = document.body.dataset.ownPage;

async function show() {
  inside.hidden = (await own.state()) !== "open";
  deletion(end, name, show);
  if (!inside.hidden) return mount();
  await own.door(place);
  show();
}

async function mount() {
  for (const section of inside.querySelectorAll("[data-own]:not([data-mounted])")) {
    section.dataset.mounted = "";
    // One that fails keeps nobody from the others.
    try {
      const { mount: into } = await import(`./own-${section.dataset.own}.js`);
      await into?.(section);
    } catch (fault) {
      section.replaceChildren(element("p", { class: "trouble-line", role: "alert" }, fault.message));
      delete section.dataset.mounted;
    }
  }
  // A link to a section was followed before the section was there.
  if (location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView();
}

function leave() {
  for (const section of inside.querySelectorAll("[data-mounted]")) {
    delete section.dataset.mounted;
    section.replaceChildren();
  }
  show();
}

own.onchange((what) => {
  if (what === "locked") leave();
});
show();
