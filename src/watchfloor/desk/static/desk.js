// Keys, new alerts told aloud, words lit both ways, and saying so when the desk does not answer.

const rows = () => [...document.querySelectorAll("[data-row]")];
const one = (selector, within = document) => within.querySelector(selector);
const typing = (at) => at.closest("input, textarea, select, [contenteditable]");
const base = document.title;
let chosen = null; // the id of the row that keys act on
let last = null; // its place in the list, for when it leaves the queue

function choose(row, focus = true) {
  for (const other of rows()) other.classList.toggle("chosen", other === row);
  if (!row) return;
  const fresh = row.id !== chosen;
  chosen = row.id;
  last = rows().indexOf(row);
  if (focus) row.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
  if (fresh) row.dispatchEvent(new Event("pick"));
}

function move(step) {
  const all = rows();
  if (!all.length) return;
  const at = all.findIndex((row) => row.id === chosen);
  const from = at < 0 ? (last === null ? -1 : last - (step > 0 ? 1 : 0)) : at;
  choose(all[Math.max(0, Math.min(all.length - 1, from + step))]);
}

function act(name) {
  const row = chosen && document.getElementById(chosen);
  const button = row && one(`[data-act="${name}"]`, row);
  if (!button) return;
  button.click();
  if (button.tagName === "SUMMARY") one("label :is(input, select)", button.parentElement)?.focus();
}

function open() {
  const row = chosen && document.getElementById(chosen);
  if (row?.dataset.open) location.assign(row.dataset.open);
}

const KEYS = {
  j: () => move(1),
  k: () => move(-1),
  a: () => act("acknowledge"),
  s: () => act("snooze"),
  c: () => act("close"),
  v: () => act("verify"),
  o: open,
  e: () => one("#panel")?.focus(),
  n: () => act("case"),
  m: () => act("merge"),
  u: () => one(':is(#toast, .flash) [data-act="undo"]')?.click(),
  "/": () => one("[data-find]")?.focus(),
  "?": () => one("#keys")?.showModal(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") leave();
  if (event.key === "Escape" && typing(event.target)) return event.target.blur();
  if (event.key === "Escape" && event.target.closest("#panel")) return choose(document.getElementById(chosen));
  if (typing(event.target) || one("dialog[open]")) return;
  if (event.key === "Enter" && event.target.matches("[data-row]")) return open();
  if (event.key === "Enter" && event.target.matches("[data-key]")) return event.target.click();
  const does = KEYS[event.key];
  if (!does) return;
  event.preventDefault();
  does();
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-help]")) return one("#keys")?.showModal();
  const row = event.target.closest("[data-row]");
  if (row) choose(row, false);
  const mark = event.target.closest("mark[data-keys]");
  const cell = event.target.closest("[data-key]");
  if (mark) light(mark.dataset.keys.split(" "), mark);
  else if (cell) light(cell.dataset.key.split(" "), cell);
});

// Two alerts whose incidents are one happening: the first is marked, then the other, then why.
function merging(row) {
  const form = one("#merging");
  const [first, second] = [form.elements.one, form.elements.other];
  const says = row.dataset.says;
  if (!first.value || first.value === row.id) {
    first.value = row.id;
    form.dataset.says = says;
    one("p", form).textContent = form.dataset.choose.replace("%1", says);
  } else {
    second.value = row.id;
    one("p", form).textContent = form.dataset.why.replace("%1", form.dataset.says).replace("%2", says);
  }
  form.hidden = false;
  for (const part of form.querySelectorAll("label, button:not([data-leave])")) part.hidden = !second.value;
  if (second.value) form.elements.reason.focus();
}

function leave() {
  const form = one("#merging");
  if (!form) return;
  form.reset();
  form.elements.one.value = form.elements.other.value = "";
  form.hidden = true;
}

document.addEventListener("click", (event) => {
  if (event.target.closest('[data-act="merge"]')) merging(event.target.closest("[data-row]"));
  if (event.target.closest("[data-leave]")) leave();
});

document.addEventListener("focusin", (event) => {
  const row = event.target.closest?.("[data-row]");
  if (row && row === event.target) choose(row, false);
});

// A field lights the words that it rests on; words light the fields that rest on them.
function light(keys, from) {
  const wanted = new Set(keys);
  const lit = [];
  for (const piece of document.querySelectorAll("mark[data-keys], [data-key]")) {
    const own = (piece.dataset.keys ?? piece.dataset.key).split(" ");
    const on = own.some((key) => wanted.has(key));
    piece.classList.toggle("lit", on);
    if (on && piece !== from && piece.matches("mark") !== from.matches("mark")) lit.push(piece);
  }
  lit[0]?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

// New alerts are said once, and counted in the title until the page is looked at.
let known = null;
function news() {
  const queue = one("#queue");
  if (!queue) return;
  const now = new Map(rows().map((row) => [row.id, row]));
  if (known) {
    const fresh = [...now].filter(([id]) => !known.has(id)).map(([, row]) => row);
    for (const row of fresh) {
      row.classList.add("fresh");
      one("h2", row).dataset.fresh = one("#news").dataset.fresh;
    }
    if (fresh.length) {
      const says = fresh.slice(0, 3).map((row) => row.dataset.says).join("; ");
      one("#news").textContent = one("#news")
        .dataset.new.replace("%1", fresh.length)
        .replace("%2", says);
    }
  }
  known = new Set([...(known ?? []), ...now.keys()]);
  const open = queue.querySelectorAll(".row.open").length;
  document.title = open ? `(${open}) ${base}` : base;
}

let fading = null;
document.addEventListener("htmx:after:request", (event) => {
  if (!(event.detail?.ctx?.response?.status < 400)) return;
  silent(null);
  if (event.detail.ctx.sourceElement?.id === "merging") leave();
});
document.addEventListener("htmx:after:swap", () => {
  news();
  const row = chosen && document.getElementById(chosen);
  if (row) row.classList.add("chosen");
  const stamp = one("#stamp")?.value;
  document.dispatchEvent(new CustomEvent("desk:stamp", { detail: stamp }));
  if (one("#toast form")) {
    clearTimeout(fading);
    fading = setTimeout(() => one("#toast").replaceChildren(), 60000);
  }
});

// A desk that no longer answers must not look like a calm one.
function silent(why) {
  document.body.classList.toggle("silent", why !== null);
  if (why === null) return delete document.body.dataset.silentSince;
  const since = document.body.dataset.silentSince ?? new Date().toISOString().slice(11, 16);
  document.body.dataset.silentSince = since;
  one("#news").textContent = document.body.dataset.silent;
}
document.addEventListener("htmx:error", () => silent("no answer"));
document.addEventListener("htmx:response:error", () => silent("an error"));

news();
one(".bar nav [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
