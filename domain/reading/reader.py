"""From a document taken apart to what it promises: section by section, as its headings say."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise

from domain.dates import written_dates
from domain.frequency import frequencies
from domain.reading import about
from domain.reading.block import CHECKED, UNCHECKED, Line, Pages, Row, Source
from domain.reading.child import Child
from domain.reading.form_words import is_no_promise
from domain.reading.labels import (
    ACCOMMODATION,
    AMOUNT,
    AREA,
    DATES,
    DETAIL,
    END,
    GOAL,
    GOAL_PART,
    IGNORED,
    MIXED,
    MODE,
    MODIFICATION,
    NAME,
    NOTHING,
    PAST,
    PROVIDER,
    SERVICE,
    SETTING,
    START,
    STATUS,
    SUBJECT,
    SUPPORT,
    TYPE,
    Label,
    Topic,
    is_all_heading,
    is_all_label,
    is_category,
    is_new,
    is_old,
    is_titled,
    label_of,
    plain,
    topic_of,
)
from domain.reading.marks import (
    Boxed,
    after_yes,
    answer,
    boxes,
    has_box,
    is_answer,
    is_empty,
    is_example,
    is_instruction,
    is_none,
    with_choices,
)
from domain.reading.passages import Passage, passages
from domain.reading.plain_words import is_of_child, meant
from domain.reading.promise import ROLE_NOUN, Draft, provisions
from domain.reading.result import ReadProvision
from domain.reading.tables import HOME_MADE, LIKELY, SURE, Field, Layout, Table, fill, record_draft, said_of_all
from domain.vocabulary import all_roles, all_services

_CARD_ROLES = frozenset(
    (NAME, AMOUNT, SETTING, PROVIDER, START, END, DATES, MODE, TYPE, MIXED, DETAIL, IGNORED, GOAL_PART, AREA, STATUS)
)
_FIELD_ROLES = frozenset((AMOUNT, SETTING, PROVIDER, START, END, DATES, MODE, MIXED, TYPE))
_COLON = re.compile(r":(?=\s|$|_)")
_SENTENCE_END = re.compile(r"(?<=[A-Za-z0-9)%\"”’][.!?])\s+(?=[A-Z(\"“☒☐])|(?<=[.!?][\"”])\s+(?=[A-Z])")
_ABBREVIATED = re.compile(
    r"(?:\b(?:min|hr|hrs|mins|approx|wk|mo|yr|Mr|Mrs|Ms|Dr|St|No|vs|etc|e\.g|i\.e|ed|Ed|gen|Gen|sp|Sp|reg|Reg|rm|w|incl"
    r"|dept|Jr|Sr|asst|Asst|[A-Z])\.)$"
)
_NOT_PROMISED = re.compile(
    r"\b(?:consider(?:ed|s)?|request(?:ed|s)?|asked (?:for|that|about|to|if)|reject(?:ed|s)?|declin(?:ed|es)|refus(?:ed"
    r"|es)|discontinued|no longer|previously|last (?:school )?year|in the past|until (?:now|last)|"
    r"used to|ended (?:in|on|at|last)|stopped (?:in|on|at|last)|was (?:provided|receiving|given|discussed|served|used"
    r"|tried)|were (?:provided|discussed|given"
    r"|tried|used)|had (?:been )?(?:received|\d)|received (?:\d|speech|occupational|services|help|physical|counseling"
    r"|support)|"
    r"does not (?:need|require|qualify|receive|have)|do not (?:need|require|receive)|did not|will not (?:be provided"
    r"|receive|need|require|participate)|(?:is|are) not (?:needed|required|applicable|eligible|necessary|recommended"
    r"|agreed|provided|entitled)|"
    r"not (?:agreed|chosen|selected|accepted|adopted)|no (?:\w+ ){0,3}(?:modifications?|accommodations?|supports?"
    r"|services?|changes?|aids?|training) (?:are|is|were|will be|needed|required|at this time)|needs no\b|requires no\b|"
    r"would (?:like|prefer)|wish(?:es|ed)?|parents? (?:want|hope|feel|believe|ask|report|express)\w*|(?:team|parents?"
    r"|committee|we) (?:did )?(?:discuss(?:ed)?|considered|talk(?:ed)?|reviewed)|proposed (?:by|but)|instead of the"
    r"|has been replaced"
    r"|replaced by|"
    r"eligib(?:le|ility) (?:for|was|is|under)|currently|at present|as of (?:now|today)|right to|you (?:may|have|can"
    r"|will)|your (?:child|rights?)|procedural safeguards|see (?:attached|page|section|above|below|the)\b)",
    re.IGNORECASE,
)
_ABOUT_PROGRESS = re.compile(
    r"\b(?:progress (?:will|is|on|toward|towards|shall|reports?)|(?:is|are|be) (?:measured|reported|monitored|assessed"
    r"|evaluated|reviewed|graphed|charted|recorded)|will be (?:reported|monitored|evaluated|reviewed|collected|shared)|"
    r"data (?:will|is|are|sheets?|collection)|report cards?|sent home|(?:teachers?|therapists?|pathologists?|staff|we"
    r"|team|parents?|school) (?:will|shall|sends?|reports?|checks?|measures?|records?|charts?|counts?|collects?|reviews?"
    r"|writes?)\b)",
    re.IGNORECASE,
)
_PERCENT = re.compile(
    r"\b\d{1,3}(?:\.\d+)? ?(?:%|percent)\b[^.]{0,60}\b(?:day|time|week|general education|regular|class)|\b(?:percent"
    r"|percentage) of (?:time|the (?:day|week))|^\W*(?:total|sum)\b[^.]{0,60}\d",
    re.IGNORECASE,
)
# Lines about the child and about sums that got among the promises.
_ABOUT = re.compile(
    r"\b(?:date of birth|birth ?date|d\.?o\.?b\.?|student id|ssid|grade level|school district|case manager)\s*:"
    r"|^\W*(?:grade|page)\s*:?\s*\d|^\W*services? (?:start|end|begin)\w*\s*:|^\W*(?:iep |beginning |ending |start |end "
    r"|meeting )+date\b[^:]{0,20}:"
    r"|^\W*(?:total )?(?:minutes|hours) (?:per|a|each) (?:week|day|month) (?:in|of|the student|student|with)\b",
    re.IGNORECASE,
)
# "For: Ada L., grade 10   IEP effective 8/24/2026": whose plan it is, and for how long.
_IN_FORCE = re.compile(
    r"\b(?:iep|plan)(?: is| dates?)?:? (?:effective|expires?|begins?|starts?|ends?|in (?:force|effect)|runs?|from"
    r"|dated|valid)\b[^.;]{0,20}\d"
    r"|^\W*(?:for|of|name|student|re)\W+[A-Z][^.;]{2,60}\b(?:grade|born|age|dob|birth)\b[^.;]{0,12}\d",
    re.IGNORECASE,
)
_RIGHTS = re.compile(
    r"\b(?:signature|signed by|date signed|parent'?s? initials|i (?:agree|consent|have received|understand|do not)"
    r"|copy of (?:the )?(?:iep|rights|procedural)|procedural safeguards)\b",
    re.IGNORECASE,
)
_GOAL_LABEL = re.compile(
    r"^(?:(?:measurable|annual|iep|academic|functional|yearly|new|amended|revised"
    r"|\w+(?:[ /-]\w+){0,3})\s+){0,3}goals?\b(?: statement)?\s*(?:#|no\.?|number)?\s*\d{0,2}[a-z]?\b[^:.]{0,50}$",
    re.IGNORECASE,
)
_STARTS_GOAL = re.compile(r"\b(?:will|shall|is going to|to (?:improve|increase|reduce|read|write|use))\b")
MODE_OR_PLACE = re.compile(
    r"^(?:ind(?:iv(?:idual(?:ly)?)?)?|gr(?:ou)?p|small group|sec(?:ondary)? transition|direct|indirect|consult(?:ation"
    r"|ative)?|collaborative|integrated|push[- ]?in|pull[- ]?out|1:1)\W*$",
    re.IGNORECASE,
)
_AREAS = re.compile(
    r"^(?:reading|math\w*|writing|written (?:expression|language)|spelling|communication|speech(?: ?(?:and|/"
    r"|-) ?language)?|language(?: arts)?|behaviou?r\w*|social(?:[ /-]?(?:emotional|skills))?[\w ]*|motor(?: skills)?"
    r"|(?:fine|gross|visual) motor[\w ]*|"
    r"self[- ]?(?:help|care|advocacy|regulation|management)|adaptive[\w ]*|organi[sz]ation\w*|study skills|attention"
    r"|executive function\w*|daily living[\w ]*|independent living|vocational|employment|academics?|comprehension"
    r"|fluency|science|social studies|"
    r"classroom|presentation|response|setting|timing|scheduling|timing ?(?:/|and) ?scheduling|materials|environment\w*"
    r"|instruction\w*|assignments?|grading|tests?(?:ing)?|homework|health|physical|sensory|transition|mobility|hearing"
    r"|vision|other|area.{0,40}|equipment|technology|general education|special education|related services)\W*$",
    re.IGNORECASE,
)
_DROPPED = re.compile(
    r"^\W*(?:(?:we|the (?:team|school|district)) (?:will |have |has |are |is |also |now )*)?(?:delet(?:e[sd]?|ing)"
    r"|remov(?:e[sd]?|ing)|discontinu(?:e[sd]?"
    r"|ing)|strik(?:e|ing)|omit|end(?:ing)?|stop(?:ping)?|drop(?:ping|ped)?|eliminat(?:e|ing)|tak(?:e|en|ing) (?:out"
    r"|away|off)|cross(?:ed)? out)\b"
    r"|^\W*(?:it|this|that|they|the goal|which|before this,?) (?:used to|was|were|had (?:been|said))\b|^[^.;]{3,90}\b(?:is|are"
    r"|will be|was|were) (?:deleted|removed|discontinued|dropped|ended|no longer)\b",
    re.IGNORECASE,
)
_FROM_TO = re.compile(
    r"\b(?:will |shall )?(?:be )?(?:is |are |was |were )?(?:change[sd]?|increase[sd]?|decrease[sd]?|reduced?|amend(?:ed"
    r"|s)?|revised?|modif(?:y|ied)|moved?|adjusted)\b[^.;]{0,60}?\bfrom\b[^.;]{2,160}?\bto\b(?! \d+ ?(?:minutes"
    r"|times)[^.;]{0,80}\bto\b)",
    re.IGNORECASE,
)
_REPLACED = re.compile(
    r"\b(?:(?:is|are|was|were|be|being) )?(?:replaced (?:by|with)|changed to(?: read)?|amended to(?: read| say)?"
    r"|revised to(?: read)?|(?:will|shall) (?:now )?read|(?<!he )(?<!they )now reads?|to read|updated to)\b"
    r"\s*(?:as follows)?\s*:?",
    re.IGNORECASE,
)
_WHICH_WAS = re.compile(
    r",? (?:which|that) (?:was|were|is now|are now|is currently|had been) [^,;]{3,120}(?:,|(?= (?:shall|will)))", re.IGNORECASE
)
_SHALL_BE = re.compile(r"\b(?:shall|will) (?:now )?be (?=\d|half|one|two|three|an? hour)", re.IGNORECASE)
_REST_STAYS = re.compile(
    r"^\W*(?:everything else|no other (?:part|change)|all other|all the other|the rest|other parts|the remaining"
    r"|nothing else)\b",
    re.IGNORECASE,
)
_IN_PLACE_OF = re.compile(r"^\W*(?:in place of|instead of|rather than|in lieu of)\b[^,;]{3,200},\s*", re.IGNORECASE)
_LEADS_ON = re.compile(
    r"^(?:in addition|additionally|also|furthermore|moreover|finally|as well|further|besides|second(?:ly)?"
    r"|third(?:ly)?|first|lastly"
    r"|(?:beginning|starting) with this iep),?\s+(?=[A-Za-z])(?!to\b|of\b|and\b|then\b|grade|period|draft)",
    re.IGNORECASE,
)
_RUNS = re.compile(
    r"^\W*(?:it|they|this|these|(?:the|this) (?:service|sessions?|goal|accommodation"
    r"|lessons?)) (?:also )?(?:will )?(?:runs?|begins?|starts?"
    r"|ends?|lasts?|goes|continues?|takes? place|is in (?:effect|force)|is effective|be (?:given|in effect))\b",
    re.IGNORECASE,
)
_ADDED = re.compile(
    r"^\W*(?:we|the (?:team|school|district)) (?:will |have |has |are |is |also |now )*add(?:ed|ing|s)?\s+(?:(?:the"
    r"|this|a new|an?) (?:accommodation"
    r"|modification|service|goal|support)s?\s*:?\s+)?|^\W*(?:an? )?(?:new )?(?:service|accommodation|modification"
    r"|goal|support|related service)s? (?:is|are|will be"
    r"|was) added\s*:?\s*|^\W*(?:add(?:ed|s|ition)?|new|include)\b(?: (?:the|a|an|new|following"
    r"|of))*(?: (?:accommodation|modification|service|goal|support|related service|annual goal)s?)?\s*:\s*|^\W*(?:add"
    r"|added)\s+(?=\w)",
    re.IGNORECASE,
)
_CHANGES = re.compile(
    r"\b(?:replaced|changed|amended|revised|read|updated|add(?:ed|s|ition)?|delete[sd]?|remove[sd]?|discontinue[sd]?)\b",
    re.IGNORECASE,
)
# Plain words as a heading: "How Ada is helped in class", "What we did not agree on".
_ASKS = re.compile(
    r"^(?:what|how|who|where|when|why|which|things|our|your|about|help|getting|ways|ideas|people|stuff|not|we|extra|tried)\b",
    re.IGNORECASE,
)
# "Part 6: Services", "Section II - Goals".
_PART = re.compile(
    r"^(?:section|part|step|item|chapter|page)\s+(?:\d{1,2}[a-z]?|[ivx]{1,5}|[a-z])\s?[:.)–—-]+\s*(?=[A-Z])", re.IGNORECASE
)
_CHOSEN = re.compile(
    r"^\W*(?:(?:those |the ones |what (?:we|the team) )?(?:selected|chosen|chose|agreed(?: (?:on|to|upon))?|accepted"
    r"|adopted|approved|decided(?: on)?)"
    r"|to be (?:provided|used)|we will use|in use)(?: (?:by the team|for this iep|this year|options?))?\W*$",
    re.IGNORECASE,
)
_LETTERED = re.compile(r"^(?:\d{1,2}[a-z]|\(?[a-z])[.)]$")
_NEGATIVE = re.compile(
    r"\b(?:does not|do not|is not|are not|not) (?:\w+ )?(?:require|required|need|needed|eligible|applicable|receive"
    r"|qualify)\b|^\W*no\b.{0,60}\b(?:needed|required|necessary|recommended)\b|^\W*none\b",
    re.IGNORECASE,
)
_CRITERIA = re.compile(r"^(?:criteri|mastery|level of|target|accuracy)", re.IGNORECASE)
_RELATIVE = re.compile(r",\s+(?:who|which)\s+(?:then |also |will |shall )*", re.IGNORECASE)
# Of an item of a list only what says so of itself is no promise.
_NOT_LISTED = re.compile(
    r"^\W*(?:no|none|not)\b(?! (?:penalty|more|longer|homework|timed|oral|fewer|copying|time|reading|points|grade|pop))"
    r"|\b(?:considered|requested|asked for|rejected|declined|refused|discontinued|no longer (?:needed|used|provided)"
    r"|previously|last (?:school )?year|"
    r"not (?:agreed|chosen|selected|accepted|adopted|needed|required)|does not need|instead of the former)\b",
    re.IGNORECASE,
)
_REGULAR_BUS = re.compile(
    r"\bregular(?: education)? (?:bus|transport\w*)|\bsame (?:manner|bus|transportation)\b"
    r"|\bno (?:special(?:ized)? )?(?:transport|bus\b)|\b(?:walks|walker|parent transports|parents? (?:will )?(?:drive"
    r"|transport))\b"
    r"|\b(?:comes?|goes|rides?|driven|brought|taken|picked up|dropped off|travels?) (?:to school |home )?(?:with|by"
    r"|in) (?:(?:her|his"
    r"|their|the|a|our) )?(?:mother|father|mom|dad|aunt|uncle|parents?|family|guardian|grand\w+|sister|brother"
    r"|neighbor|friends?|car\b)"
    r"|\bother children|\bsame (?:bus )?as (?:the )?(?:other|every|siblings?)",
    re.IGNORECASE,
)
_ELIGIBLE = re.compile(r"\b(?:eligible|eligibility|qualif\w+|based on|regression|recoupment)\b", re.IGNORECASE)


# "Ada will be provided with the following accommodations: ..."
_INTRODUCES = re.compile(
    r"^[^:.;]{0,160}\b(?:following|these|below|listed)\b[^:.;]{0,80}:\s+(?=\S)|^[^:.;]{3,160}\b(?:accommodations?|modifications?"
    r"|services|supports|aids)(?: and/?(?: ?or)? (?:accommodations?|modifications?|services|supports|aids))? (?:are"
    r"|include|will be)\s*:\s+(?=\S)",
    re.IGNORECASE,
)
# "All services begin on the first day and follow the calendar": of all of them, none of its own.
_OF_ALL = re.compile(
    r"^\W*(?:(?:all|the|these|those|any|such|both) )?(?:of )?(?:(?:the|these|following|above|listed|his|her|their"
    r"|special education|related"
    r"|all|other|and|classroom|testing|school) ){0,5}(?:services?|accommodations?|modifications?|supports|minutes"
    r"|goals|aids and services)"
    r"(?: (?:listed|above|below|named|here|in this iep|in the iep|and (?:services|supports|accommodations|modifications)))*"
    r" (?:will|shall|are|is|begins?|starts?|follows?|continues?|take|ends?|runs?|may|apply|applies|must|need|do not|does not)\b"
    r"(?! (?:also )?(?:reduced|shortened))"
    r"|\b(?:the )?following (?:accommodations?|modifications?|services|supports|aids)\b[^:]{0,60}$"
    r"|^\W*see (?:the )?(?:attached|page|section|above|below|table)\b|^\W*(?:this|the) (?:student|child|iep|plan|section) "
    r"(?:has|needs|requires|includes|lists|receives)? ?(?:accommodations?|modifications?"
    r"|services)(?: (?:as )?(?:listed|below|above|described))?\W*$",
    re.IGNORECASE,
)


@dataclass
class _Section:
    """Where the reader is: the topic, how its heading looked, and what the heading says of every service below it."""

    topic: Topic | None = None
    look: tuple[int | None, bool, bool] = (None, False, False)
    setting: str = ""
    mode: str = ""
    # At most so sure is what stands below a heading that no form has.
    sureness: float = 1.0


@dataclass
class Reader:
    """Reads the blocks of one document in their order."""

    child: Child
    is_amendment: bool = False
    wraps: bool = True
    # All of it is in capitals, which then say nothing.
    is_shouted: bool = False
    # A cycle of five days is a week.
    is_five_day: bool = False
    drafts: list[Draft] = field(default_factory=list)
    section: _Section = field(default_factory=_Section)
    _layouts: dict[int, tuple[Layout, Topic | None]] = field(default_factory=dict)
    _last_layout: Layout | None = None
    _card: list[Field] = field(default_factory=list)
    _awaits: Label | None = None
    _skips: Topic | None = None
    _skips_with: str = ""
    # Below "Objectives:" all is skipped; after "Baseline: 20 words" only what is of the same kind.
    _skips_all: bool = False
    _pending: tuple[str, Topic, Source, int] | None = None
    _inline: Topic | None = None
    # What stands at this indent, or left of it, is not of `_inline` any more.
    _inline_above: int = -1
    # The bullet or numbering of the section's own items.
    _item_style: str = ""
    _next_number: int = 1
    _number_indent: int = 0
    # A service that stands as a heading above what is said of it.
    _name_above: str = ""
    # How many drafts there were when the section began.
    _since: int = 0
    _yes_no: tuple[str, ...] = ()

    def read(self, blocks: Sequence[Line | Row]) -> list[Draft]:
        self.is_five_day = any(isinstance(block, Line) and _FIVE_DAYS.search(block.text) for block in blocks)
        for is_table, group in groupby(blocks, key=lambda block: (block.table,) if isinstance(block, Row) else ()):
            stretch = list(group)
            if is_table:
                self._table([block for block in stretch if isinstance(block, Row)])
            else:
                lines = [
                    replace(block, text=_LEGEND.sub("", block.text)) if _LEGEND.search(block.text) else block
                    for block in stretch
                    if isinstance(block, Line)
                ]
                for passage in passages(lines, wraps=self.wraps):
                    self._passage(passage)
        self._close()
        return self.drafts

    # --- Tables -------------------------------------------------------------------------------------------------------

    def _table(self, rows: Sequence[Row]) -> None:
        if self._of_card(rows):
            return
        self._flush()
        rows = self._without_check_lists(_with_meant_headings(rows, self._topic, self.is_five_day))
        if not rows:
            return
        known = self._layouts.get(rows[0].table)
        layout = known[0] if known else None
        topic = self._topic
        if known and known[1] is not None and self.section.topic is None:
            topic = known[1]
        if (
            layout is None
            and self._last_layout
            and self._last_layout.width == max(cell.column + cell.columns for cell in rows[0].cells)
        ):
            layout = self._last_layout
        table = Table(rows, topic, layout, self._lines_in_cell, self.is_amendment, self.section.setting, self.section.mode)
        found = table.read()
        if table.layout_left is not None:
            self._layouts[rows[0].table] = (table.layout_left, table.left_at)
            self._last_layout = table.layout_left
        self._add(found)
        if table.left_at is not None and table.left_at is not topic and table.left_at.kinds:
            self._layouts[rows[0].table] = (table.layout_left or Layout(), table.left_at)

    def _without_check_lists(self, rows: Sequence[Row]) -> Sequence[Row]:
        """Cells that are lists of boxes, or of promises that name their kind, below a heading of such: read one by one."""
        kinds: dict[int, Topic] = {}
        for cell in rows[0].cells:
            topic = None if has_box(cell.text) or len(cell.text) > 110 else topic_of(cell.text)
            if topic and topic.kinds and set(topic.kinds) <= {ACCOMMODATION, MODIFICATION, SUPPORT}:
                kinds[cell.column] = topic
        if not kinds or self.is_amendment or (self._topic and self._topic.is_past):
            return rows
        found: list[Draft] = []
        left: list[Row] = []
        for row in rows[1:]:
            is_list = False
            for cell in row.cells:
                topic = kinds.get(cell.column)
                if topic is None or cell.is_from_above:
                    continue
                listed = _check_list(cell.text) if len(rows[0].cells) <= 4 else None
                if listed is None and not any(written_dates(each.text) for each in row.cells):
                    listed = _kinds_named(cell.text, topic)
                if listed is None:
                    continue
                is_list = True
                found += [
                    Draft(each, words, row.source, words, is_row=True, sureness=LIKELY)
                    for each, words in ((one or topic, said) for one, said in listed)
                    if not is_none(words) and not is_empty(words)
                ]
            if not is_list:
                left.append(row)
        if len(left) == len(rows) - 1:
            return rows
        self._add(found)
        has_more = any(len([cell for cell in row.cells if not is_none(cell.text)]) > 1 for row in left if row.cells)
        return [rows[0], *left] if has_more else []

    def _of_card(self, rows: Sequence[Row]) -> bool:
        """Whether a table is but a part of what is said of one service: its name in a frame, or more of its fields."""
        filled = [[cell for cell in row.cells if cell.text.strip()] for row in rows]
        if len(rows) == 1 and len(filled[0]) == 1 and "\n" not in filled[0][0].text and self._topic and self._topic.kinds:
            text = filled[0][0].text
            lead, fields = fields_in(text)
            if not lead and fields and fields[0][0].role == NAME and fields[0][1] and not has_box(text):
                return self._labelled(Passage(text, [(0, rows[0].source, text)]), lead, fields)
        if not self._card:
            return False
        fields_of: list[Field] = []
        for row, cells in zip(rows, filled, strict=True):
            label = label_of(cells[0].text) if len(cells) == 2 else None
            if not label or label.role not in _FIELD_ROLES or not cells[0].text.rstrip().endswith(":"):
                return False
            fields_of.append((label, cells[1].text, row.source, " | ".join(cell.text for cell in cells)))
        self._card += fields_of
        return True

    def _lines_in_cell(self, text: str, source: Source, topic: Topic | None) -> list[Draft]:
        """A cell of prose, read as lines of its own."""
        inner = Reader(self.child, self.is_amendment, wraps=False)
        inner.section = replace(self.section, topic=topic)
        lines = [Line(part, source) for part in text.split("\n") if part.strip()]
        for passage in passages(lines, wraps=False):
            inner._passage(passage)
        inner._close()
        if inner.section.topic is not topic and inner.section.topic is not None:
            self.section = replace(self.section, topic=inner.section.topic)
        return inner.drafts

    # --- Lines --------------------------------------------------------------------------------------------------------

    @property
    def _topic(self) -> Topic | None:
        return self.section.topic

    def _add(self, drafts: Sequence[Draft]) -> None:
        if drafts:
            self._pending = None
        for draft in drafts:
            draft.sureness = min(draft.sureness, self.section.sureness)
        self.drafts += drafts

    def _close(self) -> None:
        self._flush()
        self._settle()

    def _settle(self) -> None:
        """A "yes" that nothing below it says more about is itself the promise."""
        if self._pending:
            words, topic, source, _ = self._pending
            self._pending = None
            self.drafts.append(Draft(topic, words, source, words, sureness=0.6))

    def _passage(self, passage: Passage) -> None:
        text = passage.text
        if not re.search(r"\w", text):
            return
        if self._inline_above >= 0 and passage.indent <= self._inline_above:
            self._inline, self._inline_above = None, -1
        if self._is_heading(passage):
            return
        if has_box(text) and (self._in_yes_no_columns(passage) or self._boxed(passage)):
            return
        if (rest := after_yes(text)) and self._topic and self._topic.kinds and (self._pending or not self._card):
            if self._pending:
                name, topic = self._pending[0], self._pending[1]
                self._pending = None
                if topic.said == "transportation" and not re.search(r"transport", rest, re.IGNORECASE):
                    rest = f"{name}: {rest}"
                self._items(passage, rest, 0, topic, is_checked=True)
            elif len(self.drafts) > self._since and self._is_near(passage):
                self.drafts[-1].detail = self.drafts[-1].detail or rest
            else:
                self._items(passage, rest, 0, self._topic, is_checked=True)
            return
        if self._several_labelled(passage):
            return
        if said := re.match(r"^(.{5,160}\?)\s*:?\s*(yes|no)\b[\s.,:;–—-]*(.*)$", text, re.IGNORECASE | re.DOTALL):
            self._answered(passage, said.group(1), said.group(2).lower() == "yes", said.group(3), said.start(3))
            return
        if heads := re.match(r"^(.{3,80}?)\s{2,}(yes|no)\s{1,}(yes|no)\s*$", text, re.IGNORECASE):
            # A table without lines: "Accommodations    Yes    No".
            self._yes_no = (heads.group(2).lower(), heads.group(3).lower())
            above = topic_of(heads.group(1))
            if above and above != self._topic:
                self._enter(above, (passage.heading, passage.is_bold, False), heads.group(1))
            return
        if _are_all_labels(text):
            return
        lead, fields = fields_in(text)
        if self._labelled(passage, lead, fields):
            return
        if self._card and not self._card_is_goal():
            self._flush()
        if self._awaits:
            label, self._awaits = self._awaits, None
            if label.role == NAME or label.role in _FIELD_ROLES:
                self._card.append((label, text, passage.source, _raw(passage)))
                return
        if self._skips is not None:
            # What stands below "Baseline:" or "Objectives:" belongs to it, until the section's own items go on.
            goes_on = passage.marker and _style(passage.marker) in (self._skips_with, self._item_style)
            is_goal = not passage.marker and bool(self.section.topic) and GOAL in self.section.topic.kinds  # type: ignore[union-attr]
            if not goes_on and not (is_goal and not self._skips_all and self._names_child(text)):
                return
            self._skips = None
        if self.is_amendment and self._amended_words(passage):
            return
        self._items(passage, text, 0, self._inline or self._topic)

    def _several_labelled(self, passage: Passage) -> bool:
        """A line of several headings, each with its words: "Transportation: none. Extended school year: not needed."."""
        parts = list(sentences(passage.text)) if passage.text.count(":") > 1 else []
        found = [re.match(r"^([A-Z][\w/'’ -]{2,50}):\s+(?=\S)", part) for _, part in parts]
        labels = [match.group(1) for match in found if match]
        if len(parts) < 2 or len(labels) < len(parts) or any(_GOAL_LABEL.match(label) for label in labels):
            return False
        topics = [topic_of(label) for label in labels]
        if not any(topics) or not all(topic or is_of_child(label) for topic, label in zip(topics, labels, strict=True)):
            return False
        if any((field := label_of(label)) and field.role in _FIELD_ROLES for label in labels):
            return False
        for (at, part), topic in zip(parts, topics, strict=True):
            if topic and topic.kinds:
                self._passage(Passage(part, [(0, passage.source_at(at), part)], None, False, passage.indent, passage.marker))
        return True

    def _amended_words(self, passage: Passage) -> bool:
        """What an amendment changes, in words: "... will change from A to B", "Add: ...", "Goal 2 is replaced by: ..."."""
        parts = list(sentences(passage.text))
        changes = [new_wording(part) for _, part in parts]
        if len(parts) > 1 and (changes[0] is None or sum(each is None or bool(each[1]) for each in changes) > 1):
            # "We take out ... . We add ... .": each sentence is a change of its own.
            for at, part in parts:
                one = Passage(part, [(0, passage.source_at(at), part)], None, False, passage.indent, passage.marker)
                if not self._amended_words(one):
                    self._items(one, part, 0, self._inline or self._topic)
            return True
        found = new_wording(passage.text)
        if found is None:
            return True
        words, lead = found
        if not lead:
            return False
        topic = self._topic if self._topic and self._topic.kinds else _kind_of_change(words, lead)
        self._skips = None
        if len(words.split()) >= 2:
            self._items(Passage(words, [(0, passage.source, _raw(passage))], marker=passage.marker or "•"), words, 0, topic)
        return True

    def _names_child(self, text: str) -> bool:
        return bool(_STARTS_GOAL.search(text)) and self.child.is_named_in(text)

    def _in_yes_no_columns(self, passage: Passage) -> bool:
        """A line below the headings "Yes" and "No", with its two boxes at the end."""
        match = re.match(
            rf"^([^{CHECKED}{UNCHECKED}]{{3,}}?)\s*([{CHECKED}{UNCHECKED}X])\s+([{CHECKED}{UNCHECKED}X])\s*$", passage.text
        )
        if not match or not self._yes_no or not self._topic or not self._topic.kinds:
            return False
        checked = [said for said, box in zip(self._yes_no, match.groups()[1:], strict=True) if box != UNCHECKED]
        if checked == ["yes"]:
            self._items(passage, match.group(1), 0, self._topic, is_checked=True)
        return True

    # --- Headings -----------------------------------------------------------------------------------------------------

    def _is_heading(self, passage: Passage) -> bool:
        # "Modifications (X = agreed):": the legend is no part of the heading.
        text = _LEGEND.sub("", passage.text.strip()[:200])
        if len(text) > 170 or has_box(text):
            return False
        is_part = _PART.match(text)
        if is_part and len(text.split()) <= 14 and not re.search(r"[.;,]$|:\s", text[is_part.end() :]):
            text = text[is_part.end() :]
        else:
            is_part = None
        letters = [char for char in text if char.isalpha()]
        is_shouted = (
            not self.is_shouted
            and not re.match(r"^[•●▪*–—-]$", passage.marker)
            and len(letters) > 3
            and sum(char.isupper() for char in letters) > 0.85 * len(letters)
        )
        is_marked = (passage.heading or 0) > 0 or passage.is_bold or is_shouted or is_part is not None
        look = (passage.heading, passage.is_bold, is_shouted)
        is_question = re.sub(r"\s*\([^()]*\)$", "", text).endswith("?")
        number = _number_of(passage.marker)
        is_numbered = False
        if (
            number
            and (number, passage.indent) == (self._next_number, self._number_indent)
            and len(text.split()) <= 10
            and not text.endswith((".", ";", ","))
            and text[:1].isupper()
        ):
            # "5. Help for staff" after the section "4. ...".
            is_numbered = not re.search(r":\s+\S", text)
            is_marked = is_marked or is_numbered
        if re.search(r"\s{4,}", text) and not is_question:
            return False
        if text.endswith(".") and not is_marked:
            return False
        if is_marked and self._topic and self._topic.kinds == (SERVICE,) and _is_service_name(text):
            # "Occupational therapy", and below it how much, where, by whom.
            self._flush()
            self._name_above = text.strip(" :")
            return True
        topic = topic_of(text)
        is_strong = is_all_heading(text) or is_titled(text)
        is_home_made = False
        if (
            topic is None
            and (is_marked or is_question or (passage.is_apart and not passage.marker and _ASKS.match(text)))
            and len(text.split()) <= 14
            and not re.search(r":\s+\S", text)
            and not text.endswith((".", ";", ","))
            and not frequencies(text)
            and not is_of_child(text)
            and not re.search(r"\b(?:plan|iep|program|agreement)\b", text, re.IGNORECASE)
            and not _AREAS.match(plain(text) or text)
            and not (self._topic and self._topic.kinds and self._is_below(look) and not is_question)
        ):
            topic = meant(text)
            is_home_made = is_strong = topic is not None
        if topic and not is_strong and not text.endswith((".", ";", ",")) and len(text.split()) <= 14 and not frequencies(text):
            # Set apart by its number, or by the blank line above it.
            is_strong = bool(re.match(r"^(?:\(?[A-Z]|[IVX]{1,5})[.)]$", passage.marker)) and text[:1].isupper()
            is_strong = is_strong or (
                passage.is_apart
                and not passage.marker
                and len(text.split()) <= 9
                and text[:1].isupper()
                and bool(_ASKS.match(text))
            )
        if (
            not topic
            and passage.is_apart
            and not passage.marker
            and _ASKS.match(text)
            and len(text.split()) <= 10
            and not text.endswith((".", ";", ",", ":"))
        ):
            is_marked = True
        has_value = bool(re.search(r":\s+\S", text))
        if has_value:
            before = text.split(":", 1)[0]
            is_title = (passage.heading or 0) > 0 or topic_of(before) is None
            if (
                (passage.heading or 0) > 0
                and topic
                and topic.kinds
                and topic_of(text.split(":", 1)[1])
                and not frequencies(text)
            ):
                # "Special education: services in the general education classroom": a title in two parts.
                is_strong = is_strong or not re.search(r"\bwill\b|[.;,]$", text)
            if not (is_marked and is_strong and is_title):
                return False
        label = label_of(text.rstrip(":"))
        if (
            label
            and label.role in _FIELD_ROLES
            and (passage.heading or 0) == 0
            and not topic
            and is_part is None
            and is_all_label(text)
        ):
            return False
        if (
            topic
            and passage.marker
            and not is_marked
            and not is_question
            and not is_strong
            and self._topic
            and self._topic.kinds
        ):
            return False
        if topic and (
            is_strong
            or is_question
            or (is_marked and len(text.split()) <= 24)
            or (text.endswith(":") and len(text.split()) <= 8)
        ):
            if re.search(r"\bwill\b", text) and not is_question and not is_strong:
                return False
            self._flush()
            if (
                topic.is_part
                and self._topic
                and (GOAL in self._topic.kinds or self._topic.is_part)
                and not ((passage.heading or 0) > 0 and passage.heading == self.section.look[0])
            ):
                self._skips, self._skips_with, self._skips_all = topic, "", True
                self._awaits = None
                return True
            if topic.kinds == (GOAL,) and self._topic and GOAL in self._topic.kinds and re.search(r"\d|statement", text):
                # "Goal 2": the next goal of the section.
                self._skips = None
                self._awaits = Label(NAME, text, kinds=(GOAL,), strength=10)
                return True
            self._enter(topic, look, text)
            if is_home_made:
                self.section.sureness = HOME_MADE
            self._number(number, passage)
            return True
        if (
            topic
            and topic.kinds == (GOAL,)
            and self._topic
            and GOAL in self._topic.kinds
            and re.match(r"^(?:\w+ ){0,3}goal\s*(?:#|no\.?)?\s*\d{1,2}\b[^.]{0,60}$", text, re.IGNORECASE)
            and not _STARTS_GOAL.search(text)
        ):
            # "Goal 1 - Mathematics".
            self._flush()
            self._skips = None
            self._awaits = Label(NAME, text, kinds=(GOAL,), strength=10)
            return True
        if is_marked and not topic and len(text.split()) <= 12 and not text.endswith((".", ";", ",")) and not is_none(text):
            if frequencies(text):
                return False
            self._flush()
            if (not is_numbered and self._topic and self._topic.kinds and _AREAS.match(plain(text) or text)) or (
                not is_numbered and self._is_below(look)
            ):
                self._skips = None
                return True
            if look[0] in (0, None) and passage.is_bold and self._topic and self._topic.kinds and passage.marker:
                return False
            self._enter(None, look, text)
            if number:
                self._next_number, self._number_indent = number + 1, passage.indent
            return True
        if is_question and not topic and len(text.split()) <= 20:
            self._flush()
            self._enter(None, look, text)
            self._number(number, passage)
            return True
        return False

    def _number(self, number: int | None, passage: Passage) -> None:
        """After section 4 a line "5. ..." at the same place is the next one."""
        if number:
            self._next_number, self._number_indent = number + 1, passage.indent

    def _is_below(self, look: tuple[int | None, bool, bool]) -> bool:
        """Whether a heading looks like one that stands below the section's own."""
        mine = self.section.look
        if self.section.topic is None:
            return True
        if look[0] and mine[0]:
            return look[0] > mine[0]
        return look != mine and not (look[2] and not mine[2])

    def _enter(self, topic: Topic | None, look: tuple[int | None, bool, bool], text: str) -> None:
        self._settle()
        self._skips = self._inline = None
        self._inline_above = -1
        self._since = len(self.drafts)
        self._name_above = self._item_style = ""
        self._awaits = None
        self._last_layout = None
        setting = mode = ""
        if topic and SERVICE in topic.kinds:
            setting, mode = said_of_all(text)
        self.section = _Section(topic, look, setting, mode)

    # --- Labels with values -------------------------------------------------------------------------------------------

    def _labelled(self, passage: Passage, lead: str, fields: Sequence[tuple[Label, str, int]]) -> bool:
        """A line that begins with a label; True when it has been dealt with."""
        text = passage.text
        match = re.match(r"^([^:\n]{2,110}?):(?:\s+|$)(.*)$", text, re.DOTALL)
        if not fields and not match:
            return False
        if self._is_goal_part(passage, lead, fields):
            return True
        if match and _CHOSEN.match(match.group(1)) and self._topic and self._topic.kinds:
            # After "Considered: ..." what was taken.
            self._flush()
            self._skips = None
            if match.group(2).strip():
                self._items(passage, match.group(2), match.start(2), self._inline or self._topic)
            return True
        if match:
            before, value = match.group(1).strip(), match.group(2).strip()
            if self.is_amendment and (
                self._changed(passage, before, value)
                or (_CHANGES.search(text[: match.end(1) + 1]) and self._amended_words(passage))
            ):
                return True
            topic = topic_of(before)
            if (
                topic
                and topic.kinds == (SERVICE,)
                and self._topic
                and SERVICE in self._topic.kinds
                and frequencies(value)
                and not re.search(r"\bservices\b|special education|^sdi\b|designed instruction|\bgoals?\b", plain(before))
                and len(fields) < 2
            ) or (
                topic
                and topic.kinds == (SERVICE,)
                and self._topic
                and SERVICE in self._topic.kinds
                and re.match(r"^\d[^,;]{2,40}(?:[,;]|$)", value)
                and (first := frequencies(value))
                and first[0].start == 0
                and not re.search(r"\bof\b", value[: first[0].end + 4])
                and len(fields) < 2
            ):
                # "Adapted physical education: 30 minutes ...": a service, not a heading.
                return False
            is_goal = bool(_GOAL_LABEL.match(before)) and topic is not None and topic.kinds == (GOAL,)
            if (
                topic is None
                and value
                and self._topic
                and self._topic.kinds
                and (asked := meant(before))
                and asked.is_past
                and not label_of(before)
                and not frequencies(value)
            ):
                # "What we tried and dropped: timers": one line, and the section goes on.
                self._flush()
                self._skips, self._skips_with = PAST, ""
                return True
            label = label_of(before)
            is_field = label is not None and label.role in _FIELD_ROLES and is_all_label(before)
            if (
                topic
                and (
                    is_all_heading(before)
                    or is_goal
                    or (
                        not topic.kinds
                        and len(before.split()) <= 8
                        and not (
                            self._topic and self._topic.kinds and not topic.is_part and not topic.is_past and passage.marker
                        )
                    )
                )
                and not (is_field and not topic.is_past)
            ):
                is_name = (
                    topic.kinds == (SERVICE,)
                    and re.fullmatch(
                        r"(?:(?:special education|related|type of|name of) )?(?:services?|programs?)(?: type| name| \d+)?",
                        plain(before),
                    )
                    is not None
                )
                if not is_name or (
                    not (len(fields) > 1)
                    and not self._card
                    and not re.fullmatch(r"(?:\w+ )?service(?: type| name| \d+)?", plain(before))
                ):
                    self._headed(passage, before, value, topic, text.find(value) if value else len(text))
                    return True
        if not fields:
            return False
        useful = [one for one in fields if one[0].role in _CARD_ROLES]
        if not lead and not self._card and len(fields) > 1 and all(label.role in (IGNORED, AREA) for label, *_ in fields):
            return True
        names = [one for one in useful if one[0].role == NAME]
        if not names and not self._card and not self._awaits and not (self._name_above and not lead):
            if lead and len(useful) and self._topic and self._topic.kinds and fields[0][0].role in _FIELD_ROLES:
                # "Speech therapy   Frequency: 2x weekly   Location: ..."
                self._flush()
                name = Label(NAME, "", kinds=self._topic.kinds, strength=5)
                self._card.append((name, lead.strip(" ,;–—-"), passage.source, _raw(passage)))
            elif (
                len(self.drafts) > self._since
                and not lead
                and self._topic
                and self._topic.kinds
                and useful
                and useful[0][0].role in _FIELD_ROLES
                and self.drafts[-1].topic.kinds
                and self._is_near(passage)
                and not (is_category(useful[0][0].text) and set(self._topic.kinds) & {ACCOMMODATION, MODIFICATION})
            ):
                for label, value, _ in useful:
                    fill(self.drafts[-1], label, value)
                self.drafts[-1].is_row = self.drafts[-1].is_row or bool(self.drafts[-1].amounts)
                return True
            else:
                return False
        if not names and not self._card and self._name_above and self._topic and useful and useful[0][0].role in _FIELD_ROLES:
            self._card.append(
                (Label(NAME, "", kinds=self._topic.kinds, strength=5), self._name_above, passage.source, self._name_above)
            )
        if names and not self._topic_allows(names[0][0]):
            return bool(self._skips) or False
        for index, (label, value, _) in enumerate(useful):
            starts_new = label.role == NAME and any(each.role == NAME for each, *_ in self._card) and not (label.strength < 5)
            repeats = (
                label.role in _FIELD_ROLES
                and any(each.text.lower() == label.text.lower() for each, *_ in self._card)
                and index == 0
            )
            if starts_new or (repeats and label.role == NAME):
                self._flush()
            if index == 0 and lead and not self._card and label.role != NAME and self._topic:
                self._card.append((Label(NAME, "", kinds=self._topic.kinds, strength=5), lead, passage.source, _raw(passage)))
            if not value.strip() and index == len(useful) - 1 and label.role != IGNORED:
                self._awaits = label
                if label.role == NAME:
                    self._flush()
                continue
            self._card.append((label, value, passage.source, _raw(passage)))
        return True

    def _is_goal_part(self, passage: Passage, lead: str, fields: Sequence[tuple[Label, str, int]]) -> bool:
        """A goal that the form takes apart: "Condition: ...", "Behavior: ...", "Criteria: ..."."""
        if not fields or lead or fields[0][0].role != GOAL_PART or not self._topic or GOAL not in self._topic.kinds:
            return False
        has_begun = any(label.role == GOAL_PART for label, *_ in self._card)
        if self._skips is not None or (not has_begun and _CRITERIA.match(fields[0][0].text)):
            return False
        self._awaits = None
        self._card += [
            (label, value, passage.source, _raw(passage)) for label, value, _ in fields if value and label.role in _CARD_ROLES
        ]
        return True

    def _changed(self, passage: Passage, before: str, value: str) -> bool:
        """In an amendment: the old wording is left out, the new one is read."""
        if len(before.split()) > 9 or (
            re.search(r"\b(?:date|effective|from|to)\b", before, re.IGNORECASE)
            and not re.search(r"\b(?:wording|text|read|reads|say|says|change[ds]?)\b", before, re.IGNORECASE)
        ):
            return False
        if is_old(before) and not topic_of(before.replace("Current", "").replace("current", "")):
            self._flush()
            self._skips, self._skips_with = PAST, ""
            return True
        if is_new(before) and re.search(
            r"\b(?:wording|text|language|read|reads|say|says|change[ds]?|new|revised|amended|added?|addition|replacement"
            r"|instead|proposed|will|shall|now)\b",
            before,
            re.IGNORECASE,
        ):
            self._flush()
            self._skips = None
            topic = topic_of(before)
            topic = topic if topic and topic.kinds else self._topic
            if value:
                self._items(passage, value, passage.text.find(value), topic)
            return True
        return False

    def _is_near(self, passage: Passage) -> bool:
        last = self.drafts[-1].source
        return (
            last.page == passage.source.page and 0 < passage.source.line - last.line <= 6
        ) or passage.source.page != last.page

    def _topic_allows(self, label: Label) -> bool:
        return self._skips is None and not (self._topic and not self._topic.kinds)

    def _card_is_goal(self) -> bool:
        return any(label.role == NAME and label.kinds == (GOAL,) for label, *_ in self._card)

    def _headed(self, passage: Passage, before: str, value: str, topic: Topic, at: int) -> None:
        """A heading with its text in the same line."""
        is_goal = topic.kinds == (GOAL,)
        self._flush()
        if topic.is_part:
            self._skips_all = not value
            self._skips, self._skips_with = (
                topic,
                _style(passage.marker) if passage.marker and not re.search(r"\d", before) else "",
            )
            if self._topic is None:
                self.section.topic = NOTHING
            self._awaits = None
            return
        if not topic.kinds:
            if passage.marker and self._topic and self._topic.kinds and value:
                return
            if topic.is_past and value and self._topic and self._topic.kinds and (passage.heading or 0) == 0:
                # One line about what was not chosen; the section goes on.
                self._skips, self._skips_with, self._skips_all = topic, "", False
                return
            self._enter(topic, (passage.heading, passage.is_bold, False), before)
            return
        self._skips = None
        if is_goal and self._topic and GOAL in self._topic.kinds:
            if not value:
                self._awaits = Label(NAME, before, kinds=(GOAL,), strength=10)
                return
            self._items(passage, value, at, Topic((GOAL,)))
            return
        if (
            self._topic
            and len(self._topic.kinds) > 1
            and len(topic.kinds) == 1
            and topic.kinds[0] in self._topic.kinds
            and value
        ):
            self._inline = None
            self._items(passage, value, at, topic)
            self._inline = topic
            return
        self._enter(topic, (passage.heading, passage.is_bold, False), before)
        if value:
            if (
                topic.said == "transportation"
                and not re.search(r"transport|\bbus", value, re.IGNORECASE)
                and not is_none(value)
            ):
                value = f"{before}: {value}"
            self._items(passage, value, at, topic)

    def _flush(self) -> None:
        """The fields gathered so far are one promise."""
        card, self._card = self._card, []
        self._awaits = None
        if not card:
            return
        draft = record_draft(
            card, self._topic if self._topic and self._topic.kinds else None, self.section.setting, self.section.mode
        )
        if draft and not is_empty(draft.name):
            if draft.topic.kinds == (GOAL,) and _ABOUT_PROGRESS.match(draft.name):
                return
            self._add([draft])

    # --- Boxes --------------------------------------------------------------------------------------------------------

    def _boxed(self, passage: Passage) -> bool:
        text = passage.text
        lead, fields = fields_in(text)
        names = [one for one in fields if one[0].role == NAME]
        if len(fields) > 1 and (names or self._card) and any(label.role in _FIELD_ROLES for label, *_ in fields):
            return self._labelled(passage, lead, fields)
        own = list(boxes(text))
        if len(own) == 1 and fields and text[:1] in (CHECKED, UNCHECKED) and not is_answer(own[0].label):
            # "☒ Speech therapy   Frequency: 2x/week   Location: ...".
            return self._boxed_fields(passage, own[0].is_checked, lead, fields)
        if self._card and all(MODE_OR_PLACE.match(each.label) for each in own):
            words = ", ".join(each.label for each in own if each.is_checked)
            self._card.append((Label(MODE, "mode"), words, passage.source, _raw(passage)))
            return True
        if self._card and own and all(_is_role(each.label) for each in own) and text[:1] in (CHECKED, UNCHECKED):
            # Who gives it, chosen from a list.
            words = ", ".join(each.label for each in own if each.is_checked)
            if words:
                self._card.append((Label(PROVIDER, "provider"), words, passage.source, _raw(passage)))
            return True
        if self._opens(passage, own):
            return True
        found = answer(text)
        if found:
            return self._answered(passage, found.lead, found.said, found.rest, found.rest_at)
        first = next(boxes(text), None)
        if first is None:
            return False
        before = text[: text.find(next(char for char in text if char in "☒☐☑□"))].strip()
        topic = (
            topic_of(before.rstrip(":"))
            if before and (is_all_heading(before.rstrip(":")) or before.endswith((":", "?")))
            else None
        )
        current = self._inline or self._topic
        if before and topic and (is_all_heading(before.rstrip(":")) or before.endswith((":", "?"))):
            if topic.is_part:
                return True
            self._flush()
            if topic.kinds or not topic.is_past:
                self._enter(topic, (passage.heading, passage.is_bold, False), before)
            current = topic
        elif (
            before.endswith(":") and (label := label_of(before)) and label.role in _FIELD_ROLES and (self._card or self.drafts)
        ):
            return self._labelled(passage, lead, fields)
        if self._card:
            self._flush()
        if self._skips is not None and current is self._topic:
            if self._skips_all or not self._skips.is_past:
                return True
            self._skips = None
        if (
            before
            and not topic
            and set(current.kinds if current else ()) & {SERVICE, SUPPORT}
            and (frequencies(before) or re.search(r":\s+\S", before))
        ):
            words = with_choices(text)
            self._items(Passage(words, [(0, passage.source, _raw(passage))], marker=passage.marker), words, 0, current)
            return True
        if current is None or not current.kinds:
            return True
        checked = [each for each in boxes(text) if each.is_checked]
        if not checked:
            return True
        if (
            len(checked) == 1
            and before
            and not topic
            and not before.endswith(":")
            and len(before.split()) > 2
            and not own[0].label
        ):
            self._items(passage, before, 0, current, is_checked=True)
            return True
        for each in checked:
            label_text = each.label.strip(" ,;")
            if (
                not label_text
                or _NEGATIVE.search(label_text)
                or is_none(label_text)
                or (is_answer(label_text) and len(label_text) < 14)
            ):
                continue
            if current.said == "transportation" and not re.search(r"transport|\bbus\b", label_text, re.IGNORECASE):
                label_text = f"transportation: {label_text}"
            label_text = re.sub(
                r"^other\s*[:(]?\s*(?:specify|describe|please specify)?\)?\s*:?\s*", "", label_text, flags=re.IGNORECASE
            )
            if (
                current.kinds == (SERVICE,)
                and not topic
                and before
                and not (all_services(label_text) or frequencies(label_text))
            ):
                continue
            topic_in = topic_of(label_text)
            if topic_in and is_all_heading(label_text) and not topic_in.kinds:
                continue
            self._items(passage, label_text, each.start, current, is_checked=True)
        return True

    def _opens(self, passage: Passage, own: Sequence[Boxed]) -> bool:
        """A box whose words announce a list: "☒ takes the test with these accommodations:"."""
        if len(own) != 1 or not own[0].label.endswith(":") or passage.text[:1] not in (CHECKED, UNCHECKED):
            return False
        topic = topic_of(own[0].label)
        if not topic or not topic.kinds:
            return False
        self._flush()
        self._inline, self._inline_above = topic if own[0].is_checked else NOTHING, passage.indent
        self._skips = None
        if self._topic is None:
            self.section.topic = NOTHING
        return True

    def _boxed_fields(self, passage: Passage, is_checked: bool, lead: str, fields: Sequence[tuple[Label, str, int]]) -> bool:
        self._flush()
        name = lead.lstrip(f"{CHECKED}{UNCHECKED} ").strip(" ,;:–—-")
        topic = topic_of(name)
        current = topic if topic and topic.kinds and is_all_heading(name) else self._topic
        if not is_checked or current is None or not current.kinds or is_none(name):
            return True
        card: list[Field] = [(Label(NAME, "", kinds=current.kinds, strength=5), name, passage.source, _raw(passage))]
        card += [(label, value, passage.source, _raw(passage)) for label, value, _ in fields]
        draft = record_draft(card, current, self.section.setting, self.section.mode)
        if draft:
            self._add([draft])
        return True

    def _answered(self, passage: Passage, lead: str, said: bool | None, rest: str, rest_at: int) -> bool:
        self._flush()
        lead = lead.strip(" :")
        topic = topic_of(lead) if lead else None
        is_heading = bool(topic) and (is_all_heading(lead) or lead.endswith("?") or len(lead.split()) <= 6)
        if topic is None and lead:
            topic = _asked(lead)
            is_heading = topic is not None
        look = (passage.heading, passage.is_bold, False)
        if topic and is_heading:
            keeps = topic.kinds and self._topic == topic
            if not keeps:
                self._enter(topic, look, lead)
        elif lead and self._topic and not self._topic.kinds:
            return True
        current = topic or self._topic
        if said is None and not lead and not re.search(r"\byes\b", passage.text, re.IGNORECASE):
            # "☐ None needed", unmarked.
            return True
        if said is not True:
            if is_heading or not lead:
                self.section.topic = NOTHING if (current and current.kinds) or current is None else current
                self._skips = None
            return True
        if current is None or not current.kinds:
            return True
        self._skips = None
        rest = re.sub(
            r"^\W*(?:if (?:yes|so)[^:]{0,60}|(?:please )?(?:describe|specify|explain|list|type|details?)[^:]{0,40}):\s*",
            "",
            rest,
            flags=re.IGNORECASE,
        )
        if (label := re.match(r"^([^:]{3,60}):", rest)) and (about_it := topic_of(label.group(1))) and not about_it.kinds:
            # "Rationale: ..." says why, not what.
            rest = ""
        name = _name_of(lead, current)
        if has_box(rest):
            for each in boxes(rest):
                if each.is_checked and each.label and not is_none(each.label):
                    words = each.label.strip(" ,;")
                    self._items(
                        passage,
                        f"{name}: {words}" if current.said == "transportation" else words,
                        passage.text.find(each.label),
                        current,
                        is_checked=True,
                    )
            return True
        if is_empty(rest) or is_none(rest) or is_instruction(rest):
            if lead and name and not (is_all_heading(lead) and current.kinds != (SERVICE,)):
                self._pending = (name, current, passage.source, 0)
            elif not lead and current.said:
                self._pending = (current.said, current, passage.source, 0)
            return True
        if not is_heading and lead and not topic and not (lead.endswith("?") and len(rest.split()) > 4):
            rest = f"{lead}: {rest}"
        elif current.said == "transportation" and not re.search(r"transport", rest, re.IGNORECASE):
            rest = f"{name or 'transportation'}: {rest}"
        self._items(passage, rest, 0 if rest_at >= len(passage.text) else rest_at, current, is_checked=True)
        return True

    # --- Items and sentences ------------------------------------------------------------------------------------------

    def _items(self, passage: Passage, text: str, at: int, topic: Topic | None, *, is_checked: bool = False) -> None:
        """The promises in the words of a passage, from its character `at`."""
        if topic is None or not topic.kinds:
            return
        text = text.strip()
        if self.is_amendment:
            found_new = new_wording(text)
            if found_new is None:
                return
            text = found_new[0]
        if (
            (category := re.match(r"^([A-Z][\w/ -]{2,40}):\s+(?=\S)", text))
            and topic.kinds[0] in (ACCOMMODATION, MODIFICATION, SUPPORT)
            and (_AREAS.match(category.group(1)) or is_category(category.group(1)))
        ):
            # "Assessment: small group": the label only sorts.
            text = text[category.end() :]
        if text.endswith(":"):
            # "... will be provided with the following accommodations:" only leads to what stands below.
            return
        if topic.kinds != (GOAL,) and (lead := _INTRODUCES.match(text)):
            if _ELIGIBLE.search(lead.group(0)):
                # "... is eligible based on the following information: ...": why, not what.
                return
            text = text[lead.end() :]
        if (
            is_empty(text)
            or is_none(text)
            or is_instruction(text)
            or is_example(text)
            or _RIGHTS.search(text)
            or _ABOUT.search(text)
            or (_IN_FORCE.search(text) and not frequencies(text))
        ):
            return
        if re.match(r"^\W*(?:example|sample)s?\b", text, re.IGNORECASE):
            return
        at = passage.text.find(text, max(0, at - 1)) if passage.text.find(text, max(0, at - 1)) >= 0 else at
        if passage.marker and not self._item_style:
            self._item_style = _style(passage.marker)
        if (
            topic.kinds == (GOAL,)
            and self._item_style[:1] == "1"
            and len(self.drafts) > self._since
            and _LETTERED.match(passage.marker)
            and _style(passage.marker) != self._item_style
            and not self._names_child(text)
        ):
            # "1a. with a calculator": a step of the goal above.
            return
        found = (
            self._goals(passage, text, at) if topic.kinds == (GOAL,) else self._promises(passage, text, at, topic, is_checked)
        )
        self._add(found)

    def _goals(self, passage: Passage, text: str, at: int) -> list[Draft]:
        kept: list[tuple[int, str]] = []
        for start, sentence in sentences(text):
            if (
                not kept
                and not passage.marker
                and not _STARTS_GOAL.search(sentence)
                and not re.match(r"^(?:given|when|by|during|in|after|to)\b", sentence, re.IGNORECASE)
                and len(list(sentences(text))) > 1
            ):
                continue
            if kept and re.match(
                r"^\W*(?:he|she|they|(?:the )?student|[A-Z][\w'’-]+) (?:(?:is|are|can|has|does|reads|knows) )?(?:now"
                r"|currently|already|at present|today)\b",
                sentence,
                re.IGNORECASE,
            ):
                break
            if kept and _DROPPED.match(sentence) and not _STARTS_GOAL.search(sentence):
                continue
            if (
                _ABOUT_PROGRESS.search(sentence)
                and (kept or not _STARTS_GOAL.search(sentence) or not self.child.is_named_in(sentence))
                and not re.search(r"\bas measured\b", sentence)
            ):
                continue
            if re.match(
                r"^\W*(?:baseline|currently|at present|present level|objectives?|benchmarks?|progress|evaluation|method"
                r"|mastery)\b",
                sentence,
                re.IGNORECASE,
            ):
                break
            if (
                kept
                and (said := re.match(r"^([A-Z][^:.]{2,50}):\s", sentence))
                and (of := meant(said.group(1)))
                and not of.kinds
            ):
                # "Steps on the way: two turns by December".
                break
            if label := re.match(
                r"^(?:\w+ ){0,2}goal\s*(?:#|no\.?)?\s*(?:\d{1,2}|[A-Z])[.:)]\s+(?=\S)", sentence, re.IGNORECASE
            ):
                start, sentence = start + label.end(), sentence[label.end() :]
            if label := re.match(r"^[^:.]{3,40}\bgoal\s*#?\d{0,2}:\s+(?=\S)", sentence, re.IGNORECASE):
                start, sentence = start + label.end(), sentence[label.end() :]
            if re.match(r"^\W*goal\s*#?\s*\d*\W*$", sentence, re.IGNORECASE):
                continue
            kept.append((start, sentence))
        if not kept:
            return []
        groups: list[list[tuple[int, str]]] = [[kept[0]]]
        for one in kept[1:]:
            own = (
                _STARTS_GOAL.search(one[1])
                and (
                    self.child.is_named_in(one[1])
                    or re.match(r"^(?:given|by \w+|the student|(?:he|she|they) will also)\b", one[1], re.IGNORECASE)
                )
                and not passage.marker
            )
            groups.append([one]) if own else groups[-1].append(one)
        topic = Topic((GOAL,))
        out: list[Draft] = []
        for group in groups:
            words = " ".join(sentence for _, sentence in group)
            if len(words.split()) < 3:
                continue
            if not passage.marker and not _STARTS_GOAL.search(words) and not re.search(r"\d", words):
                continue
            start = at + group[0][0]
            out.append(
                Draft(
                    topic,
                    words,
                    passage.source_at(start),
                    _quote(passage, start, words),
                    sureness=SURE if _STARTS_GOAL.search(words) or passage.marker else LIKELY,
                )
            )
        return out

    def _promises(self, passage: Passage, text: str, at: int, topic: Topic, is_checked: bool) -> list[Draft]:
        out: list[Draft] = []
        for start, part in self._parts(text, topic, bool(passage.marker) or is_checked):
            words = _LEADS_ON.sub("", part.strip())
            start += len(part.strip()) - len(words)
            if _RUNS.match(words) and written_dates(words) and (out or len(self.drafts) > self._since):
                last = out[-1] if out else self.drafts[-1]
                last.dates = last.dates or words
                continue
            if is_none(words) or is_example(words) or (is_instruction(words) and not is_checked):
                continue
            if re.search(
                r"\b(?:programs? and )?services will be provided (?:according|in accordance|when|where)\b"
                r"|\bin accordance with\b",
                words,
                re.IGNORECASE,
            ):
                continue
            if topic.said == "transportation" and _REGULAR_BUS.search(words):
                continue
            if SERVICE in topic.kinds and re.match(r"^\W*(?:no|none|not)\b", words, re.IGNORECASE):
                continue
            if _OF_ALL.search(words) and not any(each.minutes for each in frequencies(words)):
                continue
            if is_checked and topic.said == "extended school year" and _ELIGIBLE.search(words):
                continue
            is_listed = bool(passage.marker) and topic.kinds[0] in (ACCOMMODATION, MODIFICATION, SUPPORT)
            if ((_NOT_LISTED if is_listed else _NOT_PROMISED).search(words) and not is_checked) or (
                _PERCENT.search(words) and SERVICE in topic.kinds
            ):
                continue
            if (
                topic.kinds == (SERVICE,)
                and not is_checked
                and not passage.marker
                and not frequencies(words)
                and topic.said not in ("transportation", "transition")
                and not _is_service_line(words)
            ):
                continue
            if topic.said == "transition" and re.search(
                r"\bafter (?:high )?school|post-?secondary|after graduation|upon graduation", words, re.IGNORECASE
            ):
                continue
            if self._name_above and topic.kinds == (SERVICE,) and frequencies(words) and not _has_name(words):
                words = f"{self._name_above}: {words}"
            place = at + start
            sure = SURE if len(topic.kinds) == 1 else LIKELY
            if topic.kinds == (SERVICE,) and not frequencies(words):
                sure = LIKELY if is_checked or passage.marker else 0.7
            out.append(
                Draft(
                    topic,
                    words,
                    passage.source_at(place),
                    _quote(passage, place, words),
                    setting=self.section.setting,
                    modes=[self.section.mode] if self.section.mode else [],
                    sureness=sure,
                )
            )
        return out

    def _parts(self, text: str, topic: Topic, is_item: bool) -> Iterator[tuple[int, str]]:
        """One promise after the other: sentences, the halves of one with two amounts, what a semicolon parts."""
        kinds = topic.kinds
        takes_time = SERVICE in kinds or SUPPORT in kinds
        for start, sentence in sentences(text):
            if (
                SERVICE not in kinds
                and kinds[0] in (ACCOMMODATION, MODIFICATION, SUPPORT)
                and not (takes_time and frequencies(sentence))
            ):
                yield from _listed(sentence, start, is_item=is_item)
                continue
            yield from _by_amounts(sentence, start)


