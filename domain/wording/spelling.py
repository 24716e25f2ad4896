"""How people shorten and misspell the words of an IEP: a misspelt or abbreviated word counts as the word."""

from domain.listed import listed
from domain.wording.words import (
    AMOUNT,
    AMOUNT_VERBS,
    DECIDING,
    FREQUENCY,
    GROWTH,
    HELP,
    PERMITTED,
    PROMPTS,
    SUBJECTIVE,
    UNNAMED,
)

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
# Words that end so are Spanish, however close they come to a family.
SPANISH_ENDINGS = (
    *("ado", "ados", "ada", "adas", "ido", "idos", "ida", "idas", "ción", "cion", "ciones", "iente", "ientes"),
    *("ario", "aria", "arios", "arias", "dad", "dades", "encia", "encias", "mente"),
)
DOTLESS = listed(
    "ext addl add'l addtl freq pref approx apprx aprox approp appro nec necc poss avail reg occ etc ect hw rm wk wks mo mos"
    " hr hrs min mins yr yrs sm grp grps incl prn asap max tchr tchrs dept asst princ educ mod addit psych mgr assgn"
    " vocab lang instr temp sped dly wkly sm lg resp comm stu instr no dr mr mrs ms vs"
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
