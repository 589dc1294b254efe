"""Choices, all made by one ``random.Random``, and the names that things get."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

LONG = "a_name_of_sixty_three_bytes_which_is_all_that_postgresql_keeps_"
PLAIN = (
    "items",
    "orders",
    "users",
    "events",
    "notes",
    "tags",
    "files",
    "books",
    "pages",
    "rooms",
    "parts",
    "steps",
    "lines",
    "marks",
)
HOSTILE = (
    "CamelCase", "with space", 'quo"te', "semi;colon", "select", "user", "ünïcode", "per%cent", "dot.ted",
    "back\\slash", "$1", "apos'trophe", "--dash", "/*slash*/", "{brace}", "[]", "Table", "1st", "é" * 31,
    LONG, LONG[:-1] + "X", LONG[:52] + "__replaced", "items__replaced", " ", "public", "%s", "order",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Dice:
    random: Random

    def chance(self, percent: int) -> bool:
        return self.random.randint(0, 99) < percent

    def maybe(self, percent: int, text: str) -> str:
        return text if self.chance(percent) else ""

    def number(self, low: int, high: int) -> int:
        return self.random.randint(low, high)

    def pick[T](self, among: Sequence[T]) -> T:
        return among[self.random.randint(0, len(among) - 1)]

    def some[T](self, among: Sequence[T], low: int = 1, high: int = 3) -> list[T]:
        """A few different ones, in any order."""
        left = list(among)
        count = min(self.number(low, high), len(left))
        return [left.pop(self.random.randint(0, len(left) - 1)) for _ in range(count)]

    def weighted[T](self, among: Sequence[tuple[T, int]]) -> T:
        at = self.random.randint(1, sum(weight for _, weight in among))
        for one, weight in among:
            at -= weight
            if at <= 0:
                return one
        raise AssertionError("weights are positive")

    def name(self) -> str:
        if self.chance(35):
            return self.pick(HOSTILE)
        return self.pick(PLAIN) + self.pick(("", "", "_a", "_b", "2"))
