"""Where imports and constants may stand, whatever a file begins with."""

from __future__ import annotations

import pytest

from mendbook.code.edits import apply
from mendbook.code.header import declare
from mendbook.code.imports import add_import, unused_imports
from mendbook.code.module_text import parse_text

HEADS = {
    "nothing": "",
    "byte order mark": "\ufeff",
    "hashbang": "#!/usr/bin/env node\n",
    "client directive": '"use client";\n\n',
    "strict directive below a comment": "/** Tides of the harbour */\n'use strict';\n",
    "pragma without a blank line": "// @ts-nocheck\n",
    "license, then a pragma": "/* Copyright 2031 The Ferry Line */\n/* eslint-disable no-var */\n",
    "license and a blank line": "// SPDX-License-Identifier: MIT\n\n",
    "mark, hashbang-less, directive": "\ufeff'use strict'\n",
    "triple slash": '/// <reference types="node" />\n',
}
ATTACHED = {
    "a check of the next line": "// eslint-disable-next-line no-console\n",
    "an error that is expected": "// @ts-expect-error the mill has no types\n",
    "an error that is ignored": "// @ts-ignore\n",
    "a layout": "// prettier-ignore\n",
    "coverage of what follows": "/* istanbul ignore next */\n",
    "one rule of another linter": "// biome-ignore lint/style/useConst: grown\n",
}
BODY = "/** Say when. */\nexport function when() {\n  return 3000;\n}\n"


@pytest.mark.parametrize("head", HEADS.values(), ids=list(HEADS))
@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_an_import_lands_below_the_head(head: str, newline: str) -> None:
    """What must come first in a file still does, and the comment stays with its function."""
    text = (head + BODY).replace("\n", newline)
    module = parse_text("a.ts", text)
    (edit,) = add_import(module, "tide", "./tide.js")
    after = apply(text, [edit])
    mark = "'" if "'use strict'" in head else '"'
    line = f"import {{ tide }} from {mark}./tide.js{mark};\n\n"
    assert after == (head + line + BODY).replace("\n", newline)


@pytest.mark.parametrize("head", HEADS.values(), ids=list(HEADS))
def test_a_constant_lands_below_the_head(head: str) -> None:
    """A constant for the first function of a file stands between the head and its comment."""
    module = parse_text("a.ts", head + BODY)
    made = declare(module, "const WAIT = 3000;")
    assert apply(module.text, [made]) == f"{head}const WAIT = 3000;\n\n{BODY}"


@pytest.mark.parametrize("comment", ATTACHED.values(), ids=list(ATTACHED))
@pytest.mark.parametrize(
    "head", ["", "#!/usr/bin/env node\n", '"use client";\n\n', "// @ts-check\n"]
)
def test_what_speaks_of_the_next_line_stays_above_it(head: str, comment: str) -> None:
    """Nothing comes between a comment that silences something and what it silences."""
    text = f"{head}{comment}console.log(grind());\n"
    module = parse_text("a.ts", text)
    line = 'import { tide } from "./tide.js";\n\n'
    assert apply(text, add_import(module, "tide", "./tide.js")) == text.replace(
        comment, line + comment
    )
    assert apply(text, [declare(module, "const WAIT = 3;")]) == text.replace(
        comment, "const WAIT = 3;\n\n" + comment
    )


WHOLE_FILES = {
    "a part of a page that is served": (
        "actions.ts",
        "'use server'\n\nimport 'server-only'\n\nexport async function weigh() {}\n",
        "'use server'\n\nimport 'server-only'\nimport { tide } from './tide.js'\n\n"
        "export async function weigh() {}\n",
    ),
    "a preserved license between mark and directive": (
        "ward.tsx",
        "\ufeff/*!\n * Ward | MIT\n */\n'use client'\n\n/** Beds. */\nexport const beds = 3\n",
        "\ufeff/*!\n * Ward | MIT\n */\n'use client'\n\nimport { tide } from './tide.js'\n\n"
        "/** Beds. */\nexport const beds = 3\n",
    ),
    "several names of one require": (
        "press.cjs",
        '"use strict";\nconst fs = require("fs"),\n  path = require("path");\n\n'
        "module.exports = { fs, path };\n",
        '"use strict";\nconst fs = require("fs"),\n  path = require("path");\n'
        'const { tide } = require("./tide.js");\n\nmodule.exports = { fs, path };\n',
    ),
    "an import with attributes": (
        "dock.mjs",
        "import plan from './plan.json' with { type: 'json' };\nplan();\n",
        "import plan from './plan.json' with { type: 'json' };\n"
        "import { tide } from './tide.js';\nplan();\n",
    ),
    "what the tests run in": (
        "quay.test.ts",
        "/**\n * @jest-environment jsdom\n */\n\ndescribe('quay', () => {});\n",
        "/**\n * @jest-environment jsdom\n */\n\nimport { tide } from './tide.js';\n\n"
        "describe('quay', () => {});\n",
    ),
}


