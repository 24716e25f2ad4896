"""Which language a text is written in, by its script and its commonest small words. Own, small and careful.

A wrong guess would refuse an honest English sentence: a language is only named where its words clearly outnumber the English
ones. Telegrams, lists and abbreviations are English as long as nothing else is sure.
"""

import re
from collections.abc import Mapping

NAMES: Mapping[str, str] = {
    "en": "English",
    "es": "Spanish",
    "pt": "Portuguese",
    "fr": "French",
    "ht": "Haitian Creole",
    "vi": "Vietnamese",
    "tl": "Tagalog",
    "so": "Somali",
    "pl": "Polish",
    "de": "German",
    "it": "Italian",
    "hmn": "Hmong",
    "zh": "Chinese",
    "ja": "Japanese",
    "ko": "Korean",
    "ar": "Arabic",
    "he": "Hebrew",
    "ru": "Russian",
    "uk": "Ukrainian",
    "hy": "Armenian",
    "hi": "Hindi",
    "bn": "Bengali",
    "pa": "Punjabi",
    "gu": "Gujarati",
    "ta": "Tamil",
    "te": "Telugu",
    "ur": "Urdu",
    "am": "Amharic",
    "km": "Khmer",
    "my": "Burmese",
    "ne": "Nepali",
    "th": "Thai",
    "lo": "Lao",
    "el": "Greek",
}
# No more than this is read: the language of a text shows early.
_READ = 4000
# That many small words, and that many times as many as English ones, make it sure.
_LEAST, _TIMES = 4, 2
# ... and that many different ones: "la la la" is a song.
_DIFFERENT = 3
# Fewer words than this say nothing.
_FEW_WORDS = 3

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
# The scripts by their ranges of code points.
_SCRIPTS = (
    (0x0370, 0x03FF, "el"),
    (0x0400, 0x04FF, "ru"),
    (0x0530, 0x058F, "hy"),
    (0x0590, 0x05FF, "he"),
    (0x0600, 0x06FF, "ar"),
    (0x0900, 0x097F, "hi"),
    (0x0980, 0x09FF, "bn"),
    (0x0A00, 0x0A7F, "pa"),
    (0x0A80, 0x0AFF, "gu"),
    (0x0B80, 0x0BFF, "ta"),
    (0x0C00, 0x0C7F, "te"),
    (0x0E00, 0x0E7F, "th"),
    (0x0E80, 0x0EFF, "lo"),
    (0x1000, 0x109F, "my"),
    (0x1200, 0x137F, "am"),
    (0x1780, 0x17FF, "km"),
    (0x3040, 0x30FF, "ja"),
    (0x4E00, 0x9FFF, "zh"),
    (0xAC00, 0xD7A3, "ko"),
)


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Small words, and a few that every such plan has. A word that English has too is in no list but the English one.
_WORDS: Mapping[str, frozenset[str]] = {
    "en": _set(
        "the and of to in will be is are for with a an on by or that this as at from not it he she his her their they"
        " when if student students teacher time minutes week weeks daily weekly during class classroom all each every"
        " given extended breaks support using during after before than which who has have been can may should must shall"
        " reading math test tests extra needed provide provided school per day room accommodations services service goal"
        " seating copy notes small group work speech therapy adult staff frequent prompts home use directions written"
        " verbal visual year than no up only other about"
    ),
    "es": _set(
        "el la los las de del que y en un una por con para se su sus al es son está están como más cuando según será"
        " serán tendrá recibirá estudiante alumno maestra maestro clase tiempo minutos semana días día escuela lectura"
        " ayuda durante cada sea sin pero también este esta lo le les apoyo tareas exámenes niño niña si necesario hasta"
        " muy puede podrá habla"
    ),
    "pt": _set(
        "o os as da das do dos e em um uma por com para se seu sua ao à é são não como mais quando será serão aluno"
        " aluna professor professora sala tempo semana dias dia escola leitura ajuda durante cada sem mas também este"
        " esta pode poderá que de conforme necessário minutos aula até muito fala apoio tarefas"
    ),
    "fr": _set(
        "le la les de des du et en un une par avec pour se son sa ses au aux est sont dans que qui ne pas plus quand"
        " sera seront élève enseignant enseignante classe temps minutes semaine jours jour école lecture aide pendant"
        " chaque sans mais aussi ce cette il elle recevra peut pourra si nécessaire selon jusqu à orthophonie"
    ),
    "ht": _set(
        "nan yo ak pou ki se li pa ap ak yon sou lè si te gen kapab elèv pwofesè klas tan minit semèn jou lekòl lekti"
        " èd chak san men tou sa nou pral resevwa bezwen avèk epi oswa pandan timoun fè ka"
    ),
    "vi": _set(
        "và của các cho được trong với một học sinh là có không khi sẽ thời gian giáo viên lớp phút tuần ngày trường"
        " đọc giúp mỗi cần những này đó để từ theo hoặc hỗ trợ bài em như"
    ),
    "tl": _set(
        "ang ng mga sa na ay at ni si kay para kung ito siya niya kanyang may hindi kapag o mag-aaral guro klase oras"
        " minuto linggo araw paaralan pagbasa tulong bawat walang din rin bata ay ng tatanggap bibigyan habang lahat"
        " kailangan"
    ),
    "so": _set(
        "iyo oo ku ka u la waa ee ah in uu ay aan si marka ardayga ardayda macallinka fasalka wakhti daqiiqo toddobaad"
        " maalin dugsiga akhriska caawimaad kasta leh ama waxaa loo lagu waxay doona heli isaga"
    ),
    "pl": _set(
        "i w z na do się nie że jest są oraz przez dla jego jej ich jak gdy będzie będą uczeń ucznia nauczyciel klasa"
        " czas minut tydzień tygodniu dni dzień szkoła szkole czytanie pomoc każdy bez ale także ten ta to po od przy"
        " lub podczas w razie potrzeby"
    ),
    "de": _set(
        "der die das und in den von zu mit sich des auf für ist im dem nicht ein eine als auch es wird werden schüler"
        " lehrer klasse zeit minuten woche tage tag schule lesen hilfe jede ohne aber oder wenn nach bei während erhält"
        " kann"
    ),
    "it": _set(
        "il lo la gli le di del della dei e in un una per con si suo sua al è sono non come più quando sarà saranno"
        " studente alunno insegnante classe tempo minuti settimana giorni giorno scuola lettura aiuto durante ogni senza"
        " ma anche questo questa può"
    ),
    "hmn": _set(
        "thiab ntawm tus cov rau yog nws tsis muaj uas kom los lawv peb yuav tau ib lub txhua tub ntxhais kawm xib fwb"
        " chav sijhawm feeb lim tiam hnub tsev kev pab nyeem thaum"
    ),
}
# Words of an IEP that are Spanish and nothing else: two of them, or one and a small word, are sure in a text without English.
SPANISH = _set(
    "según tiempo extendido extendida adicional adicionales maestro maestra maestros estudiante estudiantes alumno alumna"
    " lectura escritura apoyo apoyos ayuda necesario necesaria necesarios necesite necesita necesidad exámenes examen"
    " pruebas prueba tareas tarea descanso descansos frecuente frecuentes asiento preferencial preferente salón aula escuela"
    " clase clases matemáticas inglés español habla lenguaje terapia ocupacional física servicios servicio educación especial"
    " minutos semana semanal semanales semanalmente diario diaria diariamente veces sesiones sesión voz alta reducido"
    " reducida reducidas reducidos instrucciones repetidas repetir calculadora intérprete enfermera enfermería padres madre"
    " durante cuando cada será serán tendrá recibirá podrá puede debe niño niña hijo hija posible apropiado apropiada"
    " adecuado adecuada recordatorios visuales verbales señales indicaciones pequeño pequeños grupo grupos acceso materiales"
    " letra grande cerca frente pizarra copia notas apuntes lugar tranquilo silencioso seguimiento consejería transporte"
    " personal asistente ayudante supervisión adulto adultos también porque más fuera dentro después antes mediodía recreo"
    " almuerzo pausas pausa movimiento comportamiento conducta metas objetivos leer escribir preguntas respuestas orales"
) - {"personal", "grande", "visuales", "alta", "adicional", "especial"}
_SPANISH_BESIDE = _set(
    "a al alta adicional con cuando de del durante e el en es especial está grande la las lo los le les más no o para"
    " personal por que se sea si sin son su sus un una y visuales"
)
# Spelt alike in both.
_BOTH = frozenset(("visual", "verbal", "oral")) & _WORDS["en"]
# No more words than this are a short text, and that many of them must be Spanish.
_SHORT, _LEAST_SHORT = 12, 2
_ENGLISH = _WORDS["en"]
_HINTS: dict[str, tuple[str, ...]] = {}
for _code, _small in _WORDS.items():
    if _code != "en":
        # A single letter is an abbreviation as often as a word.
        for _word in {word for word in _small - _ENGLISH if len(word) > 1 or not word.isascii() or word == "y"}:
            _HINTS[_word] = (*_HINTS.get(_word, ()), _code)


