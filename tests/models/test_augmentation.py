"""Swapped sentences for training: the pair moves along, all pairs of a sentence alike."""

from __future__ import annotations

from stance.corpus.location import unseen_states
from stance.models.augmentation import Swapper
from stance.schema import POWERS, Example
from stance.text.examples import examples_in
from stance.text.mentions import find_mentions

TEXT = "Kenya signed with China and snubbed Poland."


def pairs_of(text: str = TEXT) -> list[Example]:
    return examples_in(text, find_mentions(text))


def test_a_share_of_zero_leaves_all_as_it_is() -> None:
    assert Swapper(0.0, 1)(pairs_of()) == pairs_of()


def test_a_share_of_one_swaps_states_for_states_and_powers_for_powers() -> None:
    for one in Swapper(1.0, 1)(pairs_of()):
        assert one.state not in ("KEN", "POL")
        assert one.state not in POWERS
        assert one.power != "CHN"


def test_all_pairs_of_a_sentence_are_swapped_alike() -> None:
    swapped = Swapper(1.0, 1)(pairs_of())
    assert len(swapped) == len(pairs_of())
    assert len({one.text for one in swapped}) == 1
    assert len({(one.state, one.power) for one in swapped}) == len(swapped)


def test_the_pair_is_still_named_in_its_sentence() -> None:
    assert not any(one.unmatched for one in Swapper(1.0, 1)(pairs_of()))


def test_every_pass_draws_anew_and_a_seed_repeats_it() -> None:
    swapper, same = Swapper(1.0, 1), Swapper(1.0, 1)
    seen = [swapper(pairs_of())[0].text for _ in range(5)]
    assert len(set(seen)) > 1
    assert seen == [same(pairs_of())[0].text for _ in range(5)]


def test_every_epoch_has_draws_of_its_own() -> None:
    swapper, resumed = Swapper(1.0, 1), Swapper(1.0, 1)
    first = [swapper(pairs_of())[0].text for _ in range(3)]
    swapper.start_epoch(1)
    resumed.start_epoch(1)
    second = [swapper(pairs_of())[0].text for _ in range(3)]
    assert second != first
    assert second == [resumed(pairs_of())[0].text for _ in range(3)]


def test_about_the_given_share_is_swapped() -> None:
    swapper = Swapper(0.3, 1)
    kept = sum(
        swapper(pairs_of("Kenya spoke to Poland about China."))[0].text.startswith("Kenya")
        for _ in range(400)
    )
    assert 0.6 < kept / 400 < 0.8


def test_states_kept_for_the_test_split_are_put_in_nobodys_place() -> None:
    swapper = Swapper(1.0, 1)
    drawn = {one.state for _ in range(300) for one in swapper(pairs_of())}
    assert len(drawn) > 50
    assert drawn.isdisjoint(unseen_states())
