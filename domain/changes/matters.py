"""Words by what they are to a child: work, burdens, harms, subjects."""

import re
from typing import Final

from domain.changes.words import listed, stem

# Work that is asked of the child: less is better.
WORK: Final = frozenset(
    map(
        stem,
        listed(
            "item problem question word sentence paragraph page assignment choice spelling row homework essay chapter "
            "fact line report exercise example vocabulary option step term answer worksheet book draft source reading"
        ),
    )
)


LENGTHS: Final = {
    stem("word"): 1,
    stem("sentence"): 10,
    stem("line"): 10,
    stem("paragraph"): 60,
    stem("page"): 250,
    stem("chapter"): 3000,
}


# What is asked of a child beside that, where it is capped.
BURDENS: Final = WORK | frozenset(
    map(
        stem,
        listed("test quiz exam project presentation deadline transition direction class change subject task activity tests"),
    )
)


# In a goal fewer of these are better.
HARMS: Final = frozenset(
    map(
        stem,
        listed(
            "error mistake miscue outburst tantrum incident elopement aggression refusal referral absence tardy "
            "tardies call-out callout interruption"
            " meltdown disruption prompt cue reminder redirection repetition suspension bite hit fight argument "
            "omission substitution reversal"
            " accident seizure removal restraint detention escape protest complaint profanity distraction warning "
            "episode request"
            " offtask hitting biting kicking shouting swearing disfluency stutter elope infraction violation crying "
            "scream screaming late blurt blurting"
        ),
    )
)


# What is held on to: the fewer, the better.
HOLDS: Final = frozenset(map(stem, listed("hand hands rail railing handrail crutch cane brace pole")))


REDUCING: Final = re.compile(
    r"\b(?:reduc\w+|decreas\w+|lower\w*|lessen\w*|cut\w* down|eliminat\w+|minimi[sz]\w+|refrain\w*|stop\w*)\b"
)


SUBJECTS: Final = frozenset(
    map(
        stem,
        listed(
            "math science english history reading writing spelling ela art music algebra geometry biology chemistry "
            "spanish social studies literacy health language arts"
        ),
    )
)


UNIVERSAL: Final = frozenset(
    map(stem, listed("setting environment subject area class day school course content location where"))
)


DISTANCES: Final = frozenset(map(stem, listed("inch inches foot feet yard meter centimeter millimeter cm mm degree")))


GENERIC: Final = frozenset(
    map(stem, listed("core academic content general school regular subject education class educational"))
)
