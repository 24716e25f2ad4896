"""What a promise says beside itself: why it is made, and how it is measured."""

import re
from typing import Final

MEASURE_HINTS: Final = (
    *(
        *("measured", "evidenced", "documented", "shown", "recorded", "assessed", "monitored", "demonstrated"),
        *("indicated", "evaluated", "observed", "tracked"),
    ),
    *("according", "per "),
)


REASON: Final = re.compile(
    r"\b(?:so that|so (?:he|she|they|the student) (?:can|may)|because|due to|since (?:he|she)|given (?:his|"
    r"her) (?:disability|needs?)|as a result of)\b[^.;,]*"
)


PURPOSE: Final = re.compile(
    r"\b(?:in order to|for the purpose of|(?:in order )?to (?:help|support|assist|reduce|improve|increase|encourage|"
    r"prevent|address|ensure|promote|keep|maintain|avoid|build|develop|minimize|lessen"
    r"|aid|decrease|strengthen|foster|facilitate|manage|stay|remain|work on|target|practice))\b(?:(?!\b(?:by|during|"
    r"on all|in all|in the|provided|delivered|given|across|every|each|throughout|after|before|(?:in|on|with|for|at|"
    r"over) (?:at least )?\d)\b)[^.;,])*"
)


MEASURE: Final = re.compile(
    r"\b(?:as )?(?:measured|evidenced|documented|shown|recorded|assessed|monitored|demonstrated|indicated|evaluated|"
    r"observed|tracked) (?:by|on|in|with|through|using)\b[^.;]*"
    r"|\baccording to\b[^.;,]*|\bper (?:teacher|staff|daily|weekly)?\s?(?:data|logs?|observations?|charts?|records?|"
    r"probes?)\b"
)
