"""Varying a sentence: other states, no dateline; the pair stays the pair."""

from __future__ import annotations

import random

from bilateral.encoder import unmarked
from bilateral.train.varying import told_of_others, varied, without_dateline


def marked(pair) -> tuple[str, str]:
    return pair.text[slice(*pair.source)], pair.text[slice(*pair.target)]


def test_states_are_exchanged_and_the_spans_move_with_them():
    pair = unmarked("In Kenya, <s>Peru's foreign minister</s> praised the <t>Kenyan envoy</t> and left for Lima.")
    seen = set()
    for seed in range(20):
        other = told_of_others(pair, random.Random(seed))
        source, target = marked(other)
        assert source.endswith("'s foreign minister")
        assert target.endswith(" envoy")
        assert "Kenya" not in other.text
        seen.add(other.text)
    assert len(seen) > 10


def test_a_sentence_without_states_stays_as_it_is():
    pair = unmarked("<s>The union</s> walked out on <t>the port company</t> in the night.")
    assert told_of_others(pair, random.Random(1)) == pair


def test_a_dateline_and_the_last_stop_go():
    pair = unmarked("LUSAKA, 3 May — <s>The court</s> freed <t>the editor</t> on bail.")
    bare = without_dateline(pair)
    assert bare.text == "The court freed the editor on bail"
    assert marked(bare) == ("The court", "the editor")


def test_a_dateline_in_which_the_pair_stands_is_kept():
    pair = unmarked("<s>LUSAKA</s> -- The court freed <t>the editor</t> on bail.")
    assert without_dateline(pair).text == "LUSAKA -- The court freed the editor on bail"


def test_the_same_seed_gives_the_same_sentence():
    pair = unmarked("<s>Chad</s> thanked <t>Togo</t> for its help with the road.")
    one, two = (varied(pair, random.Random(9), swap=0.9, bare=0.5) for _ in range(2))
    assert one == two
