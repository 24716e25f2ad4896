// <ft-wording-check>: a sentence of the IEP, and what is weak in it. Nothing of it is kept or put into an address.
import { make, reveal } from "./dom.js";
import { FollowthroughElement } from "./element.js";
import { field, missing, showAnswer } from "./fields.js";
import { filledIn, onSubmit, showProblem } from "./form.js";

// What the server says of a sentence is English, whatever the page is.
const ENGLISH = { lang: "en" };

export class WordingCheck extends FollowthroughElement {
  async load(isWanted) {
    const profile = await this.profile();
    if (!isWanted()) return;
    if (!profile.ok) return profile;
    this.found = make("div");
    this.form = this.#form();
    this.box.replaceChildren(this.found, this.form);
  }

  #form() {
    const { words } = this;
    const { text, hint, kind, kinds, check, privacy } = words.wording;
    const form = make("form", { class: "step", novalidate: true },
      field(words, { name: "text", label: text, kind: "long_text", required: true, hint, maxlength: "10000" }),
      field(words, { name: "kind", label: kind, kind: "choice", choices: Object.entries(kinds) }),
      make("div", { class: "alert", role: "alert", tabindex: "-1", hidden: true }),
      make("p", {}, make("button", { type: "submit", class: "large", part: "button" }, check)),
      make("p", { class: "quiet" }, privacy));
    onSubmit(form, () => this.#check());
    return form;
  }

  async #check() {
    const { words, form } = this;
    const errors = missing(form, words);
    if (errors.length) return showProblem(form, { detail: words.problem.fields, errors });
    this.found.replaceChildren();
    const said = filledIn(form, ["text", "kind"]);
    const answer = await this.api.post(`${this.path}/wording-checks`, said);
    if (!answer.ok) return showAnswer(form, answer, words);
    this.#show(said.text, answer.body);
    this.tell("ft-wording-checked", { findings: answer.body.findings.length, score: answer.body.score });
  }

  #show(text, { findings, elements, score, rewrite }) {
    const { wording, language } = this.words;
    const title = this.title(wording.weak(findings.length));
    const book = `${this.base}/book/${encodeURIComponent(this.practice)}?lang=${language}`;
    this.found.replaceChildren(make("div", { class: "step found" },
      title,
      make("blockquote", ENGLISH, ...this.#marked(text, findings)),
      make("ol", {}, ...findings.map(({ term, why, question }) =>
        make("li", {},
          make("p", ENGLISH, make("b", {}, `“${term}”`), ` ${why}`),
          make("p", { class: "ask" }, make("b", {}, wording.ask), " ", make("span", ENGLISH, question))))),
      make("p", {}, make("b", {}, wording.open)),
      make("dl", {}, ...Object.entries(elements).map(([name, how]) =>
        make("div", { class: how }, make("dt", {}, wording.elements[name]), make("dd", {}, wording.clarity[how])))),
      make("p", {}, wording.score(score)),
      ...(rewrite ? [
        make("p", {}, make("b", {}, wording.rewrite)),
        make("blockquote", ENGLISH, ...rewrite.split(/(\[[^[\]]{3,}\])/).map((part, at) => (at % 2 ? make("mark", {}, part) : part))),
        make("p", { class: "quiet" }, wording.blanks)] : []),
      make("p", {}, make("a", { class: "button quiet-button", href: book }, wording.book))));
    reveal(title);
  }

  /** The sentence with its weak words marked; the server counts characters, not halves of them as strings do. */
  #marked(text, findings) {
    const letters = Array.from(text);
    let at = 0;
    const parts = findings.flatMap(({ start, end }, number) => {
      const before = letters.slice(at, start).join("");
      at = end;
      const note = make("span", { class: "out-of-sight" }, ` (${this.words.wording.mark(number + 1)})`);
      return [before, make("mark", {}, letters.slice(start, end).join(""), make("sup", { "aria-hidden": "true" }, `${number + 1}`), note)];
    });
    return [...parts, letters.slice(at).join("")];
  }
}
