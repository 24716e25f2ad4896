"""What makes of a promise something less, and how often "often" is."""

import re
from typing import Final

# Certainty: what makes of a promise something less, by why.
HEDGES: Final = tuple(
    (name, re.compile(rf"\b(?:{pattern})\b"))
    for name, pattern in (
        (
            "condition",
            r"(?:only )?(?:if|when|where|whenever|wherever|as|unless) (?:and when |it is |it's |they are |he is |"
            r"she is |deemed |determined |found"
            r" |otherwise |he |she |they |the student )?(?:needs? it|needed|necessary|appropriate|possible|feasible|"
            r"available|practical|practicable"
            r"|warranted|time (?:permits|allows|is available)|staff(?:ing)? (?:is |are )?(?:permits?|allows?|"
            r"available)|resources (?:permit|allow)"
            r"|requested|requests(?: it| them)?|asked|asks(?: for (?:it|them))?|schedules? (?:permits?|allows?)|"
            r"scheduling (?:permits|allows)|able|tolerated|indicated)(?: by (?:the |an? |his |"
            r"her )?(?:\w+ )?(?:teachers?|team|staff|"
            r"provider|therapist|nurse|case manager|student|school|district|administrat(?:or|ion)))?"
            r"|as time (?:permits|allows)|time permitting|to the (?:greatest |maximum )?extent (?:possible|practicable|"
            r"appropriate)"
            r"|(?:up)?on (?:(?:his|her|the|their|a|student|teacher|parent)(?:'s)? ){0,2}request|(?:by|at) (?:(?:his|"
            r"her|the|their|student|teacher|parent)(?:'s)? ){0,3}request"
            r"|at (?:the )?(?:\w+(?:'s)? ){0,2}discretion(?: of (?:the )?\w+)?|as (?:determined|decided|"
            r"deemed \w+) by (?:the )?\w+(?: teacher| team)?"
            r"|depending on (?:\w+ ){0,2}\w+|based on (?:need|availability)|on an as[- ]needed basis|as[- ]needed|"
            r"case[- ]by[- ]case"
            r"|subject to (?:\w+ )?\w+|according to need|pending (?:\w+ )?availability|prn|as staffing (?:permits|"
            r"allows)|with (?:(?:\w+(?:'s)?|the|his|her) ){0,2}(?:approval|permission)"
            r"|as (?:soon|much|often) as possible|to be determined|tbd",
        ),
        (
            "permission",
            r"may(?! \d)(?! not be)(?: be)?(?: also)?(?: allowed to| permitted to)?|can(?! ?not)|could|might(?: be)?|"
            r"(?:is|are) (?:allowed|permitted|free|welcome|able)(?: to)?"
            r"|allowed(?: to)?|permitted(?: to)?|optional(?:ly)?|(?:has|have) the option(?: to| of)?|(?:are |is |"
            r"made )available|available|possibl[ye]|perhaps|maybe|potential(?:ly)?",
        ),
        (
            "effort",
            r"(?:is |are |be )?encouraged(?: to)?|should(?: be)?|ought to|(?:will )?(?:try|tries|trying) to|"
            r"attempts? to|attempt to|strives? to"
            r"|(?:makes? )?every effort(?: (?:will be |is )?made)?(?: to)?|(?:makes? )?(?:a )?(?:reasonable|"
            r"good[- ]faith) efforts?(?: to)?|aims? to|intends? to|plans? to|hopes? to|seeks? to"
            r"|consider(?:ed|s)?|considering|recommended|suggested|would benefit from|ideally|preferabl[ye]",
        ),
        (
            "some",
            r"(?:some|many|most)(?! (?:of the )?(?:days?|times?|occasions)\b)|several|a few|few|a couple of|various|"
            r"a variety of|certain|selected|limited(?! to)|partial(?:ly)?",
        ),
    )
)