_LEGEND = re.compile(r" {0,3}\([A-Z✓] ?= ?[^()]{1,40}\)(?=:? *$)")
_FIVE_DAYS = re.compile(rf"\bcycle\b[^.]{{0,20}}{CHECKED} ?(?:5|five)[- ]days?\b", re.IGNORECASE)


def _with_meant_headings(rows: Sequence[Row], topic: Topic | None, is_five_day: bool) -> Sequence[Row]:
    """The rows with two headings said as they are meant: "per cycle" of five days, and a first column that holds the names of
    services below "Anticipated frequency and duration", which stands for the whole table."""
    head = [
        replace(cell, text=re.sub(r"\bper cycle\b", "per week", cell.text, flags=re.IGNORECASE)) if is_five_day else cell
        for cell in rows[0].cells
    ]
    label = label_of(head[0].text) if head and topic and topic.kinds == (SERVICE,) and len(head) > 3 else None
    if label and label.role == AMOUNT:
        firsts = [row.cells[0].text for row in rows[1:] if row.cells and row.cells[0].column == 0 and row.cells[0].text.strip()]
        if firsts and not any(re.search(r"\d", text) or frequencies(text) for text in firsts):
            head[0] = replace(head[0], text="Service")
    return [replace(rows[0], cells=head), *rows[1:]]


