// A week of free times, to choose one from. It asks, it shows, it never books.
import { get } from "./api.js";
import { make } from "./dom.js";
import { addDays, dateIn, dateWords, longDate, momentWords, ownZone, timeWords, zoneName } from "./time.js";
import { zoneSelect } from "./zones.js";

const WEEKS_TO_LOOK_AHEAD = 8;

export class SlotPicker {
  picked = null;
  #asked = 0;

  /** `onPick` hears each choice, and again when the zone changes and the words with it. */
  constructor(root, { practice, zone = ownZone(), onPick }) {
    Object.assign(this, { practice, zone, onPick });
    this.offers = make("div", { class: "offers", hidden: true });
    this.status = make("p", { class: "slots-status", role: "status" });
    this.week = make("p", { class: "week" });
    this.earlier = make("button", { type: "button", class: "turn", "aria-label": "Earlier week", onclick: () => this.#turn(-7) }, "‹");
    this.later = make("button", { type: "button", class: "turn", "aria-label": "Later week", onclick: () => this.#turn(7) }, "›");
    this.days = make("div", { class: "days", role: "group", "aria-label": "Days of this week" });
    this.times = make("div");
    this.zoneName = make("span", { class: "zone-name" });
    root.classList.add("slots");
    root.replaceChildren(
      this.offers,
      make("div", { class: "turner" }, this.earlier, this.week, this.later),
      this.status, this.days, this.times,
      make("div", { class: "zone" },
        make("label", { for: "slots-zone" }, "Times are shown for"),
        zoneSelect("slots-zone", zone, (chosen) => this.#inZone(chosen)),
        this.zoneName));
  }

  /** Starts over, from today, for this type of consultation. */
  show(consultationType) {
    this.consultationType = consultationType;
    this.first = dateIn(this.zone, Date.now());
    this.#choose(null);
    return this.#load();
  }

  /** The chosen time is gone: these are near it. */
  offer(nearest) {
    this.#choose(null);
    const buttons = nearest.map((slot) =>
      make("button", { type: "button", class: "offer", onclick: () => this.#take(slot) }, momentWords(this.zone, slot.starts_at)));
    this.offers.replaceChildren(
      make("p", { tabindex: "-1" }, buttons.length ? "That time has just been taken. These are free:" : "That time has just been taken. Please choose another."),
      ...buttons);
    this.offers.hidden = false;
    this.offers.firstChild.focus();
    return nearest.length ? this.#goTo(dateIn(this.zone, nearest[0].starts_at)) : this.#load();
  }

  /** Nothing was chosen yet: says so, where the choice is. */
  remind() {
    this.status.textContent = "Please choose a time first.";
    this.status.classList.add("urgent");
    (this.times.querySelector("input") ?? this.later).focus();
  }

  #take(slot) {
    this.offers.hidden = true;
    this.#choose(slot);
    return this.#goTo(dateIn(this.zone, slot.starts_at));
  }

  #choose(slot) {
    this.picked = slot;
    if (this.status.classList.contains("urgent")) this.status.textContent = "";
    this.status.classList.remove("urgent");
    this.onPick(slot, this.zone);
  }

  #inZone(zone) {
    this.zone = zone;
    this.first = this.#notBeforeToday(this.first);
    this.onPick(this.picked, zone);
    return this.#load();
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
    this.status.textContent = "Looking for free times…";
    const answer = await this.#ask(this.first);
    if (asked !== this.#asked) return;
    if (!answer.ok) return this.#fail(answer.body);
    this.#render(answer.byDay, day);
  }

  /** The week's slots by day. The window is wider than any zone needs, so that no midnight must be computed here. */
  async #ask(first) {
    const hour = 3600000;
    const from = Math.max(Date.parse(`${first}T00:00Z`) - 14 * hour, Date.now());
    const to = Date.parse(`${addDays(first, 7)}T00:00Z`) + 12 * hour;
    const query = new URLSearchParams({
      consultation_type: this.consultationType, from: rfc3339(from), to: rfc3339(to), timezone: this.zone,
    });
    const answer = await get(`/public/${encodeURIComponent(this.practice)}/slots?${query}`);
    const byDay = new Map(Array.from({ length: 7 }, (_, number) => [addDays(first, number), []]));
    for (const slot of answer.body.items ?? []) byDay.get(dateIn(this.zone, slot.starts_at))?.push(slot);
    return { ...answer, byDay };
  }

  #caption() {
    const short = { month: "short", day: "numeric" };
    this.week.textContent = `${dateWords(this.first, short)} – ${dateWords(addDays(this.first, 6), short)}`;
    this.earlier.setAttribute("aria-disabled", this.first <= dateIn(this.zone, Date.now()));
    this.zoneName.textContent = zoneName(this.zone, `${this.first}T12:00Z`);
  }

  #fail(problem) {
    this.days.replaceChildren();
    this.times.replaceChildren(make("button", { type: "button", class: "quiet-button", onclick: () => this.#load() }, "Try again"));
    this.status.textContent = problem.detail ?? "The free times could not be loaded.";
  }

  #render(byDay, wanted) {
    const free = [...byDay].filter(([, slots]) => slots.length);
    const count = free.reduce((sum, [, slots]) => sum + slots.length, 0);
    this.days.replaceChildren(...Array.from(byDay, ([day, slots]) => this.#dayButton(day, slots)));
    this.status.textContent = count ? `${count} free ${count === 1 ? "time" : "times"} this week` : "";
    if (!count) return this.#renderEmpty();
    const picked = this.picked && dateIn(this.zone, this.picked.starts_at);
    const [day, slots] = free.find(([each]) => each === (wanted ?? picked)) ?? free[0];
    this.#open(day, slots);
  }

  #dayButton(day, slots) {
    const words = slots.length ? `${slots.length} free` : "none free";
    return make("button", {
      type: "button", class: "day", "data-day": day, disabled: !slots.length, "aria-pressed": "false",
      "aria-label": `${longDate(day)}, ${words}`, onclick: () => this.#open(day, slots),
    },
    make("span", { class: "weekday" }, dateWords(day, { weekday: "short" })),
    make("span", { class: "number" }, String(Number(day.slice(8)))),
    make("span", { class: "free" }, slots.length ? slots.length : "–", make("span", { class: "word" }, slots.length ? " free" : "")));
  }

  #open(day, slots) {
    for (const button of this.days.children) button.setAttribute("aria-pressed", button.dataset.day === day);
    this.times.replaceChildren(make("fieldset", { class: "times" },
      make("legend", {}, longDate(day)), ...slots.map((slot) => this.#timeChoice(slot))));
  }

  #timeChoice(slot) {
    const chosen = this.picked && Date.parse(this.picked.starts_at) === Date.parse(slot.starts_at);
    const radio = make("input", { type: "radio", name: "slot", value: slot.starts_at, checked: chosen, onchange: () => {
      this.offers.hidden = true;
      this.#choose(slot);
    } });
    return make("label", { class: "time" }, radio, make("span", {}, timeWords(this.zone, slot.starts_at)));
  }

  #renderEmpty() {
    this.status.textContent = "No free times in this week.";
    this.times.replaceChildren(make("div", { class: "empty" },
      make("button", { type: "button", class: "quiet-button", onclick: () => this.#lookAhead() }, "Find the next free time")));
  }

  async #lookAhead() {
    const asked = ++this.#asked;
    this.status.textContent = "Looking further ahead…";
    for (let week = 1; week <= WEEKS_TO_LOOK_AHEAD; week++) {
      const first = addDays(this.first, 7 * week);
      const answer = await this.#ask(first);
      if (asked !== this.#asked) return;
      if (!answer.ok) return this.#fail(answer.body);
      if (!answer.body.items?.length) continue;
      this.first = first;
      this.#caption();
      return this.#render(answer.byDay);
    }
    this.status.textContent = `No free times in the next ${WEEKS_TO_LOOK_AHEAD} weeks. Please write to us instead.`;
    this.times.replaceChildren();
  }
}

const rfc3339 = (instant) => new Date(instant).toISOString().replace(/\.\d+Z$/, "Z");
