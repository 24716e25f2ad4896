"""The words of labels in the states' forms: of columns, and of the lines of a form."""

import re

SHORT_AMOUNTS = {"mpw": "week", "mpd": "day", "mpm": "month", "min/wk": "week", "mins/wk": "week", "min/week": "week"}
_PERIOD_WORDS = (
    (r"\b(?:per|each|every|a|/|x|in a|one)\s?day\b|\bdaily\b|/ ?day\b", "day"),
    (r"\b(?:two weeks|bi-?weekly|every other week|fortnight(?:ly)?)\b", "two_weeks"),
    (r"\b(?:per|each|every|a|in a|one)\s?(?:school )?w(?:ee)?k(?:ly)?\b|\bweekly\b|/ ?w(?:ee)?k\b", "week"),
    (r"\b(?:per|each|every|a|in a|one)\s?(?:school )?mo(?:nth)?\b|\bmonthly\b|/ ?mo(?:nth)?\b", "month"),
    (
        r"\b(?:per|each|every|a|in a|one)\s?(?:grading )?(?:quarter|qtr)\b|\bquarterly\b|/ ?(?:quarter|qtr)\b|\b(?:9"
        r"|nine) ?weeks\b",
        "quarter",
    ),
    (r"\b(?:per|each|every|a|in a)\s?trimester\b|/ ?trimester\b", "trimester"),
    (r"\b(?:per|each|every|a|in a)\s?semester\b|/ ?semester\b", "semester"),
    (r"\b(?:per|each|every|a|in a)\s?(?:school |iep )?(?:year|yr)\b|\b(?:yearly|annually)\b|/ ?(?:year|yr)\b", "year"),
)
_PERIODS = tuple((re.compile(pattern), name) for pattern, name in _PERIOD_WORDS)
SAYS_MINUTES = re.compile(r"\b(?:min(?:ute)?s?|mins)\b|#? ?min\b")
SAYS_HOURS = re.compile(r"\b(?:hours?|hrs?)\b")
SAYS_TIMES = re.compile(r"\b(?:times|sessions?|visits?|frequency|freq|days|occurrences|how often|x)\b")
SAYS_MODE = re.compile(
    r"\b(?:direct|indirect|consult(?:ation|ative)?|individual(?:ly)?|(?:small )?group|1:1|one[- ]on[- ]one|push-?in"
    r"|pull-?out|collaborat(?:ion|ive)"
    r"|integrated|co-?teach(?:ing)?|monitoring)\b"
)
SUBJECTS = re.compile(
    r"^(?:all(?: (?:classes|subjects|areas|settings))?|every class|(?:english )?language arts"
    r"|english(?: / language arts)?|ela|e\.l\.a|la|reading|writing|"
    r"spelling|math(?:ematics)?|maths|science|sci|social studies|ss|history|civics|geography|art|arts|music|p\.?e"
    r"|physical education|gym|health|"
    r"specials?|electives?|lunch|recess|library|computers?|technology|stem|world language|foreign language|spanish"
    r"|french|band|choir|"
    r"homeroom|vocational|cte|career(?: and technical)?|homework|classwork|tests?|quizzes|testing|assessments?|"
    r"(?:class(?:room)?|district|state|statewide|local|standardi[sz]ed)(?: ?/ ?district)?(?: tests?| testing"
    r"| assessments?| instruction)?|"
    r"field trips?|bus|cafeteria|algebra(?: [i1-2]+)?|geometry|biology|chemistry|physics|other"
    r"|gen(?:eral)?\.? ed(?:ucation)?|special ed(?:ucation)?|sped|"
    r"instruction(?:al)?|non-?academics?|hallways?|assemblies|extracurriculars?|(?:period|block|hour) ?\d|(?:english"
    r"|math|social|state|science)[\w ]{0,20})$"
)
SAYS_YES = re.compile(
    r"^(?:yes|y|✓|x|needed|required|selected|applies|applicable|check|checked|chosen|accepted|agreed|in use|provided"
    r"|mark|tick|is needed|"
    r"(?:check|mark|x|tick) (?:if|all|those|when|the|here)[\w ]*|to be provided|student needs|needs|approved|adopted"
    r"|included|recommended)$"
)
SAYS_NO = re.compile(
    r"^(?:no|n|not needed|not required|n/a|na|not applicable|declined|rejected|considered|not selected|not provided"
    r"|not chosen|not accepted|"
    r"does not apply|refused|requested|discussed|not agreed|not adopted|considered only|considered,? not (?:selected"
    r"|needed|accepted|adopted)|tried before|used before|discontinued|dismissed|ruled out|withdrawn|denied|removed"
    r"|stopped|ended|tried|not used|turned down)$"
)
SAYS_STATUS = re.compile(
    r"\b(?:status|decision|outcome of (?:the )?discussion|team's? (?:decision|response|answer)|accepted ?/ ?rejected"
    r"|result|action|disposition|agreed\?|accepted\?)\b"
)
SAYS_START = re.compile(
    r"\b(?:start(?:s|ing|ed)?|begin(?:s|ning)?|began|initiat(?:ion|ed|ing|e)|from|commence\w*|implementation|effective"
    r"|first day|projected date|since|opens?|1st day)\b"
)
SAYS_END = re.compile(
    r"(?<!-)\b(?:end(?:s|ing|ed)?|through|thru|until|till|to(?!-)|stop(?:s|ping)?|complet(?:ion|ed|e)|expir\w*"
    r"|terminat\w*|last day"
    r"|finish|ceases?|anticipated duration|projected duration|projected length|closes?|exit)\b"
)
SAYS_DATE = re.compile(r"\b(?:dates?|m/d/y|mm/dd/y+|month/day/year|mo/day/yr|day|when)\b|\bdd\b")
SAYS_PROVIDER = re.compile(
    r"\b(?:provid(?:er|ers|ed by|es it)|deliver(?:ed|er) by|responsib\w+|implement(?:er|ers|ed by|or|ors)|personnel"
    r"|staff|who|whom|position|title|"
    r"given by|done by|taught by|agency|therapist|teacher|professional|practitioner|led by|person|persons|by)\b"
)
SAYS_SETTING = re.compile(
    r"\b(?:locations?|settings?|where|place|placement|environments?|site|building|room|classes|class(?:room)?|subjects?|loc)\b"
)
SAYS_FREQUENCY = re.compile(
    r"\b(?:freq(?:uency)?|how often|how much|how long|amount|time|times|minutes|mins?|hours?|hrs?|sessions?|length"
    r"|weekly|per week|duration|quantity|intensity|total|units?|days)\b"
)
SAYS_NOTHING = re.compile(
    r"\b(?:monitor(?:s|ed by)?|case ?load|goals? (?:#|no|nos|number|numbers|addressed|supported|ref\w*|area|areas|code"
    r"|met|status)|for goals?|related goals?|related to goals?|supports goals?|goals? \(s\) (?:#|addressed)|"
    r"progress|baselines?|objectives?|benchmarks?|present|current level|evaluation|criteri(?:a|on)|mastery|schedule for"
    r"|methods?|"
    r"measure(?:d|ment)?s?(?! annual)|comments?|remarks?|rationale|reasons?|justification|initials|signature|reviewed"
    r"|achieved|percent\w*|cpt|code|codes|"
    r"funding|bill\w*|date discussed|date reviewed|review|date of (?:mastery|review)|standards?|report\w*|row|id|no|#"
    r"|number|line|priority|data|participation|page|goal|conditions?(?! / ))\b|%"
)
SAYS_DETAIL = re.compile(
    r"\b(?:details?|specif(?:y|ics|ications?)|describe|description|explanation|explain|if yes|list|which|notes?"
    r"|what kind|example use)\b"
)
SAYS_NAME = re.compile(
    r"\b(?:services?|accommodations?|accomodations?|modifications?|supports?|goals?|aids?|instruction|descriptions?"
    r"|activit(?:y|ies)|programs?|types?|items?|what|"
    r"strateg(?:y|ies)|interventions?|skills?|sdi|adaptations?|statements?|therapy|training|needs?|areas?|domain|subject"
    r"|category|help|promise|provision|discipline|"
    r"course|equipment|device|topic|element|change|measurable|outcome|focus|name|adjustments?|tool|feature)\b"
)
SAYS_AREA = re.compile(
    r"^(?:(?:goal |need |skill |academic |instructional )?(?:areas?|domain|subject|category|focus|content area"
    r"|categories|discipline|course)(?: (?:of|for) .{0,30})?|area\(s\)|content|subject area|curriculum area)$"
)
SAYS_CATEGORY = re.compile(
    r"^(?:presentation|response|timing|scheduling|materials?|organi[sz]ation\w*|behaviou?r\w*|environment\w*"
    r"|assignments?|grading|test(?:ing|s)?|instruction\w*|content|student output|output|curriculum|assessments?|pacing"
    r"|self-?management|"
    r"motivation|technology|communication|social\w*|sensory|other|equipment|homework|classroom|reinforcement"
    r"|setting)(?:(?: ?/ ?| and | of | & )(?:presentation|response|timing|scheduling|materials?|environment\w*"
    r"|instruction\w*|grading|"
    r"setting|assignments?|work|reinforcement|support|follow through|curriculum|content|tests?|testing|supports?))?$"
)
SAYS_GOAL_PART = re.compile(
    r"^(?:conditions?|givens?|given what|under what conditions?|the student|student|name|who|behaviou?rs?|will(?: do)?"
    r"|will do what|observable behaviou?r|action|performance|skill|criteri(?:a|on)(?: for (?:mastery|success))?|"
    r"(?:to what |level of )?(?:extent|degree|proficiency|mastery)|accuracy|how well|by when|time ?frame|timeline"
    r"|target date|by what date|target|measurable criteria)$"
)
AN_AMOUNT = re.compile(r"\b\d+\s?(?:-\s?)?(?:min|minutes|hours?|hrs?|x\b|times)\b", re.IGNORECASE)
SAYS_WORDING = re.compile(
    r"\b(?:says?|reads?|wording|text|language|iep|plan|amended|revised|changed?|new|added|provision|statement)\b"
)
EXPLAINED = re.compile(
    r"\b(?:include|includes|including|describe|list|specify|what|which|i\.e|e\.g|example|must|should)\b|[:?;.](?=\s)",
    re.IGNORECASE,
)


def period_in(said: str) -> str:
    """The period that a label names; "" for none."""
    return next((name for pattern, name in _PERIODS if pattern.search(said)), "")