def _check_list(text: str) -> list[tuple[Topic | None, str]] | None:
    """What is checked in a cell of several boxes, each before its words; None when the cell is no such list."""
    own = list(boxes(text))
    lead = text[: own[0].start].rstrip(f" {CHECKED}{UNCHECKED}") if own else ""
    if len(own) < 2 or any(is_answer(each.label) or frequencies(each.label) for each in own) or text.rstrip()[-1:] in "☒☐":
        return None
    if lead.strip() and not lead.rstrip().endswith(":"):
        return None
    said = (re.sub(r"^other\s*:\s*", "", " ".join(each.label.split()), flags=re.IGNORECASE) for each in own if each.is_checked)
    return [(None, words.strip(" ,;")) for words in said]


_NAMES_ITS_KIND = re.compile(r"(?:^|(?<=\s))(accommodation|modification|support)s?:\s+", re.IGNORECASE)


def _kinds_named(text: str, topic: Topic) -> list[tuple[Topic | None, str]] | None:
    """ "Accommodation: graph paper  Modification: fewer problems" in one cell; None where the cell names no kind."""
    marks = list(_NAMES_ITS_KIND.finditer(text))
    if not marks or text[: marks[0].start()].strip() or len(topic.kinds) < 2 or has_box(text):
        return None
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    return [
        (Topic((mark.group(1).lower(),)), " ".join(text[mark.end() : end].split()).strip(" ,;"))
        for mark, end in zip(marks, ends, strict=True)
    ]


