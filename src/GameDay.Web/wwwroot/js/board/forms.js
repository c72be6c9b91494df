// Forms that need no new page: sent in the background, the board follows the timeline. A refusal is shown beside the button.
// What fails on the way is left to the browser itself.
function say(form, text) {
  const line = form.parentElement.querySelector("[data-form-problem]");
  if (line) { line.textContent = text; line.hidden = text === ""; }
  return line !== null;
}

async function send(form, submitter) {
  const answer = await fetch(form.action, { method: "POST", body: new FormData(form, submitter), headers: { Accept: "application/json" } });
  if (answer.ok) { say(form, ""); return; }
  const told = await answer.json().catch(() => null);
  if (!told?.message || !say(form, told.message)) throw new Error(`status ${answer.status}`);
}

export function watch() {
  document.addEventListener("submit", async event => {
    const form = event.target;
    if (!form.matches("form[data-quiet]")) return;
    event.preventDefault();
    const button = event.submitter ?? form.querySelector("button");
    if (button.getAttribute("aria-disabled")) return;
    button.setAttribute("aria-disabled", "true");
    try {
      await send(form, event.submitter);
    } catch {
      form.submit();
    } finally {
      button.removeAttribute("aria-disabled");
    }
  });
}