@pytest.mark.parametrize(("path", "before", "after"), WHOLE_FILES.values(), ids=list(WHOLE_FILES))
def test_an_import_stands_where_it_may_in_files_of_other_houses(
    path: str, before: str, after: str
) -> None:
    """Directives, licenses, requires, attributes and environments keep their places."""
    assert apply(before, add_import(parse_text(path, before), "tide", "./tide.js")) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            'import { a } from "./a.js";\n\nrun();\n\nfunction run() {}\n',
            'import { a } from "./a.js";\n\nconst WAIT = 3;\n\nrun();\n\nfunction run() {}\n',
        ),
        (
            "const a = require('./a');\n\nexport const B = 1;\n\nconst app = a();\n",
            "const a = require('./a');\n\nexport const B = 1;\n"
            "const WAIT = 3;\n\nconst app = a();\n",
        ),
        ("'use strict'; run();", "'use strict';\nconst WAIT = 3;\n\n run();"),
    ],
)
def test_a_constant_is_made_before_code_runs_that_reads_it(before: str, after: str) -> None:
    """It stands below imports and plain constants, above all that runs while the file loads."""
    module = parse_text("a.js", before)
    assert apply(before, [declare(module, "const WAIT = 3;")]) == after


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        (
            "a.js",
            "'use strict';\nconst { a } = require('./a')\n\na();\n",
            "'use strict';\nconst { a } = require('./a')\nconst { b } = require('./b');\n\na();\n",
        ),
        ("a.js", "const { b0 } = require('./b')\n", "const { b0, b } = require('./b')\n"),
        (
            "a.cjs",
            "// Copyright\nmodule.exports = 1\n",
            '// Copyright\nconst { b } = require("./b")\n\nmodule.exports = 1\n',
        ),
        (
            "a.js",
            "const { b } = require('./b')\nb()\n",
            "const { b } = require('./b')\nb()\n",
        ),
        (
            "a.ts",
            'import type { b } from "./b";\n\nexport type B = typeof b;\n',
            'import { b } from "./b";\n\nexport type B = typeof b;\n',
        ),
        (
            "a.ts",
            'import { type b, c } from "./b";\n\nc();\n',
            'import { b, c } from "./b";\n\nc();\n',
        ),
        (
            "a.ts",
            'import type { b, C } from "./b";\n\nexport type B = typeof b | C;\n',
            'import type { C } from "./b";\nimport { b } from "./b";\n\n'
            "export type B = typeof b | C;\n",
        ),
        (
            "a.ts",
            'import { c } from "./c"; c()',
            'import { c } from "./c"; c()\nimport { b } from "./b";\n',
        ),
    ],
)
def test_a_name_is_loaded_as_the_module_loads(path: str, before: str, after: str) -> None:
    """CommonJS requires, a module imports, and what was a type only becomes a value."""
    module = parse_text(path, before)
    assert apply(before, add_import(module, "b", "./b")) == after


def test_what_makes_the_tags_is_used() -> None:
    """A JSX factory goes only when the last tag has gone."""
    text = 'import React from "react";\nimport { x } from "./x";\n\nexport const A = () => <a />;\n'
    module = parse_text("a.jsx", text)
    after = apply(text, unused_imports(module, {"React", "x"}))
    assert after == 'import React from "react";\n\nexport const A = () => <a />;\n'
