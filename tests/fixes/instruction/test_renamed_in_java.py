"""A method or a field of a Java class gets its other name wherever the class means it."""

from __future__ import annotations

import pytest
from instruction_cases import Case, check

LEDGER = """package farm.mill;

import java.util.*;

public class Ledger {
    private final Map<String, Integer> stock = new HashMap<>();
    private int n;
    private String owner;

    Ledger(int n, String owner) {
        this.n = n;
        this.owner = owner;
    }

    public int count(String kind) {
        n++;
        return stock.get(kind) + n;
    }

    private double rate(double x) {
        int n = 3;
        return x * 1.19 + n;
    }

    public double gross(double x) {
        List.of(1.0).forEach(this::rate);
        return rate(x) + this.rate(2);
    }

    boolean same(Ledger other) {
        return other.owner == owner;
    }
}
"""
PATH = "src/main/java/farm/mill/Ledger.java"
CASES = [
    Case("a method", "Rename rate to withVat", LEDGER,
         {"double rate(double x)": "double withVat(double x)", "this::rate": "this::withVat",
          "return rate(x) + this.rate(2)": "return withVat(x) + this.withVat(2)"},
         evidence="private double rate(double x) {", path=PATH),
    Case("a field that locals hide", "Rename the field n to hits", LEDGER,
         {"private int n;": "private int hits;", "this.n = n;": "this.hits = n;",
          "        n++;\n        return stock.get(kind) + n;":
          "        hits++;\n        return stock.get(kind) + hits;"},
         evidence="private int n;", path=PATH),
    Case("the name is taken", "Rename rate to gross", LEDGER,
         evidence="private double rate(double x) {", path=PATH, refuses="gross is taken"),
    Case("of another object", "Rename owner to miller", LEDGER,
         evidence="private String owner;", path=PATH, refuses="whose owner is meant"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_each_use_gets_the_name(case: Case) -> None:
    """A local or a parameter of the same name stays."""
    check(case)
