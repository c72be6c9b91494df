// The note box. What is typed survives a reload; what is saved waits in order on this machine until the server has it.
// The same key is sent again after a lost answer, so no note appears twice.
const longest = 4000;
let known = null, hadFocus = false, sending = false, retry = 0, timer = 0, chosen = null;

const box = () => document.querySelector("form[data-note-box]");
const field = () => box()?.querySelector("[name=text]");
const place = (what, form) => `gameday.${what}.${form.dataset.noteBox}.${form.dataset.user}`;
const read = (key, otherwise) => { try { return JSON.parse(localStorage.getItem(key)) ?? otherwise; } catch { return otherwise; } };
const keep = (key, value) => { try { localStorage.setItem(key, JSON.stringify(value)); } catch (e) { console.warn("This browser keeps no notes", e); } };
const newKey = () => crypto.randomUUID?.() ?? [...crypto.getRandomValues(new Uint8Array(16))].map((b, i) => ([4, 6, 8, 10].includes(i) ? "-" : "") + b.toString(16).padStart(2, "0")).join("");

function say(text, form = box()) {
  const line = form?.querySelector("[data-note-state]");
  if (line) { line.textContent = text; line.hidden = text === ""; }
}

function complain(text, form = box()) {
  const line = form?.querySelector("[data-note-problem]");
  if (line) { line.textContent = text; line.hidden = text === ""; }
  field()?.toggleAttribute("aria-invalid", false);
  if (text) field()?.setAttribute("aria-invalid", "true");
}

// The page may put a fresh box in place of the old one: bring text and cursor back.
export function adopt() {
  const form = box();
  if (!form || form === known) return;
  known = form;
  const input = field();
  if (input.value === "") input.value = read(place("draft", form), "");
  if (hadFocus) input.focus();
  waiting(form);
  pump();
}

function waiting(form) {
  const n = read(place("queue", form), []).length;
  say(n === 0 || retry === 0 ? "" : `${n === 1 ? "1 note waits" : `${n} notes wait`} for the network, kept on this device.`, form);
}

function save(form) {
  const input = field(), text = input.value.trim();
  if (text === "") { complain("Write what you saw, then save."); return; }
  if (text.length > longest) { complain(`A note holds at most 4,000 characters; this one has ${text.length.toLocaleString("en")}. Shorten it or link to a document; your text is kept in the box.`); return; }
  const kind = form.querySelector("[name=kind]:checked")?.value ?? "Note";
  const queue = read(place("queue", form), []);
  keep(place("queue", form), [...queue, { key: newKey(), text, kind }]);
  input.value = "";
  keep(place("draft", form), "");
  complain("");
  input.focus();
  pump();
}

async function send(form, note) {
  const body = new FormData(form);
  for (const [name, value] of Object.entries(note)) body.set(name, value);
  const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" }, redirect: "manual" });
  if (answer.ok) return null;
  if (answer.status === 0 || answer.status >= 500) throw new Error(`status ${answer.status}`);
  const told = await answer.json().catch(() => null);
  return told?.message ?? `The note was not taken (${answer.status}). Reload the page and save it again.`;
}

async function drain() {
  for (let form = box(); form; form = box()) {
    const [note] = read(place("queue", form), []);
    if (!note) break;
    const refused = await send(form, note);
    keep(place("queue", form), read(place("queue", form), []).filter(n => n.key !== note.key));
    if (refused) giveBack(form, note, refused);
  }
}

function giveBack(form, note, why) {
  const input = field();
  input.value = input.value === "" ? note.text : `${note.text} ${input.value}`;
  keep(place("draft", form), input.value);
  complain(why);
}

export async function pump() {
  if (sending || !box()) return;
  sending = true;
  clearTimeout(timer);
  try {
    // Two pages of one person share the queue: only one of them sends at a time.
    await (navigator.locks ? navigator.locks.request("gameday-notes", drain) : drain());
    retry = 0;
  } catch {
    retry++;
    timer = setTimeout(pump, Math.min(5000, 500 * retry));
  } finally {
    sending = false;
    if (box()) waiting(box());
  }
}

const kinds = form => [...form.querySelectorAll("[name=kind]")];

// In the empty box a digit chooses the kind; if a space or another digit follows, it was text after all ("3 pods", "500").
function digit(event, form, input) {
  if (event.altKey || input.value === "") {
    const radio = kinds(form)[Number(event.key) - 1];
    if (!radio || event.key === "0") return;
    if (chosen) { undoChoice(event, input); return; }
    chosen = { key: event.key, before: form.querySelector("[name=kind]:checked") };
    radio.checked = true;
    event.preventDefault();
  }
}

function undoChoice(event, input) {
  if (chosen.before) chosen.before.checked = true;
  input.value = chosen.key + event.key;
  chosen = null;
  event.preventDefault();
}

function keydown(event) {
  const form = box(), input = field();
  if (!form || event.ctrlKey || event.metaKey) return;
  const inBox = event.target === input;
  if (inBox && event.key === "Escape") { input.blur(); return; }
  if (inBox && chosen && input.value === "" && !event.altKey && (event.key === " " || /^[0-9]$/.test(event.key))) { undoChoice(event, input); return; }
  if (inBox && /^[1-9]$/.test(event.key)) { digit(event, form, input); return; }
  if (event.key.length === 1) chosen = null;
}

export function focusNote() {
  const input = field();
  input?.focus();
  input?.scrollIntoView({ block: "nearest" });
}

export function chooseKind(number) {
  const radio = box() && kinds(box())[number - 1];
  if (radio) { radio.checked = true; focusNote(); }
}

export function watch() {
  document.addEventListener("submit", event => {
    if (!event.target.matches("form[data-note-box]")) return;
    event.preventDefault();
    save(event.target);
  });
  document.addEventListener("input", event => {
    if (event.target !== field()) return;
    keep(place("draft", box()), event.target.value);
    complain("");
  });
  document.addEventListener("keydown", keydown, true);
  document.addEventListener("focusin", event => { hadFocus = event.target === field(); });
  addEventListener("online", pump);
}
