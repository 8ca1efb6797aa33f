"""What fix texts ask of Go and Java: checks of errors, wrapped causes, resources, imports."""

from __future__ import annotations

import pytest
from instruction_cases import Case, propose

from mendbook.model import Proposal, Skipped

KILN = """\
package kiln

import (
	"encoding/json"
	"io/ioutil"
)

type Kiln struct{}

func (k *Kiln) Fire(ctx context.Context, loads []string) error {
	rows, err := k.db.Query("SELECT glaze FROM shelf")
	if err != nil {
		return fmt.Errorf("no shelf %q: %v", loads[0], err)
	}
	for rows.Next() {
		rows.Scan(&glaze)
	}
	_ = k.vent(loads)
	go k.cool(ctx)
	return nil
}

func (k *Kiln) vent(loads []string) error {
	text, err := ioutil.ReadFile("vent.json")
	if err != nil {
		return err
	}
	return json.Unmarshal(text, &loads)
}
"""
POTTER = """\
package shop;

import java.util.List;

class Potter {
    private int speed;
    private int turns = 0;

    Potter(int speed) {
        this.speed = speed;
    }

    void turn(Path path) throws IOException {
        BufferedReader in = Files.newBufferedReader(path);
        turns += 1;
        System.out.println(in.readLine());
        in.close();
        System.out.println("done");
    }

    void glaze() {
        try {
            turn(null);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
"""


def _go(name: str, fix: str, edits: dict[str, str], function: str, evidence: str = "") -> Case:
    return Case(name, fix, KILN, edits, function=function, evidence=evidence, path="kiln/kiln.go")


def _java(name: str, fix: str, edits: dict[str, str], function: str, evidence: str = "") -> Case:
    return Case(
        name, fix, POTTER, edits, function=function, evidence=evidence, path="src/shop/Potter.java"
    )


DONE = [
    _go(
        "an error is checked where it was dropped",
        "Check the error: if err := rows.Scan(&glaze); err != nil { return err }",
        {
            "\t\trows.Scan(&glaze)\n": "\t\tif err := rows.Scan(&glaze); err != nil {\n"
            "\t\t\treturn err\n\t\t}\n"
        },
        "Kiln.Fire",
        "rows.Scan(&glaze)",
    ),
    _go(
        "an error is logged where it was thrown away",
        "Log it: `if err := k.vent(loads); err != nil { log.Print(err) }`",
        {
            "\t_ = k.vent(loads)\n": "\tif err := k.vent(loads); err != nil {\n"
            "\t\tlog.Print(err)\n\t}\n",
            '\t"io/ioutil"\n': '\t"io/ioutil"\n\t"log"\n',
        },
        "Kiln.Fire",
        "_ = k.vent(loads)",
    ),
    _go(
        "a cause is wrapped",
        "Wrap the error with %w instead of %v",
        {'"no shelf %q: %v"': '"no shelf %q: %w"'},
        "Kiln.Fire",
        'fmt.Errorf("no shelf %q: %v", loads[0], err)',
    ),
    _go(
        "a context is bounded first",
        "Bound it first: ctx, cancel := context.WithTimeout(ctx, 5*time.Second); defer cancel()",
        {
            "loads []string) error {\n\trows,": "loads []string) error {\n"
            "\tctx, cancel := context.WithTimeout(ctx, 5*time.Second)\n\tdefer cancel()\n\trows,",
            '\t"io/ioutil"\n': '\t"io/ioutil"\n\t"time"\n',
        },
        "Kiln.Fire",
        'rows, err := k.db.Query("SELECT glaze FROM shelf")',
    ),
    _go(
        "what opens is closed behind its check, in its own function",
        "Add `defer rows.Close()` after the error check",
        {
            "loads[0], err)\n\t}\n": "loads[0], err)\n\t}\n\tdefer rows.Close()\n",
        },
        "Kiln.Fire",
        "for rows.Next() {",
    ),
    _go(
        "a package that nothing uses any more leaves the imports",
        "Replace ioutil.ReadFile with os.ReadFile",
        {"ioutil.ReadFile(": "os.ReadFile(", '\t"io/ioutil"\n': '\t"os"\n'},
        "Kiln.vent",
        'text, err := ioutil.ReadFile("vent.json")',
    ),
    _java(
        "a resource is closed however the block is left",
        "Use try-with-resources for the BufferedReader",
        {
            "        BufferedReader in = Files.newBufferedReader(path);\n"
            "        turns += 1;\n        System.out.println(in.readLine());\n"
            "        in.close();\n": "        try (BufferedReader in = "
            "Files.newBufferedReader(path)) {\n            turns += 1;\n"
            "            System.out.println(in.readLine());\n        }\n"
        },
        "Potter.turn",
        "BufferedReader in = Files.newBufferedReader(path);",
    ),
    _java(
        "a narrower type is caught",
        "Catch `IOException` instead of `Exception`",
        {
            "catch (Exception e)": "catch (IOException e)",
        },
        "Potter.glaze",
        "} catch (Exception e) {",
    ),
    _java(
        "a field that only the constructor writes is final",
        "Make `speed` final",
        {"private int speed;": "private final int speed;"},
        "Potter",
    ),
    _java(
        "an annotation brings its import",
        "Add `@Transactional` to `glaze`",
        {
            "    void glaze() {": "    @Transactional\n    void glaze() {",
            "import java.util.List;\n": "import java.util.List;\n"
            "import org.springframework.transaction.annotation.Transactional;\n",
        },
        "Potter.glaze",
    ),
]


