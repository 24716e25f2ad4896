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
    const name = (pointer ?? "").split("/")[1];
    const place = name && form.querySelector(`[id="${CSS.escape(name)}-error"]`);
    if (!place) {
      general.push(name ? `${name}: ${detail}` : detail);
      continue;
    }
    place.textContent = detail;
    place.hidden = false;
    form.elements[name].setAttribute("aria-invalid", "true");
    first ??= form.elements[name];
  }
  const alert = form.querySelector(".alert");
  const intro = problem.detail ?? problem.title ?? "Something went wrong. Please try again.";
  alert.textContent = [intro, ...general].join(" ");
  alert.hidden = false;
  (first ?? alert).focus?.();
  if (!first) alert.scrollIntoView({ block: "nearest" });
}

export function clearProblem(form) {
  form.querySelector(".alert").hidden = true;
  for (const place of form.querySelectorAll(".field-error")) place.hidden = true;
  for (const field of form.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
}
