"""The words that the analysis knows: the families of each category, the grammar around them, people, places, occasions.

A family stands for its sense: what is listed are the words an American IEP uses for it.
"""

from domain import vocabulary


def listed(words: str) -> frozenset[str]:
    """Words with blanks between them, as a set."""
    return frozenset(words.split())


# How people shorten and write them; those in DOTLESS take a dot along.
ABBREVIATIONS: dict[str, str] = {
    **dict.fromkeys(("ext", "extd", "extnd", "exten"), "extended"),
    **dict.fromkeys(("xtra", "x-tra", "exstra", "exra", "ekstra", "extr"), "extra"),
    **dict.fromkeys(("addl", "add'l", "addt'l", "addtl", "addit"), "additional"),
    **dict.fromkeys(("freq", "frq"), "frequent"),
    **dict.fromkeys(("pref", "prefer'l", "prefl", "preferred"), "preferential"),
    **dict.fromkeys(("approx", "apprx", "aprox", "appx", "approxs"), "approximately"),
    **dict.fromkeys(("approp", "appro", "appr", "apprp"), "appropriate"),
    **dict.fromkeys(("nec", "necc", "necess", "necesary", "neccessary"), "necessary"),
    **dict.fromkeys(("poss",), "possible"),
    **dict.fromkeys(("avail",), "available"),
    **dict.fromkeys(("reg",), "regular"),
    **dict.fromkeys(("occ", "occas"), "occasional"),
    **dict.fromkeys(("req'd", "reqd"), "required"),
    **dict.fromkeys(("tchr", "tchrs", "teach", "tcher"), "teacher"),
    **dict.fromkeys(("pers",), "personnel"),
    **dict.fromkeys(("etal",), "etc"),
    **dict.fromkeys(("ect", "etcetera", "etc"), "etc"),
    **dict.fromkeys(("hw", "hmwk", "hmwrk", "homewrk"), "homework"),
    **dict.fromkeys(("rm",), "room"),
    **dict.fromkeys(("cls",), "class"),
    **dict.fromkeys(("wk", "wks"), "week"),
    **dict.fromkeys(("mo", "mos", "mth", "mnth"), "month"),
    **dict.fromkeys(("hr",), "hour"),
    **dict.fromkeys(("hrs",), "hours"),
    **dict.fromkeys(("min", "mins", "mns"), "minutes"),
    **dict.fromkeys(("yr", "yrs"), "year"),
    **dict.fromkeys(("sm",), "small"),
    **dict.fromkeys(("grp", "grps"), "group"),
    **dict.fromkeys(("stu", "stud", "stdt"), "student"),
    **dict.fromkeys(("instr",), "instruction"),
    **dict.fromkeys(("assgn", "assgnmt", "assgmt", "assign", "assgts", "asgmts", "assmts"), "assignments"),
    **dict.fromkeys(("incl",), "including"),
    **dict.fromkeys(("spec",), "special"),
    **dict.fromkeys(("ed", "educ"), "ed"),
    **dict.fromkeys(("sr",), "senior"),
    **dict.fromkeys(("pe",), "pe"),
    **dict.fromkeys(("cued", "cuing", "cueing", "queing", "queuing", "cueings"), "cueing"),
    **dict.fromkeys(("prompted",), "prompted"),
    **dict.fromkeys(("accom", "accoms", "accomm", "accomms"), "accommodations"),
    **dict.fromkeys(("mods",), "modifications"),
    **dict.fromkeys(("dept",), "department"),
    **dict.fromkeys(("asst",), "assistant"),
    **dict.fromkeys(("princ",), "principal"),
    **dict.fromkeys(("psych",), "psychologist"),
    **dict.fromkeys(("mgr",), "manager"),
    **dict.fromkeys(("wkly",), "weekly"),
    **dict.fromkeys(("dly",), "daily"),
    **dict.fromkeys(("lang",), "language"),
    **dict.fromkeys(("theraphy", "therpy", "terapy"), "therapy"),
    **dict.fromkeys(("alot",), "alot"),
    **dict.fromkeys(("diff", "diffrent"), "different"),
    **dict.fromkeys(("cant",), "can't"),
    **dict.fromkeys(("wont",), "won't"),
    **dict.fromkeys(("on-going",), "ongoing"),
    **dict.fromkeys(("re", "regarding"), "regarding"),
    **dict.fromkeys(("resourse", "resorce"), "resource"),
    **dict.fromkeys(("w", "wth", "wtih"), "with"),
    **dict.fromkeys(("thru", "throughout"), "throughout"),
    **dict.fromkeys(("assistence", "assistanse", "asistance"), "assistance"),
    **dict.fromkeys(("staf", "stafff", "staffs", "staff"), "staff"),
    **dict.fromkeys(("shoud", "shuold", "shold", "should"), "should"),
    **dict.fromkeys(("neded", "needd", "needed"), "needed"),
    **dict.fromkeys(("maybe",), "maybe"),
    **dict.fromkeys(("help", "hlp"), "help"),
    **dict.fromkeys(("oftem", "ofen", "offen", "oftn"), "often"),
    **dict.fromkeys(("breif", "breef"), "brief"),
    **dict.fromkeys(("wen", "whn"), "when"),
    **dict.fromkeys(("posible", "possable", "possble"), "possible"),
    **dict.fromkeys(("promps", "pompts"), "prompts"),
    **dict.fromkeys(("quite",), "quite"),
}
DOTLESS = listed(
    "ext addl add'l addtl freq pref approx apprx approp appro nec necc poss avail reg occ etc ect hw rm wk wks mo mos"
    " hr hrs min mins yr yrs sm grp grps incl prn asap max tchr tchrs dept asst princ educ mod addit psych mgr assgn"
    " vocab lang instr temp sped dly wkly sm lg resp comm stu instr no dr mr mrs ms vs"
)