# Without one of these in the text there is none of it: it saves the search.
HEDGE_HINTS: Final = {
    "condition": (
        *(
            *("if ", "whe", "as ", "unless", "extent", "request", "discretion", "depending", "based on", "need"),
            *("case", "subject to", "according", "pending"),
        ),
        *("prn", "approval", "permission", "tbd", "permitting", "determined"),
    ),
    "permission": (
        "may",
        "possib",
        "perhaps",
        "potential",
        "can",
        "could",
        "might",
        "allow",
        "permit",
        "option",
        "free",
        "welcome",
        "avail",
        "able",
    ),
    "effort": (
        *(
            *("encourag", "should", "ought", "try", "trie", "attempt", "striv", "effort", "aim", "intend"),
            *("plan", "hope", "seek", "consider", "recommend"),
        ),
        *("suggest", "benefit", "ideal", "preferabl", "whenever"),
    ),
    "some": (
        *("some", "several", "few", "couple", "various", "variety", "certain", "selected", "many", "most"),
        *("limited", "partial"),
    ),
}


CEILING_HINTS: Final = ("up to", "max", "no more", "not more", "exceed", "at most", "limited", "no longer")


ABOUT: Final = re.compile(
    r"\b(?:about|approximately|around|roughly|nearly|almost)(?= (?:an? |one |half |\d))|~(?= ?\d)|\bor so\b"
)


CEILING: Final = re.compile(
    r"\b(?:up to|(?:a )?max(?:imum)?(?: of)?|no more than|not more than|not to exceed|not exceeding|at most|limited to|"
    r"no longer than)\b"
)


FLOOR: Final = re.compile(
    r"\b(?:at least|no fewer than|no less than|not less than|a minimum of|minimum of|minimum|or (?:better|higher|"
    r"greater|above|more))\b"
)


# What makes a duty of a permission ("will be allowed to").
DUTY: Final = re.compile(
    r"\b(?:will|shall|must) (?:always )?(?:be (?:allowed|permitted|able|available)(?: to)?|have (?:the option|"
    r"permission)(?: to| of)?)\b"
    r"|\A(?:allow|permit|let)\b(?: (?:the )?student)?(?: to)?"
)


# How often, from never to always; without a word it is 20.
OFTEN: Final = tuple(
    (rank, re.compile(rf"\b(?:{pattern})\b"))
    for rank, pattern in (
        (
            40,
            r"always|at all times|at any time|(?:at )?any ?time|without (?:any )?limits?|unlimited|every time|"
            r"each time|without exception|(?:on )?every occasion|continuous(?:ly)?|constant(?:ly)?|full[- ](?:time|day)|"
            r"(?:(?:for|throughout) )?(?:all|the (?:entire|whole|full)) (?:school )?day(?: long)?",
        ),
        (
            23,
            r"often|frequent(?:ly)?|regular(?:ly)?(?! (?:class|ed))|routine(?:ly)?|consistently|ongoing|repeatedly|"
            r"on a regular basis|at regular intervals",
        ),
        (
            15,
            r"usually|generally|typically|normally|mostly|most of the (?:time|day)|(?:on )?(?:most|many) (?:days|"
            r"occasions)|part[- ](?:time|day)|half[- ](?:time|day)|"
            r"for (?:part|half) of the (?:school )?day",
        ),
        (
            10,
            r"sometimes|occasional(?:ly)?|periodic(?:ally)?|at times|from time to time|some days|intermittent(?:ly)?|"
            r"now and then",
        ),
        (5, r"rarely|seldom|infrequent(?:ly)?"),
    )
)


OFTEN_HINTS: Final = {
    40: (
        "always",
        "all times",
        "any",
        "limit",
        "every time",
        "each time",
        "exception",
        "occasion",
        "continuous",
        "constant",
        "full",
        "all day",
        "day long",
        "entire",
        "whole",
    ),
    23: ("often", "frequent", "regular", "routine", "consistent", "ongoing", "repeated"),
    15: ("part", "half", "many", "usual", "general", "typical", "normal", "most"),
    10: ("sometimes", "occasional", "periodic", "at times", "time to time", "some days", "intermittent", "now and"),
    5: ("rare", "seldom", "infrequent"),
}


UNSTATED_OFTEN: Final = 20


EXACT_OFTEN: Final = 35


CONDITION: Final = re.compile(
    r"\b(?:only )?(?:if|when|whenever|unless|once|until|as long as|provided that)\b(?! (?:given|taking|doing|reading|"
    r"writing|working|completing|testing)\b)[^.;,]*"
)
