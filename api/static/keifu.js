// Adds to pages that work without it: theme, copy buttons, suggestions, the key "/" for search.
// Loaded before the page is painted, so that a chosen theme never flashes.
"use strict";

(() => {
  const THEMES = ["auto", "light", "dark"];
  const root = document.documentElement;

  const recall = (name) => {
    try {
      return localStorage.getItem(name);
    } catch {
      return null; // storage may be forbidden: then each page starts anew
    }
  };

  const remember = (name, value) => {
    try {
      localStorage.setItem(name, value);
    } catch {
      // the choice holds for this page alone
    }
  };

  const remembered = () => {
    const theme = recall("theme");
    return THEMES.includes(theme) ? theme : "auto";
  };

  const apply = (theme) => {
    if (theme === "auto") delete root.dataset.theme;
    else root.dataset.theme = theme;
  };

  const offerThemes = (button) => {
    const say = (theme) => {
      button.textContent = button.dataset[theme];
      button.setAttribute("aria-label", `${button.dataset.label}: ${button.dataset[theme]}`);
      button.dataset.now = theme;
    };
    say(remembered());
    button.hidden = false;
    button.addEventListener("click", () => {
      const theme = THEMES[(THEMES.indexOf(button.dataset.now) + 1) % THEMES.length];
      apply(theme);
      remember("theme", theme);
      say(theme);
    });
  };

  const offerCopy = (button) => {
    const words = button.textContent;
    button.hidden = false;
    button.setAttribute("aria-live", "polite");
    button.addEventListener("click", async () => {
      const text = button.dataset.copy;
      await navigator.clipboard.writeText(text.startsWith("/") ? location.origin + text : text);
      button.textContent = button.dataset.done;
      setTimeout(() => { button.textContent = words; }, 2000);
    });
  };

  // Names that what is being written may become; a search needs none of them.
  const PAUSE = 150;

  const suggest = (field) => {
    const names = document.createElement("datalist");
    names.id = `${field.id}-names`;
    field.after(names);
    field.setAttribute("list", names.id);
    let waiting;
    const ask = async () => {
      const words = field.value.trim();
      const answer = words && (await fetch(`/search/suggest?q=${encodeURIComponent(words)}`).catch(() => null));
      const found = answer && answer.ok ? (await answer.json())[1] : [];
      if (field.value.trim() === words) names.replaceChildren(...found.map((name) => new Option("", name)));
    };
    field.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(ask, PAUSE);
    });
  };

  // A shortcut of one character must be possible to turn off (WCAG 2.2, 2.1.4).
  let slash = recall("slash") !== "off";

  const offerShortcut = (label) => {
    const box = label.querySelector("input");
    box.checked = slash;
    label.hidden = false;
    box.addEventListener("change", () => {
      slash = box.checked;
      remember("slash", slash ? "on" : "off");
    });
  };

  const onSlash = (event) => {
    const field = document.getElementById("site-q");
    const writes = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (!slash || event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || writes || !field) return;
    event.preventDefault();
    field.focus();
  };

  apply(remembered());
  document.addEventListener("keydown", onSlash);
  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("button.theme").forEach(offerThemes);
    document.querySelectorAll("label.shortcut").forEach(offerShortcut);
    document.querySelectorAll("form[action='/search'] input[type=search]").forEach(suggest);
    if (navigator.clipboard) document.querySelectorAll("button.copy").forEach(offerCopy);
  });
})();