# Permission
MODALS = listed("may might can could")
PERMITTED = listed("allowed permitted")

# How often is not said
FREQUENCY = listed(
    "often frequent frequently regularly periodic periodically routinely occasional occasionally sometimes rarely"
    " seldom usually generally typically normally commonly ongoing intermittent intermittently sporadic sporadically"
    " continual continually continuous continuously repeatedly infrequent infrequently irregularly irregular"
    " habitually customarily consistently oftentimes hardly mostly"
)
FREQUENCY_ADVERBS = frozenset(word for word in FREQUENCY if word.endswith("ly")) | {"often", "sometimes", "seldom"}

# How much is not said
AMOUNT = listed(
    "extra extended additional reduced shortened limited minimal moderate fewer less smaller longer shorter short"
    " brief some several many most multiple ample few more larger bigger lengthened prolonged abbreviated increased"
    " decreased lessened numerous plentiful substantial considerable significant minimized maximized maximum minimum"
    " expanded greater added briefly slightly countless lots condensed partial unspecified wider lighter generous"
    " enlarged heavier higher lower lowered trimmed    slower somewhat fairly considerably"
    " significantly substantially"
)
AMOUNT_VERBS = listed("reduce shorten limit minimize extend lengthen lessen reducing shortening limiting minimizing extending")
# "Two more", "one extra": what is counted is said.
COUNTED = listed("extra additional more added fewer less longer shorter")

# Help is named and nothing about it
PROMPTS = listed(
    "prompt prompts prompting promptings prompted cue cues cueing reminder reminders remind reminds reminded"
    " reminding redirect redirects redirected redirecting redirection redirections encourage encourages encouraged"
    " encouraging encouragement hint hints hinting nudge nudges nudging"
)
PROMPTS_ONE = listed("prompt cue reminder redirection hint nudge")
HELP = listed(
    "support supports supported supporting assist assists assisted assisting assistance help helps helped helping aid"
    " aids aided aiding guide guides guided guiding guidance scaffold scaffolds scaffolded scaffolding scaffoldings"
    " facilitate facilitates facilitated facilitating facilitation"
)
HELP_VERBS = listed(
    "support supports assist assists help helps aid aids guide guides scaffold scaffolds facilitate facilitates"
    " prompt prompts remind reminds redirect redirects encourage encourages cue cues hint nudge"
)

