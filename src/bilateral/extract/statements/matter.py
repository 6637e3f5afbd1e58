"""What a cue verb is about: tries its frames in order, and reads the passive ("it was announced", "is said to")."""

from __future__ import annotations

from bilateral.extract.statements.content import Matter, content_tokens, matter, over
from bilateral.extract.statements.cues import Cue, lists
from bilateral.extract.statements.finite import clause
from bilateral.extract.statements.objects import CHARGES, charge, infinitive, named, obj, order
from bilateral.extract.statements.page import Page
from bilateral.extract.statements.source import is_quoting
from bilateral.syntax import is_infinitive, is_passive, kids, subtree

_FRAMES = (
    ("clause", clause), ("order", order), ("infinitive", infinitive), ("named", named), ("charge", charge),
    ("object", obj),
)  # fmt: skip


def matter_of_verb(page: Page, i: int, cue: Cue) -> Matter | None:
    """The matter of a cue verb to its right, by the first of its frames that fits; None where none does."""
    if is_passive(page.parse, i):
        return _passive(page, i, cue)
    if _is_asked(page, i) or is_quoting(page, i):
        return None
    for frame, find in _FRAMES:
        found = find(page, i, cue) if frame in cue.frames else None
        if found is not None:
            is_worded = frame == "object" and found.frame == "clause"
            return found._replace(strength="said" if is_worded else cue.frames[frame])
    return None


def _is_asked(page: Page, i: int) -> bool:
    """Whether a participle tells who is spoken to, not who speaks ("asked about the delay, the minister …")."""
    parse = page.parse
    return parse.tag[i] == "VBN" and parse.dep[i] in ("advcl", "acl", "amod") and not kids(parse, i, "aux", "nsubj")


def _passive(page: Page, i: int, cue: Cue) -> Matter | None:
    """Words told in the passive: "it was announced that …", "X is said to …", "was accused of …"."""
    parse = page.parse
    subject = kids(parse, i, "nsubjpass")
    found = clause(page, i, cue) if "clause" in cue.frames else None
    if found is not None:
        whom = subject[0] if subject and page.word(subject[0]) != "it" else None
        return found._replace(strength=cue.frames["clause"], addressee=whom)
    if not subject or parse.dep[i] in ("acl", "amod"):
        return None
    lemma = parse.lemma[i].lower()
    kind = next((k for k in ("infinitive", "charge", "named") if lemma in lists().passive[k]), None)
    rest = _rest(page, i, kind) if kind else []
    whole = [t for s in subject for t in subtree(parse, s) if t < i]
    found = matter(page, [*over(whole), *over(rest)], "order", cue=i) if rest else None
    return found and found._replace(strength=cue.strength if kind == "infinitive" else "act")


def _rest(page: Page, i: int, kind: str) -> list[int]:
    """The tokens behind a passive that tell what is said of its subject."""
    parse = page.parse
    right = [k for k in parse.children[i] if k > i]
    if kind == "infinitive":
        below = [k for k in right if parse.dep[k] in ("xcomp", "ccomp") and is_infinitive(parse, k)]
    elif kind == "charge":
        preps = [k for k in right if parse.dep[k] == "prep" and page.word(k) in CHARGES]
        below = [o for p in preps for o in kids(parse, p, "pobj", "pcomp")]
    else:
        below = [k for k in right if parse.dep[k] == "oprd" or (parse.dep[k] == "prep" and page.word(k) == "as")]
    return content_tokens(page, below[0], after=i) if below else []
