"""Texts joined so that a pattern runs once over them: every place of a text is told."""

from __future__ import annotations

import re

from grants.rules.corpus import Corpus, Origin, drop_overlaps

XXX = re.compile("X{2,3}")


def make_corpus(*texts: str, narratives: int = 0, free: int | None = None) -> Corpus:
    passages = [(text, Origin("", ("texts", at))) for at, text in enumerate(texts)]
    return Corpus(passages, narratives, len(passages) if free is None else free)


def list_places(corpus: Corpus, *, narratives: bool = False) -> list[object]:
    return sorted(hit.origin.path[1] for hit in drop_overlaps(corpus.find(XXX, narratives=narratives)))


def test_a_text_that_stands_in_several_places_is_told_at_each() -> None:
    corpus = make_corpus("Pens XXX", "Paper", "Pens XXX", "Pens XXX of XX")
    assert list_places(corpus) == [0, 2, 3, 3]
    assert [hit.start for hit in corpus.find_words("XXX")] == [5, 5, 5]


def test_a_text_of_another_part_is_told_only_where_it_is_looked_for() -> None:
    corpus = make_corpus("XXX", "XXX", "XXX", narratives=1, free=2)
    assert list_places(corpus, narratives=True) == [0]
    assert list_places(corpus) == [0, 1]


def test_hits_that_begin_inside_another_are_dropped_in_their_own_text_only() -> None:
    corpus = make_corpus("abcd", "abcd")
    hits = [*corpus.find_spans([(corpus.text.index("abcd"), corpus.text.index("abcd") + 3)]), *corpus.find_words("cd")]
    assert [hit.text for hit in drop_overlaps(hits)] == ["abc", "abc"]
