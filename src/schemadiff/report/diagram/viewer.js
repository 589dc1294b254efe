"use strict";
// The page of a diagram: moving and scaling the drawing, finding a table, showing what a table is joined to.
const stage = document.querySelector("main");
const svg = stage.querySelector("svg");
const whole = svg.viewBox.baseVal;
const size = { width: whole.width, height: whole.height };
const boxes = [...svg.querySelectorAll(".box")];
const arrows = [...svg.querySelectorAll(".arrow")];
const schemas = [...svg.querySelectorAll(".schema")];
const search = document.getElementById("search");
const found = document.getElementById("found");
const said = document.getElementById("said");
const FAR = 0.4, SMALLEST = 0.01, LARGEST = 4;
const sheet = new CSSStyleSheet();
document.adoptedStyleSheets = [sheet];
let view = { x: 0, y: 0, scale: 1 }, thickness = 0;

// The picture as a whole is moved and scaled: a change of its viewBox would lay out every text anew.
function show() {
  svg.style.transform = `scale(${view.scale}) translate(${-view.x}px, ${-view.y}px)`;
  const far = view.scale < FAR;
  thicken(far ? 2 ** Math.round(Math.log2(0.45 / view.scale)) : 0);
  if (svg.classList.contains("far") !== far) svg.classList.toggle("far", far);
  for (const each of schemas) each.style.fontSize = `${Math.max(14, 13 / view.scale)}px`;
}

// Lines that can still be seen from far; in steps, since each is a new look for every arrow.
function thicken(width) {
  if (width === thickness) return;
  thickness = width;
  sheet.replaceSync(width ? `.arrow path, .body, .frame { stroke-width: ${width}px !important; }` : "");
}

function scaleBy(factor, x = stage.clientWidth / 2, y = stage.clientHeight / 2) {
  const scale = Math.min(LARGEST, Math.max(SMALLEST, view.scale * factor));
  view.x += x / view.scale - x / scale;
  view.y += y / view.scale - y / scale;
  view.scale = scale;
  show();
}

function moveBy(x, y) {
  view.x += x / view.scale;
  view.y += y / view.scale;
  show();
}

function fit() {
  view.scale = Math.min(1, stage.clientWidth / size.width, stage.clientHeight / size.height);
  view.x = Math.min(0, (size.width - stage.clientWidth / view.scale) / 2);
  view.y = Math.min(0, (size.height - stage.clientHeight / view.scale) / 2);
  show();
}

function placeOf(box) {
  const inner = box.getBoundingClientRect(), outer = stage.getBoundingClientRect();
  return {
    x: view.x + (inner.left + inner.width / 2 - outer.left) / view.scale,
    y: view.y + (inner.top + inner.height / 2 - outer.top) / view.scale,
    outside: inner.right < outer.left || inner.left > outer.right || inner.bottom < outer.top || inner.top > outer.bottom,
  };
}

function centre(box, scale) {
  const place = placeOf(box);
  view.scale = scale;
  view.x = place.x - stage.clientWidth / 2 / scale;
  view.y = place.y - stage.clientHeight / 2 / scale;
  show();
}

function choose(box) {
  const joined = arrows.filter((a) => a.dataset.from === box.id || a.dataset.to === box.id);
  const near = new Set([box.id, ...joined.flatMap((a) => [a.dataset.from, a.dataset.to])]);
  svg.classList.add("focused");
  for (const each of boxes) {
    each.classList.toggle("near", near.has(each.id));
    each.classList.toggle("chosen", each === box);
  }
  for (const each of arrows) each.classList.toggle("near", joined.includes(each));
  said.textContent = `${box.dataset.name}: joined to ${near.size - 1} others. Esc shows all.`;
  history.replaceState(null, "", "#" + box.id);
}

function clear() {
  svg.classList.remove("focused");
  for (const each of svg.querySelectorAll(".near, .chosen")) each.classList.remove("near", "chosen");
  said.textContent = "";
  history.replaceState(null, "", location.pathname + location.search);
}

function goTo(box) {
  centre(box, Math.max(view.scale, 0.8));
  choose(box);
  box.focus({ preventScroll: true });
}

// Search
function closeList() {
  found.hidden = true;
  search.setAttribute("aria-expanded", "false");
  search.removeAttribute("aria-activedescendant");
}

function list() {
  const wanted = search.value.trim().toLowerCase();
  const hits = wanted ? boxes.filter((b) => b.dataset.name.toLowerCase().includes(wanted)) : [];
  const begins = (b) => (b.dataset.short.toLowerCase().startsWith(wanted) ? 0 : 1);
  hits.sort((a, b) => begins(a) - begins(b));
  found.replaceChildren(...hits.slice(0, 50).map((box, number) => {
    const item = document.createElement("li");
    item.id = `found-${number}`;
    item.role = "option";
    item.textContent = box.dataset.name;
    item.addEventListener("pointerdown", (event) => { event.preventDefault(); pick(box); });
    item.box = box;
    return item;
  }));
  if (!hits.length) return closeList();
  found.hidden = false;
  search.setAttribute("aria-expanded", "true");
  select(0);
}