def new_wording(text: str) -> tuple[str, str] | None:
    """Of a sentence of an amendment the wording that comes, and what leads to it; None when something only goes."""
    if _DROPPED.match(text) or _REST_STAYS.match(text):
        return None
    text = _WHICH_WAS.sub(" ", text)
    if match := _IN_PLACE_OF.match(text):
        return re.sub(r"\b(will|shall) now\b", r"\1", text[match.end() :]).strip(), match.group(0)
    if match := _FROM_TO.search(text):
        words = f"{text[: match.start()].rstrip(' ,')} {text[match.end() :].lstrip(' :')}"
    elif (match := _REPLACED.search(text)) or (match := _ADDED.match(text)):
        words = text[match.end() :].lstrip(" :")
    elif match := _SHALL_BE.search(text):
        words = f"{text[: match.start()].rstrip(' ,')}, {text[match.end() :]}"
    else:
        return text, ""
    return words.strip(' "“”').rstrip(".").strip(' "“”'), text[: match.end()]


def _kind_of_change(words: str, lead: str) -> Topic:
    said = re.search(r"\b(goal|accommodation|modification|service|support|transportation)\b", lead, re.IGNORECASE)
    kind = said.group(1).lower() if said else ""
    if kind == "transportation" or (not kind and any(each.minutes for each in frequencies(words))):
        kind = SERVICE
    return Topic((kind or (GOAL if _STARTS_GOAL.search(words) and re.search(r"\d", words) else ACCOMMODATION),))


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """Each sentence and where it begins."""
    last = 0
    for match in _SENTENCE_END.finditer(text):
        if _ABBREVIATED.search(text[last : match.start()]):
            continue
        yield last, text[last : match.start()]
        last = match.end()
    if text[last:].strip():
        yield last, text[last:]