# Two honest people could differ
SUBJECTIVE = listed(
    "excellent ideal superior appropriate appropriately adequate adequately sufficient sufficiently suitable"
    " suitably acceptable acceptably satisfactory satisfactorily reasonable reasonably effective effectively"
    " successful successfully meaningful meaningfully positive positively proper properly good best better"
    " promptly timely optimal optimally optimum enough fair fairly beneficial nice nicely respectfully"
    " respectful productive productively efficiently efficient responsibly responsible inappropriate"
    " comfortable desirable quality high-quality socially-appropriate well"
)
GROWTH = listed(
    "improve improves improved improving improvement improvements increase increases increasing increased decrease"
    " decreases decreasing decreased develop develops developing enhance enhances enhanced enhancing grow grows"
    " growing growth strengthen strengthens strengthening progress progresses progressing reduce reduces reducing"
    " reduced expand expands expanding better betters bettering gains advance advances maximize boost foster raise"
    " lessen"
)

# Nobody in particular
UNNAMED = listed("staff adult adults someone somebody whoever personnel faculty provider providers employee employees designee")
UNNAMED |= listed("helper helpers designees grownup grownups grown-up anyone anybody professional professionals")
PERSONS = listed("person persons individual individuals people")
PERSON_KINDS = listed(
    "designated trained support qualified assigned responsible appropriate another familiar trusted knowledgeable"
    " preferred certified licensed key contact safe staff resource other competent identified available authorized"
    " preferential"
)

# The deciding words of a condition that no one can check
DECIDING = listed(
    "needed necessary appropriate possible feasible practicable practical available applicable able warranted"
    " required indicated tolerated beneficial helpful useful suitable reasonable ready advisable desirable prudent"
    " fitting viable allowable needs need convenient realistic manageable pertinent relevant wanted deserved tolerable"
    " unavailable unable conducive achievable attainable workable"
)
STATES = listed(
    "upset overwhelmed frustrated anxious agitated dysregulated escalated escalating struggling stressed distracted"
    " confused stuck fatigued tired bored angry mad sad worried nervous overstimulated overloaded unfocused"
    " inattentive restless calm calmer calmed regulated comfortable uncomfortable focused willing motivated ill sick"
    " unwell exhausted drowsy sleepy hungry scared afraid fearful lost disengaged uncooperative disruptive"
    " noncompliant defiant aggressive hyperactive impulsive irritable irritated emotional moody distressed panicked"
    " panicky tense flustered discouraged withdrawn depressed dysregulation frustration anxiety distress stress"
    " fatigue agitation escalation crisis overstimulation sleepiness difficult hard challenging tough rough bad"
    " unclear noisy loud unsafe unstable excited fidgety jittery triggered embarrassed shy hesitant reluctant"
    " struggles struggle struggled mastered comfortable confident independent successful unsuccessful problematic"
    " severe serious minor excessive excessively overheated weak sore dizzy rested alert hurts hurt aches aching ache"
    " shuts complex complicated lengthy unmotivated off-balance behavioral wound-up"
)
FEELINGS = listed("feels feel felt seems seem appears appear looks look gets get becomes become grows starts begins is are be")
SEEMING = listed("feels feel seems seem appears appear looks look sounds sound becomes become gets get is are was being")
ALLOWING = listed(
    "permits permit permitting allows allow allowing arises arise arising dictates dictate warrants warrant demands"
    " demand occurs requires require needs need exists exist emerges emerge present presents"
)
RESOURCES = listed(
    "time schedule schedules staffing staff resources resource funding funds budget budgets space weather health"
    " opportunity opportunities need needs circumstances circumstance conditions situation situations scheduling"
    " availability personnel equipment materials transportation enrollment stamina energy mood behavior behaviors"
    " condition technology coverage workload caseload manpower logistics"
)
TROUBLE = listed("trouble difficulty difficulties problem problems hard tough rough bad struggles")
NEED_HEADS = listed(
    "need needs availability ability abilities mood stamina tolerance fatigue readiness frustration anxiety behavior"
    " behaviors energy feelings comfort capability capacity circumstances staffing resources funding day situation"
    " progress demands difficulty complexity level schedule schedules time"
)