function select(number) {
  const items = [...found.children];
  items.forEach((item, n) => item.setAttribute("aria-selected", String(n === number)));
  items[number].scrollIntoView({ block: "nearest" });
  search.setAttribute("aria-activedescendant", items[number].id);
}

function pick(box) {
  closeList();
  goTo(box);
}

search.addEventListener("input", list);
search.addEventListener("blur", closeList);
search.addEventListener("keydown", (event) => {
  event.stopPropagation();
  const items = [...found.children], at = items.findIndex((i) => i.getAttribute("aria-selected") === "true");
  if (event.key === "Escape") { search.value = ""; closeList(); stage.focus(); }
  if (found.hidden || !items.length) return;
  if (event.key === "Enter") pick(items[at].box);
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    select((at + (event.key === "ArrowDown" ? 1 : -1) + items.length) % items.length);
  }
});

// Pointer: one drags, two scale, a click that does not drag chooses.
const pointers = new Map();
let travelled = 0;
stage.addEventListener("pointerdown", (event) => {
  if (event.button) return;
  pointers.set(event.pointerId, event);
  travelled = 0;
});
addEventListener("pointermove", (event) => {
  const before = pointers.get(event.pointerId);
  if (!before) return;
  const [x, y] = [before.clientX - event.clientX, before.clientY - event.clientY];
  travelled += Math.abs(x) + Math.abs(y);
  const other = [...pointers.values()].find((p) => p.pointerId !== event.pointerId);
  if (other) {
    const far = (p) => Math.hypot(p.clientX - other.clientX, p.clientY - other.clientY) || 1;
    const frame = stage.getBoundingClientRect();
    scaleBy(far(event) / far(before), other.clientX - frame.left, other.clientY - frame.top);
  } else {
    moveBy(x, y);
    stage.classList.toggle("dragged", travelled > 4);
  }
  pointers.set(event.pointerId, event);
});
for (const end of ["pointerup", "pointercancel"]) {
  addEventListener(end, (event) => {
    pointers.delete(event.pointerId);
    stage.classList.remove("dragged");
  });
}
stage.addEventListener("click", (event) => {
  if (travelled > 4) return;
  const box = event.target.closest(".box");
  if (box) choose(box);
  else clear();
});
stage.addEventListener("wheel", (event) => {
  event.preventDefault();
  const frame = stage.getBoundingClientRect();
  scaleBy(Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.0016)), event.clientX - frame.left, event.clientY - frame.top);
}, { passive: false });

// Keys
const KEYS = {
  "+": () => scaleBy(1.25), "=": () => scaleBy(1.25), "-": () => scaleBy(0.8), "0": fit, "Escape": clear,
  "ArrowLeft": () => moveBy(-80, 0), "ArrowRight": () => moveBy(80, 0),
  "ArrowUp": () => moveBy(0, -80), "ArrowDown": () => moveBy(0, 80),
};
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const box = event.target.closest?.(".box");
  if (event.key === "/") { event.preventDefault(); search.focus(); search.select(); }
  else if (box && (event.key === "Enter" || event.key === " ")) { event.preventDefault(); goTo(box); }
  else if (KEYS[event.key]) { event.preventDefault(); KEYS[event.key](); }
});

// Theme
const theme = document.getElementById("theme");
const isDark = () => (document.documentElement.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
const nameTheme = () => { theme.textContent = isDark() ? "Light" : "Dark"; };
theme.addEventListener("click", () => {
  document.documentElement.dataset.theme = isDark() ? "light" : "dark";
  nameTheme();
});
document.getElementById("in").addEventListener("click", () => scaleBy(1.25));
document.getElementById("out").addEventListener("click", () => scaleBy(0.8));
document.getElementById("fit").addEventListener("click", fit);

// What only a page can do: each box can be reached by key, and from far has its name in large letters.
for (const box of boxes) {
  const body = box.querySelector(".body");
  const width = body.width.baseVal.value, height = body.height.baseVal.value;
  box.dataset.short = box.querySelector(".name").textContent;
  box.setAttribute("tabindex", "0");
  box.setAttribute("role", "button");
  box.setAttribute("aria-label", box.dataset.name);
  const name = document.createElementNS("http://www.w3.org/2000/svg", "text");
  const letters = Math.min(44, height * 0.6, width / (0.62 * Math.max(4, box.dataset.short.length)));
  name.setAttribute("class", "far-name");
  name.setAttribute("x", width / 2);
  name.setAttribute("y", height / 2 + letters / 3);
  name.style.fontSize = `${letters}px`;
  name.textContent = box.dataset.short;
  box.append(name);
  box.addEventListener("focus", () => {
    if (box.matches(":focus-visible") && placeOf(box).outside) centre(box, view.scale);
  });
}
nameTheme();
fit();
const asked = location.hash && document.getElementById(location.hash.slice(1));
if (asked && boxes.includes(asked)) goTo(asked);
