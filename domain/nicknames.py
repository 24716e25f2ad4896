"""Which given names may be the same person's: short forms, and forms of one name in English and Spanish.

English ones are those of the package `nicknames`; Spanish ones, which no package keeps, stand here.
"""

from collections import defaultdict
from functools import cache

from nicknames import name_triplets

# A name, and what those who bear it are called. Accents are folded, as everywhere where names are compared.
SPANISH = {
    "adolfo": "fito dolfo",
    "alberto": "beto tito albert",
    "alejandra": "ale alex jandra sandra alexandra",
    "alejandro": "ale alex jandro alexander",
    "alfonso": "poncho fonso alphonse",
    "alfredo": "fredo feyo alfred",
    "ana": "anita anna anne ann",
    "andres": "andi andresito andrew",
    "angel": "angelito gelo",
    "antonia": "tona toni",
    "antonio": "tono toni tony toto anthony",
    "arturo": "turo arthur",
    "asuncion": "asun chon chona",
    "beatriz": "bea bety betty triz beatrice",
    "carlos": "carlitos charly calo charles",
    "carmen": "carmencita menchu carmela",
    "carolina": "caro lina caroline",
    "catalina": "cata lina catherine katherine",
    "cecilia": "ceci chila",
    "claudia": "clau",
    "concepcion": "concha conchita conchi",
    "consuelo": "chelo consu",
    "cristina": "cris cristi tina christina",
    "cristobal": "cris tobal christopher",
    "daniel": "dani",
    "daniela": "dani danielle",
    "diego": "james",
    "dolores": "lola loli lolita",
    "eduardo": "lalo edu guayo edward",
    "elena": "nena lena helen",
    "emilia": "emi mila",
    "encarnacion": "encarna encarni",
    "enrique": "quique kike henry",
    "ernesto": "neto ernest",
    "esperanza": "espe pera",
    "esteban": "stephen steven",
    "eugenia": "gena maru",
    "eulalia": "lala lalia",
    "federico": "fede kiko frederick",
    "felipe": "pipe felo philip",
    "fernanda": "fer nanda",
    "fernando": "fer nando ferdinand",
    "francisca": "paca paquita pancha frances",
    "francisco": "paco pancho panchito curro kiko quico frasco francis frank",
    "gabriel": "gabo gabi",
    "gabriela": "gabi gaby gabrielle",
    "gerardo": "gera gerard",
    "graciela": "chela gracie",
    "gregorio": "goyo gregory",
    "guadalupe": "lupe lupita pita",
    "guillermo": "memo guille guillo william",
    "gustavo": "tavo",
    "hortensia": "tencha",
    "humberto": "beto tito",
    "ignacio": "nacho",
    "ines": "agnes",
    "isabel": "isa chabela chavela bela elizabeth",
    "jaime": "james",
    "javier": "javi xavier",
    "jesus": "chuy chucho suso",
    "joaquin": "quino chimo",
    "jorge": "coque george",
    "jose": "pepe pepito chepe che joe joseph",
    "josefa": "pepa pepita",
    "josefina": "pepa fina chepina josephine",
    "juan": "juancho juanito john",
    "juana": "juanita joan jane",
    "leonardo": "leo nardo",
    "lorenzo": "lencho lawrence",
    "lourdes": "lulu",
    "lucas": "luke",
    "luis": "lucho luisito louis lewis",
    "luisa": "lucha louise",
    "magdalena": "magda malena lena",
    "manuel": "manolo manny manu lolo",
    "manuela": "manoli lola",
    "marcos": "mark marcus",
    "margarita": "mago rita margo margaret",
    "maria": "mari maruja marita mary",
    "mariateresa": "maite mayte",
    "mateo": "teo matthew",
    "mercedes": "meche merche",
    "miguel": "migue miguelito michael",
    "milagros": "mila mili",
    "nicolas": "nico nicholas",
    "pablo": "pablito paul",
    "patricia": "pati paty",
    "pedro": "pedrito perico peter",
    "pilar": "pili",
    "rafael": "rafa raphael",
    "ramon": "moncho mon raymond",
    "raquel": "rachel",
    "raul": "rulo ralph",
    "refugio": "cuca cuco",
    "ricardo": "richi ricky cardo richard",
    "roberto": "beto rober robert",
    "rodolfo": "rodo fito rolo rudy",
    "rosa": "rosita rose",
    "rosario": "charo chayo",
    "salvador": "chava salva",
    "santiago": "santi chago tiago james",
    "sebastian": "seba sebas",
    "sergio": "checo",
    "socorro": "coco soco",
    "soledad": "sole chole",
    "susana": "susi susan suzanne",
    "teresa": "tere teresita theresa",
    "tomas": "tomi tommy thomas",
    "trinidad": "trini",
    "valentina": "vale",
    "veronica": "vero",
    "vicente": "chente vincent",
    "victoria": "vicky toya",
    "yolanda": "yoli",
}


def are_related(one: str, other: str) -> bool:
    """Whether one is a form of the other."""
    names = _names()
    return one in names.get(other, ()) or other in names.get(one, ())


def have_one_name(one: str, other: str) -> bool:
    """Whether both are forms of a third name, as Bill and Will are of William."""
    names = _names()
    return not names.get(one, frozenset()).isdisjoint(names.get(other, ()))


def may_begin_with(word: str, letter: str) -> bool:
    """Whether a word, or a name that it is a form of, begins with this letter: P and F for Paco, who is Francisco."""
    return any(name.startswith(letter) for name in (word, *_names().get(word, ())))


@cache
def _names() -> dict[str, frozenset[str]]:
    """By form, the names that it may stand for."""
    found = defaultdict[str, set[str]](set)
    for name, _, form in name_triplets():
        found[form].add(name)
    for name, forms in SPANISH.items():
        for form in forms.split():
            found[form].add(name)
    return {form: frozenset(names) for form, names in found.items()}
