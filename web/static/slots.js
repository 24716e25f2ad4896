// A week of free times, to choose one from. It asks, it shows, it never books.
import { isWrongAt } from "./api.js";
import { make } from "./dom.js";
import { addDays, dateIn, isZone, ownZone, sayer } from "./time.js";
import { problemWords } from "./words.js";
import { zoneSelect } from "./zones.js";

const WEEKS_TO_LOOK_AHEAD = 8;

export class SlotPicker {
  picked = null;
  #asked = 0;
  #refused = new Set();

  /**
   * `ask({from, to, timezone})` gives the API's answer. `onPick(slot)` hears each choice: while what it gives is under way,
   * there is no other, and false says that nothing came of it. `words` are those of its language. `home` is the practice's
   * zone, for a visitor whose zone the server does not know.
   */
  constructor(root, { ask, words, home, zone = ownZone(home), onPick }) {
    Object.assign(this, { ask, zone, home, onPick, language: words, words: words.slots, say: sayer(words.locale, words.moment) });
    const turn = (days, label, sign) => make("button", { type: "button", class: "turn", "aria-label": label, onclick: () => this.#turn(days) }, sign);
    this.offers = make("div", { class: "offers", hidden: true });
    this.status = make("p", { class: "slots-status", role: "status" });
    this.week = make("p", { class: "week" });
    this.earlier = turn(-7, this.words.earlier, "‹");
    this.later = turn(7, this.words.later, "›");
    this.days = make("div", { class: "days", role: "group", "aria-label": this.words.days });
    this.times = make("div", { class: "times-place" });
    this.zoneChoice = zoneSelect("slots-zone", zone, (chosen) => this.#inZone(chosen), this.words.otherZones);
    this.zoneName = make("span", { class: "zone-name" });
    root.classList.add("slots");
    root.replaceChildren(
      this.offers,
      make("div", { class: "turner" }, this.earlier, this.week, this.later),
      this.status, this.days, this.times,
      make("div", { class: "zone" },
        make("label", { for: "slots-zone" }, this.words.zone),
        this.zoneChoice,
        this.zoneName));
  }

  /** Starts over, from today. */
  show() {
    this.first = dateIn(this.zone, Date.now());
    this.offers.hidden = true;
    this.picked = null;
    return this.#load();
  }

  /** What is free may have changed: asks again, and stays where it is. */
  refresh() {
    return this.#load(this.picked && dateIn(this.zone, this.picked.starts_at));
  }

  /** The chosen time is gone: these are near it. */
  offer(nearest) {
    this.picked = null;
    const buttons = nearest.map((slot) =>
      make("button", { type: "button", class: "offer", onclick: (event) => this.#take(slot, event.target) }, this.say.momentWords(this.zone, slot.starts_at)));
    this.offers.replaceChildren(
      make("p", { tabindex: "-1" }, buttons.length ? this.words.takenNear : this.words.taken),
      ...buttons);
    this.offers.hidden = false;
    this.offers.firstChild.focus();
    return nearest.length ? this.#goTo(dateIn(this.zone, nearest[0].starts_at)) : this.#load();
  }

  async #take(slot, button) {
    if (this.isBusy) return;
    this.isBusy = true;
    button.setAttribute("aria-busy", "true");
    try {
      this.picked = slot;
      this.#mark();
      const wasOffered = this.offers.contains(button);
      if (await this.onPick(slot) === false) return;
      this.offers.hidden = true;
      if (wasOffered) await this.#goTo(dateIn(this.zone, slot.starts_at));
    } finally {
      this.isBusy = false;
      button.removeAttribute("aria-busy");
    }
  }

  #inZone(zone) {
    this.zone = zone;
    this.first = this.#notBeforeToday(this.first);
    return this.#load();
  }

  /** A browser may know zones that the server does not. Gives whether there is another one to try. */
  #leaveZone() {
    this.#refused.add(this.zone);
    const zone = [this.home, "UTC"].find((each) => isZone(each) && !this.#refused.has(each));
    if (!zone) return false;
    this.zone = zone;
    this.first = this.#notBeforeToday(this.first);
    this.zoneChoice.value = zone;
    if (!this.zoneChoice.value) this.zoneChoice.append(make("option", { value: zone, selected: true }, zone));
    return true;
  }

  #turn(days) {
    const first = this.#notBeforeToday(addDays(this.first, days));
    if (first === this.first) return;
    this.first = first;
    return this.#load();
  }

  #goTo(day) {
    const today = dateIn(this.zone, Date.now());
    this.first = today;
    while (addDays(this.first, 7) <= day) this.first = addDays(this.first, 7);
    return this.#load(day);
  }

  #notBeforeToday(date) {
    const today = dateIn(this.zone, Date.now());
    return date < today ? today : date;
  }

  async #load(day) {
    const asked = ++this.#asked;
    this.#caption();
    this.status.textContent = this.words.looking;
    const answer = await this.#ask(this.first);
    if (asked !== this.#asked) return;
    if (isWrongAt(answer, "/timezone") && this.#leaveZone()) return this.#load(day);
    if (!answer.ok) return this.#fail(answer);
    this.#render(answer.byDay, day);
  }

  /** The week's slots by day. The window is wider than any zone needs, so that no midnight must be computed here. */
  async #ask(first) {
    const hour = 3600000;
    const from = Math.max(Date.parse(`${first}T00:00Z`) - 14 * hour, Date.now());
    const to = Date.parse(`${addDays(first, 7)}T00:00Z`) + 12 * hour;
    const answer = await this.ask({ from: rfc3339(from), to: rfc3339(to), timezone: this.zone });
    const byDay = new Map(Array.from({ length: 7 }, (_, number) => [addDays(first, number), []]));
    for (const slot of answer.body.items ?? []) byDay.get(dateIn(this.zone, slot.starts_at))?.push(slot);
    return { ...answer, byDay };
  }

  #caption() {
    const short = { month: "short", day: "numeric" };
    this.week.textContent = `${this.say.dateWords(this.first, short)} – ${this.say.dateWords(addDays(this.first, 6), short)}`;
    this.earlier.setAttribute("aria-disabled", this.first <= dateIn(this.zone, Date.now()));
    this.zoneName.textContent = this.say.zoneName(this.zone, `${this.first}T12:00Z`);
  }

