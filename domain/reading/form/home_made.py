"""Headings and labels that a school made up itself: what they ask for, by the words in them."""

import re
from functools import lru_cache

from domain.reading.form.heading import topic_of
from domain.reading.form.plain import plain
from domain.reading.form.topic import ACCOMMODATION, GOAL, MODIFICATION, NOTHING, PART, PAST, SERVICE, SUPPORT, Topic

# What one label of a row says of the child and of the plan, beside which nothing is promised.
_CHILD = re.compile(
    r"(?:legal |full |first |last |middle |preferred )?(?:the )?(?:student|pupil|child|learner|kid|scholar)(?:'s)?"
    r"(?: (?:legal |full )?(?:name|id|number|no|information|data))*"
    r"|(?:legal|full|first|last|middle|preferred) name(?:s)?(?: of (?:the )?(?:student|child|pupil))?"
    r"|name of (?:the )?(?:student|child|pupil|learner|school|parents?|district)"
    r"|(?:date of birth|birth ?date|birthday|d\.?o\.?b|born|age|sex|gender|race|ethnicity|nationality)(?: .{0,20})?"
    r"|(?:current |present )?(?:grade|grade level|class of)|(?:home|native|primary|first|spoken"
    r"|family)? ?languages?(?: at home)?"
    r"|(?:home |current |attending |resident |serving |neighborhood )?(?:school|district|building|campus)(?: name)?"
    r"(?: (?:of|in) (?:attendance|residence))?|(?:mailing |home |street )?address|(?:home |cell "
    r"|work )?(?:tele)?phone(?: number)?"
    r"|e-?mail|zip|city|state|county"
    r"|(?:parents?|guardians?|mother|father|mom|dad|family|surrogate)(?:'?s)?"
    r"(?: ?(?:/|and|or) ?(?:parents?|guardians?|mother|father|mom|dad|surrogate))?(?:'?s)?(?: names?)?"
    r"|(?:case|service) (?:manager|coordinator)|(?:primary |secondary )?(?:disability|disabilities|exceptionality|eligibility)"
    r"(?: category)?|(?:state |student |local |pupil )?(?:id|ssid|sasid|ssn)(?: (?:number|no|#))?"
    r"|(?:iep|plan|meeting|conference|review|annual review|reevaluation|evaluation|eligibility|school year|calendar)s?"
    r"(?: (?:meeting|review|due))? (?:dates?|held|year|in effect|starts?|begins?|ends?|expires?)(?: on)?"
    r"|(?:plan|iep) (?:is )?in (?:effect|force)|(?:(?:date of )?(?:meeting|conference|review)|annual review|school year)"
    r"|(?:my |our |the )?(?:iep|plan) (?:runs|lasts|goes|is for|covers)(?: .{0,20})?"
    r"|(?:team|iep team) members?|who (?:was|came|met|attended).{0,30}|signed.{0,20}"
)


@lru_cache(2048)
def is_of_child(text: str) -> bool:
    """Whether a label is one of the child's or of the plan's: "Pupil", "Birth date", "Plan in effect"."""
    said = plain(text).rstrip("?#")
    return bool(said) and len(said) < 60 and bool(_CHILD.fullmatch(said))