def language_of(text: str) -> str | None:
    """`en`, another ISO 639 code of NAMES where that is sure, or None where the text is too short to say."""
    read = text[:_READ]
    script = _script(read)
    if script is not None:
        return script
    words = [word.lower().replace("’", "'") for word in _WORD.findall(read)]
    if not words:
        return None
    english = sum(word in _ENGLISH for word in words)
    found: dict[str, int] = {}
    different: dict[str, set[str]] = {}
    for word in words:
        for code in _HINTS.get(word, ()):
            found[code] = found.get(code, 0) + 1
            different.setdefault(code, set()).add(word)
    found = {code: count for code, count in found.items() if len(different[code]) >= _DIFFERENT}
    if found:
        best = max(found, key=lambda code: found[code])
        # A quarter of all words must be such small ones: names and quoted words make no other language.
        if found[best] >= _LEAST and found[best] > _TIMES * english and 4 * found[best] >= len(words):
            return best
    if english == sum(word in _BOTH for word in words) and len(words) <= _SHORT and _is_short_spanish(read):
        return "es"
    return "en" if english or len(words) >= _FEW_WORDS else None


def _is_short_spanish(text: str) -> bool:
    """Half of the words at the least are Spanish, and one of them is no name: names of people and streets hold small words."""
    sure = small = names = others = count = 0
    for number, said in enumerate(_WORD.findall(text)):
        word = said.lower()
        count += 1
        if word in SPANISH:
            sure += 1
            names += number > 0 and said.istitle()
        elif word in _SPANISH_BESIDE or word in _BOTH:
            small += not (number > 0 and said.istitle())
        else:
            others += number > 0 and said.istitle()
    if sure == count:
        return True
    is_name = (small and sure == names) or (others and sure < _LEAST_SHORT)
    return sure > 0 and sure + small >= _LEAST_SHORT and 2 * (sure + small) > count and not is_name


def _script(text: str) -> str | None:
    """The language of a foreign script that most letters are of."""
    if text.isascii():
        return None
    counted: dict[str, int] = {}
    letters = 0
    for letter in text:
        if not letter.isalpha():
            continue
        letters += 1
        point = ord(letter)
        if point < 0x370:
            continue
        for first, last, code in _SCRIPTS:
            if first <= point <= last:
                counted[code] = counted.get(code, 0) + 1
                break
    if not counted:
        return None
    best = max(counted, key=lambda code: counted[code])
    if best == "zh" and counted.get("ja"):
        best = "ja"
    if 2 * sum(counted.values()) <= letters or letters < 2:
        return None
    if best == "ru" and any(letter in "іїєґІЇЄҐ" for letter in text):
        return "uk"
    if best == "ar" and any(letter in "ٹڈڑےں" for letter in text):
        return "ur"
    return best
