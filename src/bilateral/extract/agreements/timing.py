"""When and where a step of an agreement took or takes place: the date and place nearest to the words that say it."""

from __future__ import annotations

from collections.abc import Iterator

from bilateral.extract.agreements.acts import Step
from bilateral.extract.agreements.instruments import Instrument, Reading
from bilateral.extract.agreements.lexicon import lexicon, word_set
from bilateral.stays import nth_day
from bilateral.syntax import CLAUSES, ancestors, governor, is_verb, kids, subjects, subtree, tense
from bilateral.text import Mention

_AT = ("in", "at")
_WHEN = ("on", "in", "at", "by", "since", "before", "after")
_BACK = 8
_AHEAD = 2
_CLOSE = 4
_MEANS = ("by", "in", "through", "with", "via", "under")
_MADE = ("proposed", "agreed", "extended", "amended")
_DATED = ("signed", "initialled", "ratified", "in_force", "suspended", "ended")
_DAY = len("2020-01-01")
_JOURNEYS = {"visit", "trip", "stay", "journey"}
_ARRIVALS = {"arrive", "travel", "come", "fly"}
_SPANS = ("month", "year", "week", "day", "decade")


def when(read: Reading, one: Instrument, step: Step, *, inside_first: bool = False) -> Mention | None:
    """The date of a step: in the clause of its verb, nearest to it; else in the phrase of its noun or of the agreement.

    Inside the agreement's phrase only a date after "on", "in", "by" … counts: "for 2026" is what it covers, also where
    the parse hangs it on the verb. With
    `inside_first` the phrase goes before the clause, as for the second of two agreements signed in different years.
    """
    nth = _day_of_stay(read, step)
    if nth is not None:
        return nth
    scopes = list(_scopes(read, one, step))
    for tokens in reversed(scopes) if inside_first else scopes:
        found = [i for i in tokens if (m := read.doc.date_at(i)) is not None and m.value is not None]
        if found:
            return read.doc.date_at(min(found, key=lambda i: (abs(i - step.at), i)))
    told = (_of_main, _day_of_when, _which_happened, _by_paper, _of_consent, _only_date, _of_first_verb)
    return next((day for rule in told if (day := rule(read, step)) is not None), None)


def _of_main(read: Reading, step: Step) -> Mention | None:
    """"The session closed on Friday, with the two signing a record", "on Monday, after which they sign": that day."""
    parse, verb = read.parse, step.verb
    is_made = step.stage in ("signed", "initialled", "agreed") and step.status in ("happened", "planned")
    if verb is None or not is_made:
        return None
    over = next((a for a in ancestors(parse, verb) if is_verb(parse, a)), None)
    is_part = parse.tag[verb] == "VBG" and parse.dep[verb] in ("pcomp", "advcl", "acl")
    is_which = any(read.low[k] == "which" for p in kids(parse, verb, "prep") for k in kids(parse, p, "pobj"))
    is_which = is_which or any("which" in read.low[max(0, k - 3) : k] for k in subjects(parse, verb))
    if over is None or not (is_part or is_which) or read.in_set(over, "saying"):
        return None
    days = (m for k in subtree(parse, over, without=(*CLAUSES, "conj")) if (m := read.doc.date_at(k)) is not None)
    return next((m for m in days if m.value and len(m.value) == _DAY), None)


def _which_happened(read: Reading, step: Step) -> Mention | None:
    """"The pact was extended, which happened quietly on 11 March": the day of what "which" takes up."""
    if step.verb is None or step.status != "happened":
        return None
    for i in range(step.verb + 1, read.parse.sentence(step.verb).stop):
        if read.lemma[i] in ("happen", "occur", "take") and "which" in read.low[max(step.verb, i - _CLOSE) : i]:
            days = (m for k in range(i, read.parse.sentence(i).stop) if (m := read.doc.date_at(k)) is not None)
            return next((m for m in days if m.value), None)
    return None


