"""The words that the analysis knows: the families of each category, the grammar around them, people, places, occasions.

A family stands for its sense: what is listed are the words an American IEP uses for it.
"""

from domain import vocabulary
from domain.listed import listed

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
# Whoever acts: a role, or nobody in particular.
ACTING = ROLE_WORDS | UNNAMED
FAMILY_PEOPLE = listed(
    "parent parents guardian guardians family families mother father mom dad caregiver caregivers grandparent"
)
# What is done to those who only receive
INFORMED = listed(
    "trained informed notified given provided told briefed updated sent shown taught reminded advised alerted emailed"
    " oriented instructed educated invited made"
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

# What a goal's score is counted in
SCORES = listed("score scores accuracy grade grades rate mastery marks level pace")

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
WORKPLACES = listed(
    "shelter restaurant bakery company farm garage salon bank hotel daycare warehouse factory zoo museum park mall"
    " church airport dealership nursery pharmacy stadium rink laundromat diner cafe plant firm business market"
    " supermarket greenhouse stable barn apartment dorm workplace facility"
)
# Where someone can be, named hard and fast.
HARD_PLACES = WORKPLACES | PLACES | {"rooms", "halls", "tables"}
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