_GETS = re.compile(
    r"^(?:the student|student|[A-Z][\w'’-]+|he|she|they)\s+(?:will (?:also )?(?:have|get|receive|use|be given"
    r"|be provided(?: with)?|be allowed)|gets|receives|has|uses|may (?:have|use)|is given"
    r"|needs)\s+(?:access to\s+)?(?=\S)",
    re.IGNORECASE,
)


def _listed(sentence: str, start: int, *, is_item: bool) -> Iterator[tuple[int, str]]:
    """A list within a line: "extra time; a quiet room; notes before class"."""
    if re.search(r"\d{1,2}/\d{1,2}/\d{2}", sentence):
        yield start, sentence
        return
    is_prose = re.search(r"\b(?:will|may|shall|can|must|is|are)\b", sentence.split(";")[0]) is not None
    pieces = list(_split_at((r"" if is_prose else r";\s+|") + r"\s+[•●▪■►➢]\s+|\s+\|\s+", sentence))
    if len(pieces) == 1 and not is_item:
        body = re.sub(r"\.$", "", sentence.strip())
        verb = _GETS.match(body)
        skip = verb.end() if verb else 0
        if verb:
            body = body[skip:]
        parts = list(_split_at(r",\s+(?:and\s+)?(?![^()]*\))", body))
        is_list = (
            len(parts) >= 3
            and all(1 <= len(part.split()) <= 9 for _, part in parts)
            and not re.search(r"\b(?:will|shall|is|are|may|can|should)\b", body)
        )
        if is_list:
            pieces = [(place + skip, part) for place, part in parts]
    for place, piece in pieces:
        words = re.sub(r"^(?:and\s+)?(?:\(?[a-h1-9][.)]\s+)?", "", piece.strip())
        if words:
            yield start + place + (len(piece) - len(piece.lstrip())), words