def _day_of_stay(read: Reading, step: Step) -> Mention | None:
    """"On the second day of her stay they signed": the day that this is."""
    is_done = step.status == "happened" and step.stage in (*_DATED, *_MADE)
    return nth_day(read.doc, step.at) if is_done else None


def _by_paper(read: Reading, step: Step) -> Mention | None:
    """"By a resolution published on Wednesday", "in a letter sent on Sunday": the day of the paper."""
    if step.verb is None or step.status not in ("happened", "proposed"):
        return None
    for i in read.parse.sentence(step.verb):
        prep = read.parse.head[i]
        if i < step.verb and read.parse.head[prep] != step.verb:
            continue
        if not read.in_set(i, "means") or read.parse.dep[i] != "pobj" or read.low[prep] not in _MEANS:
            continue
        days = (m for k in subtree(read.parse, i) if (m := read.doc.date_at(k)) is not None and m.value)
        return next(days, None)
    return None


def _of_consent(read: Reading, step: Step) -> Mention | None:
    """"Agreed on Tuesday to extend the pact": the day of the agreeing, where that is the step."""
    if step.verb is None or step.status != "happened" or read.parse.dep[step.verb] != "xcomp":
        return None
    over = read.parse.head[step.verb]
    if read.lemma[over] != "agree":
        return None
    near = subtree(read.parse, over, without=(*CLAUSES, "conj"))
    own = next((m for k in near if (m := read.doc.date_at(k)) is not None and m.value), None)
    return own or _day_of_when(read, step._replace(verb=over))


def _day_of_when(read: Reading, step: Step) -> Mention | None:
    """"On Saturday, when the pact began to apply", "in May 2011, when it was signed": the day before the clause."""
    parse = read.parse
    verb = step.verb if step.verb is not None else step.at
    for clause in (verb, *ancestors(parse, verb)):
        is_when = any(read.low[k] == "when" for k in kids(parse, clause, "advmod", "mark"))
        if parse.dep[clause] in ("relcl", "advcl", "acl") and is_when:
            first = min(subtree(parse, clause))
            before = (read.doc.date_at(k) for k in range(first - 1, max(-1, first - 1 - _CLOSE), -1))
            return next((m for m in before if m is not None and m.value), None)
        if parse.dep[clause] not in ("xcomp", "conj"):
            return None
    return None


def _of_first_verb(read: Reading, step: Step) -> Mention | None:
    """"They met on Monday and signed a pact": the day of the verb that a step's verb is joined to."""
    parse, verb = read.parse, step.verb
    is_done = step.status == "happened" and step.stage in (*_DATED, "extended")
    if verb is None or not is_done or parse.dep[verb] != "conj":
        return None
    first = parse.head[verb]
    if not is_verb(parse, first) or tense(parse, first).tense != "past":
        return None
    near = subtree(parse, first, without=(*CLAUSES, "conj"))
    found = [m for k in near if (m := read.doc.date_at(k)) is not None and m.value and len(m.value) == _DAY]
    return found[0] if found and _is_not_after(read, found[0]) else None


def _is_not_after(read: Reading, mention: Mention) -> bool:
    published = read.doc.published.value
    return published is None or (mention.value or "") <= published[:_DAY]


def _covered(read: Reading, verb: int) -> Iterator[int]:
    """The tokens that say how long an agreement is to last ("for two years", "until 2030"), or whose idea it was."""
    parse = read.parse
    for prep in kids(parse, verb, "prep"):
        is_set = read.in_set(verb, "awaiting") or read.lemma[verb] == "be"  # "is foreseen for May"
        if read.low[prep] in ("until", "till", "through") or (read.low[prep] == "for" and not is_set) or (
            read.low[prep] == "to" and read.lemma[verb] in ("extend", "prolong", "lengthen", "renew")
        ):
            yield from subtree(parse, prep)
    for noun in kids(parse, verb, "dobj", "appos", "conj"):
        if read.in_set(noun, "ideas") and "," in read.low[max(0, noun - _AHEAD) : noun]:
            yield from subtree(parse, noun)


