// <ft-book-consultation>: kind, time, person. One press of the button is one booking, even when the line drops.
import { isProblem, once } from "./api.js";
import { link, make, reveal } from "./dom.js";
import { FollowthroughElement } from "./element.js";
import { consentBox, field, missing, numberIn, showAnswer, trap } from "./fields.js";
import { filledIn, onSubmit, showProblem } from "./form.js";
import { Hold } from "./hold.js";
import { SlotPicker } from "./slots.js";
import { sayer } from "./time.js";

export class BookConsultation extends FollowthroughElement {
  #hold;
  #left = () => {
    this.#hold?.release();
    // Whoever comes back by the browser's button finds the form as it was, and no promise that holds no more.
    this.held?.replaceChildren();
  };

  async load(isWanted) {
    const key = this.getAttribute("link");
    const [offered, profile] = await Promise.all([
      this.api.get(`${this.path}/consultation-types${key ? `?${new URLSearchParams({ link: key })}` : ""}`), this.profile(),
    ]);
    if (!isWanted()) return;
    if (!offered.ok || !profile.ok) return offered.ok ? profile : offered;
    const wanted = this.getAttribute("consultation-type");
    const types = offered.body.items.filter((type) => !wanted || type.slug === wanted);
    if (!types.length) return this.box.replaceChildren(make("p", { class: "empty" }, this.words.book.nothing), make("slot"));
    this.say = sayer(this.words.locale, this.words.moment);
    this.send = once(this.api.post);
    this.#hold = new Hold(this.api, this.path, () => { this.held.textContent = this.words.book.lapsed; });
    window.addEventListener("pagehide", this.#left);
    this.#build(types, profile.body);
    await this.#take(types[0]);
  }

  stop() {
    window.removeEventListener("pagehide", this.#left);
    this.#left();
  }

  #build(types, profile) {
    const { book } = this.words;
    this.about = make("div", { class: "about" });
    this.hosts = make("div");
    const place = make("div");
    this.whenTitle = this.title(book.when);
    this.choosing = make("div", { class: "step" }, types.length > 1 ? this.#typeChoice(types) : this.about, this.hosts, this.whenTitle, place);
    this.picker = new SlotPicker(place, {
      words: this.words, home: this.home, zone: this.zone, onPick: (slot) => this.#choose(slot),
      ask: (window) => this.api.get(`${this.path}/slots?${new URLSearchParams({ ...this.#wish(), ...window, ...this.#own() })}`),
    });
    this.form = this.#form(profile);
    this.box.replaceChildren(this.choosing, this.form);
  }

  #typeChoice(types) {
    return make("fieldset", { class: "types" },
      make("legend", { class: "title" }, this.words.book.kind),
      ...types.map((type, position) => make("label", { class: "type" },
        make("input", { type: "radio", name: "type", value: type.slug, checked: position === 0, onchange: () => this.#take(type) }),
        ...this.#typeWords(type))));
  }

  #typeWords(type) {
    return [
      make("span", { class: "type-name" }, type.name),
      make("span", { class: "quiet" }, this.#facts(type).join(" · ")),
      ...(type.description ? [make("span", { class: "type-words" }, type.description)] : []),
    ];
  }

  #facts({ minutes, price_cents: cents, location, language }) {
    const { book, locale, language: own } = this.words;
    const price = cents ? new Intl.NumberFormat(locale, { style: "currency", currency: "USD" }).format(cents / 100) : null;
    const facts = [book.minutes(minutes), book.price(price)];
    if (location?.kind === "phone") facts.push(location.who_calls === "parent" ? book.youCall : book.weCall);
    if (location?.kind === "video") facts.push(book.video);
    if (location?.kind === "place") facts.push(book.place);
    if (language && language !== own) facts.push(book.inLanguage[language] ?? language);
    return facts;
  }

  /** This kind of consultation: its words, its hosts, its questions, its times. */
  #take(type) {
    this.type = type;
    this.host = "";
    this.about.replaceChildren(...this.#typeWords(type));
    this.hosts.replaceChildren(...(type.hosts?.length > 1 ? [this.#hostChoice(type.hosts)] : []));
    const { field: shared, book } = this.words;
    const isCalled = type.location?.kind === "phone" && type.location.who_calls !== "parent";
    this.phone.replaceChildren(field(this.words, {
      name: "phone", label: shared.phone, kind: "tel", autocomplete: "tel", required: isCalled, hint: isCalled ? book.phoneHint : undefined,
      pattern: "\\+?[0-9 \\(\\)\\.\\/x\\-]{5,40}", value: this.phone.querySelector("input")?.value,
    }));
    this.questions.replaceChildren(...(type.questions ?? []).map((each) => field(this.words, { ...each, name: `answers-${each.key}` })));
    this.button.textContent = type.needs_confirmation ? book.request : book.book;
    return this.picker.show();
  }

  #hostChoice(hosts) {
    const { book } = this.words;
    return make("div", { class: "field" },
      make("label", { for: "host" }, book.whom),
      make("select", { id: "host", part: "field", onchange: (event) => { this.host = event.target.value; this.picker.show(); } },
        make("option", { value: "" }, book.anybody), ...hosts.map(({ id, name }) => make("option", { value: id }, name))));
  }

  /** What every request about this booking says. */
  #wish() {
    const said = { consultation_type: this.type.slug };
    if (this.host) said.host_id = this.host;
    if (this.getAttribute("link")) said.link = this.getAttribute("link");
    return said;
  }

  /** With it, the time that is kept for this visitor is free for this visitor. */
  #own() {
    return this.#hold.token ? { hold: this.#hold.token } : {};
  }

  async #choose(slot) {
    const answer = await this.#hold.take({ ...this.#wish(), starts_at: slot.starts_at, timezone: this.picker.zone });
    if (isProblem(answer, "slot-taken")) {
      this.picker.offer(answer.body.nearest ?? []);
      return false;
    }
    // Where nothing can be held, because the server is away or does not know how, the booking itself will tell.
    this.held.textContent = answer.ok ? this.words.book.held(answer.minutes) : "";
    this.when.textContent = this.say.momentWords(this.picker.zone, slot.starts_at);
    this.what.textContent = `${this.type.name}, ${this.words.book.minutes(this.type.minutes)}`;
    this.choosing.hidden = true;
    this.form.hidden = false;
    this.#show(this.detailsTitle);
    return true;
  }

  #chooseAgain() {
    this.form.hidden = true;
    this.choosing.hidden = false;
    this.#show(this.whenTitle);
    return this.picker.refresh();
  }

  #form(profile) {
    const { book, field: shared } = this.words;
    this.when = make("p", { class: "moment" });
    this.what = make("p", { class: "quiet" });
    this.held = make("p", { class: "held", role: "status" });
    this.detailsTitle = this.title(book.details);
    this.phone = make("div");
    this.questions = make("div");
    this.button = make("button", { type: "submit", class: "large", part: "button" });
    const form = make("form", { class: "step", novalidate: true, hidden: true },
      make("div", { class: "summary", part: "summary" },
        make("div", { class: "summary-words" }, make("p", { class: "eyebrow" }, book.yourTime), this.when, this.what, this.held),
        make("button", { type: "button", class: "quiet-button", onclick: () => this.#chooseAgain() }, book.otherTime)),
      this.detailsTitle,
      make("div", { class: "pair" },
        field(this.words, { name: "name", label: shared.name, required: true, autocomplete: "name", maxlength: "120" }),
        field(this.words, { name: "email", label: shared.email, kind: "email", required: true, autocomplete: "email", maxlength: "254" })),
      this.phone, this.questions,
      field(this.words, { name: "message", label: book.message, kind: "long_text", hint: book.messageHint, maxlength: "5000" }),
      ...(profile.booking_consent ? [consentBox("consent", profile.booking_consent)] : []),
      trap(),
      make("div", { class: "alert", role: "alert", tabindex: "-1", hidden: true }),
      make("p", {}, this.button),
      make("p", { class: "quiet" }, shared.privacyOfBooking));
    onSubmit(form, () => this.#book());
    return form;
  }

  async #book() {
    const { words } = this;
    const errors = missing(this.form, words);
    if (errors.length) return showProblem(this.form, { detail: words.problem.fields, errors });
    const said = {
      ...this.#wish(), starts_at: this.picker.picked.starts_at, timezone: this.picker.zone, language: words.language,
      ...filledIn(this.form, ["name", "email", "phone", "message", "website"]), ...this.source,
    };
    const answers = this.#answers();
    if (Object.keys(answers).length) said.answers = answers;
    if (this.form.elements.consent) said.consent = true;
    const answer = await this.send(`${this.path}/bookings`, said, this.#own());
    if (answer.ok) return this.#thank(answer.body, said.email);
    if (isProblem(answer, "slot-taken")) return this.#offer(answer.body.nearest ?? []);
    showAnswer(this.form, answer, words);
  }

  #answers() {
    const answers = {};
    for (const { key, kind } of this.type.questions ?? []) {
      const chosen = new FormData(this.form).getAll(`answers-${key}`).map((value) => value.trim()).filter(Boolean);
      if (!chosen.length) continue;
      const [value] = chosen;
      answers[key] = { choices: chosen, number: numberIn(value), yes_no: value === "yes" }[kind] ?? value;
    }
    return answers;
  }

  #offer(nearest) {
    this.#hold.release();
    this.form.hidden = true;
    this.choosing.hidden = false;
    return this.picker.offer(nearest);
  }

  #thank(booked, email) {
    const { book } = this.words;
    this.#hold.forget();
    const headline = { held: book.confirmAddress, requested: book.requested }[booked.state] ?? book.booked;
    const until = booked.expires_at ? this.say.timeWords(this.picker.zone, booked.expires_at) : "";
    const words = { held: book.confirmAddressWords(email, until), requested: book.requestedWords }[booked.state] ?? book.bookedWords;
    const manage = make("a", { class: "button quiet-button" }, book.manage);
    const calendar = make("a", { class: "button", part: "button", download: "invite.ics" }, book.calendar);
    const links = make("p", { class: "actions" });
    if (link(manage, booked.manage_url)) {
      if (booked.state === "confirmed") {
        calendar.href = `${this.base}/api/v1/public/bookings/${booked.manage_url.split("/").pop()}/invite.ics`;
        links.append(calendar);
      }
      links.append(manage);
    }
    const title = this.title(headline);
    this.box.replaceChildren(make("div", { class: "step thanks" },
      make("div", { class: `sign ${booked.state}`, "aria-hidden": "true" }),
      title,
      make("p", { class: "moment" }, this.say.momentWords(booked.timezone ?? this.picker.zone, booked.starts_at ?? this.picker.picked.starts_at)),
      make("p", { class: "quiet" }, `${this.type.name} · ${this.#facts(this.type).join(" · ")}`),
      make("p", {}, words),
      ...(links.children.length ? [links] : [])));
    this.#show(title);
    this.tell("ft-booked", { consultation_type: this.type.slug, state: booked.state });
  }

  /** The next step begins here, for eyes and for screen readers. */
  #show(title) {
    reveal(title);
    if (this.getBoundingClientRect().top < 0) this.scrollIntoView({ block: "start" });
  }
}
