// Instants in words. Dates of a week are plain "2026-03-08" strings: days have no zone, and no 24 hours either.

const WORDS = "en-US";

export const ownZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";

/** The calendar date of an instant, as a clock on a wall in `zone` shows it. */
export const dateIn = (zone, instant) => new Intl.DateTimeFormat("en-CA", { timeZone: zone }).format(new Date(instant));

export function addDays(date, days) {
  const noon = new Date(`${date}T12:00Z`);
  noon.setUTCDate(noon.getUTCDate() + days);
  return noon.toISOString().slice(0, 10);
}

export const dateWords = (date, style) =>
  new Intl.DateTimeFormat(WORDS, { timeZone: "UTC", ...style }).format(new Date(`${date}T12:00Z`));

export const longDate = (date) => dateWords(date, { weekday: "long", month: "long", day: "numeric" });

export const timeWords = (zone, instant) =>
  new Intl.DateTimeFormat(WORDS, { timeZone: zone, hour: "numeric", minute: "2-digit" }).format(new Date(instant));

/** "Tuesday, March 10 at 9:00 AM Eastern Daylight Time" */
export const momentWords = (zone, instant) =>
  `${longDate(dateIn(zone, instant))} at ${timeWords(zone, instant)} ${zoneName(zone, instant)}`;

/** The zone's name on that day, since it changes with the season. */
export function zoneName(zone, instant = Date.now()) {
  const parts = new Intl.DateTimeFormat(WORDS, { timeZone: zone, timeZoneName: "long" }).formatToParts(new Date(instant));
  return parts.find((part) => part.type === "timeZoneName").value;
}
