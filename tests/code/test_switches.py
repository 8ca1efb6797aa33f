"""Of code that takes messages apart, the case is told that a line stands in."""

from __future__ import annotations

import pytest

from mendbook.code.switches import case_of

SCRIPT = """\
export function take(order) {
  switch (order.method) {
    case 'openSluice': {
      gate.open();
      break;
    }
    case SLUICE_CLOSED:
      gate.close();
      break;
    default:
      log(order);
  }
  if (order.type === "ping") {
    reply();
  } else {
    ignore();
  }
  if (order.weight === "ten") {
    weigh();
  }
}
"""
PYTHON = """\
def take(order):
    match order["kind"]:
        case "fodder":
            feed()
        case Kind.WATER:
            pour()
        case _:
            skip()
    if order.event == "milk":
        milk()
    elif order.event == "shear":
        shear()
"""
GO = """\
package barn

func take(o Order) {
\tswitch o.Type {
\tcase "hay":
\t\tstack(o)
\tdefault:
\t\tskip(o)
\t}
}
"""
JAVA = """\
class Barn {
  void take(String order) {
    switch (order) {
      case "hay":
        stack();
        break;
      case "oats" -> pour();
    }
  }
}
"""
RUST = """\
fn take(o: &str) {
    match o {
        "hay" => {
            stack();
        }
        _ => {}
    }
}
"""


@pytest.mark.parametrize(
    ("path", "text", "line", "expected"),
    [
        ("a.ts", SCRIPT, 3, ('"openSluice"', 3)),
        ("a.ts", SCRIPT, 4, ('"openSluice"', 3)),
        ("a.ts", SCRIPT, 8, ("SLUICE_CLOSED", 7)),
        ("a.ts", SCRIPT, 11, None),
        ("a.ts", SCRIPT, 14, ('"ping"', 13)),
        ("a.ts", SCRIPT, 16, None),
        ("a.ts", SCRIPT, 19, None),
        ("a.py", PYTHON, 4, ('"fodder"', 3)),
        ("a.py", PYTHON, 6, ("Kind.WATER", 5)),
        ("a.py", PYTHON, 8, None),
        ("a.py", PYTHON, 12, ('"shear"', 11)),
        ("a.go", GO, 6, ('"hay"', 5)),
        ("a.go", GO, 8, None),
        ("Barn.java", JAVA, 5, ('"hay"', 4)),
        ("a.rs", RUST, 4, ('"hay"', 3)),
        ("a.css", "a { b: c }\n", 1, None),
    ],
)
def test_a_line_is_in_the_innermost_case_with_a_label(
    path: str, text: str, line: int, expected: tuple[str, int] | None
) -> None:
    """Texts and constants are labels; the default, and what guards no message, have none."""
    assert case_of(path, text, line) == expected
