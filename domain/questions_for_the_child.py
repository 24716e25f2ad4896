"""What to ask the child about a support (DOMAIN section 2): open questions about today or this week, in words of a child.

One or two at a time, as part of how the day was; never against a teacher. Which of them fit, the words of the support say.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

# No statement of an IEP is longer; of a page that was pasted in, the beginning says what it is about.
MOST_CHARACTERS = 10_000


@dataclass(frozen=True)
class Support:
    """A kind of support: what it is called, the words that name it, and what to ask the child about it.

    In a prompt, `{who}` stands for whoever gives the service.
    """

    label: str
    named: re.Pattern[str]
    prompts: tuple[str, ...]


def _words(*stems: str) -> re.Pattern[str]:
    """Any of these, from the beginning of a word on."""
    return re.compile(rf"(?<![\w-])(?:{'|'.join(stems)})", re.IGNORECASE)


# What stands first is what the support is; tests, last, are often but where it is given.
SUPPORTS: Mapping[str, Support] = {
    "extra_time": Support(
        "Extra time",
        _words(
            r"(?:extra|extended|additional|more|double|unlimited|increased|added) (?:time|days?|deadlines?)\b",
            r"time (?:and a half|and one[- ]half|extensions?)\b",
            r"(?:extension|extensions) of (?:time|deadlines?)\b",
            # Twice the time; twice a week is how often.
            r"(?:1\.5|1½|2) ?x\b(?! ?(?:/|(?:per|an?|each|every|weekly|daily|monthly|week|wk|month|day)\b))",
            r"(?:1\.5|1½|2) times the time",
            r"(?:25|50|100) ?(?:%|percent) (?:more|extra|additional|extended) time\b",
            r"untimed\b",
            r"(?:extended|flexible) (?:due dates?|deadlines?)\b",
        ),
        (
            "Do you always have time to finish your work?",
            "What happens when the bell rings and you are not done?",
        ),
    ),
    "reader": Support(
        "Reader, scribe, notes",
        _words(
            r"readers?\b",
            r"read(?:s|ing)?[- ]aloud\b",
            r"read (?:\w+ ){0,4}?(?:aloud|to (?:him|her|them|the student))\b",
            r"reads? (?:\w+ ){0,6}?aloud\b",
            r"oral(?:ly)? (?:administ|read|present)",
            r"scribes?\b",
            r"dictat",
            r"note[- ]?tak",
            r"(?:copy|copies|set|sets) of (?:[\w'’]+ ){0,3}?notes\b",
            r"(?:class|teacher|guided|lecture|peer|printed) (?:\w+ )?notes\b",
            r"guided notes\b",
            r"outlines?\b",
            r"study guides?\b",
        ),
        (
            "Who read it to you?",
            "Who wrote it down?",
            "Did you ask, or did they come?",
            "Did you get the notes? When?",
        ),
    ),
    "breaks": Support(
        "Breaks, behavior plan",
        _words(
            r"breaks?\b",
            r"(?:movement|sensory|brain)[- ](?:breaks?|diets?|activit)",
            r"cool(?:ing)?[- ]?(?:down|off)",
            r"calm(?:ing|[- ]down| corner| space)",
            r"(?:safe|quiet) (?:place|space|spot|area|person)\b",
            r"behaviou?r(?:al)? (?:\w+ ){0,2}?(?:plan|support|contract|chart|goal)",
            r"BIPs?\b",
            r"(?:positive )?reinforce",
            r"rewards?\b",
            r"token (?:board|econom|system)",
            r"de-?escalat",
            r"check[- ]in[ /,-]+check[- ]out\b",
            r"self[- ]regulat",
        ),
        (
            "When did you take a break? How did you ask?",
            "How did you know you did well?",
            "What happened after you got upset?",
        ),
    ),
    "aide": Support(
        "Aide, transport",
        _words(
            r"aides?\b",
            r"para(?:professional|educator)?s?\b",
            r"one[- ]to[- ]one\b",
            r"(?:1|one)[ :-]+(?:on[ :-]+)?(?:1|one)\b",
            r"(?:adult|individual|personal) (?:support|assist|supervis|attend)",
            r"(?:instructional|teaching|classroom|bus) assistants?\b",
            r"shadow",
            r"supervis(?:ion|ed) (?:at|in|on|during)\b",
            r"transport",
            r"(?:school )?bus(?:es)?\b",
            r"lunch(?:room)? (?:monitor|support)",
            r"nurs(?:e|ing)\b",
        ),
        (
            "Who was with you at lunch, on the bus?",
            "And when they were away?",
            "Who picked you up?",
        ),
    ),
    "seating": Support(
        "Seating, device",
        _words(
            r"seat",
            r"sits?\b",
            r"preferential",
            r"(?:near|close to|next to|in front of|away from) (?:the )?(?:teacher|board|door|front|window|distract)",
            r"front of (?:the )?(?:class|room)",
            r"assistive tech",
            r"AT device",
            r"AAC\b",
            r"(?:communication|speech[- ]generating|listening|electronic|hearing) (?:device|aid|system|board)",
            r"devices?\b",
            r"FM (?:system|unit)",
            r"(?:tablet|laptop|computer|chromebook|ipad|keyboard|microphone|headphone|word processor|spell[- ]?check)",
            r"(?:text[- ]to[- ]speech|speech[- ]to[- ]text|voice[- ]to[- ]text|screen reader|audio ?books?)",
            r"(?:slant board|pencil grip|fidget|wiggle|magnif|enlarged|large print|braille)",
        ),
        (
            "Show me where you sit in math.",
            "Could you see and hear from there?",
            "Where was your device? Did it work?",
            "Which class lets you use it?",
        ),
    ),
    "service": Support(
        "Service, therapy",
        _words(
            r"therap",
            r"speech\b(?![- ](?:to|generating)\b)",
            r"SLP\b",
            r"(?:OT|PT)\b",
            r"occupational\b",
            r"physical therap",
            r"counsel(?:l)?ing\b",
            r"counsel(?:l)?or\b",
            r"psycholog",
            r"social work",
            r"special(?:ly|ized)[- ](?:designed )?instruction\b",
            r"SDI\b",
            r"special education (?:teacher|instruction|services?)\b",
            r"resource (?:room|teacher|class)",
            r"(?:pull|push)[- ](?:out|in)\b",
            r"(?:reading|math|writing|literacy) (?:intervention|instruction|specialist|support|lessons?)\b",
            r"(?:small[- ])?group instruction\b",
            r"social skills? (?:group|instruction|training|class)",
            r"tutor",
            r"interpret",
            r"\d+ ?(?:x|times) ?\d* ?(?:min|per|/|a|each) ?(?:week|wk|month|day)?",
            r"\d+ ?min(?:utes?)?\b",
        ),
        (
            "Did you see {who} this week? Today?",
            "What did you do there?",
            "Did somebody else teach it?",
            "Did you go on the day of the assembly?",
        ),
    ),
    "tests": Support(
        "Tests, changed work",
        _words(
            r"tests?\b",
            r"testing\b",
            r"quiz",
            r"exams?\b",
            r"assessments?\b",
            r"separate (?:room|setting|location|space)",
            r"small[- ]group (?:setting|test)",
            r"calculators?\b",
            r"modif(?:y|ied|ication)",
            r"(?:reduced|fewer|shortened|shorter|simplified|adapted|alternat(?:e|ive)|chunked|differentiated)\b",
            r"word banks?\b",
            r"multiple[- ]choice\b",
            r"retake",
            r"half (?:of )?the (?:problems|items|questions)\b",
        ),
        (
            "Where did you take the test? Who was there?",
            "Did you have your calculator?",
            "Was your page like the others'? Too easy, too hard?",
        ),
    ),
}
OF_ANY = ("Does it happen every day?", "What would help more?")
# How a child calls whoever gives a service.
_WHO: tuple[tuple[re.Pattern[str], str], ...] = (
    (_words(r"speech\b", r"language (?:therap|patholog)", r"SLP\b", r"articulation"), "your speech teacher"),
    (_words(r"occupational\b", r"OT\b", r"handwriting"), "your OT"),
    (_words(r"physical therap", r"PT\b"), "your PT"),
    (_words(r"counsel", r"psycholog", r"social work"), "your counselor"),
    (_words(r"read", r"literacy", r"dyslexi", r"phonics"), "your reading teacher"),
    (_words(r"math"), "your math teacher"),
    (_words(r"writ"), "your writing teacher"),
    (_words(r"social skill"), "your social group"),
    (_words(r"vision", r"orientation and mobility", r"braille"), "your vision teacher"),
    (_words(r"hearing", r"sign language", r"interpret"), "your interpreter or hearing teacher"),
)
_ANYBODY = "the teacher who helps you with this"


def questions_by_support() -> dict[str, tuple[str, tuple[str, ...]]]:
    """All of them, as a person reads them: by kind of support its label, and the questions."""
    found = {
        name: (support.label, tuple(prompt.format(who="(speech, OT, reading)") for prompt in support.prompts))
        for name, support in SUPPORTS.items()
    }
    return {**found, "any": ("Any", OF_ANY)}


def kinds_of_support(
    text: str | None, kind: str | None = None, provider_role: str | None = None, setting: str | None = None
) -> tuple[str, ...]:
    """Which kinds of support a statement promises, the kind itself before what it is given at; none where nothing tells.

    `kind` is the provision's own: a service is one, whatever its words are.
    """
    said = (text or "")[:MOST_CHARACTERS]
    found = [name for name, support in SUPPORTS.items() if support.named.search(said)]
    is_driven = "aide" in found and "service" not in found
    if (kind == "service" and not is_driven) or (provider_role and SUPPORTS["service"].named.search(provider_role)):
        found = ["service", *(name for name in found if name != "service")]
    elif kind == "modification" and "tests" not in found:
        found.append("tests")
    return tuple(found)


def prompts_for(
    text: str | None, kind: str | None = None, provider_role: str | None = None, setting: str | None = None
) -> tuple[str, ...]:
    """What to ask the child about this support: of each kind that it is, then what fits any."""
    who = _who_gives(f"{provider_role or ''} {(text or '')[:MOST_CHARACTERS]}")
    kinds = kinds_of_support(text, kind, provider_role, setting)
    return (*(prompt.format(who=who) for name in kinds for prompt in SUPPORTS[name].prompts), *OF_ANY)


def _who_gives(said: str) -> str:
    return next((who for words, who in _WHO if words.search(said)), _ANYBODY)