# A person decides later
DECIDES = listed(
    "decide decides determine determines judge judges deem deems choose chooses select selects pick picks see sees"
    " feel feels think thinks believe believes consider considers agree agrees approve approves want wants prefer"
    " prefers wish wishes recommend recommends request requests direct directs desire desires like likes find finds"
    " decided determined deemed"
)
JUDGES = listed("feel feels think thinks believe believes judge judges deem deems consider considers see sees find finds agree")
JUDGES |= listed("agrees decide decides determine determines approve approves deemed want wants prefer prefers wish wishes")
JUDGES |= listed("chooses choose recommends recommend allows permits elects likes")
DECIDED = listed(
    "cleared released determined decided deemed judged chosen selected directed recommended agreed approved arranged requested"
    " assigned set considered seen felt suggested identified designated picked specified advised instructed negotiated"
    " scheduled established authorized defined discussed allowed permitted"
)
DISCRETION = listed(
    "discretion judgment judgement opinion option choice choosing preference approval permission consent decision"
)
DISCRETION |= listed("convenience discretionary recommendation recommendations say-so request discression discresion")
# Papers and measures decide as anybody can read.
PAPERS = listed(
    "order orders plan score scores rubric test tests assessment assessments data results chart checklist schedule"
    " rule rules policy law protocol prescription physician doctor meter reading report audiogram evaluation state"
    " manual directions criteria scale monitor sensor probe curriculum syllabus calendar iep measure measures probes"
    " observation observations rubrics ophthalmologist optometrist pediatrician neurologist parent parents student"
)

# Those who act
_HEADS_NOT_ROLES = listed(
    "blind deaf education hearing impaired impairment impairments psychology school student students sub team"
    " professional provider pro developer carrier buddy spec rep"
)
ROLES = frozenset(
    form.split()[-1] for role in vocabulary.ROLES for form in (role.name, *role.forms) if form.split()[-1].islower()
) - _HEADS_NOT_ROLES | listed(
    "teacher tutor mentor peer peers buddy partner classmate classmates reader monitor captain janitor custodian counselor"
    " coteacher pediatrician registrar officer agent case-manager advisor adviser contractor signer proctor secretary"
    " receptionist nurse chaperone escort lifeguard scribe caseworker cook dispatcher guard superintendent"
    " transcriptionist captionist writer typist ot pt slp para aide paras supervisor parapro stenographer mother father"
    " parent parents guardian guardians family teachers educators coworker employer boss bcba tvi com coms interventionists"
)
ROLE_ABBREVIATIONS = frozenset(
    form.lower()
    for role in vocabulary.ROLES
    for form in (role.name, *role.forms)
    if " " not in form and not form.islower() and form.isalpha()
) - {"set", "sac", "it", "at", "st", "thi", "sea", "bis", "vac", "ea", "ia"}
ROLE_WORDS = ROLES | ROLE_ABBREVIATIONS | {role + "s" for role in ROLES | ROLE_ABBREVIATIONS if not role.endswith("s")}
FAMILY_PEOPLE = listed(
    "parent parents guardian guardians family families mother father mom dad caregiver caregivers grandparent"
)
CHILD = listed("student students he she him her his hers they them their child children pupil pupils learner himself herself")
BODIES = listed("school district team department committee county lea administration admin board agency program schools teams")
BODIES |= listed("academy coop cooperative boces state")
PRONOUNS = listed("he she they it him her them i we you who")
# "Speech" and "OT" are named after those who give them, and name nobody.
NAMED_SERVICES = listed(
    "social speech ot pt counseling nursing interpreting audiology o&m ape speech-language occupational physical language"
    " slt st psychological audiological dape pe education interpreter"
)

