"""The phrases that are findings as they stand, kept as a tree of words: the longest that fits is taken."""

import re
from collections.abc import Iterator
from itertools import product

from domain.wording.span import AMOUNT, CONDITIONAL, DISCRETIONARY, FREQUENCY, INTENT, OPEN, PERMISSIVE, SUBJECTIVE


def _spelled(pattern: str) -> Iterator[tuple[str, ...]]:
    """`in a (very|) timely (manner|fashion)`: every phrase that it stands for."""
    parts = [
        piece[1:-1].split("|") if piece.startswith("(") else [piece] for piece in re.findall(r"\([^)]*\)|[^\s()_]+", pattern)
    ]
    for chosen in product(*parts):
        yield tuple(word for piece in chosen for word in piece.split("_") if word)


class _Node:
    """A word of a phrase: what may follow, and the category of the phrase that ends here."""

    __slots__ = ("category", "following")

    def __init__(self) -> None:
        self.following: dict[str, _Node] = {}
        self.category: str | None = None


PHRASES = _Node()


def _phrases(category: str, *patterns: str) -> None:
    for pattern in patterns:
        for phrase in _spelled(pattern):
            node = PHRASES
            for word in phrase:
                node = node.following.setdefault(word, _Node())
            node.category = node.category or category


_phrases(
    CONDITIONAL,
    "as (needed|necessary|appropriate|required|warranted|indicated|applicable|available|able|feasible|possible|practicable)",
    "as (practical|tolerated|suitable|desired_and_needed|reasonable|fitting|is_appropriate|is_needed|is_necessary|is_possible)",
    "as (may|might|is|are|he|she) (needed|necessary|appropriate|required)",
    "as (may|might|can) be (needed|necessary|appropriate|required|possible|warranted)",
    "as and when (needed|necessary|required|appropriate|possible)",
    "as (deems|becomes|it_becomes) (needed|necessary|possible|available|feasible|appropriate)",
    "on (a|an|) as needed basis",
    "on (a|an|) (if|when|where|per) (needed|necessary|available) basis",
    "on a (need|space_available|availability|time_available|needs) basis",
    "(at|in|on|for) need",
    "in (times|moments|case|cases|periods) of (need|stress|difficulty|crisis|frustration|distress|anxiety|fatigue|necessity)",
    "(at|during|in) (times|moments|periods) of (great|high|increased|extreme|)"
    " (need|stress|difficulty|crisis|frustration|distress)",
    "(at|during|in) (times|moments|periods) of (great|high|increased|extreme|) (anxiety|fatigue|dysregulation|agitation)",
    "(at|during|in) (difficult|hard|stressful|challenging|tough|rough|high-stress|high_stress)"
    " (times|moments|situations|periods)",
    "on (difficult|bad|hard|good|tough|rough|challenging|off|busy) days",
    "(under|during) (stress|distress|duress)",
    "(if|when|where|as) need be",
    "(staff|staffing|time|weather|schedule|space|health|resources|funding|scheduling|availability) permitting",
    "(subject|according) to (his|her|their|the|student|) (need|needs|necessity|availability|staffing|scheduling|funding|space)",
    "(subject|according) to (his|her|their|the|) (resources|mood|ability|abilities|day|situation|circumstances|weather)",
    "(per|by) (the|) (student|individual|student's|his|her|their|child|) (need|needs|availability)",
    "per (staff|staffing|space|time|resource|schedule) availability",
    "prn",
    "to (the|a|) (maximum|greatest|fullest|max|) (extent|degree) (possible|appropriate|practicable|feasible|practical|needed)",
    "to (the|a|) (maximum|greatest|fullest|max|) (extent|degree)"
    " (necessary|reasonable|able|available|tolerated|that_is_possible)",
    "to the (maximum|greatest|fullest|) extent (that|) (he|she|it|they) (is|are|can|needs) (able|possible|feasible|)",
    "(insofar|so_far|as_far|inasmuch) as (is|it_is|he_is|she_is|)"
    " (possible|practicable|feasible|able|appropriate|needed|practical)",
    "(whenever|wherever|where|when|if) (at_all|) (possible|needed|necessary|appropriate|feasible)",
    "until (no_longer|not) (needed|necessary|appropriate|required)",
    "within reason",
    "within (the|) (limits|constraints) of (the|) (schedule|staffing|budget|time|resources|day)",
    "(if|when|where) and (when|if|where) (needed|necessary|appropriate|possible|required|available|feasible)",
    "if (or|/) when (needed|necessary|appropriate|possible|required)",
    "(when|as|if) / (if|when|as) (needed|necessary|appropriate|possible|required|available|feasible)",
    "if (so|) (needed|desired_and_needed|warranted)",
    "pending (staff|staffing|room|space|) availability",
    "(when|if|as) available",
    "(when|whenever|if|as|where) (he|she|they|student|it) (needs|need|requires|require) (it|them|to|one|this|)",
)


