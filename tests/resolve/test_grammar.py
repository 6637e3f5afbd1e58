"""The title grammar on parses made by hand: what it reads where a parser or a model is wrong."""

from __future__ import annotations

from bilateral.resolve.actors import actors
from bilateral.resolve.collective import collective
from bilateral.resolve.people import people
from bilateral.resolve.places import places
from bilateral.resolve.references import references
from bilateral.text import Dated, Document, Parse, Resolved
from tests.resolve.made import made

# The model calls the name a place and the parser hangs the state on it, as small models do.
AMBASSADOR = made(
    "Russian Ambassador to Laos Pavel Orlov spoke. The envoy left.",
    """
Russian ADJ JJ amod 1 B-NORP
Ambassador PROPN NNP nsubj 6 -
to ADP IN prep 1 -
Laos PROPN NNP compound 5 B-GPE
Pavel PROPN NNP compound 5 -
Orlov PROPN NNP pobj 2 B-GPE
spoke VERB VBD ROOT 6 -
. PUNCT . punct 6 -
|
The DET DT det 1 -
envoy NOUN NN nsubj 2 -
left VERB VBD ROOT 2 -
. PUNCT . punct 2 -
""",
)


def test_the_title_grammar_wins_over_a_model_that_sees_a_place() -> None:
    doc = people(AMBASSADOR)

    assert [(p.name, p.country) for p in doc.people] == [("Pavel Orlov", "RUS")]
    assert doc.people[0].offices[0].accredited == "LAO"
    assert [m.text for m in doc.mentions if m.kind == "person"] == ["Russian Ambassador to Laos Pavel Orlov"]


def test_states_inside_a_persons_mention_are_no_actors_of_their_own() -> None:
    doc = places(actors(people(AMBASSADOR)))

    assert [m.text for m in doc.mentions if m.kind in ("country", "place")] == []


def test_an_office_without_a_name_is_the_person_who_holds_it() -> None:
    doc = references(collective(places(actors(people(AMBASSADOR)))))

    envoy = next(m for m in doc.mentions if m.text == "envoy")
    assert (envoy.person, envoy.codes, envoy.level) == ("pavel-orlov", ("RUS",), "AMB")
    assert envoy.candidates[0].id == "pavel-orlov"


def test_a_resolver_changes_nothing_in_place() -> None:
    people(AMBASSADOR)

    assert AMBASSADOR.mentions == ()
    assert AMBASSADOR.people == ()


def test_nothing_parsed_gives_nothing() -> None:
    empty = Parse(
        parser="hand", gate="off", parsed=(), start=(), end=(), head=(), lemma=(), pos=(), tag=(), dep=(), ent=(),
        sents=(),
    )  # fmt: skip
    doc = Resolved(document=Document(id="d", uri="u", text=""), parse=empty, published=Dated(value=None))

    done = references(collective(places(actors(people(doc)))))

    assert (done.mentions, done.people, done.dyad) == ((), (), ())
