// The server sends moments, the page counts. Texts are changed in place, so the page's own rendering never fights them.
let ahead = 0;          // server clock minus this machine's clock, in ms
let heard = null;

function listen() {
  const said = document.querySelector("[data-server-now]")?.dataset.serverNow;
  if (!said || said === heard) return;
  // A delay on the way can only make the server look older than it is: the largest difference is the truest.
  ahead = heard === null ? Number(said) - Date.now() : Math.max(ahead, Number(said) - Date.now());
  heard = said;
}

export const serverNow = () => Date.now() + ahead;

const two = n => String(n).padStart(2, "0");

export function span(ms) {
  const s = Math.floor(Math.abs(ms) / 1000);
  return s >= 3600 ? `${Math.floor(s / 3600)}:${two(Math.floor(s / 60) % 60)}:${two(s % 60)}` : `${two(Math.floor(s / 60))}:${two(s % 60)}`;
}

function write(element, text) {
  const node = element.firstChild;
  if (node?.nodeType === Node.TEXT_NODE) { if (node.nodeValue !== text) node.nodeValue = text; }
}

function wallClock(zone) {
  return new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit", timeZone: zone || "UTC" });
}

const formats = new Map();

export function tick() {
  listen();
  const now = serverNow();
  for (const e of document.querySelectorAll("[data-until]")) {
    const left = Number(e.dataset.until) - now;
    write(e, left >= 0 ? span(left + 999) : `+${span(left)}`);
  }
  for (const e of document.querySelectorAll("[data-since]")) write(e, span(Math.max(0, now - Number(e.dataset.since))));
  for (const e of document.querySelectorAll("[data-clock]")) {
    const zone = e.dataset.clock;
    if (!formats.has(zone)) formats.set(zone, wallClock(zone));
    write(e, formats.get(zone).format(now));
  }
}