def _by_amounts(sentence: str, start: int) -> Iterator[tuple[int, str]]:
    """A sentence with two amounts is two promises, each with its words."""
    relative = _RELATIVE.search(sentence)
    found = [
        each for each in frequencies(sentence) if each.minutes is not None or (each.times is not None and each.per is not None)
    ]
    if relative and any(each.start >= relative.end() for each in found):
        first = sentence[: relative.start()]
        whom = re.search(
            r"(?:\b(?:the|a|an|by|from|with)\s+)?([A-Za-z][\w-]*(?:\s+(?!the\b|from\b|by\b|with\b)[a-z][\w-]*){0,3})$", first
        )
        yield start, first
        who = re.split(r"\b(?:the|a|an|by|from|with)\s+", whom.group(0))[-1] if whom else ""
        place = relative.start() - len(who)
        yield start + place, f"{who} {sentence[relative.end() :]}"
        return
    if len(found) < 2 or (";" in sentence and len(found) < 2):
        yield start, sentence
        return
    cuts: list[int] = []
    for one, other in pairwise(found):
        gap = sentence[one.end : other.start]
        cut = None
        for pattern in (
            r";\s*",
            r",?\s+and,?\s+(?:also )?",
            r",?\s+plus\s+",
            r",?\s+as well as\s+",
            r",\s+",
            r"\s+/\s+",
            r"\.\s+",
        ):
            matches = list(re.finditer(pattern, gap))
            if matches:
                cut = one.end + matches[0].end() if pattern != r",\s+" else one.end + matches[-1].end()
                break
        if cut is not None:
            cuts.append(cut)
    if not cuts:
        yield start, sentence
        return
    edges = [0, *cuts, len(sentence)]
    head = ""
    for index, (begin, end) in enumerate(pairwise(edges)):
        words = re.sub(r"(?:[,;]|\band\b|\bplus\b)\s*$", "", sentence[begin:end].strip()).strip(" ,;")
        if index == 0:
            head = words
        elif (subject := _subject(head)) and re.match(
            r"(?:then |also )?(?:(?:in|at) the [\w ]{3,25},? )?(?:then |also )?(?:will|shall|consults?|meets?|works?"
            r"|provides?|trains?|gives?|sees?)\b",
            words,
        ):
            words = f"{subject}, {words}" if re.match(r"(?:in|at)\b", words) else f"{subject} {words}"
        elif not _has_name(words):
            # "Speech: 30 minutes weekly, and 15 minutes monthly of consultation": the second half needs the name.
            name = _name_before(head)
            words = f"{name}: {words}" if name else words
        elif (giver := _giver(head)) and not all_roles(words):
            # "The pathologist will deliver 60 minutes of therapy and 20 minutes of consultation": of both.
            words = f"{words}, {giver}"
        yield start + begin, words


