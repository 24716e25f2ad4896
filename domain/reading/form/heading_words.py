"""The words of headings in the states' forms: what is promised below them, and what is not."""

import re


def _words(words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{words})\b")


WISHED = _words(
    r"consider(?:ed|ing)|reject(?:ed|ions?)?|declin(?:ed|es)|refus(?:ed|als?)|request(?:s|ed)?|asked(?: for)?"
    r"|not (?:been )?(?:agreed|chosen|selected|recommended|accepted|adopted|included|provided|needed|offered|approved|taken)"
    r"|turned down|(?:did|do|does|could|can) not agree|disagree\w*|not proposed|wish(?:es)?"
    r"|wants?(?! (?:\w+ )?to (?:learn|get better|be able|work on))|denied|proposals? not|alternatives?"
    r"|options? (?:discussed|that)|other options|discussed|replaced|removed|deleted|taken out|withdrawn"
    r"|(?:won't|will not) (?:do|get|have|use|be)|decid(?:e|ed|ing) against|do not (?:use|do|give|offer)"
    r"|(?:did|does)(?:n't| not) (?:work|help)|tried (?:before|already|and)|said no|turn(?:ed)? down|ruled out"
    r"|(?:talked|(?:did|do) (?:we|you|the team) talk|we talk) (?:over|about)|not part of"
)
OF_THE_PAST = _words(
    r"previous(?:ly)?|prior(?! written)|past|last (?:school )?year(?:'s|s)?|last iep|former"
    r"|expir(?:ed|ing) (?:iep|goals?|services?)"
    r"|(?:services?|goals?|supports?|accommodations?) (?:that )?(?:ended|discontinued|received to date|to date"
    r"|provided (?:to date|so far))|discontinued|ended|histor(?:y|ical)|no longer"
    r"|(?:that|which) (?:is|are|was|were|has|have|will) (?:now )?(?:ending|end|ends|ended|expiring|stop(?:s|ped)?)"
    r"|(?:that|which) (?:ends?|stops?|stopped|expires?)"
    r"|(?:ending|expiring|finishing|stopping) (?:iep|plan|services?|goals?|accommodations?|supports?)"
    r"|(?:iep|plan|services?|goals?|accommodations?|supports?) (?:now )?(?:ending|expiring|stopping|we (?:stop|end)\w*)"
    r"|(?:for|in) comparison|for reference only|before this iep|(?:19|20)\d\d ?[-/–] ?(?:20)?\d\d (?:services|goals)"
    r"|old iep|old goals?|old services?|review of (?:the )?(?:current|annual|last)? ?goals?|until now|so far|up to now"
)
PARTS = _words(
    r"short[- ]term$|how (?:we|you|i|they) (?:will )?know|obj\.?(?: ?\w{1,3})?$|step on the way"
    r"|(?:short[ -]?term )?(?:instructional )?objectives?(?! functioning)|benchmarks?|stos?|baselines?(?: data)?"
    r"|milestones?|(?:criteri(?:a|on)|evaluation|measurement)(?: (?:for|of) (?:mastery|success))?|progress"
    r"|(?:how|when|method|means|schedule|procedures?).{0,40}(?:measur|report|evaluat|monitor|progress)\w*|data collection"
    r"|mastery|steps? (?:toward|to|on the way|along the way)|checkpoints?|where .{0,30} now|starting point"
    r"|current(?: level| performance| status)?|standards?(?: addressed)?"
)
NO_PROMISE = _words(
    r"present levels?|plaafps?|plafps?|plops?|paffs?|plps?|pleps?"
    r"|levels? of (?:academic|performance|educational|functional)\w*|baselines?|strengths?|concerns?|areas? of need"
    r"|needs? (?:of|that|resulting)|educational needs?|needs?$|interests?|preferences?|vision|dreams?|profile|background"
    r"|evaluations?|assessment (?:results|data|information|summary)"
    r"|(?:test|assessment|evaluation) (?:scores?|results?|data)|eligibility|disabilit(?:y|ies)|impact|special factors?"
    r"|special considerations?|considerations? of|lre|least restrictive|placement|participat(?:ion|e|es|ing)"
    r"|non ?-?participation|general education with(?:out)? (?:no )?supplementary|percent(?:age|ages)?|%|removal"
    r"|justification|rationale|reasons?|why|continuum|harmful effects?|post ?-?secondary (?:goals?|outcomes?|plans?)"
    r"|post ?-?school (?:goals?|outcomes?)|measurable post ?-?secondary|goals? (?:for )?after (?:high )?school"
    r"|after (?:high )?school|age of majority|transfer of rights|rights?|safeguards?|consent|signatures?|signed"
    r"|attend(?:ance|ees|ed)|who was there|participants?|team members?|members of the (?:iep )?team|excusals?|meeting"
    r"|notes|minutes of|comments|remarks|prior written notice|pwn|notice|medicaid"
    r"|(?:student|child|pupil|family|parent|contact|demographic|identifying|general|personal|school) (?:information|data)"
    r"|demographics?|cover (?:page|sheet)|examples?|instructions (?:for|to)|directions for|how to (?:fill|complete|use)"
    r"|course of study|courses of study|graduation|diploma|credits?|progress|report(?:s|ing)?(?: (?:to|of|card).*)?"
    r"|measur(?:ed|ing|ement)|objectives?|benchmarks?|agenda|discussion|documentation|distribution|copies|contacts?"
    r"|glossary|abbreviations|key|legend|totals?|sums?|summary of (?:minutes|time|hours)"
    r"|parent(?:al|s)? (?:input|concerns|comments|participation|statement)|student input"
    r"|academic(?: achievement| performance)|functional performance|developmental performance"
    r"|health (?:information|history|status)|medical (?:information|history|status|conditions?)|vision and hearing"
    r"|attendance|discipline|what .{0,40} (?:can|does|do) (?:do )?(?:now|today|already|well)|how .{0,40} doing"
    r"|who (?:met|came|took part|was|attended)|where .{0,30} now|what .{0,30} likes|before you sign|for office use"
    r"|office use|effects? of|target(?:ed)? behaviou?rs?|triggers?|antecedents?|consequences?"
    r"|(?:the )?functions?(?: of (?:the )?behaviou?r)?$|emergency (?:information|contacts?|numbers?)|physician|doctor"
    r"|diagnos(?:is|es)|allerg(?:y|ies)|good to know"
)
BESIDE = _words(
    r"(?:medical |health |student )?needs?|placement|lre|least restrictive(?: environment)?|participation"
    r"|disabilit(?:y|ies)|documentation"
)
# A heading that names both ("goals and progress", "services and placement") is about the promises.
FIRST_OF_TWO = re.compile(
    r"^(?:the |his |her |their |my |measurable |annual |iep |academic |functional |academic and functional )*"
    r"(?:goals?|services|accommodations?|modifications?|supplementary aids|related services|special education)\b"
    r"(?: statements?)?(?: and| /|/| (?:benchmarks|objectives|short)|$)(?! ?progress$)"
)
GOALS = _words(
    r"(?:measurable |annual |measurable annual |iep |yearly |academic |functional |instructional "
    r"|year )?goals?(?: statements?)?|mags?"
    r"|(?:learn|achieve|accomplish|reach|be able to|able to do|master|do) (?:.{0,20} )?(?:in|by|within|over|after|at"
    r"|during|this|next) (?:a|one|the|this|next|the next|the end|the coming)?\s?(?:year|twelve months|12 months)"
    r"|(?:working on|work on|will learn|is to learn|should learn|be able to (?:do)?|aims?)"
    r"|expected (?:growth|outcomes?)(?: this year| in a year)?|targets? for the year"
)
SERVICES = _words(
    r"services?|special education(?: instruction)?|special(?:ly)? designed (?:instruction|physical education)"
    r"|specially[ -]designed|special(?:ized)? (?:instruction|teaching|classes|help)|sdi|related service|therap(?:y|ies)"
    r"|extended school year|esy|transport(?:ation)?|(?:special |school )?bus$|summer$"
    r"|transition (?:services?|activities|activity|plan(?:ning)?|supports?)|adapted physical education|rides?$|ape"
    r"|instruction(?:al)?(?: (?:delivery|program|minutes|time))"
    r"|service (?:delivery|matrix|grid|page|minutes|time|summary|table|plan|chart|schedule)|counseling|travel training"
    r"|nursing|who (?:will )?(?:help|teach|work)\w*|how much and where|busing|summer (?:program|services|school)"
    r"|delivery of services|how (?:much|often) help|schedule of (?:services|instruction)|interventions|consultation"
)
ACCOMMODATIONS = _words(
    r"accommodations?|accomodations?|accommodated|adaptations?|testing (?:conditions|supports|aids|arrangements)"
    r"|classroom (?:supports|adjustments|aids|helps?|changes)|adjustments?"
    r"|(?:universal|designated) (?:supports|tools|features)"
    r"|how .{0,40} (?:help|helped|support|supported) .{0,20}(?:in (?:the )?(?:class|classroom|lessons|tests))"
    r"|(?:help|helps|support) in (?:the )?(?:class|classroom|lessons|tests|regular class)|instructional strategies"
    r"|access to the (?:curriculum|work|lesson)|made easier to (?:reach|get at)|changes to how .{0,40}"
)
MODIFICATIONS = _words(
    r"modifications?|modified|(?:taught|graded|expected|learned) differently(?: in content)?"
    r"|curriculum (?:changes|adjustments)|changes (?:to|in|of) (?:the )?(?:content|curriculum|what|expectations?|grading)"
    r"|alternate (?:curriculum|grading|expectations|standards)|alternative (?:curriculum|grading|expectations|standards)"
)
SUPPORTS = _words(
    r"supports? (?:and training )?(?:for|to|provided to|given to|of) (?:the )?(?:all )?(?:school |other |teaching "
    r"|classroom )?(?:personnel|staff|teachers?|adults|team)(?: and staff)?"
    r"|(?:staff|personnel|teacher|teachers|adults|school personnel|school staff|program) (?:supports?|training|development"
    r"|needs?|gets?|receives?|consultation|help|aids)|training (?:for|of) (?:school )?(?:staff|personnel|teachers)"
    r"|(?:do|does|will|what|how) (?:.{0,20} )?(?:staff|teachers?|adults|personnel|the school team"
    r"|school people) (?:.{0,20} )?(?:get|gets|need|needs|receive|have|learn|be helped|be supported|do)"
    r"|(?:help|supports?|training) (?:for|to) (?:the |our |his |her |their )?(?:people|adults|those|staff|teachers?"
    r"|personnel|school)\b.{0,30}|supplementa(?:ry|l) (?:aids?|supports?|services)|aids? and (?:services|supports)"
    r"|school personnel|personnel supports?|assistive technolog(?:y|ies)|assistive devices?|at (?:devices?|services)"
    r"|(?:behavior(?:al)?|classroom|positive behavior(?:al)?|other|program|student|individual|additional|health"
    r"|physical) (?:interventions? and )?supports?|supports?|equipment|aids?"
)
AIDS = re.compile(r"\bsupplementa(?:ry|l)\b|\baids?\b")
ESY = re.compile(r"\b(?:extended school year|esy|extended year|summer(?: (?:program|services|school))?)\b")
TRANSPORT = re.compile(r"\b(?:transport(?:ation)?|busing|bus|rides?)\b")
TRANSITION = re.compile(r"\btransition (?:services?|activities|activity|plan|planning|supports?)\b")
# Whose paper it is: "Committee on Special Education", "Department of Special Services".
OFFICE = re.compile(
    r"\b(?:committee|department|dept|office|division|bureau|director|district of|cooperative|board of education"
    r"|public schools|school district)\b"
)