ARTICLES = listed("a an the")
OWNERS = listed("his her their its my our your student's")
DETERMINERS = ARTICLES | OWNERS | listed("this that these those each every any all both another either no")
BE = listed("is are be been being was were am")
AUXILIARY = BE | listed("will shall must would should may might can could has have had do does did won't")
NEGATIONS = listed("no not without never cannot can't won't don't doesn't shouldn't couldn't isn't aren't nor neither none")
NEGATIONS |= listed("wouldn't mustn't zero")
CONJUNCTIONS = listed("and or but nor so yet then")
PREPOSITIONS = listed(
    "in on at by for with from to of during before after between across within throughout through near under over"
    " into onto about around until till per via regarding beside behind toward towards among using following upon"
    " without against along"
)
NUMBER_WORDS: dict[str, int] = {
    **{
        word: number
        for number, word in enumerate(
            [
                "zero",
                "one",
                "two",
                "three",
                "four",
                "five",
                "six",
                "seven",
                "eight",
                "nine",
                "ten",
                "eleven",
                "twelve",
                "thirteen",
                "fourteen",
                "fifteen",
                "sixteen",
                "seventeen",
                "eighteen",
                "nineteen",
                "twenty",
            ]
        )
    },
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "ninety": 90,
    "hundred": 100,
    "once": 1,
    "twice": 2,
    "half": 1,
    "double": 2,
    "triple": 3,
    "third": 3,
    "quarter": 4,
    "thrice": 3,
    "dozen": 12,
    "single": 1,
}
TIME_UNITS = listed("minute minutes hour hours second seconds day days week weeks month months period periods year years block")
UNITS = TIME_UNITS | listed(
    "x times time breaks break sessions session percent items problems questions prompts cues reminders"
    " choices pages words lines sentences meetings visits checks repetitions feet foot inches points point"
    " trials % attempts opportunities classes extensions students children peers passes blocks trips retakes"
    " redirections redirection prompt cue reminder reps people steps examples options paragraphs pieces"
    " answers repetition trial visit grams ounces"
)
AMOUNT_UNITS = UNITS - listed("students children peers people grade")
MONTHS = listed("january february march april june july august september october november december jan feb mar apr jun jul aug")
MONTHS |= listed("sept sep oct nov dec")
WEEKDAYS = listed(
    "monday tuesday wednesday thursday friday mondays tuesdays wednesdays thursdays fridays mon tue tues wed"
    " thu thur thurs fri tu mwf"
)

# Where
PLACES = listed(
    "woodshop darkroom weightroom workroom playroom bandroom courtroom schoolyard fieldhouse woodshop doors"
    " room classroom classrooms class classes library cafeteria lunchroom hallway hallways gym gymnasium bus"
    " playground office auditorium corner row desk table campus home hospital locker lockers front door window"
    " windows bathroom restroom kitchen hall wall lab center clinic college homeroom community pool stage"
    " bench mat entrance exit curb stairs stairwell ramp elevator lobby courtyard yard field court shelf board"
    " whiteboard carrel building school resource university shop store station worksite jobsite site sites"
    " track theater studio garden foyer doorway atrium annex trailer portable mailbox rotunda gymnasium booth"
    " cubicle van cart rug carpet line wing cubby seat"
)
SUBJECTS = listed(
    "math mathematics reading writing english ela science history spanish french art music pe algebra geometry"
    " biology chemistry physics health band choir orchestra chorus drama shop computers arts stem civics economics"
    " literature geography gym kindergarten homeroom electives specials advisory phonics spelling library lunch recess"
    " breakfast snack swimming ed education social"
)
OCCASIONS = listed(
    "rally rallies benchmark benchmarks staar psat nwea finals test tests quiz quizzes exam exams examination"
    " examinations homework assessment assessments essay essays assignment assignments classwork project projects lab"
    " labs lecture lectures lesson lessons recess lunch breakfast snack assembly assemblies transition transitions"
    " trip trips ride rides dismissal arrival drill drills meeting meetings class classes worktime worksheet"
    " worksheets task tasks activity activities presentation presentations report reports testing finals midterm"
    " midterms field-trip homeroom recital practice game games concert concerts rehearsal instruction discussion"
    " discussions evaluation evaluations work seatwork reading writing math science period periods notetaking warm-up"
    " note-taking dictation mealtime mealtimes meal meals speech conversation seizure seizures fire unit units chapter"
    " subjects textbook seatwork bell screening journal bus morning afternoon"
)