  #fail(answer) {
    this.days.replaceChildren();
    this.times.replaceChildren(make("div", { class: "empty" },
      make("button", { type: "button", class: "quiet-button", onclick: () => this.#load() }, this.language.again)));
    this.status.textContent = problemWords(this.language, answer);
  }

  #render(byDay, wanted) {
    const free = [...byDay].filter(([, slots]) => slots.length);
    const count = free.reduce((sum, [, slots]) => sum + slots.length, 0);
    this.days.replaceChildren(...Array.from(byDay, ([day, slots]) => this.#dayButton(day, slots)));
    this.status.textContent = count ? this.words.thisWeek(count) : "";
    if (!count) return this.#renderEmpty();
    const picked = this.picked && dateIn(this.zone, this.picked.starts_at);
    const [day, slots] = free.find(([each]) => each === (wanted ?? picked)) ?? free[0];
    this.#open(day, slots);
  }

  #dayButton(day, slots) {
    return make("button", {
      type: "button", class: "day", part: "day", "data-day": day, disabled: !slots.length, "aria-pressed": "false",
      "aria-label": `${this.say.longDate(day)}, ${this.words.free(slots.length)}`, onclick: () => this.#open(day, slots),
    },
    make("span", { class: "weekday" }, this.say.dateWords(day, { weekday: "short" })),
    make("span", { class: "number" }, String(Number(day.slice(8)))),
    make("span", { class: "free" }, slots.length ? slots.length : "–", make("span", { class: "word" }, slots.length ? ` ${this.words.freeWord(slots.length)}` : "")));
  }

  #open(day, slots) {
    for (const button of this.days.children) button.setAttribute("aria-pressed", button.dataset.day === day);
    this.times.replaceChildren(make("div", { class: "times", role: "group", "aria-labelledby": "slots-day" },
      make("p", { class: "times-day", id: "slots-day" }, this.say.longDate(day)), ...slots.map((slot) => this.#timeButton(slot))));
    this.#mark();
  }

  #timeButton(slot) {
    return make("button", {
      type: "button", class: "time", part: "time", "data-at": Date.parse(slot.starts_at), onclick: (event) => this.#take(slot, event.currentTarget),
    }, this.say.timeWords(this.zone, slot.starts_at));
  }

  #mark() {
    const at = this.picked && String(Date.parse(this.picked.starts_at));
    for (const button of this.times.querySelectorAll(".time")) button.setAttribute("aria-pressed", button.dataset.at === at);
  }

  #renderEmpty() {
    this.status.textContent = this.words.noneThisWeek;
    this.times.replaceChildren(make("div", { class: "empty" },
      make("button", { type: "button", class: "quiet-button", onclick: () => this.#lookAhead() }, this.words.findNext)));
  }

  async #lookAhead() {
    const asked = ++this.#asked;
    this.status.textContent = this.words.lookingAhead;
    for (let week = 1; week <= WEEKS_TO_LOOK_AHEAD; week++) {
      const first = addDays(this.first, 7 * week);
      const answer = await this.#ask(first);
      if (asked !== this.#asked) return;
      if (!answer.ok) return this.#fail(answer);
      if (![...answer.byDay.values()].some((slots) => slots.length)) continue;
      this.first = first;
      this.#caption();
      this.#render(answer.byDay);
      return this.times.querySelector("button")?.focus();
    }
    this.status.textContent = this.words.noneAhead(WEEKS_TO_LOOK_AHEAD);
    this.times.replaceChildren();
  }
}

const rfc3339 = (instant) => new Date(instant).toISOString().replace(/\.\d+Z$/, "Z");
