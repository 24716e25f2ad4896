"""What a token of an amount looks like: lengths, counts, periods, hedges, and what only looks like one."""

import re

from domain.frequency.numbers import COUNTED, DIGITS, NUMBER, ONES, WORDS


def _again(name: str) -> str:
    """ "20-30", "20 to 30", "30 (thirty)", "thirty (30)": the second is the top of a range, or the same again."""
    return rf"(?:\s?(?:-|–|—|to\b|or\b)\s?(?P<{name}>{NUMBER})|\s?\((?:{NUMBER})\))?"


_MINUTE = r"(?:minutes?|mins?\b|min\b|minuets?|m(?=/))\.?"
_HOUR = r"(?:hours?|hrs?\b|h(?=/)|(?<=\d)h\b|(?<=\d\s)h(?=\s(?:per|a|each|every|daily|weekly|monthly)\b))\.?"
_SESSION = (
    r"(?:times?|sessions?|sess\b|visits?|meetings?|periods?|blocks?|classes|class\b|lessons?|consults?|consultations?|"
    r"contacts?|treatments?"
    r"|check-?ins?|check ins?|observations?|days?|x|trips?|appointments?|groups\b|slots?|occasions?|conferences?|trainings?)"
)
PERIOD = {
    "day": r"(?:instructional |school )?days?",
    "week": r"(?:school |calendar |instructional )?(?:weeks?|wks?\b\.?|wk\b\.?)",
    "month": r"(?:calendar |school )?(?:months?|mos?\b\.?|mths?\b\.?)",
    "quarter": r"(?:academic |school )?(?:quarters?|qtrs?\b\.?|qrtrs?\b\.?|(?:marking|grading|reporting|progress reporting|"
    r"report card) periods?)",
    "trimester": r"trimesters?|tri\b",
    "semester": r"(?:semesters?|sem\b\.?)",
    "year": r"(?:iep |school |academic |calendar |instructional )?(?:years?|yrs?\b\.?)",
}
ADVERBS = {
    "daily": "day",
    "every day": "day",
    "weekly": "week",
    "wkly": "week",
    "monthly": "month",
    "mthly": "month",
    "quarterly": "quarter",
    "yearly": "year",
    "annually": "year",
}
TOKEN = re.compile(
    # Nothing begins within a word.
    r"(?:(?<![A-Za-z])|(?=/))(?:"
    # What looks like an amount, and is none.
    r"(?P<none>\b\d{1,2}\s?:\s?\d{1,2}(?!\d)(?:\s?[ap]\.?m\b\.?)?|\b1[- ]on[- ]1\b|\b(?:one|1)[- ](?:on|to)[- ](?:one|1)\b"
    r"|\bdaily (?:living|schedule|agenda|planner|routines?|work|report|log|assignments?|life|tasks?|reading|activit\w+|"
    r"behavior)"
    r"|\b(?:weekly|monthly|quarterly|daily|annual|yearly) (?:tests?|quiz\w*|probes?|spelling|checks\b|reviews?|"
    r"newsletters?|data|progress|charts?"
    r"|reports?|planner|agenda|schedule)|\bday[- ]to[- ]day\b|\btime and (?:a|one) half|\b(?:half|full)[- ]days?\b|\bsame day\b"
    rf"|\b(?:within|after) {NUMBER} (?:school |business |calendar |instructional )?(?:day|week|month|hour|minute)s?\b(?! of)"
    rf"|\bevery (?:{NUMBER}[- ])?{_MINUTE}|\bevery (?:hour|period|class)\b)"
    rf"|(?P<hedge>\b(?:as needed|as necessary|when needed|if needed|prn|as appropriate|as warranted|"
    rf"on an as[- ]needed basis|as[- ]needed)\b"
    r"|\bup to\b|\bmaximum(?: of)?\b|\bmax\b\.?(?: of)?|\bno more than\b|\bnot to exceed\b|\bat most\b|\bor less\b|"
    r"\bor fewer\b)"
    r"|(?P<about>\b(?:about|approximately|approx\b\.?|roughly|around|nearly)\s?|~\s?)"
    # 2x30, 2 x 30 min, 1 x 45.
    rf"|"
    rf"(?P<pair>\b(?P<pair_one>{DIGITS})(?:-\d{{1,2}})?\s?(?P<pair_mark>[x×*])\s?(?P<pair_two>{DIGITS})"
    rf"(?:-\d{{1,3}})?(?![\d.,]\d|:)"
    rf"(?P<pair_unit>[\s-]?(?:{_MINUTE}|{_HOUR}|m\b)|['’′](?!\w))?)"
    # min/wk: 150
    rf"|(?P<label>\b(?:{_MINUTE}|times|sessions)(?:(?: ?/ ?| per | a | each )(?P<label_period>day|week|wk|month|mo|"
    rf"quarter|year)\b)?"
    rf"\s?[:=]\s?(?P<label_number>{DIGITS}))(?![\d:/])"
    # 30-minute; half an hour; an hour and a half; 1 1/2 hours.
    r"|(?P<half>\b(?:an? |one )?half(?:[- ]an?)?[- ](?:hours?|hrs?\b\.?)|(?<![\d.])(?:0?\.5|1/2|½)[\s-]?(?:an? )?"
    + _HOUR
    + r")"
    r"|(?P<quarter>\b(?:a |one )?quarter(?: of)?(?:[- ]an?)?[- ]hours?|(?<![\d.])(?:0?\.25|1/4|¼)[\s-]?(?:of an )?"
    + _HOUR
    + r")"
    r"|(?P<three_quarters>\bthree[- ]quarters of an hour|(?<![\d.])(?:0?\.75|3/4|¾)[\s-]?(?:of an )?" + _HOUR + r")"
    rf"|(?P<mixed>\b(?P<mixed_whole>\d{{1,2}}|one|two|three|four|five)(?:\s?(?P<mixed_part>[½¼¾])|(?:\s|-|"
    rf"\sand\s)(?:an?\s)?(?P<mixed_slash>1/2|1/4|3/4|half))[\s-]?{_HOUR})"
    rf"|(?P<mpw>\b(?P<mpw_number>{DIGITS})\s?(?P<mpw_unit>[mh])(?:ins?)?p(?P<mpw_per>[dwmqy])\b)"
    # 1h30; 1 hour 30 per week.
    rf"|(?P<clock>(?<![\d.:])(?<!\d/)(?P<clock_hours>\d{{1,2}})"
    rf"(?:\s?h\s?|\s?hrs?\.?|\s?hours?|\s?(?:hrs?\.?|hours?)\s(?=[1-5][05]\s(?:per|each|every|a)\b))(?P<clock_minutes>[0-5]?\d)"
    rf"(?:\s?(?:{_MINUTE}|m\b|['’′]))?(?![\w:]|\s?(?:x|times?|sessions?)\b))"
    rf"|"
    rf"(?P<hours>(?<![\d.:])(?<!\d/)(?P<hours_number>{NUMBER}){_again('hours_again')}[\s-]?{_HOUR}(?P<hours_more>\s?(?:and "
    rf")?(?:a half\b|a quarter\b|½|(?P<hours_minutes>\d{{1,2}}|fifteen|thirty|forty-five)[\s-]?{_MINUTE}))?)"
    rf"|(?P<minutes>(?<![\d.:])(?<!\d/)(?P<minutes_number>{NUMBER}){_again('minutes_again')}[\s-]?{_MINUTE})"
    # 30', 45m: feet and metres, too, so that they need a period beside them.
    r"|(?P<short>(?<![\d.:'])(?<!\d/)(?P<short_number>\d{1,2}[05]|5)\s?(?:['’′](?![\w'’])|m\b(?!['’])))"
    # Counts.
    r"|(?P<adverb_count>\b(?P<adverb>once|twice|thrice)(?![\w-]))"
    rf"|(?P<glued>(?<![\d.:])(?<!\d/)(?P<glued_number>\d{{1,2}})\s?[x×](?P<glued_period>day|week|wk|month|mo|year|yr|quarter)\b)"
    rf"|(?P<of_days>(?<![\d.:/])(?P<of_days_number>{COUNTED}) (?:out )?of (?:the |every |"
    rf"each )?(?P<of_days_all>\d{{1,2}}|five|six|ten) (?:school )?days\b)"
    rf"|(?P<count>(?<![\d.:%$#])(?<!\d/)(?P<count_number>{COUNTED}){_again('count_again')}(?:[\s-]?|\s(?:individual|group|"
    rf"separate|direct|weekly|total|full|class|school|therapy|consult|small group)\s)"
    rf"{_SESSION}\b(?!\s?[-/]?\s?cycle|\s?rotation))"
    rf"|(?P<x_count>\bx\s?(?P<x_number>\d{{1,3}})\b"
    rf"(?!(?:\s?[-–]\s?\d{{1,3}})?[\s-]?(?:{_MINUTE}|{_HOUR}|m\b|['’′])))"
    # Periods.
    r"|(?P<cycle>(?:(?:\b(?:per|in an?|each|every|in each|a|of an?|out of)\s|/\s?)(?:a )?)?\b(?P<cycle_days>\d{1,2}|"
    r"five|six|four|seven|eight|ten|a/b|rotating)?[\s-]?(?:school[- ])?(?:day)?[\s-]?\b(?:cycle|rotation)s?)"
    rf"|(?P<other>\b(?:(?:every|each) (?:other|second|2nd)|alternat(?:e|ing)) (?P<other_period>days?|weeks?|wks?|"
    rf"months?|(?:mon|tues|wednes|thurs|fri)days?))"
    r"|(?P<nth>\b(?:every|each) (?P<nth_number>third|fourth|fifth|sixth|ninth|tenth|twelfth|\d{1,2}(?:rd|th))"
    r"[\s-](?P<weeks_nth>weeks?|wks?\b|(?:school )?days?|months?))"
    r"|(?P<two_weeks>\bbi-?weekly|\bfortnight(?:ly)?)"
    r"|(?P<semi>\bsemi-?(?P<semi_unit>monthly|annually|annual|weekly)|\bbi-?annually)"
    r"|(?P<unclear>\bbi-?monthly|\bper term\b)"
    rf"|(?P<weeks>(?:\b(?:per|every|each|a|in|over|in a|in each|over a)\s|"
    rf"/\s?)(?P<weeks_number>\d{{1,2}}|{WORDS})[\s-](?P<weeks_unit>weeks?|wks?\b|days?\b"
    rf"(?!\s?(?:/|per|a|each|every)\s?(?:school )?w)|months?)(?:[\s-](?:marking |"
    rf"grading |reporting )?(?:period|quarter|term|cycle|session)s?)?)"
    rf"|(?P<per>(?:\b(?:per|a|an|each|every|in a|in each|during each|over the|out of each|in one|during the|"
    rf"throughout the|for the)\s|/\s?|\bp\.?\s?/?\s?)(?:"
    + "|".join(f"(?P<per_{name}>{form})" for name, form in PERIOD.items())
    + r")\b)"
    r"|(?P<often>\b(?P<often_word>" + "|".join(ADVERBS) + r")\b)"
    r"|(?P<weekdays>\b(?:every |on |each )?(?:(?:mon|tue|tues|wed|weds|thu|thur|thurs|fri)(?:days?|nesdays?|sdays?|"
    r"rsdays?|urdays?)?\b\.?(?:\s?(?:,|/|and|&|, and)\s?)?){1,5})"
    r"|(?P<bare>\b(?P<bare_period>week|wk|month|mo|year|yr|quarter|day)\b(?=\s?(?:[,;.)\d]|\Z|for|at|in|x)|(?P<bare_wide>)(?=\s?(?:[-–/:(a-z]))))"
    r"|(?P<lone>(?<![\d.:%$#-])(?<!\d/)(?P<lone_number>"
    + DIGITS
    + r"|"
    + "|".join(w for w in ONES[2:13])
    + r")(?![\d%:.-]|\w)))"
)