def _subject(head: str) -> str:
    """Who acts, at the beginning of a sentence."""
    roles = all_roles(head)
    return (
        head[: roles[0][2]] if roles and roles[0][1] <= 8 and re.match(r"\s+(?:will|shall|\w+s\b)", head[roles[0][2] :]) else ""
    )


def _giver(head: str) -> str:
    """Who gives what the sentence goes on with."""
    who = _subject(head)
    gives = who and re.match(r"\s+(?:(?:will|shall)\s+)?(?:also\s+)?(?:deliver|provide|give|offer|teach)s?\b", head[len(who) :])
    return re.sub(r"^(?:the|an?)\s+", "", who, flags=re.IGNORECASE) if gives else ""


def _has_name(words: str) -> bool:
    rest = words
    for _, start, end in reversed(all_roles(words)):
        # Who gives it is no name of it.
        if re.search(r"\b(?:by|from|with) (?:the |an? |his |her )?$", words[:start], re.IGNORECASE):
            rest = rest[:start] + " " * (end - start) + rest[end:]
    for each in reversed(frequencies(words)):
        rest = rest[: each.start] + rest[each.end :]
    left = re.sub(
        r"\b(?:direct|indirect|consult\w*|individual\w*|group|small|in|out|of|the|a|an|class|classroom|by|with|for|and"
        r"|per|outside|inside|general|education|special|setting|room|each|session|sessions|pull|push|teacher|slp"
        r"|therapist|pathologist|ot|pt)\b|[\W\d]+",
        " ",
        rest,
        flags=re.IGNORECASE,
    )
    return len(left.split()) >= 1