_phrases(
    PERMISSIVE,
    "(is|are) (also|) (allowed|permitted) to",
    "(is|are|be) (also|) (free|welcome) to",
    "(has|have|having|retains) (the|an|) (option|choice|opportunity_and_option) (to|of|)",
    "(has|have) (the|) permission to",
    "(is|are|) (ok|okay) to",
    "(allowed|permitted) to",
    "(is|are) (allowed|permitted|optional|allowable|permissible|admissible|eligible_for)",
    "(is|are) at liberty to",
    "(allowed|permitted|optional|optionally|allowable|permissible|ok|okay)",
    "(has|have) the (freedom|liberty|privilege) (to|of)",
)


_phrases(
    FREQUENCY,
    "(at|from) (times|time_to_time)",
    "(some|certain|many|most) (days|mornings|afternoons|weeks|evenings)",
    "(most|much|some|part|majority|lot|half) of the time",
    "(a|the) (good|) (majority|lot|portion|part) of the time",
    "at regular intervals",
    "every (few|couple_of|several) (minutes|minute|hours|days|weeks|problems|items|questions|class_periods|periods)",
    "at intervals",
    "at (periodic|frequent|varying|irregular|intermittent|timed_and_regular|routine) intervals",
    "on (a|an|) (more|)"
    " (regular|frequent|consistent|routine|ongoing|periodic|occasional|continual|continuous|intermittent) basis",
    "on (a|an|) (semi-regular|fairly_regular|continuing|regularly_scheduled|rotating_and_regular|recurring) basis",
    "on occasion",
    "on (certain|some|many|most|several|rare) occasions",
    "(every|) now and (then|again)",
    "every so often",
    "(every_|)once in a while",
    "(more|less|very|quite|fairly|most) (often|frequently|frequent|regularly)",
    "as (often|frequently) as (is|)"
    " (needed|necessary|possible|required|appropriate|feasible|practicable|able|he_needs|she_needs)",
    "as (often|frequently) as (he|she|they|student|it|time|staffing|staff|schedule)"
    " (needs|can|is_needed|allows|permits|see_fit)",
    "as frequently as needed",
    "time and again",
    "more often than not",
    "(nearly|almost) (always|every_day|daily)",
    "in general",
    "as a (general|) rule",
    "off and on",
    "on and off",
    "here and there",
    "at (random|different) (times|intervals)",
    "for the most part",
    "many times",
)


_phrases(
    AMOUNT,
    "(a_|)few",
    "(a_|) (little|bit) (of|more|extra|)",
    "a (little|bit)",
    "a (small|large|limited|reasonable_and_large|certain|great|good|fair|minimal|reduced) (amount|number|deal|quantity) of",
    "a (number|couple|handful|bit|lot|degree|amount|series) of",
    "lots of",
    "plenty of",
    "(some|many|most) of",
    "plenty",
    "alot of",
    "alot",
    "a great deal of",
    "(extra|extended|additional|more|added|increased|longer|reduced|limited|ample|less|some|unspecified) time",
    "as (much|many|long|little|few) as (is|) (needed|necessary|possible|required|appropriate|feasible|able|tolerated)",
    "as (much|many|long|little|few) as (he|she|they|student) (needs|need|requires|is_able|is_needed|tolerates)",
    "for as long as (needed|necessary|possible|required)",
    "(all_|) the (time|breaks|help) (he|she|they|student) (needs|need)",
    "to some (extent|degree)",
    "to a (minimum|maximum)",
    "(more|less) of",
)


_phrases(
    SUBJECTIVE,
    "in (a|) (timely|prompt|reasonable|appropriate|acceptable|suitable|professional|respectful|positive|efficient)"
    " (manner|fashion|way)",
    "in (a|) (timely|positive|meaningful) (and_appropriate|and_positive) manner",
    "within a reasonable (time|period|timeframe|time_frame|amount_of_time|period_of_time|time_period)",
    "in a reasonable (time|timeframe|time_frame|amount_of_time|period_of_time|time_period)",
    "at reasonable (intervals|times)",
    "at (a|an|) (appropriate|reasonable|suitable|acceptable) (times|intervals)",
    "asap",
    "to the best of (his|her|their|student's|student|the_student) (ability|abilities|knowledge)",
    "(his|her|their) (full|fullest) potential",
    "(make|makes|making|made|show|shows|demonstrate|demonstrates|achieve|achieves|shows)"
    " (adequate|steady|good|)_(progress|growth|gains)",
    "preferential (seating|seat|placement)",
    "seating preferential",
    "(strategic|optimal|advantageous|optimum) (seating|placement)",
    "(age|grade|developmentally|socially|grade-level|situation|situationally|culturally|contextually|context) appropriate",
    "(developmentally|socially|contextually) appropriately",
    "(without|with) (undue|unreasonable) delay",
    "in due (course|time)",
    "(good|best) faith",
)