def _of_others(read: Reading, one: Instrument, verb: int) -> Iterator[int]:
    """The tokens in the phrases of other papers of a verb ("together with a plan for 2023-2024")."""
    for k in subtree(read.parse, verb, without=CLAUSES):
        if read.is_named(k) and k not in one.words and k != one.head:
            head = k
            while read.parse.head[head] in range(head + 1, k + _CLOSE):
                head = read.parse.head[head]
            inside = subtree(read.parse, head, without=("acl", "relcl"))
            if one.head not in inside and not is_verb(read.parse, head):
                yield from inside


def _only_date(read: Reading, step: Step) -> Mention | None:
    """The only date below a verb of signing, wherever the parse hangs it ("signed a pact to guard … on Monday")."""
    if step.verb is None or step.status != "happened" or step.stage not in _DATED:
        return None
    over = read.parse.head[step.verb]
    if read.parse.dep[step.verb] == "xcomp" and read.lemma[over] == "vote":
        around = (read.doc.date_at(k) for k in subtree(read.parse, over, without=CLAUSES))
        return next((m for m in around if m is not None), None)
    below = subtree(read.parse, step.verb, without=("conj", "relcl", "parataxis", "ccomp"))
    found = {m.start: m for i in below if i > step.at and (m := read.doc.date_at(i)) is not None and m.value}
    only = next(iter(found.values())) if len(found) == 1 else None
    return only if only is not None and only.value and len(only.value) == _DAY else None


def _scopes(read: Reading, one: Instrument, step: Step) -> Iterator[list[int]]:
    parse = read.parse
    phrase = set(subtree(parse, one.head, without=("acl", "relcl")))
    if step.verb is None and step.stage == "in_force" and not is_verb(parse, step.at):
        yield list(range(step.at, min(step.at + _CLOSE + 1, parse.sentence(step.at).stop)))
    if step.verb is not None:
        covered = {*_covered(read, step.verb), *_of_others(read, one, step.verb)}
        yield [k for k in subtree(parse, step.verb, without=(*CLAUSES, "conj")) if k not in phrase | covered]
    if not is_verb(parse, step.at):
        yield [k for k in subtree(parse, step.at, without=("conj", "relcl")) if k not in phrase]
    preps = [p for p in phrase if parse.dep[p] == "prep" and read.low[p] in _WHEN]
    inside = [k for p in preps for k in parse.children[p]]
    yield [*inside, *(k for k in phrase if parse.dep[k] == "npadvmod")]


def same_day(read: Reading, step: Step) -> Mention | None:
    """The day that "as of the same date", "that day" speak of: the last one told before."""
    verb = step.verb if step.verb is not None else step.at
    for i in subtree(read.parse, verb, without=(*CLAUSES, "conj")):
        is_same = read.low[i] in ("date", "day") and i and read.low[i - 1] in ("same", "that")
        if is_same:
            before = [m for k in range(i - 1, -1, -1) if (m := read.doc.date_at(k)) is not None and m.value]
            if step.status == "happened":
                before = [m for m in before if _is_not_after(read, m)]
            near = (m for m in before if read.doc.date_at(i) is not m)
            return next((m for m in near if len(m.value or "") >= len("2020-01")), None)
    return None