def _name_before(head: str) -> str:
    match = re.match(r"^([^:;,\d]{2,60}):", head)
    if match:
        return match.group(1).strip()
    found = frequencies(head)
    name = head[: found[0].start] if found else head
    return re.sub(r"(?:\bfor\b|\bwill receive\b|[,;:–—-])\s*$", "", name.strip()).strip()


def _split_at(pattern: str, text: str) -> Iterator[tuple[int, str]]:
    last = 0
    for match in re.finditer(pattern, text):
        yield last, text[last : match.start()]
        last = match.end()
    yield last, text[last:]


def _are_all_labels(text: str) -> bool:
    """The heading of a table that nobody filled in: "Service    Minutes    Provider"."""
    parts = [part for part in re.split(r"\s{3,}", text.strip()) if part]
    return len(parts) > 2 and all(label_of(part) is not None and len(part) < 60 for part in parts)


def fields_in(text: str) -> tuple[str, list[tuple[Label, str, int]]]:
    """What stands before the first known label of a line, and each label with its value and place."""
    found: list[tuple[Label, int, int]] = []
    floor = 0
    for match in _COLON.finditer(text):
        before = text[floor : match.start()]
        gap = max(before.rfind("    "), before.rfind(";"), before.rfind("|"), before.rfind("☒"), before.rfind("☐"))
        if gap >= 0:
            before = before[gap + 1 :]
        words = list(re.finditer(r"\S+", before))[-7:]
        for index, word in enumerate(words):
            candidate = before[word.start() :].strip()
            if not candidate[:1].isupper() and not (index == 0 and not found and len(words) < 4) and candidate[:1] not in "#(":
                continue
            label = label_of(candidate) if is_all_label(candidate) else None
            if label and label.role == SUBJECT and label.mode:
                # "Direct: 30 min/wk   Consult: 15 min/mo".
                label = replace(label, role=AMOUNT)
            if label and label.role in _CARD_ROLES and not (label.role == IGNORED and len(candidate.split()) > 4):
                start = match.start() - len(before) + word.start()
                found.append((label, start, match.end()))
                floor = match.end()
                break
    if not found:
        return "", []
    out: list[tuple[Label, str, int]] = []
    for index, (label, start, end) in enumerate(found):
        until = found[index + 1][1] if index + 1 < len(found) else len(text)
        out.append((label, text[end:until].strip(" ;|\t"), start))
    return text[: found[0][1]].strip(), out


def _asked(question: str) -> Topic | None:
    """What a question with boxes asks for: "Does the student require specialized transportation?"."""
    if re.search(r"transport|\bbus", question, re.IGNORECASE):
        return Topic((SERVICE,), "transportation")
    if re.search(r"extended school year|\besy\b", question, re.IGNORECASE):
        return Topic((SERVICE,), "extended school year")
    return None


def _name_of(lead: str, topic: Topic) -> str:
    """Of a question what it asks for, as the name of a promise."""
    words = re.sub(r"\([^)]*\)", " ", lead).strip(" ?:.")
    words = re.sub(r"^\W*(?:\d{1,2}|[a-z])[.)]\s+", "", words, flags=re.IGNORECASE)
    match = re.search(
        r"\b(?:need|needs|require|requires|receive|receives|eligible for|eligible to receive|get|gets|qualify for"
        r"|entitled to|provided with)\s+(?:any |an? |the )?(.+)$",
        words,
        re.IGNORECASE,
    )
    words = match.group(1) if match else words
    words = re.split(r"\b(?:as a result|in order|to benefit|because|due to|beyond|during)\b", words)[0]
    if topic.said == "transportation" and re.search(r"transport", words, re.IGNORECASE):
        found = re.search(
            r"\b((?:special(?:ized)?|specially arranged|related service|adapted) )?transportation(?: services?)?",
            words,
            re.IGNORECASE,
        )
        return found.group(0).lower() if found else "transportation"
    if topic.said == "extended school year":
        return "extended school year services"
    return " ".join(words.split()).strip(" ?:.,").lower() if len(words.split()) <= 10 else ""


def _is_service_line(words: str) -> bool:
    """Whether words without an amount still promise a service, or name one."""
    if re.search(
        r"\b(?:will|shall|is|are) (?:be )?(?:\w+ )?(?:receive|provided|given|offered|taught|attend|ride|have|get"
        r"|participate|work|meet|seen|transported|served)\b|\b(?:receives|attends|rides)\b",
        words,
        re.IGNORECASE,
    ):
        return True
    found = all_services(words)
    return (
        bool(found)
        and len(words.split()) <= 25
        and not re.search(r"\b(?:team|committee|district|parents?)\b", words, re.IGNORECASE)
    )


def _is_role(text: str) -> bool:
    """Whether words are nothing but who gives a service."""
    said = text.strip(" .:")
    found = all_roles(said)
    is_named = bool(found) and sum(end - start for _, start, end in found) >= 0.6 * len(said)
    return len(said.split()) <= 6 and (is_named or bool(ROLE_NOUN.search(said)))


def _is_service_name(text: str) -> bool:
    """Whether a line is nothing but the name of a service."""
    said = text.strip(" :")
    found = all_services(said)
    return (
        bool(found)
        and len(said) < 60
        and sum(end - start for _, start, end in found) >= 0.8 * len(said)
        and not topic_is_broad(said)
    )


def topic_is_broad(text: str) -> bool:
    """Whether a heading is for many services ("Related services", "Special education")."""
    return is_all_heading(text)


def _raw(passage: Passage) -> str:
    return " ".join(" ".join(raw for _, _, raw in passage.pieces).split()).removeprefix("• ")


def _quote(passage: Passage, start: int, words: str) -> str:
    """The words as they stand there."""
    if words not in passage.text:
        return _raw(passage) if len(passage.text) < 2 * len(words) + 80 else words
    end = min(len(passage.text), start + len(words) + 1)
    said = passage.text[start:end].strip()
    if len(said) >= 0.9 * len(passage.text):
        return _raw(passage)
    return said or words


def _number_of(marker: str) -> int | None:
    """The number of a section: of "5." or "Q5."."""
    match = re.match(r"^Q?(\d{1,2})[.):]?$", marker)
    return int(match.group(1)) if match else None


def _style(marker: str) -> str:
    return re.sub(r"[a-z]", "a", re.sub(r"\d+", "1", marker.lower()))


def read_provisions(pages: Pages, child: Child, kind: str, *, wraps: bool = True) -> list[ReadProvision]:
    """Every promise of the document, each once."""
    lines = [block.text for block in pages.blocks if isinstance(block, Line) and len(block.text) > 20]
    is_shouted = len(lines) > 5 and sum(line.isupper() for line in lines) > 0.6 * len(lines)
    reader = Reader(child, kind == about.AMENDMENT, wraps, is_shouted)
    out: list[ReadProvision] = []
    seen: set[object] = set()
    for draft in reader.read(pages.blocks):
        for each in provisions(draft, child):
            if not each.minutes and not each.starts_on and is_no_promise(each.kind, each.text):
                continue
            if each.kind != GOAL:
                each = replace(each, source=replace(each.source, quote=child.initialled(each.source.quote)))
            key = (
                each.kind,
                each.text.lower(),
                each.minutes,
                each.times,
                each.per,
                each.setting,
                each.provider_role,
                each.starts_on,
                each.ends_on,
            )
            if key not in seen:
                seen.add(key)
                out.append(each)
    return out
