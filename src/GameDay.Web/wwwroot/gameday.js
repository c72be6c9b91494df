// What the page does without the server: theme, menu, keys, kept text, reconnecting.
(() => {
  const root = document.documentElement;
  const keepYear = "; path=/; max-age=31536000; samesite=lax";

  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (zone) document.cookie = `zone=${zone}${keepYear}`;

  const isDark = () => root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;

  document.addEventListener("click", event => {
    if (event.target.closest(".btn.theme")) {
      root.dataset.theme = isDark() ? "light" : "dark";
      document.cookie = `theme=${root.dataset.theme}${keepYear}`;
    }
    const menu = event.target.closest(".btn.menu");
    if (menu) menu.setAttribute("aria-expanded", String(document.body.classList.toggle("nav-open")));
    else if (!event.target.closest(".nav") || event.target.closest(".nav a")) document.body.classList.remove("nav-open");
    document.querySelectorAll("details.user-menu[open]").forEach(open => { if (!open.contains(event.target)) open.open = false; });
  });

  // Keys: an element says which one it answers to by data-key. Fields take the focus, the rest is clicked.
  const inField = element => element.closest("input, textarea, select, [contenteditable]");
  document.addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.key === "Escape" && inField(event.target)) { event.target.blur(); return; }
    if (inField(event.target)) return;
    if (event.key === "?") { document.getElementById("keys")?.showModal(); event.preventDefault(); return; }
    const target = [...document.querySelectorAll(`[data-key="${CSS.escape(event.key)}"]`)].find(e => e.offsetParent !== null && !e.disabled);
    if (!target) return;
    event.preventDefault();
    if (inField(target)) target.focus(); else target.click();
  });

  // Unsent text survives a reload: fields with data-keep="name".
  const slot = field => `keep:${location.pathname}:${field.dataset.keep}`;
  document.addEventListener("input", event => {
    if (event.target.dataset?.keep) sessionStorage.setItem(slot(event.target), event.target.value);
  });
  document.addEventListener("submit", event => {
    event.target.querySelectorAll("[data-keep]").forEach(field => sessionStorage.removeItem(slot(field)));
  });
  const restore = () => document.querySelectorAll("[data-keep]").forEach(field => {
    if (field.dataset.restored) return;
    field.dataset.restored = "yes";
    const kept = sessionStorage.getItem(slot(field));
    if (!kept || field.value) return;
    field.value = kept;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  });
  new MutationObserver(() => { if (document.querySelector('[data-ready="true"]')) restore(); })
    .observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-ready"] });

  // A circuit cannot move: try for ten minutes, and when its server forgot it, load the page again.
  Blazor.start({ circuit: { reconnectionOptions: { maxRetries: 600, retryIntervalMilliseconds: 1000 } } });
  const modal = document.getElementById("components-reconnect-modal");
  if (modal) new MutationObserver(() => {
    if (modal.classList.contains("components-reconnect-rejected")) location.reload();
  }).observe(modal, { attributes: true, attributeFilter: ["class"] });
})();
