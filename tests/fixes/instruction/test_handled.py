"""Errors, logs and branches: causes, what is thrown away, prints, else, goroutines, new names."""

from __future__ import annotations

import pytest
from instruction_cases import Case, check

FERRY = """\
import hmac
import logging

logger = logging.getLogger(__name__)


class Ferry:
    def board(self, ticket, code):
        if code and code == ticket.code:
            print(f"boarding {ticket.name}")
        elif ticket.day == "sunday":
            self.ring(ticket)
        try:
            self.doors.open()
        except OSError as fault:
            raise DoorStuck(ticket.deck)
        except KeyError:
            raise NoDeck(ticket.deck)
        return ticket
"""
TIDE = """\
package tide

import (
	"encoding/json"
	"os"
	"sync"
)

func Table(path string) (map[string]int, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	rows := map[string]int{}
	raw, _ := read(file)
	json.Unmarshal(raw, &rows)
	return rows, nil
}

func Text(v any) string {
	out, _ := json.Marshal(v)
	return string(out)
}

func Measure(ports []string) {
	var all sync.WaitGroup
	for _, port := range ports {
		all.Add(1)
		go func(port string) {
			probe(port)
			all.Done()
		}(port)
	}
	all.Wait()
}

func Depth(high, low int) int {
	len := high - low
	if len < 0 {
		return -len
	}
	return len
}
"""
OVEN = """\
export function bake(oven: Oven, bread: Bread) {
  if (bread.kind === 'rye') {
    oven.heat(250);
  } else if (bread.kind === 'oat') {
    oven.heat(190);
  }
  return oven.wait(bread.minutes);
}
"""


def ferry(name: str, fix: str, edits: dict[str, str], evidence: str, refuses: str = "") -> Case:
    """Return a case of the ferry."""
    return Case(name, fix, FERRY, edits, refuses, evidence, "Ferry.board", "ferry/deck.py")


def tide(
    name: str, fix: str, edits: dict[str, str], evidence: str, to: str, refuses: str = ""
) -> Case:
    """Return a case of the tide tables."""
    return Case(name, fix, TIDE, edits, refuses, evidence, to, "tide/tide.go")


@pytest.mark.parametrize(
    "case",
    [
        ferry(
            "the cause that the handler binds",
            "Raise the DoorStuck `from fault` in the OSError handler, so that the cause shows",
            {"raise DoorStuck(ticket.deck)": "raise DoorStuck(ticket.deck) from fault"},
            "except OSError as fault:",
        ),
        ferry(
            "a cause that nothing binds yet",
            "Add `from error` to the raise of NoDeck.",
            {
                "KeyError:\n            raise NoDeck(ticket.deck)": "KeyError as error:\n"
                "            raise NoDeck(ticket.deck) from error"
            },
            "raise NoDeck(ticket.deck)",
        ),
        ferry(
            "a log for a print",
            'Log it: `logger.info("boarding %s", ticket.name)` rather than printing.',
            {'print(f"boarding {ticket.name}")': 'logger.info("boarding %s", ticket.name)'},
            'print(f"boarding {ticket.name}")',
        ),
        Case(
            "a log for a print, with the logger that it needs",
            "Use a module logger (`log = logging.getLogger(__name__)`) and "
            '`log.info("weighed %s", sack.owner)` instead of print.',
            'def weigh(sacks):\n    for sack in sacks:\n        print("weighed", sack.owner)\n',
            {
                "def weigh": "import logging\n\nlog = logging.getLogger(__name__)\n\n\ndef weigh",
                'print("weighed", sack.owner)': 'log.info("weighed %s", sack.owner)',
            },
            evidence='print("weighed", sack.owner)',
            path="mill/scales.py",
        ),
        ferry(
            "a log for a print that is not shown",
            'Log it: `logger.info("boarding %s", ticket.name)` rather than printing.',
            {},
            "self.doors.open()",
            refuses="which line that prints",
        ),
        ferry(
            "one test of two, by a function of a module",
            "hmac is imported anyway – compare with hmac.compare_digest(code, ticket.code) there; "
            "the check that `code` is set stays.",
            {"code and code == ticket.code": "code and hmac.compare_digest(code, ticket.code)"},
            "if code and code == ticket.code:",
        ),
        ferry(
            "an else for a chain",
            'Add an else branch: raise ValueError(f"no place for {ticket.name}").',
            {
                "            self.ring(ticket)\n": "            self.ring(ticket)\n        else:\n"
                '            raise ValueError(f"no place for {ticket.name}")\n'
            },
            'elif ticket.day == "sunday":',
        ),
        Case(
            "an else for a chain, in TypeScript",
            "Give the chain an else branch that does: oven.refuse(bread)",
            OVEN,
            {
                "    oven.heat(190);\n  }": "    oven.heat(190);\n  } else {\n"
                "    oven.refuse(bread);\n  }"
            },
            evidence="} else if (bread.kind === 'oat') {",
            function="bake",
        ),
        Case(
            "an else that is there",
            "Add an else branch: oven.refuse(bread)",
            OVEN.replace("190);\n  }", "190);\n  } else {\n    oven.cool();\n  }"),
            evidence="} else if (bread.kind === 'oat') {",
            refuses="have an else already",
        ),
        tide(
            "an error that is thrown away",
            "Keep the error, and when it isn't nil return err.Error().",
            {
                "	out, _ := json.Marshal(v)\n": "	out, err := json.Marshal(v)\n"
                "	if err != nil {\n		return err.Error()\n	}\n"
            },
            "out, _ := json.Marshal(v)",
            "Text",
        ),
        tide(
            "an error that is thrown away, several results",
            "Don't ignore the error; return nil, err if it is not nil.",
            {
                "	raw, _ := read(file)\n": "	raw, err := read(file)\n"
                "	if err != nil {\n		return nil, err\n	}\n"
            },
            "raw, _ := read(file)",
            "Table",
        ),
        tide(
            "what is returned is not said",
            "Check the error and return early.",
            {},
            "raw, _ := read(file)",
            "Table",
            refuses="what is returned with the error is not said",
        ),
        tide(
            "a goroutine's own end",
            "`defer all.Done()` as the first statement of the goroutine; the call at its end goes.",
            {
                "			probe(port)\n			all.Done()\n": "			defer all.Done()\n"
                "			probe(port)\n"
            },
            "all.Done()",
            "Measure",
        ),
        tide(
            "no goroutine there",
            "`defer probe(path)` as the first statement of the goroutine.",
            {},
            "rows := map[string]int{}",
            "Table",
            refuses="which function is meant by the goroutine",
        ),
        tide(
            "a name of its own",
            "Call it span instead (every place in Depth).",
            {
                "len := high - low": "span := high - low",
                "if len < 0 {": "if span < 0 {",
                "return -len": "return -span",
                "return len": "return span",
            },
            "len := high - low",
            "Depth",
        ),
        tide(
            "after what the evidence shows",
            "Look at the path right after they have been made — probe(path)",
            {"	rows := map[string]int{}\n": "	rows := map[string]int{}\n	probe(path)\n"},
            "rows := map[string]int{}",
            "Table",
        ),
    ],
    ids=lambda case: case.name,
)
def test_what_is_said_of_errors_logs_and_branches(case: Case) -> None:
    """What is named is what changes; what stays is as it was."""
    check(case)
