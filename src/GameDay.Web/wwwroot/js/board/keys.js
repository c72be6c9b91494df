import { chooseKind, focusNote } from "./notes.js";

const typing = e => e.target.closest?.("input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable]");

// a aborts at once (the reason is asked afterwards), n focuses the note box, 1-9 choose its kind.
export function watch() {
  document.addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || typing(event)) return;
    if (event.key === "n" && document.querySelector("form[data-note-box]")) { focusNote(); event.preventDefault(); }
    else if (/^[1-9]$/.test(event.key)) chooseKind(Number(event.key));
    else if (event.key === "a") document.querySelector("form[data-abort-run]")?.requestSubmit();
  });
}