_REFUSED = re.compile(
    r"\b(?:won'?t|will not|left out|leav(?:e|ing) out|not (?:do|doing|going|happening|now|choose|chosen|pick|picked"
    r"|this year|this time)|did not"
    r"|aren'?t|isn'?t|didn'?t|decided (?:against|not)|against"
    r"|talked (?:about|over)|talked .{0,12}over|thought (?:about|of)|brought up|asked|wanted|turned down|said no"
    r"|no to|ruled out"
    r"|instead of|hopes?|worr(?:y|ies)|dreams?|wish\w*|ideas?)\b"
)
_OVER = re.compile(
    r"\b(?:last|before|used to|stopp?(?:ed|ing)?|finish(?:ed|ing)?|done with|no more|over now|past|old|until|so far"
    r"|tak(?:en|ing) (?:out|away)|dropp(?:ed|ing)|end(?:ed|ing|s)?)\b"
)
_NOW = re.compile(
    r"\b(?:does well|good at|great at|strong|can do|likes?|loves?|enjoys|right now|today|these days|knows|hard for"
    r"|(?:is|are|what'?s|feels|gets) (?:hard|tricky|difficult|easy)|trouble|struggl\w*|who i am|i am|i'm|doing now"
    r"|where .{0,30} is|is like|all about|about (?:me|him|her|them|us)"
    r"|meet|says?|said|story|snapshot|diagnos\w*|allerg\w*|medicines?|why)\b|^about \w+$"
)
# What is told of the child, or beside the plan.
_TOLD = re.compile(
    r"\b(?:observ\w+|results?|scores?|data|surveys?|interviews?|letters?|photos?|pictures of|contacts?|peers"
    r"|percent\w*|attend\w*|comments?"
    r"|input|styles?|disabilit\w+|characteristics|environment|absen\w+|records?|files?|questions?|thanks?|welcome|signed|signing|permission"
    r"|law|rules|rights|family|at home|homeroom|friends?|hobbies|interests?)\b"
)
_PROOF = re.compile(
    r"\b(?:how .{0,20}(?:know|tell|check|see)|proof|evidence|check(?:ed|ing)?|measur\w*|keep track|updates?|tell you)\b"
)
_STAFF = re.compile(
    r"\b(?:staff|teachers?|adults?|grown-?ups?|aides?|coaches|people at school|the team|bus driver|cafeteria|us|we)\b"
)
_STAFF_GETS = re.compile(
    r"\b(?:train\w*|help|helps|get|gets|need|needs|learn|know|practice|do for each other|support\w*|receive|taught)\b"
)
_CHANGED = re.compile(
    r"\b(?:chang(?:e|es|ed)|different(?:ly)?|less|fewer|simpler|lower|shorter|not graded|adjusted|cut|trimmed)\b"
)
_CONTENT = re.compile(
    r"\b(?:work|learns?|taught|teach|content|grad(?:es?|ed|ing)|curriculum|expect(?:ed|ations)?|lessons?|books?|assigned)\b"
)
_EASIER = re.compile(
    r"\b(?:easier|easy to|tools?|mak(?:es?|ing) .{0,30}(?:work|easier|possible|accessible)|accessible|allowed|may use"
    r"|gets to use|gets? (?:in|during|on) "
    r"|tricks|adjustments?|what (?:helps|works)|things that (?:help|work)|helps? .{0,30}(?:class|lessons?|tests?"
    r"|homework|learn)"
    r"|(?:in|during|on|for|at) (?:the )?(?:class|classroom|classes|tests?|testing|lessons|lunch|recess|homework)"
    r"|(?:class|classroom|test|testing|lesson|homework) (?:help|helps|set-?up|rules|stuff|things|tools|day))\b"
)
_LEARNS = re.compile(
    r"\b(?:(?:is|are|am|we're|we are) (?:going|headed|heading)|learn(?:s|ing)?|goals?|aims?|work(?:ing|s)? (?:on"
    r"|toward)|by (?:next|the end)|be able|a year from|this year"
    r"|master|growth|next steps?)\b"
)
_HELPED = re.compile(
    r"\b(?:who (?:will )?(?:help|work|teach|sees?|does|gives|is)\w*|helpers?|how (?:much|often|long)|extra (?:help"
    r"|teaching|time with)"
    r"|special (?:help|teaching|ed\w*|classes)|teaching|helpers|therap\w*|specialists?|one-on-one|sessions?"
    r"|lessons with|time with|pull-?outs?|push-?ins?"
    r"|people who (?:help|work)|what (?:the school|we) (?:do|does|will do|gives?|provide)s?|(?:school"
    r"|we) (?:will )?(?:provide|give|do)s?)\b"
)
_RIDES = re.compile(
    r"\b(?:rides?|bus|busing|van|taxi|transport\w*|(?:get|gets|getting|comes?|goes) (?:here|to (?:and from )?school"
    r"|there|home)|to and from school|travel)\b"
)
_SUMMER = re.compile(r"\b(?:summers?|july|vacations?|when school is out|over (?:the )?break|esy)\b")


@lru_cache(2048)
def meant(text: str) -> Topic | None:
    """What a home-made heading or label announces, told by the words in it; None where they say nothing."""
    if is_of_child(text):
        return NOTHING
    known = topic_of(text)
    if known is not None:
        return known
    said = plain(text).rstrip("?")
    if not said or len(said.split()) > 16:
        return None
    if _REFUSED.search(said) or _OVER.search(said):
        return PAST
    if _PROOF.search(said):
        return PART
    if _RIDES.search(said):
        return Topic((SERVICE,), "transportation")
    if _SUMMER.search(said):
        return Topic((SERVICE,), "extended school year")
    if re.fullmatch(
        r"(?:(?:his|her|their|my|the) )?(?:grades|grading|content|curriculum|what is taught)(?: and (?:grades|grading"
        r"|content|curriculum|work))?",
        said,
    ):
        return Topic((MODIFICATION,))
    if _CHANGED.search(said) and _CONTENT.search(said):
        return Topic((MODIFICATION,))
    if re.fullmatch(r"(?:(?:for|the|our|his|her|their) )*(?:staff|teachers|adults|grown-?ups|personnel|school staff)", said):
        return Topic((SUPPORT,))
    if (
        _STAFF.search(said)
        and _STAFF_GETS.search(said)
        and not re.match(r"who\b", said)
        and not re.search(r"\bwe (?:do|give|help)", said)
    ):
        return Topic((SUPPORT,))
    if _TOLD.search(said):
        return NOTHING
    if re.search(r"\bhelp\w* (?:for )?(?:the |our |his |her )?(?:helpers|people|others)\b", said):
        return Topic((SUPPORT,))
    if _NOW.search(said) and not re.search(r"\bis (?:going|headed)\b", said):
        return NOTHING
    if _HELPED.search(said):
        return Topic((SERVICE,))
    if _LEARNS.search(said):
        return Topic((GOAL,))
    if _EASIER.search(said):
        return Topic((ACCOMMODATION,))
    return None
