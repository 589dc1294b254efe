"use strict";

const themes = ["system", "light", "dark"];
const theme = document.getElementById("theme");

function show(name) {
  theme.textContent = `Theme: ${name}`;
  document.documentElement.dataset.theme = name;
}

theme.addEventListener("click", () => {
  const now = document.documentElement.dataset.theme || themes[0];
  show(themes[(themes.indexOf(now) + 1) % themes.length]);
});

for (const section of document.querySelectorAll("section.objects")) {
  const form = section.querySelector("form");
  const output = form.querySelector("output");
  const objects = [...section.querySelectorAll("details.object")].map((element) => ({
    element,
    kinds: element.dataset.kinds.split("|"),
    what: element.dataset.what,
    text: element.dataset.text,
  }));
  const groups = [...section.querySelectorAll("section.kind")];

  function offer(select, values) {
    for (const value of new Set(values)) select.add(new Option(value, value));
  }

  function filter() {
    const text = form.elements.text.value.trim().toLowerCase();
    const kind = form.elements.kind.value;
    const what = form.elements.what.value;
    let shown = 0;
    for (const object of objects) {
      const fits =
        (!text || object.text.includes(text)) &&
        (!kind || object.kinds.includes(kind)) &&
        (!what || object.what === what);
      object.element.hidden = !fits;
      shown += fits;
    }
    for (const group of groups) group.hidden = !group.querySelector("details.object:not([hidden])");
    output.textContent = `${shown} of ${objects.length} shown`;
  }

  function open(is) {
    for (const object of objects) if (!object.element.hidden) object.element.open = is;
  }

  offer(form.elements.kind, objects.flatMap((object) => object.kinds).sort());
  offer(form.elements.what, objects.map((object) => object.what));
  form.addEventListener("input", filter);
  form.addEventListener("change", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.elements.expand.addEventListener("click", () => open(true));
  form.elements.collapse.addEventListener("click", () => open(false));
  filter();
}

document.addEventListener("keydown", (event) => {
  const typing = event.target.matches("input, select, textarea");
  if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const input = document.querySelector("form.filter input");
  if (input) {
    event.preventDefault();
    input.focus();
  }
});
