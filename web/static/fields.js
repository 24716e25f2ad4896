// The fields of a form, with the marks that form.js and screen readers need; and what a person has to be told about them.
import { isWrongAt } from "./api.js";
import { make } from "./dom.js";
import { placeAt, showProblem } from "./form.js";
import { problemWords } from "./words.js";

/** One field: label, hint, input, and the place for what is wrong with it. */
export function field(words, { name, label, kind = "text", hint, required = false, choices = [], ...more }) {
  if (kind === "yes_no") return group(words, { name, label, required, type: "radio", choices: [["yes", words.field.yes], ["no", words.field.no]] });
  if (kind === "choices") return group(words, { name, label, required, type: "checkbox", choices: choices.map((each) => [each, each]) });
  const common = { id: name, name, part: "field", required, "aria-describedby": `${hint ? `${name}-hint ` : ""}${name}-error`, ...more };
  return make("div", { class: "field" },
    make("label", { for: name }, label, ...optional(words, required)),
    ...(hint ? [make("p", { class: "hint", id: `${name}-hint` }, hint)] : []),
    input(words, kind, common, choices),
    wrong(name));
}

function input(words, kind, common, choices) {
  if (kind === "long_text") return make("textarea", { rows: "4", maxlength: "2000", ...common });
  if (kind === "choice") {
    return make("select", common, make("option", { value: "" }, words.field.choose), ...choices.map(option));
  }
  // A browser's own number field swallows what it cannot read, and turns with the wheel of the mouse.
  const type = kind === "number" ? "text" : kind;
  return make("input", { type, maxlength: "200", ...(kind === "number" ? { inputmode: "decimal" } : {}), ...common });
}

/** One to choose: its text, or its value and its text. */
const option = (each) => {
  const [value, text = value] = [each].flat();
  return make("option", { value }, text);
};

function group(words, { name, label, required, type, choices }) {
  return make("fieldset", { class: "field", id: name, "data-required": required, "aria-describedby": `${name}-error` },
    make("legend", {}, label, ...optional(words, required)),
    ...choices.map(([value, text]) => make("label", { class: "check" }, make("input", { type, name, value }), make("span", {}, text))),
    wrong(name));
}

/** A box to agree to something, in the words of whoever asks. */
export function consentBox(name, wording) {
  return make("div", { class: "field" },
    make("label", { class: "check" },
      make("input", { type: "checkbox", id: name, name, required: true, "aria-describedby": `${name}-error` }),
      make("span", {}, wording)),
    wrong(name));
}

/** A field that no person sees: whoever fills it in is a program. */
export const trap = () =>
  make("div", { class: "trap", "aria-hidden": "true" },
    make("label", { for: "website" }, "Website"),
    make("input", { id: "website", name: "website", tabindex: "-1", autocomplete: "off" }));

const optional = (words, required) => (required ? [] : [" ", make("span", { class: "optional" }, words.field.optional)]);
const wrong = (name) => make("p", { class: "field-error", id: `${name}-error`, hidden: true });

/** What is missing or wrong, as a problem document would say it: in the page's language, not the browser's. */
export function missing(form, words) {
  const errors = [];
  const say = (name, detail) => errors.push({ pointer: `/${name}`, detail });
  for (const each of form.querySelectorAll("input, textarea, select, fieldset[data-required]")) {
    if (each.matches("fieldset")) {
      if (!each.querySelector(":checked")) say(each.id, words.field.notChosen);
    } else if (each.validity.valueMissing || (each.required && !each.value.trim())) {
      say(each.name, each.type === "checkbox" ? words.field.notAgreed : each.matches("select") ? words.field.notChosen : words.field.empty);
    } else if (!each.validity.valid || (each.inputMode === "decimal" && each.value.trim() && !isNumber(each.value))) {
      say(each.name, words.field.wrong[each.name] ?? words.field.wrong.other);
    }
  }
  return errors;
}

export const numberIn = (text) => Number(text.trim().replace(",", "."));
const isNumber = (text) => Number.isFinite(numberIn(text));

/** What the server found wrong, in the words of the page. */
const inOurWords = (errors, words) =>
  errors.map(({ pointer, detail }) => {
    const name = (pointer ?? "").split("/")[1] ?? "";
    const own = words.field.wrong[name];
    return { pointer, detail: own ?? (words.language === "en" ? detail : words.field.wrong.other) };
  });

/** Shows why the server did not take the form: at the fields that a person sees, and for all others in words alone. */
export function showAnswer(form, answer, words) {
  const { problem } = words;
  if (!answer.status) return showProblem(form, { detail: `${problem.away} ${problem.kept}` });
  const errors = answer.body.errors ?? [];
  const seen = errors.filter(({ pointer }) => placeAt(form, pointer));
  let detail = errors.length && !seen.length ? problem.refused : problemWords(words, answer);
  if (isWrongAt(answer, "/website")) {
    // Not always a program: there are browsers that fill in every field.
    form.elements.website.value = "";
    if (errors.length === 1) detail = problem.onceMore;
  }
  showProblem(form, { detail, errors: inOurWords(seen, words) });
}
