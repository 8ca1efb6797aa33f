"""An edit that leaves out what its order depends on is not written."""

from __future__ import annotations

import pytest
from instruction_cases import Case, read

from mendbook.model import Proposal, Skipped

WELL = """\
export function wait(time: number) {
  return later(time * 10);
}
"""
SILO = """\
def put(herd, data):
    keeper = herd.keeper
    keeper.update(data)
    herd.save()
    return keeper


def stop(pump):
    pump.halt()
    return pump
"""
TILL = """\
import shop.NoReceipt;

class Till {
  Receipt show(int id) {
    return wrap(new HashMap<String, Receipt>() {
      {
        put("receipt", book.find(id).get());
      }
    });
  }
}
"""
GATE = """\
export class Gate {
  async leave(ship: Ship): Promise<void> {
    await this.ships.remove(ship.id);
  }
}

export class Passes {
  deleteAll(ship: string): Promise<void> {
    return this.store.drop(ship);
  }
}
"""


@pytest.mark.parametrize(
    "case",
    [
        Case("sum", "Multiply by 1000.", WELL, evidence="return later(time * 10);", path="well.ts"),
        Case(
            "always",
            "Call `keeper.revoke()` after the update when the key changed.",
            SILO,
            evidence="keeper.update(data)",
            path="silo.py",
        ),
        Case(
            "on nothing",
            "Use `orElseThrow(NoReceipt::new)`.",
            TILL,
            evidence='put("receipt", book.find(id).get());',
            path="Till.java",
        ),
        Case(
            "two results of one",
            "Stream the sacks with json.NewEncoder while counting them",
            "package barn\n\nfunc list(sacks []string) error {\n"
            "\tdata, err := json.Marshal(sacks)\n\treturn send(data, err)\n}\n",
            evidence="data, err := json.Marshal(sacks)",
            function="list",
            path="barn.go",
        ),
        Case(
            "gap among arguments",
            "Run it apart: `keeper.later(herd.save, ...)`",
            SILO,
            evidence="herd.save()",
            path="silo.py",
        ),
        Case(
            "not awaited",
            "Call `this.passes.deleteAll(ship.id)` before removing the ship.",
            GATE,
            evidence="await this.ships.remove(ship.id);",
            path="gate.ts",
        ),
    ],
    ids=lambda case: case.name,
)
def test_what_an_order_depends_on_is_not_left_out(case: Case) -> None:
    """No operator, no condition, no owner, nobody who waits: then there is no sure edit."""
    assert isinstance(read(case), Skipped)


def test_a_condition_that_the_code_around_says_is_none_to_write() -> None:
    """What is to be done when the pump stops may stand in the function that stops it."""
    case = Case(
        "named",
        "Call `pump.drain()` after `pump.halt()` when the pump is stopped.",
        SILO,
        evidence="pump.halt()",
        function="stop",
        path="silo.py",
    )
    answer = read(case)
    assert isinstance(answer, Proposal)
    assert answer.edits["silo.py"] == SILO.replace(
        "pump.halt()\n", "pump.halt()\n    pump.drain()\n"
    )


def test_a_sum_that_is_asked_for_is_written() -> None:
    """The operator and the number stand in the new code."""
    fix = "Multiply by 1000: `return later(time * 1000);`"
    answer = read(Case("sum", fix, WELL, evidence="return later(time * 10);", path="well.ts"))
    assert isinstance(answer, Proposal)
    assert answer.edits["well.ts"] == WELL.replace("* 10)", "* 1000)")
