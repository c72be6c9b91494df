// Small forms that need no new page (mark a moment): sent in the background, by the browser itself if that fails.
export function watch() {
  document.addEventListener("submit", async event => {
    const form = event.target;
    if (!form.matches("form[data-quiet]")) return;
    event.preventDefault();
    const button = event.submitter ?? form.querySelector("button");
    button?.setAttribute("aria-disabled", "true");
    try {
      const answer = await fetch(form.action, { method: "POST", body: new FormData(form, event.submitter), headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(`status ${answer.status}`);
    } catch {
      form.submit();
    } finally {
      button?.removeAttribute("aria-disabled");
    }
  });
}
