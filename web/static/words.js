// In which language a part of the page is, and the words of that language.

const KNOWN = {
  en: () => import("./english.js"),
  es: () => import("./spanish.js"),
};

/** What the nearest `lang` around it says, through shadow roots too: "es-MX". */
export function languageTag(element) {
  for (let at = element; at; at = at.getRootNode().host) {
    const said = at.closest("[lang]:not([lang=''])")?.lang;
    if (said) return said;
  }
  return navigator.language ?? "en";
}

/** The words for a language tag, with its locale for days and times; English where we have no others. */
export async function wordsFor(tag) {
  const language = tag.toLowerCase().split(/[-_]/)[0];
  const words = (await (KNOWN[language] ?? KNOWN.en)()).default;
  return language === words.language && tag.includes("-") && isLocale(tag) ? { ...words, locale: tag } : words;
}

/** What an answer that is none of ours to expect means for a person, and what to do. */
export function problemWords(words, answer) {
  const { problem } = words;
  if (!answer.status) return problem.away;
  if (answer.status === 429) return problem.busy(answer.wait || 60);
  if (answer.status >= 500) return problem.broken;
  if (answer.status === 404 || answer.status === 410) return problem.gone;
  if (answer.body.errors?.length) return problem.fields;
  return words.language === "en" ? answer.body.detail ?? problem.refused : problem.refused;
}

function isLocale(tag) {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(tag).length > 0;
  } catch {
    return false;
  }
}