# English words that are one slip from a family: they mean what they say.
LOOKALIKES = listed(
    "abbreviate abbreviates abbreviator abided abiding abort abound acceptance accommodating accommodation accommodationism"
    " accommodationist adamances addend adder adding additionally additions addled admirable adust advanced advancer advices"
    " advisably advise advisedly advisee advisees adviser advisers agitate agitatedly agitates aground aider aides ailed"
    " ailing aimed aiming aired airing alignment alignments allocable allowably allowance allowedly alloyed amble ampler"
    " amply ampule anxiously apple applicably appropriated appropriates appropriator approvals approximate approximated"
    " approximates assailable assenting asserting assessing assigning assistant assistants assistive assorting attachable"
    " attempers attempted avoidable bagger bantering bartering battening batter battering batterings batters beater beaters"
    " beavering begetters benefic beneficially beneficiary benefited benefits betted bettor bettors binger bitter bitterling"
    " bitters boast boosts boots bothering briefs brier bugger butter buttering butters clueing colliders comfortably"
    " commonalty concinnous condemned condense condenser condensers condenses conducing conductive confessed confider"
    " confiders conformable connivers consented consentient considerate considerately consigner consigners consistency"
    " consistent consoling consumers contended contented contiguous contiguously continua continuable continuant continuate"
    " continued continuer continues continuum continuums convenience conveniently convening convergent conversed councilor"
    " counseled counselings counsellor counsellors counselors countering countess cubing curing customary dairy daisy dally"
    " decade decease deceased deceases deceasing decidable decidedly decider decides decile decode decoded decreasingly"
    " decreeing deeded deepening defending defensing definable degrease deicide demanding dependant dependent depressed"
    " depresses depressing deride derided derivable descending deserted deserve deservedly deserves designable designate"
    " designates designed designer designers desirably despicable determent determinate determinedly determiner determiners"
    " determines deterring detrained developed developer developers devisable discretional doily drily drivability"
    " dupability durability effecting effectivity efficiency employe employed employer employers employes employing"
    " enchanted enchanting encouragements encourager encouragingly enhancer enhancers enlarge enlarger enlargers enlarges"
    " enouncing entourage entourages entranced entrances entrancing exampled examples exceeding excellence excellency"
    " excellently excelling expander expellant expend expended expending expends explode exploders explodes exploding"
    " exploiting explored explorer explorers exporting expounded expounding expunging extender extenders extends extent"
    " extras extruding facilitative facilitator facilitators facilities fairy faster faulty feasibly fester fever fittingly"
    " fittings flitting footer fosters frequented frequenter frequents frustrate frustrater frustrates gaits gamins"
    " generable generality generically generously genitally glide glided glides gliding glowing glows grains grater greaser"
    " greaten greeter gride grins groks groping gross grots growings growl growling growls grown growths guider guiders"
    " guile guise guises habitably hardily hardy headier heaped heaping heaps heaver heavies heller hellers hells helms"
    " helpfully helpings hepper highers hilts hinds hinging hings hither hitting hokes holes homes homeworker hones hoped"
    " hoses housework hunting hunts hypes ideals ideas ileal imploding imploring importing improver improvident improvise"
    " improvised improvises improvising inappropriately incensing inclining inclosing increasingly indicate indicates"
    " indicator indicted individually individuals individuate indurated infrequence infrequency ingresses instructing"
    " instructional instructive instructor instructors intend intendeds intens intents intermitted intermittence"
    " intermittency intermitting interpret interpreted interpreters interprets intimated intruding irregularity irregulars"
    " judgements judgmental judgments laager lager lagger larder larges larker lengthens lengthier lessee lessens lesser"
    " lesses licit lighted lighten lightener lighters lightyear limitedly limiter limitings limits linger lodger logger"
    " loner longe longed loper loser lounger lover lowbred lowed lowers lowery lunger manageably maximizer maximizes"
    " maximizing maximums mights mighty minima minimally minimizer minimizes minimums minimus minium minuet minuets minuses"
    " minuted minuter minutest moderated moderately moderates moderato moderator moistly multiples multiplex multiplied"
    " multiplier multiplies multiply necessarily necessity needled nicety normalcy normality nudes nudged numerously oaten"
    " occasioned occasions occupation occupationally occupations opportunely opportunism opportunist opportunists optical"
    " optically optima optimality optimums optionally overwhelm overwhelms paraprofessionals partially partials passible"
    " pathologic pathologies pathologists peans percussion periodical periodicals periotic permanent permeated permissions"
    " permissive permit permitter persisted pertinence pertinency pertinently pestilent petrologist piratical plains plane"
    " planes plank planks plant plants plats plays plentifully positives positivity possibles possibly practicably"
    " practically practicals practiced practicer practices practicum precedential precessional predictive preempted"
    " preempting preferentially preprofessional prioresses proactive proactively probating processes processing processional"
    " processionals procuress procuresses production productivity professes professing profession professionalism"
    " professionally professions profiting progressed progression progressions progressist progressive progressives"
    " projective projectively prolonge promisers promising promoted promoting prompter prompters promptest pronating propel"
    " property propr prorating proser prosper protective protectively provender prover provident provokers prudently"
    " psephologist psychologies psychologism psychologists psychologize punitively qualify raiser raises rarefy reacquired"
    " reads rebidding rebind rebinding rebinds recommence recommenced recommences recompensed redacting reducer reducers"
    " reedy refunding regrinding regulable regularity reindeers rejoinder rejoinders rekindled rekindling relevance"
    " relevancy relevantly relinking remainder remainders remaining remand remanded remanding remands remitting remolding"
    " repeatably reportedly reputedly require requires requited rescinded rescinding resending resentful resentfully"
    " responsive responsively rewind rewinding rewinds sating scheduled scheduler schedulers schedules sclaffing sealing"
    " seaming searing sedating setting severable severally severalty sexting sharpened sharpening sheathing shirt shirtiest"
    " shoat shoot shooter shore shorn shorted shortener shortenings shortens shortlist shortness shorts shorty shotten shout"
    " shouter shower shrive shrives shrugging sightly significance significancy similarly simitar skating slating slowed"
    " smartened smartening smuggest smuggling snaffling snort snorter snuggest snuggling softening someones sometime"
    " somewhats sorter sower sport sportiest sprightly stating stiff stiffing straggling strangling strengthened"
    " strengthener strengtheners strengths striae stride strides strife strike strikes stripe stripes strived striven strove"
    " stuff stuffing stuffings substantiate substantival substantive substantively sufficiency sufficing suggester"
    " suggesters superiorly superiors supervisor supporter supporters supportings supportive supposing suppurated"
    " suppurating sweating sweatings tamely teaches therap therapies therapists therapsid tolerably tolerance tolerate"
    " tolerates tonically topically toxically trammed treachery trimmer tropically typicality unassailable unavoidable unset"
    " unspecific unusually upsets usable vagarious variolous variorums variously viably vicarious wader wafted waited waned"
    " wanked wantad warrantee warrantees warranter warrantied warranties warrantor wasted weakly whensoever whomever"
    " whosever whosoever widen wides wilder winder wiper wirer wiser wonted worktable worktables"
)
# Common words that are not to be mended into a family's.
PLAIN_WORDS = listed(
    "student students teacher teachers about above after again against along among answer answers around before"
    " behind below beside between board books break breaks bring build calendar called cannot carry center chair"
    " change check checks child class classes classroom close color copies could counselor daily directions discuss"
    " doing dressing during early email english every everyone everything feedback first follow following follows"
    " forms front getting gives given going grade grades graph graphic group groups halls handle hands having hearing"
    " homework hours house inside instead instruction items provide provides provided keeps knows label large later"
    " learn learning leave leaves length lesson letters level levels light lines listen listening lists locker looks"
    " lunch makes manager marks matches materials means minutes month monthly morning moves music needs nurse other"
    " others pages paper paragraph parts peers pencil phone picture pictures place places plans point points practice"
    " present print printed prior problem problems project puts question questions quiet quizzes raise raised reading"
    " ready recess record report reports request rests review right rooms rules sample says schedule school science"
    " score seated seating second sends sensory sentence sentences session sessions shares sheet shows signal small"
    " social something sound special speech spelling spent stands start starts state stays steps still story strip"
    " study table takes talks tasks tells tests their them themselves there these thing things think third those three"
    " through tickets times title today together topic toward trained training transitions turns under until using"
    " verbal visual voice waits walks wants watch water week weekly weeks where which while whole within without words"
    " working works would write writes writing written years young space spaces where's there's it's let's prints"
    " printing posts"
)

