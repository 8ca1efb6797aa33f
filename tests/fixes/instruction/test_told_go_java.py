"""What reviewers of Go and Java ask for in words: literals, errors, constants, constructors."""

from __future__ import annotations

import pytest
from instruction_cases import Case, check

TIDES = """package tides

import (
	"context"
	"errors"
	"net/http"
	"os"
)

type Gauge struct {
	Depth    int
	MaxLevel int
}

func New() *Gauge {
	return &Gauge{
		MaxLevel: 9,
	}
}

func Serve(h http.Handler) error {
	srv := &http.Server{
		Addr:    ":7070",
		Handler: h,
	}
	srv.ListenAndServe()
	return nil
}

func Fetch(ctx context.Context, url string) (*http.Response, error) {
	resp, err := http.Get(url)
	if err != nil {
		return nil, err
	}
	return resp, nil
}

func Load(name string) (*Gauge, error) {
	_, err := os.ReadFile(name)
	if err != nil {
		return nil, errors.New("load failed")
	}
	return New(), nil
}

func Names(gauges []Gauge) []string {
	var out []string
	for range gauges {
		out = append(out, "gauge")
	}
	return out
}
"""
KILN = """package kiln

import "time"

func Cool(open func() bool) {
	for !open() {
		time.Sleep(250 * time.Millisecond)
	}
}
"""
INN = """package inn;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Service;

@Service
public class Rooms {

    @Autowired
    private RoomStore store;

    public Room find(long id) {
        return store.find(id);
    }
}
"""
GUEST = """package inn;

import java.util.ArrayList;
import java.util.List;

public class Guest {
    private final List<String> stays = new ArrayList<>();

    public List<String> stays() {
        return stays;
    }

    public String room(String key) {
        System.out.println("room " + key);
        if (key.isEmpty()) {
            return null;
        }
        return key.trim();
    }
}
"""
CASES = [
    Case("a field of a literal, aligned", "Set `Depth: 4` on the Gauge literal.", TIDES,
         {"		MaxLevel: 9,\n": "		MaxLevel: 9,\n		Depth:    4,\n"},
         path="tides/a.go", evidence="return &Gauge{", function="New"),
    Case("a longer field aligns the others", "Give the server a ReadHeaderTimeout of 5 seconds.",
         TIDES, {'		Addr:    ":7070",\n		Handler: h,\n':
                 '		Addr:              ":7070",\n		Handler:           h,\n'
                 "		ReadHeaderTimeout: 5 * time.Second,\n",
                 '	"os"\n': '	"os"\n	"time"\n'}, path="tides/a.go",
         evidence="srv := &http.Server{", function="Serve"),
    Case("an error that is dropped", "Return the error of `srv.ListenAndServe()`.", TIDES,
         {"	srv.ListenAndServe()\n	return nil\n": "	return srv.ListenAndServe()\n"},
         path="tides/a.go", evidence="srv.ListenAndServe()", function="Serve"),
    Case("a request with a context", "Use `http.NewRequestWithContext(ctx, http.MethodGet, url, "
         "nil)` and `http.DefaultClient.Do(req)`.", TIDES,
         {"	resp, err := http.Get(url)\n":
          "	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)\n"
          "	if err != nil {\n		return nil, err\n	}\n"
          "	resp, err := http.DefaultClient.Do(req)\n"}, path="tides/a.go",
         evidence="resp, err := http.Get(url)", function="Fetch"),
    Case("an error that is wrapped", 'Wrap the error: `fmt.Errorf("load %s: %w", name, err)`.',
         TIDES, {'errors.New("load failed")': 'fmt.Errorf("load %s: %w", name, err)',
                 '	"errors"\n': '	"fmt"\n'}, path="tides/a.go",
         evidence='return nil, errors.New("load failed")', function="Load"),
    Case("a list with its length", "Preallocate `out` with the length of gauges.", TIDES,
         {"var out []string": "out := make([]string, 0, len(gauges))"}, path="tides/a.go",
         evidence="var out []string", function="Names"),
    Case("a constant with a name",
         "Extract `250 * time.Millisecond` into a constant `coolStep`.", KILN,
         {"func Cool": "const coolStep = 250 * time.Millisecond\n\nfunc Cool",
          "time.Sleep(250 * time.Millisecond)": "time.Sleep(coolStep)"}, path="kiln/cool.go",
         evidence="time.Sleep(250 * time.Millisecond)", function="Cool"),
    Case("a constructor for a field", "Use constructor injection.", INN,
         {"import org.springframework.beans.factory.annotation.Autowired;\n": "",
          "    @Autowired\n    private RoomStore store;\n":
          "    private final RoomStore store;\n\n    public Rooms(RoomStore store) {\n"
          "        this.store = store;\n    }\n"}, path="src/inn/Rooms.java",
         evidence="@Autowired\n    private RoomStore store;", function="Rooms"),
    Case("another view is returned", "Make `stays()` return `List.copyOf(stays)`.", GUEST,
         {"return stays;": "return List.copyOf(stays);"}, path="src/inn/Guest.java",
         function="Guest"),
    Case("a method begins with a check", 'Use `Objects.requireNonNull(key, "key")` at the top.',
         GUEST, {"import java.util.List;\n": "import java.util.List;\nimport java.util.Objects;\n",
                 "        System.out": '        Objects.requireNonNull(key, "key");\n'
                 "        System.out"}, path="src/inn/Guest.java",
         evidence="return key.trim();", function="Guest.room"),
    Case("a value for null", 'Return `""` instead of null.'.replace('`""`', "`EMPTY`"), GUEST,
         {"return null;": "return EMPTY;"}, path="src/inn/Guest.java",
         evidence="return null;", function="Guest.room"),
    Case("what is printed goes", "Remove the println.", GUEST,
         {'        System.out.println("room " + key);\n': ""}, path="src/inn/Guest.java",
         evidence='System.out.println("room " + key);', function="Guest.room"),
]  # fmt: skip
REFUSED = [
    Case("a field that the struct lacks", "Set `Speed: 4` on the Gauge literal.", TIDES,
         path="tides/a.go", evidence="return &Gauge{", function="New",
         refuses="Gauge has no field Speed"),
    Case("no context is there", "Build the request with http.NewRequestWithContext.",
         TIDES.replace("ctx context.Context, ", ""), path="tides/a.go",
         evidence="resp, err := http.Get(url)", function="Fetch", refuses="is not said"),
    Case("a name that stands there", "Extract `250 * time.Millisecond` into a constant `open`.",
         KILN, path="kiln/cool.go", evidence="time.Sleep(250 * time.Millisecond)", function="Cool",
         refuses="open stands in the file already"),
    Case("a class with a constructor", "Use constructor injection.",
         INN.replace("    public Room find", "    public Rooms() {\n    }\n\n    public Room find"),
         path="src/inn/Rooms.java", evidence="@Autowired\n    private RoomStore store;",
         function="Rooms", refuses="has a constructor already"),
    Case("a field that is written again", "Use constructor injection.",
         INN.replace("return store.find(id);", "store = null;\n        return null;"),
         path="src/inn/Rooms.java", evidence="@Autowired\n    private RoomStore store;",
         function="Rooms", refuses="cannot be final"),
]  # fmt: skip


@pytest.mark.parametrize("case", [*CASES, *REFUSED], ids=lambda one: one.name)
def test_go_and_java_are_changed_as_the_words_say(case: Case) -> None:
    """A form changes the one place that it is about, or tells what stands against it."""
    check(case)
