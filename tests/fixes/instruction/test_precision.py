"""Where a text names more than an edit does, or the reading is not certain, nothing is sure."""

from __future__ import annotations

import pytest
from instruction_cases import Case, check, propose

from mendbook.model import Skipped

LOOM = """\
import dyes


class Warp(object):
    def __init__(self, yarn):
        self.yarn = yarn
        self.wound = True

    def wind(self, turns):
        if turns < 0:
            exit(3)
        if turns > 90:
            exit(4)
        try:
            return dyes.soak(self.yarn, turns)
        except Exception:
            return None

    def cut(self, knife):
        knife.draw(self.yarn)
        edge = knife.edge
        return edge


class Weft(object):
    spools: dict[str, int] = dict()

    def shed(self):
        while self.spools.popitem():
            raise KeyError("shed")

    def beat(self):
        raise KeyError("beat")


def tally(bolts):
    ledger = bolts.dump()
    del ledger["tag"]
    ledger["tag"] = bolts.tag
    return ledger
"""
FERRY = """\
import { moor } from './quay';

export class Ferry {
  private deck: string[] = [];

  constructor(deck: string[]) {
    this.deck = deck;
  }

  board(name: string, fare: number) {
    if (name.toUpperCase() === 'CREW') {
      return moor(name);
    }
    this.deck.push(name);
    return moor(name, fare);
  }

  leave(name: string) {
    this.deck.shift();
    return moor(name);
  }
}
"""
CELL = """\
package cell

import "strings"

type Cell struct {
	ward string
}

func (c *Cell) Opens(door string) bool {
	if strings.ToLower(door[0:4]) == "ward" {
		return true
	}
	return c.ward == door
}
"""


def _case(name: str, fix: str, evidence: str, function: str = "", **more: object) -> Case:
    code, path = LOOM, "loom.py"
    if more.get("in_") == "ferry":
        code, path = FERRY, "src/ferry.ts"
    if more.get("in_") == "cell":
        code, path = CELL, "cell/cell.go"
    edits = more.get("edits", {})
    assert isinstance(edits, dict)
    return Case(
        name,
        fix,
        code,
        edits=edits,
        refuses=str(more.get("refuses", "")),
        evidence=evidence,
        function=function,
        path=path,
    )


CASES = [
    _case("every kind", "Catch only dyes.VatError and KeyError.", "except Exception:", "Warp.wind",
          edits={"except Exception:": "except (dyes.VatError, KeyError):"}),
    _case("three kinds", "Catch `OSError`, `KeyError` and `TimeoutError` only.",
          "except Exception:", "Warp.wind",
          edits={"except Exception:": "except (OSError, KeyError, TimeoutError):"}),
    _case("one kind for another", "Catch ValueError instead of Exception.", "except Exception:",
          "Warp.wind", edits={"except Exception:": "except ValueError:"}),
    _case("both bases", "Drop the `object` base from Warp and Weft.", "class Warp(object):", "Warp",
          refuses="left out"),
    _case("one of two exits", "Use `sys.exit` instead of `exit` in `wind`.", "exit(3)",
          "Warp.wind", refuses="stands 2 times"),
    _case("whole head", "Annotate it: `def tally(bolts: list) -> dict:`.", "def tally(bolts):",
          "tally", edits={"def tally(bolts):": "def tally(bolts: list) -> dict:"}),
    _case("head of another", "Annotate it: `def tally(bolts: list, rest: int) -> dict:`.",
          "def tally(bolts):", "tally", refuses="is not written"),
    _case("member by a bare name", "Return None when `edge` is None before drawing.",
          "knife.draw(self.yarn)", "Warp.cut", refuses=""),
    _case("at a moment", "Set `self.yarn` to None after washing.", "knife.draw(self.yarn)",
          "Warp.cut", refuses="only by a statement"),
    _case("another owner's place", "Set `this.deck` to `[]`.", "this.deck.shift();", "leave",
          in_="ferry", refuses=""),
    _case("still read", 'Drop the `del ledger["tag"]` line.', 'del ledger["tag"]', "tally",
          refuses="stands elsewhere"),
    _case("here and there", "Pass `fare` as well, here and in leave: `moor(name, fare)`.",
          "return moor(name);", "board", in_="ferry", refuses=""),
    _case("functions in a row", "Raise LookupError instead of KeyError in shed and beat.",
          'raise KeyError("shed")', "Weft.shed",
          edits={'KeyError("shed")': 'LookupError("shed")',
                 'KeyError("beat")': 'LookupError("beat")'}),
    _case("a body is no call", "Replace the body with `self.spools.clear()`.",
          "while self.spools.popitem():", "Weft.shed", refuses=""),
    _case("a type is no value", "Use the generic `dict[str]` here.",
          "spools: dict[str, int] = dict()", "", refuses=""),
    _case("another's member", "Set `warp.yarn` to None rather than cutting it.",
          "knife.draw(self.yarn)", "Warp.cut", refuses=""),
    _case("answer compared", 'Use `strings.EqualFold(door[0:4], "ward")`.',
          'strings.ToLower(door[0:4]) == "ward"', "Opens", in_="cell",
          edits={'strings.ToLower(door[0:4]) == "ward"': 'strings.EqualFold(door[0:4], "ward")'}),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_nothing_is_sure_that_leaves_out_or_misplaces(case: Case) -> None:
    """The whole of what is named is done, or the answer is no sure patch and says why."""
    if case.edits or case.refuses:
        check(case)
    else:
        answer = propose(case)
        assert isinstance(answer, Skipped), f"{case.name}: {answer.edits}"
