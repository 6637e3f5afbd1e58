// Small comforts; every page works without them.
"use strict";

// Pointing at marked words, or reaching them by key, shows which records beside the text rest on them, and back.
function lit(id, on) {
  for (const item of document.querySelectorAll(`[data-record="${CSS.escape(id)}"]`)) item.classList.toggle("lit", on);
  for (const mark of document.querySelectorAll(`[data-records~="${CSS.escape(id)}"]`)) mark.classList.toggle("lit", on);
}

function ids(target) {
  const held = target instanceof Element ? target.closest("[data-records], [data-record]") : null;
  if (!held) return [];
  return (held.dataset.records || held.dataset.record).trim().split(" ");
}

for (const [type, on] of [["mouseover", true], ["mouseout", false], ["focusin", true], ["focusout", false]]) {
  document.addEventListener(type, (event) => ids(event.target).forEach((id) => lit(id, on)));
}

// "/" goes to the search field, as on many pages.
document.addEventListener("keydown", (event) => {
  const busy = /^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement?.tagName ?? "");
  if (event.key !== "/" || busy || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  document.getElementById("q-top")?.focus();
});

// Empty fields of a form are left out of the address, so that a link holds only what is asked.
for (const form of document.querySelectorAll("form[method=get]")) {
  form.addEventListener("submit", () => {
    for (const field of form.elements) if (field.name && !field.value) field.disabled = true;
    setTimeout(() => { for (const field of form.elements) field.disabled = false; });
  });
}

// Review. Keys do what the buttons and fields that bear them do; none while something is typed, or once turned off.
const KEYS_OFF = "bilateral-keys-off";
const stored = {
  get(name) { try { return localStorage.getItem(name); } catch { return null; } },
  set(name, value) { try { localStorage.setItem(name, value); } catch { /* not kept, then */ } },
};

function isTyping(element) {
  return element?.tagName === "SELECT" || element?.tagName === "TEXTAREA"
    || (element?.tagName === "INPUT" && !/^(checkbox|radio|button|submit)$/.test(element.type));
}

function press(element) {
  if (isTyping(element)) {
    element.focus();
    if (element.select) element.select();
    element.scrollIntoView({ block: "center" });
  } else element.click();
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && isTyping(document.activeElement)) document.activeElement.blur();
  if (isTyping(document.activeElement) || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (stored.get(KEYS_OFF) === "1" && event.key !== "?") return;
  const target = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (!target) return;
  event.preventDefault();
  if (event.key === "w" && markForm?.elements.start.value) markForm.requestSubmit();
  else press(target);
  if (event.key === "?") target.scrollIntoView({ block: "center" });
});

for (const button of document.querySelectorAll("[data-keys-off]")) {
  const tell = () => { button.textContent = stored.get(KEYS_OFF) === "1" ? "Turn keys on" : "Turn keys off"; };
  button.hidden = false;
  tell();
  button.addEventListener("click", () => { stored.set(KEYS_OFF, stored.get(KEYS_OFF) === "1" ? "0" : "1"); tell(); });
}

// A form is sent once, however often its key is pressed.
for (const form of document.querySelectorAll("form[method=post]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "1";
  });
}
addEventListener("pageshow", () => { for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent; });

// The field chosen brings its value, what it takes, and its choices.
const field = document.getElementById("field");
field?.addEventListener("change", () => {
  const { now, takes, list } = field.selectedOptions[0].dataset;
  const value = document.getElementById("value");
  value.value = now;
  document.getElementById("takes").textContent = takes;
  if (list) value.setAttribute("list", list);
  else value.removeAttribute("list");
});

// Words that are selected are counted in characters (code points), as offsets of records are; a browser counts halves
// of some. What is shown as an escape stands for the characters between its two ends.
const points = (text) => Array.from(text).length;

function selectedSpan() {
  const selection = getSelection();
  if (!selection || !selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  let first = null, last = null, words = "";
  for (const part of document.querySelectorAll("[data-a]")) {
    if (!range.intersectsNode(part)) continue;
    const text = part.firstChild, isPlain = !part.classList.contains("hid");
    const from = isPlain && range.startContainer === text ? range.startOffset : 0;
    const to = isPlain && range.endContainer === text ? range.endOffset : text.data.length;
    if (from >= to) continue;
    const start = Number(part.dataset.a) + (isPlain ? points(text.data.slice(0, from)) : 0);
    const end = isPlain ? Number(part.dataset.a) + points(text.data.slice(0, to)) : Number(part.dataset.b);
    first ??= start;
    last = end;
    words += text.data.slice(from, to);
  }
  return first === null ? null : { start: first, end: last, words };
}

const markForm = document.getElementById("mark");
if (markForm) {
  const { start, end, words } = markForm.elements;
  document.addEventListener("selectionchange", () => {
    if (isTyping(document.activeElement)) return;
    const span = selectedSpan();
    if (span) [start.value, end.value, words.value] = [span.start, span.end, span.words];
  });
  words.addEventListener("input", () => { start.value = end.value = ""; });
}
