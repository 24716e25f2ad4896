// A form that speaks with the API: its words, and the server's answer at the field it is about.

/** What was filled in: trimmed, and nothing for a field left empty (passwords stay as typed). */
export function filledIn(form, names) {
  const said = {};
  for (const name of names) {
    const field = form.elements[name];
    const value = field.type === "password" ? field.value : field.value.trim();
    if (value) said[name] = value;
  }
  return said;
}

/** Runs `work` once at a time, with the button saying so. A form stays hidden until its script runs: sent without one it would go astray. */
export function onSubmit(form, work) {
  const button = form.querySelector("[type=submit]");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (button.getAttribute("aria-busy") === "true") return;
    clearProblem(form);
    button.setAttribute("aria-busy", "true");
    try {
      await work();
    } finally {
      button.removeAttribute("aria-busy");
    }
  });
}

/** Puts a problem document where it belongs, and the focus on the first thing to mend. */
export function showProblem(form, problem) {
  const general = [];
  let first = null;
  for (const { pointer, detail } of problem.errors ?? []) {
    const place = placeAt(form, pointer);
    if (!place) {
      general.push(detail);
      continue;
    }
    const field = fieldAt(form, pointer);
    place.textContent = detail;
    place.hidden = false;
    const input = field.matches("fieldset") ? field.querySelector("input") : field;
    if (input === field) field.setAttribute("aria-invalid", "true");
    first ??= input;
  }
  const alert = form.querySelector(".alert");
  const intro = problem.detail ?? problem.title ?? "Something went wrong. Please try again.";
  alert.textContent = [intro, ...general].join(" ");
  alert.hidden = false;
  (first ?? alert).focus?.();
  if (!first) alert.scrollIntoView({ block: "nearest" });
}

/** Where a person reads what is wrong at a JSON pointer; null for what nobody sees. */
export function placeAt(form, pointer) {
  const field = fieldAt(form, pointer);
  return field && form.querySelector(`[id="${CSS.escape(field.id)}-error"]`);
}

/** The field of a JSON pointer: of /answers/support that of this answer, or else that of all answers. */
function fieldAt(form, pointer) {
  const parts = (pointer ?? "").split("/").slice(1);
  return [parts.join("-"), parts[0]].filter(Boolean)
    .map((name) => form.querySelector(`[id="${CSS.escape(name)}"]`)).find((field) => field) ?? null;
}

export function clearProblem(form) {
  form.querySelector(".alert").hidden = true;
  for (const place of form.querySelectorAll(".field-error")) {
    // Emptied too: a field is described by it, seen or not.
    place.textContent = "";
    place.hidden = true;
  }
  for (const field of form.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
}
