// <ft-contact>: a message to the practice.
import { isWrongAt, once } from "./api.js";
import { make, reveal } from "./dom.js";
import { FollowthroughElement } from "./element.js";
import { consentBox, field, missing, showAnswer, trap } from "./fields.js";
import { filledIn, onSubmit, showProblem } from "./form.js";

// The server takes what comes within three seconds, or after a day, for a program's: nobody who has filled in all fields by a
// key of her browser is to be one.
const SECOND = 1000;
const SOONEST = 4 * SECOND;
const LATEST = 20 * 3600 * SECOND;

export class Contact extends FollowthroughElement {
  async load(isWanted) {
    const [profile] = await Promise.all([this.profile(), this.#show()]);
    if (!isWanted()) return;
    if (!profile.ok) return profile;
    this.send = once(this.api.post);
    this.form = this.#form(profile.body);
    this.box.replaceChildren(this.form);
  }

  #form(profile) {
    const { contact, field: shared } = this.words;
    const form = make("form", { class: "step", novalidate: true },
      make("div", { class: "pair" },
        field(this.words, { name: "name", label: shared.name, required: true, autocomplete: "name", maxlength: "120" }),
        field(this.words, { name: "email", label: shared.email, kind: "email", required: true, autocomplete: "email", maxlength: "254" })),
      field(this.words, { name: "phone", label: shared.phone, kind: "tel", autocomplete: "tel", pattern: "\\+?[0-9 \\(\\)\\.\\/x\\-]{5,40}" }),
      field(this.words, { name: "message", label: contact.message, kind: "long_text", required: true, hint: contact.messageHint, maxlength: "5000" }),
      ...(profile.booking_consent ? [consentBox("consent", profile.booking_consent)] : []),
      trap(),
      make("div", { class: "alert", role: "alert", tabindex: "-1", hidden: true }),
      make("p", {}, make("button", { type: "submit", class: "large", part: "button" }, contact.send)),
      make("p", { class: "quiet" }, shared.privacyOfContact));
    onSubmit(form, () => this.#send());
    return form;
  }

  /** Asks the server to note when the form was shown. It goes without, where the server cannot. */
  async #show() {
    const answer = await this.api.get(`${this.path}/form-token`);
    this.shown = performance.now();
    this.token = answer.ok ? answer.body.form_token : undefined;
  }

  async #token() {
    if (!this.token) return {};
    if (performance.now() - this.shown > LATEST) await this.#show();
    const early = SOONEST - (performance.now() - this.shown);
    if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
    return this.token ? { form_token: this.token } : {};
  }

  async #send() {
    const { words, form } = this;
    const errors = missing(form, words);
    if (errors.length) return showProblem(form, { detail: words.problem.fields, errors });
    const said = {
      ...filledIn(form, ["name", "email", "phone", "message", "website"]), language: words.language, timezone: this.zone, ...this.source,
      ...(form.elements.consent ? { consent: true } : {}),
    };
    const send = async (wish) => this.send(`${this.path}/enquiries`, wish, await this.#token());
    let answer = await send(said);
    // A zone that the server does not know: it does without.
    if (isWrongAt(answer, "/timezone")) answer = await send({ ...said, timezone: undefined });
    if (answer.ok) return this.#thank();
    showAnswer(form, answer, words);
  }

  #thank() {
    const { contact } = this.words;
    const title = this.title(contact.thanks);
    this.box.replaceChildren(make("div", { class: "step thanks" },
      make("div", { class: "sign confirmed", "aria-hidden": "true" }), title, make("p", {}, contact.thanksWords)));
    reveal(title);
    this.tell("ft-contacted", {});
  }
}
