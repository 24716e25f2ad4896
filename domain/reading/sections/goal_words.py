"""The words by which a goal is known, and those that tell of progress toward it."""

import re

GOAL_LABEL = re.compile(
    r"^(?:(?:measurable|annual|iep|academic|functional|yearly|new|amended|revised"
    r"|\w+(?:[ /-]\w+){0,3})\s+){0,3}goals?\b(?: statement)?\s*(?:#|no\.?|number)?\s*\d{0,2}[a-z]?\b[^:.]{0,50}$",
    re.IGNORECASE,
)
STARTS_GOAL = re.compile(r"\b(?:will|shall|is going to|to (?:improve|increase|reduce|read|write|use))\b")
ABOUT_PROGRESS = re.compile(
    r"\b(?:progress (?:will|is|on|toward|towards|shall|reports?)|(?:is|are|be) (?:measured|reported|monitored|assessed"
    r"|evaluated|reviewed|graphed|charted|recorded)|will be (?:reported|monitored|evaluated|reviewed|collected|shared)|"
    r"data (?:will|is|are|sheets?|collection)|report cards?|sent home|(?:teachers?|therapists?|pathologists?|staff|we"
    r"|team|parents?|school) (?:will|shall|sends?|reports?|checks?|measures?|records?|charts?|counts?|collects?|reviews?"
    r"|writes?)\b)",
    re.IGNORECASE,
)