DONE.append(
    _go(
        "a bare error gets its cause in words",
        'Say where: return fmt.Errorf("vent: %w", err)',
        {
            "\tif err != nil {\n\t\treturn err\n": "\tif err != nil {\n"
            '\t\treturn fmt.Errorf("vent: %w", err)\n',
        },
        "Kiln.vent",
        "if err != nil {\n\t\treturn err",
    )
)


@pytest.mark.parametrize("case", DONE, ids=lambda case: case.name)
def test_the_statement_becomes_what_is_written_out(case: Case) -> None:
    """The one statement changes, in the layout of the file, with the imports that it needs."""
    wanted = case.code
    for old, new in case.edits.items():
        assert wanted.count(old) == 1, old
        wanted = wanted.replace(old, new)
    answer = propose(case)
    assert isinstance(answer, Proposal), answer.reason
    assert answer.edits == {case.path: wanted}


REFUSED = [
    (
        Case(
            "",
            'Wrap it: return fmt.Errorf("save: %w", err)',
            "package kiln\n\nfunc save(k *Kiln) error {\n\terr := k.put()\n\treturn err\n}\n",
            function="save",
            evidence="return err",
            path="kiln/kiln.go",
        ),
        "",  # it may be nil there, and words around nil are an error
    ),
    (
        _go("", "Check it: if n, err := k.db.Query(q); err != nil { return err }", {}, "Kiln.Fire",
            'rows, err := k.db.Query("SELECT glaze FROM shelf")'),
        "",
    ),
    (
        _go("", "Replace ioutil.ReadFile with vfs.ReadFile", {}, "Kiln.vent",
            'text, err := ioutil.ReadFile("vent.json")'),
        "vfs is neither imported nor declared",
    ),
    (
        _go("", "Wrap the error with %w", {}, "Kiln.vent", "if err != nil {\n\t\treturn err"),
        "fmt.Errorf stands 0 times",
    ),
    (_java("", "Make `turns` final", {}, "Potter"), "turns is written again"),
    (
        _java("", "Add `@Glazed` to `glaze`", {}, "Potter.glaze"),
        "Glazed is not imported in src/shop/Potter.java, and no package is known to have it",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("case", "reason"), REFUSED, ids=[case.fix for case, _ in REFUSED])
def test_what_would_not_compile_is_not_written(case: Case, reason: str) -> None:
    """A name that would be lost, unknown or written twice is a reason."""
    answer = propose(case)
    assert isinstance(answer, Skipped)
    assert reason in answer.reason


SEVERAL = """\
package kiln

func (k *Kiln) Write(glaze []byte) (int, error) {
	if !k.lit {
		return 0, nil
	}
	return k.vent(glaze)
}
"""


@pytest.mark.parametrize("fix", ["return len(glaze), nil", "`return len(glaze), nil`"])
def test_a_return_of_several_values_is_read_whole(fix: str) -> None:
    """Half of it would be another return, that gives one value where two are declared."""
    case = Case("", fix, SEVERAL, function="Kiln.Write", evidence="return 0, nil", path="kiln.go")
    answer = propose(case)
    assert isinstance(answer, Proposal), answer.reason
    assert answer.edits == {"kiln.go": SEVERAL.replace("return 0, nil", "return len(glaze), nil")}


def test_a_built_in_function_gives_one_value() -> None:
    """Where two are declared, ``len`` alone does not compile."""
    case = Case("", "return len(glaze)", SEVERAL, function="Kiln.Write", evidence="return 0, nil",
                path="kiln.go")  # fmt: skip
    assert isinstance(propose(case), Skipped)
