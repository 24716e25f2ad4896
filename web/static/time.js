// Instants in words. Dates of a week are plain "2026-03-08" strings: days have no zone, and no 24 hours either.

/** The browser's zone. One that cannot tell may name a zone that it does not know itself ("Etc/Unknown"): then it is another. */
export const ownZone = (otherwise) => [Intl.DateTimeFormat().resolvedOptions().timeZone, otherwise].find(isZone) ?? "UTC";

/** Whether this browser knows the zone: what stands in a page could be anything. */
export function isZone(name) {
  try {
    return Boolean(name && new Intl.DateTimeFormat("en", { timeZone: name }));
  } catch {
    return false;
  }
}

/** The calendar date of an instant, as a clock on a wall in `zone` shows it. */
export const dateIn = (zone, instant) => new Intl.DateTimeFormat("en-CA", { timeZone: zone }).format(new Date(instant));

export function addDays(date, days) {
  const noon = new Date(`${date}T12:00Z`);
  noon.setUTCDate(noon.getUTCDate() + days);
  return noon.toISOString().slice(0, 10);
}

/** How days and times are said in a locale; `moment` joins a day, a time and the name of a zone. */
export function sayer(locale, moment) {
  const dateWords = (date, style) => new Intl.DateTimeFormat(locale, { timeZone: "UTC", ...style }).format(new Date(`${date}T12:00Z`));
  const longDate = (date) => dateWords(date, { weekday: "long", month: "long", day: "numeric" });
  const clockWords = (zone, instant, more) =>
    new Intl.DateTimeFormat(locale, { timeZone: zone, hour: "numeric", minute: "2-digit", ...more }).format(new Date(instant));
  /** In the night when clocks are set back a time comes twice, an hour (on Lord Howe half an hour) apart: then it says which. */
  const timeWords = (zone, instant) => {
    const said = clockWords(zone, instant);
    const isTwice = [-60, -30, 30, 60].some((minutes) => clockWords(zone, new Date(instant).getTime() + minutes * 60000) === said);
    return isTwice ? clockWords(zone, instant, { timeZoneName: "short" }) : said;
  };
  /** The zone's name on that day, since it changes with the season. */
  const zoneName = (zone, instant = Date.now()) =>
    new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName: "long" }).formatToParts(new Date(instant))
      .find((part) => part.type === "timeZoneName").value;
  const momentWords = (zone, instant) => moment(longDate(dateIn(zone, instant)), clockWords(zone, instant), zoneName(zone, instant));
  return { dateWords, longDate, timeWords, zoneName, momentWords };
}