def later(read: Reading, one: Instrument, step: Step) -> Mention | None:
    """The day that the next sentences give for a step by its noun ("The suspension took effect on Monday")."""
    parse, number = read.parse, read.sentence(one.head)
    done = _did_so(read, one) if step.status == "happened" else None
    if done is not None:
        return done
    for n in range(number + 1, min(number + 1 + _AHEAD, len(parse.sents))):
        for i in parse.sentence(parse.sents[n]):
            hit = lexicon().step_nouns.at(read.low, read.lemma, i)
            if hit is None or hit[1] != step.stage or parse.dep[i] not in ("nsubj", "nsubjpass"):
                continue
            if step.stage == "negotiating" and read.lemma[i] in ("round", "consultation"):
                continue
            verb = parse.head[i]
            days = subtree(parse, verb, without=(*CLAUSES, "conj")) if read.in_set(verb, "dating") else []
            found = next((m for k in days if (m := read.doc.date_at(k)) is not None and m.value), None)
            if found is not None:
                return found
    return None


def _did_so(read: Reading, one: Instrument) -> Mention | None:
    """"The two sides signed a pact. They did so on Monday": the day that the next sentence gives for what was done."""
    parse, number = read.parse, read.sentence(one.head) + 1
    for i in parse.sentence(parse.sents[number]) if number < len(parse.sents) else ():
        if read.lemma[i] == "do" and is_verb(parse, i) and any(read.low[k] == "so" for k in kids(parse, i, "advmod")):
            days = (read.doc.date_at(k) for k in subtree(parse, i, without=(*CLAUSES, "conj")))
            return next((m for m in days if m is not None and m.value), None)
    return None


def further(
    read: Reading, steps: tuple[Step, ...], dates: tuple[Mention | None, ...]
) -> tuple[tuple[Step, ...], tuple[Mention | None, ...]]:  # fmt: skip
    """Steps and dates with each further day that one verb of ratifying has ("A ratified it in May and B in June")."""
    more_steps, more_dates = list(steps), list(dates)
    for step, date in zip(steps, dates, strict=True):
        if step.stage == "ratified" and step.status == "happened" and date is not None:
            found = _further(read, step, date)
            more_steps += [step] * len(found)
            more_dates += found
    return tuple(more_steps), tuple(more_dates)


def _further(read: Reading, step: Step, date: Mention) -> list[Mention]:
    """The dates behind a step's own in its sentence, each after "and" with another party and no verb between."""
    parse, found = read.parse, [date]
    has_and, has_party = False, False
    start = next((k for k in parse.sentence(step.at) if parse.start[k] >= date.end), None)
    for k in range(start, parse.sentence(step.at).stop) if start is not None else ():
        if is_verb(parse, k) and parse.tag[k] in ("VBD", "VBZ", "MD"):
            break
        mention = read.doc.date_at(k)
        has_and = has_and or read.low[k] in ("and", ",", ";")
        has_party = has_party or bool((m := read.doc.mention_at(k)) is not None and m.codes)
        has_party = has_party or read.in_set(k, "parliaments")
        if mention is not None and mention.value and mention.start > found[-1].start and has_and and has_party:
            found.append(mention)
            has_and = has_party = False
    return found[1:]


def occasion(read: Reading, one: Instrument, step: Step) -> Mention | None:
    """The day of the meeting or visit at which a step was taken, told in the sentences before.

    Only for what happened, only where a word ties it to the occasion ("at the end of the talks", "then", "following"),
    and only a date of a day that is not later than the report's.
    """
    if step.status == "planned" and step.stage in ("signed", "initialled"):
        return _occasion_ahead(read, one, step)
    is_made = step.stage in ("signed", "initialled", "agreed") or step.rule == "talks opened"
    if step.status != "happened" or not is_made or step.verb is None:
        return None
    here = read.parse.sentence(one.head)
    is_perfect = any(read.lemma[k] == "have" for k in kids(read.parse, step.verb, "aux"))
    is_perfect = is_perfect or _is_counted(read, step.verb)
    if is_perfect or not any(read.low[i] in word_set("ties") for i in here):
        return None
    number = read.sentence(one.head)
    earlier = (read.parse.sentence(read.parse.sents[n]) for n in range(number - 1, max(-1, number - 1 - _BACK), -1))
    told = list(earlier)
    nouns = {read.lemma[i] for i in here if read.in_set(i, "occasions") and _is_during(read, i)} - _JOURNEYS
    named = [s for s in told if nouns & {read.lemma[i] for i in s}]
    days = (read.doc.date_at(i) for s in (*named, *told) for i in reversed(s) if _is_day_of_past(read, i))
    return next((m for m in days if m is not None), None)