# What a slip of the pen may have meant: the long words of the families and of their phrases.
FAMILY_WORDS = (
    FREQUENCY
    | AMOUNT
    | AMOUNT_VERBS
    | PROMPTS
    | HELP
    | SUBJECTIVE
    | GROWTH
    | UNNAMED
    | (DECIDING - listed("able need needs"))
    | PERMITTED
    | listed(
        "should might could whenever wherever discretion discretionary judgment approval permission"
        " determined determine decide decided deemed available optional preferential seating various variety"
        " including limited similar example recommended suggested recommends recommend suggests suggest"
        " considers considering explores exploring advises advised plans hopes intends strives aims consider"
        " considered explore attempt attempts strive ideally benefit opportunity appropriate overwhelmed"
        " frustrated anxious struggling upset agitated extended additional approximately roughly around about"
        " maximum depending allowed permitted member members individual possible permits schedule staffing"
        " tolerated because without interpreter paraprofessional therapist counselor psychologist pathologist"
        " accommodations occupational therapy counseling student students minutes minute weekly daily teacher"
        " disability assignments assignment homework instruction instructions classroom classrooms frequency"
    )
)
# Verbs as they stand after "to": what follows says what for.
VERBS = listed(
    "access accommodate accomplish achieve acquire act adapt address adjust advance aid alleviate allow answer apply"
    " approach ask assess assist assure attend avoid be become begin benefit block boost break breathe bring build"
    " calm catch cause change check choose clarify clear close communicate compensate complete comply comprehend"
    " concentrate confirm connect contact continue control cool cope copy correct counter counteract cover create cut"
    " deal decrease deepen deliver demonstrate describe detect develop digest discourage do draw ease eat eliminate"
    " empower enable encourage engage enhance enjoy enlarge ensure enter establish exit expand explain express"
    " facilitate feel find finish fit focus follow foster function gain get give go grow handle have hear help hold"
    " identify improve include increase initiate interact join keep know learn lessen let limit listen look lower"
    " maintain make manage master maximize measure meet minimize model monitor motivate move navigate notice offset"
    " open organize overcome participate perform permit plan play practice preserve prevent prepare process produce"
    " progress promote prompt protect provide raise reach read receive record recover redirect reduce refocus regain"
    " regroup regulate reinforce relax release relieve remain remember remind remove repeat reset resolve respond rest"
    " restore retain retell return review safeguard scaffold see self-regulate settle share show simplify sit slow"
    " soothe speak stabilize stand start stay stop strengthen study succeed support sustain take talk teach tell think"
    " track transition travel understand use utilize verify view wait walk wash work write"
)
# After these, "to" says what, not what for.
BEFORE_COMPLEMENT = listed(
    "allowed permitted able unable option options free welcome try tries trying tried attempt attempts attempting"
    " strive strives aim aims intend intends plan plans hope hopes want wants wish wishes like need needs needed"
    " require required requires expected asked told taught trained directed ask asks chance have has had going ought"
    " begin begins start starts continue continues learn learns how where what when which effort efforts choose"
    " chooses elect refuse refuses agree agrees responsible ready willing choice invited be is are used due up"
    " according access prior next close likely fail fails manage manages seek seeks endeavor endeavors supposed tends"
    " tend best reminded encouraged prompted right about recommended suggested helped assisted guided request requests"
    " permission liberty entitled eligible forget forgets"
)
TELLING = listed(
    "remind reminds reminded prompt prompts prompted cue cues encourage encourages ask asks tell tells help helps"
    " assist assists allow allows permit permits teach teaches train trains direct directs expect require requires"
    " want wants enable get redirect redirects guide guides invite invites instruct instructs reminder reminders"
    " prompting cueing signal signals encouragement support assistance aid"
)