_phrases(
    OPEN,
    "(etc|etcetera)",
    "and so (on|forth)",
    "(such_as|e.g.|for_example|for_instance)",
    "(including|includes|include|included) but (is|are|) not limited to",
    "including , but not limited to",
    "(including|includes) (without_limitation|among_others)",
    "but (is|are|) not limited to",
    "not limited to",
    "or similar",
    "(or|and) (any|some|) (other|others|another)",
    "among (others|other_things)",
    "and / or",
    "various",
    "varying",
    "(a_|) (wide_|broad_|large_|) variety of",
    "a (wide|full|broad|whole) (range|array|assortment|selection) of",
    "(a|an) (range|array|assortment|selection) of",
    "variety of",
    "(and|or) (more|the_like|the_rest|something_similar|something_else|comparable|equivalent|whatever|others|related)",
    "or (some_|) (comparable|equivalent|the_equivalent|something_like|alternative_like)",
    "and like",
    "ex :",
    "ex .",
    "(and|or) (similar|things_like_that|such)",
    "(what|who|which) ever",
    "a choice of (various|different)",
    "a mix of",
    "varied",
    "assorted",
    "whatever",
    "miscellaneous",
    "to name a few",
    "as well as (other|others)",
)


_phrases(
    INTENT,
    "(try|tries|trying|attempt|attempts|attempting|strive|strives|striving|aim|aims|endeavor|endeavors|seek|seeks) to",
    "(intend|intends|plan|plans|planning|hope|hopes|hoping|want|wants|intending|wish|wishes|aspires|aspire) to",
    "(strive|strives|striving|aim|aims|hope|hopes|endeavor|look|looks) for",
    "(make|makes|making|made|use|uses|using|give|gives) (every|an|all|reasonable|best|good-faith|their_best|any)"
    " (effort|efforts)",
    "(make|makes|making) (every|an|all|reasonable|best|a) (reasonable|good_faith|possible|attempt|concerted) (effort|efforts|)",
    "(make|makes|making) (every|an|a_good|a) attempt",
    "(try|tries|trying) and",
    "every (effort|attempt|reasonable_effort|possible_effort) (will|shall|is|should|to) be made",
    "(every|reasonable|best|all|our_best|their_best|his_best|her_best|good_faith) (effort|efforts|attempt|attempts)",
    "(best|all|all_reasonable|reasonable|our_best|their_best|good_faith|all_possible|every_reasonable)"
    " (effort|efforts|attempt|attempts) (will|shall|should|to|are_to|is_to) be made",
    "(effort|efforts|attempt|attempts) (will|shall) be made",
    "(do|does|try|tries|doing|give) (his|her|their|the|its|our|your) (best|hardest)",
    "(consider|considers|considering|considered|consideration)",
    "(explore|explores|exploring|explored|investigate|investigates|investigating|pursue|pursues|discuss_possible|brainstorm)",
    "(look|looks|looking) (into|at_ways|for_ways|for_opportunities|toward|towards)",
    "(work|works|working) (on|toward|towards|to|at)",
    "(recommended|recommend|recommends|suggested|suggest|suggests|advised|advisable|advise|recommending|preferred)",
    "(would|will|might) (greatly|also|likely|) benefit from",
    "would (also|)"
    " (benefit|be_beneficial|be_helpful|be_good|be_nice|be_ideal|help|like_to|do_well|be_useful|profit_from|prefer)",
    "benefits from",
    "(ideally|preferably|hopefully)",
    "(do|does) (everything|all|whatever|what) (it|they|he|she|we) can",
    "think about",
    "be (mindful|aware|cognizant|considerate|sensitive) (of|to|that)",
    "keep in mind",
    "(with|in) (the|an|) (hope|hopes|attempt|effort) (of|to|that)",
    "it is (best|preferable|desirable|preferred|ideal)",
    "the (goal|intent|intention|hope|plan|aim|idea) is (to|for|that)",
)


_phrases(
    DISCRETIONARY,
    "(tbd|tba) by (the|)"
    " (teacher|team|iep_team|staff|school|nurse|case_manager|slp|ot|pt|therapist|counselor|principal|provider)",
    "(on|) (a|) case (by|to) case (basis|)",
    "(on|) (a|an) individual basis",
    "tbd",
    "tba",
    "to be"
    " (determined|decided|announced|arranged|discussed|established|agreed|scheduled|specified|identified|selected|negotiated)",
    "(if|when|as|where) deemed (to_be|)"
    " (necessary|appropriate|needed|helpful|beneficial|fit|suitable|feasible|useful|safe|desirable)",
    "deemed (necessary|appropriate|needed|helpful|beneficial|suitable|useful|fit)",
    "as seen fit",
    "(with|upon|pending|after|following|subject_to) (prior|) (approval|permission|consent|authorization)",
    "(if|when|as|once) approved",
    "as (agreed|arranged|discussed|negotiated)",
)