def _is_counted(read: Reading, verb: int) -> bool:
    """"Seven months later it was signed": a day that no words before it give."""
    near = [*kids(read.parse, verb, "npadvmod", "advmod"), *range(max(0, verb - 2 * _CLOSE), verb)]
    return any(read.low[k] in ("later", "earlier") and read.lemma[k - 1] in _SPANS for k in near if k)


def _occasion_ahead(read: Reading, one: Instrument, step: Step) -> Mention | None:
    """The day of the visit during which a paper is to be signed: in the clause with "when", or told before."""
    parse = read.parse
    clauses = [c for v in dict.fromkeys((step.verb, step.at)) if v is not None for c in kids(parse, v, "advcl")]
    clauses = [c for c in clauses if any(read.low[k] in ("when", "as") for k in kids(parse, c, "advmod", "mark"))]
    own = next((m for c in clauses for k in subtree(parse, c) if (m := read.doc.date_at(k)) is not None), None)
    here = parse.sentence(one.head)
    nouns = {read.lemma[i] for i in here if read.in_set(i, "occasions") and _is_during(read, i)}
    if own is None and "then" in {read.low[i] for i in here}:
        own = _told_last(read, one)
    if own is not None or not nouns:
        return own
    if nouns & _JOURNEYS:
        nouns |= _JOURNEYS | _ARRIVALS
    number = read.sentence(one.head)
    for n in range(number - 1, max(-1, number - 1 - _BACK), -1):
        sentence = parse.sentence(parse.sents[n])
        if nouns & {read.lemma[i] for i in sentence}:
            found = [m for i in sentence if (m := read.doc.date_at(i)) is not None and m.value]
            if found:
                return found[0]
    return None


def _told_last(read: Reading, one: Instrument) -> Mention | None:
    """The last day of the sentence before ("opens on Monday. They will then sign …")."""
    number = read.sentence(one.head) - 1
    before = read.parse.sentence(read.parse.sents[number]) if number >= 0 else range(0)
    days = (m for k in reversed(before) if (m := read.doc.date_at(k)) is not None and m.value)
    return next((m for m in days if len(m.value or "") == _DAY), None)


def _is_during(read: Reading, i: int) -> bool:
    return any(read.low[k] in ("during", "at", "after", "following", "of") for k in range(max(0, i - _CLOSE), i))


def _is_day_of_past(read: Reading, i: int) -> bool:
    mention, published = read.doc.date_at(i), read.doc.published.value
    value = mention.value if mention is not None else None
    verb = governor(read.parse, i)
    if value is None or len(value) != _DAY or verb is None:
        return False
    is_participle = read.parse.tag[verb] == "VBN" and read.parse.dep[verb] == "acl"
    if tense(read.parse, verb).tense != "past" and not is_participle:
        return False
    return published is None or value <= published[:_DAY]


def place_of(read: Reading, step: Step) -> Mention | None:
    """Where a step is taken: the place after "in" or "at" in the clause of its verb or the phrase of its noun."""
    heads = [h for h in (step.verb, step.at) if h is not None]
    lists = [p for h in heads for p in kids(read.parse, h, "prep") if read.low[p] == "including"]
    items = {k for p in lists for k in subtree(read.parse, p)}
    for i in (k for head in heads for k in subtree(read.parse, head, without=CLAUSES) if k not in items):
        mention = read.doc.mention_at(i)
        if mention is None or mention.kind != "place" or not mention.codes:
            continue
        before = read.parse.tokens(mention.start, mention.end)[0] - 1
        if before >= 0 and read.low[before] in _AT:
            return mention
    return None
