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
QUEUE = """package ferry

import (
	"context"
	"strconv"
	"sync"
	"time"
)

type Queue struct {
	mu    sync.Mutex
	items []string
}

func (q *Queue) Push(s string) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.items = append(q.items, s)
}

func (q *Queue) Len() int {
	return len(q.items)
}

func (q *Queue) All() []string {
	return q.items
}

func (q *Queue) Poll(ctx context.Context, every time.Duration) error {
	ticker := time.NewTicker(every)
	<-ticker.C
	return q.send(context.Background())
}

func Parse(raw string) (*Queue, error) {
	size, _ := strconv.Atoi(raw)
	return &Queue{items: make([]string, size)}, nil
}
"""
SACKS = """package mill;

import java.util.List;

public class Sacks {
    private List<Sack> sacks;
    private int limit;

    public Sacks(List<Sack> sacks, int limit) {
        this.sacks = sacks;
        this.limit = limit;
    }

    public int total() {
        if (sacks.size() == 0) {
            return 0;
        }
        int total = 0;
        for (int i = 0; i < sacks.size(); i++) {
            total += sacks.get(i).weight();
        }
        return total;
    }

    public boolean equals(Object other) {
        return other instanceof Sacks;
    }
}
"""
CASES += [
    Case("a lock that another method takes", "Take the lock in Len as well, as Push does.", QUEUE,
         {"	return len(q.items)\n": "	q.mu.Lock()\n	defer q.mu.Unlock()\n"
          "	return len(q.items)\n"}, path="ferry/q.go", evidence="return len(q.items)",
         function="Queue.Len"),
    Case("a copy from the method that is named",
         "Return a copy of the slice from All: append([]string(nil), q.items...)", QUEUE,
         {"	return q.items\n": "	return append([]string(nil), q.items...)\n"}, path="ferry/q.go",
         evidence="return len(q.items)", function="Queue.Len"),
    Case("a ticker is stopped", "Stop the ticker with `defer ticker.Stop()`", QUEUE,
         {"NewTicker(every)\n": "NewTicker(every)\n	defer ticker.Stop()\n"}, path="ferry/q.go",
         evidence="ticker := time.NewTicker(every)", function="Queue.Poll"),
    Case("a context is handed on", "Pass ctx to q.send instead of context.Background()", QUEUE,
         {"context.Background()": "ctx"}, path="ferry/q.go",
         evidence="ticker := time.NewTicker(every)", function="Queue.Poll"),
    Case("an error that is dropped is wrapped", "Check the error of strconv.Atoi and return it "
         'wrapped: fmt.Errorf("size: %w", err)', QUEUE,
         {"	size, _ := strconv.Atoi(raw)\n":
          "	size, err := strconv.Atoi(raw)\n	if err != nil {\n"
          '		return nil, fmt.Errorf("size: %w", err)\n	}\n',
          '	"context"\n': '	"context"\n	"fmt"\n'}, path="ferry/q.go",
         evidence="size, _ := strconv.Atoi(raw)", function="Parse"),
    Case("a loop goes over its things", "Use an enhanced for loop: for (Sack sack : sacks)", SACKS,
         {"for (int i = 0; i < sacks.size(); i++)": "for (Sack sack : sacks)",
          "sacks.get(i).weight()": "sack.weight()"}, path="mill/Sacks.java",
         evidence="for (int i = 0; i < sacks.size(); i++) {", function="Sacks.total"),
    Case("empty is asked for", "Use isEmpty() instead of size() == 0", SACKS,
         {"sacks.size() == 0": "sacks.isEmpty()"}, path="mill/Sacks.java",
         evidence="int total = 0;", function="Sacks.total"),
    Case("two methods hold the lock", "Mark total and equals as synchronized", SACKS,
         {"public int total": "public synchronized int total",
          "public boolean equals": "public synchronized boolean equals"}, path="mill/Sacks.java",
         function="Sacks"),
    Case("an error that is known", "Return ErrFull instead of a new error",
         'package a\n\nimport "errors"\n\nvar ErrFull = errors.New("full")\n\n'
         'func A() error {\n	return errors.New("too full")\n}\n',
         {'return errors.New("too full")': "return ErrFull"}, path="a/a.go",
         evidence='return errors.New("too full")', function="A"),
    Case("a method is marked", "Mark equals with @Override", SACKS,
         {"    public boolean equals": "    @Override\n    public boolean equals"},
         path="mill/Sacks.java", evidence="public boolean equals(Object other) {",
         function="Sacks"),
    Case("a class and its fields are final", "Make Sacks final and its fields private final", SACKS,
         {"public class": "public final class", "private List": "private final List",
          "private int": "private final int"}, path="mill/Sacks.java", function="Sacks"),
]  # fmt: skip
TEST = """package tides

import "testing"

func check(t *testing.T, got, want int) {
	if got != want {
		t.Errorf("got %d", got)
	}
}

func TestTide(t *testing.T) {
	check(t, 1, 1)
	if 1 != 2 {
		t.Errorf("never %d", 1)
	}
}
"""
MILLER = """package mill;

class Miller {
    private static final Logger log = Logs.of(Miller.class);

    String grind(String grain) {
        if (grain.trim().isEmpty()) {
            return null;
        }
        try {
            mill(grain);
        } catch (Exception e) {
            log.error("failed");
        } finally {
        }
        return grain;
    }

    public String toString() {
        return "mill";
    }

    public int hashCode() {
        return 1;
    }
}
"""
CASES += [
    Case("two steps of a test", "Call t.Parallel() first and use t.Fatalf instead of t.Errorf",
         TEST,
         {"func TestTide(t *testing.T) {\n": "func TestTide(t *testing.T) {\n	t.Parallel()\n",
          't.Errorf("never %d", 1)': 't.Fatalf("never %d", 1)'}, path="tides/a_test.go",
         evidence='t.Errorf("never %d", 1)', function="TestTide"),
    Case("a helper is marked", "Mark the helper with t.Helper()", TEST,
         {"want int) {\n": "want int) {\n	t.Helper()\n"}, path="tides/a_test.go",
         evidence='t.Errorf("got %d", got)', function="check"),
    Case("a line of a log", "Log at warn with the exception as last argument: "
         'log.warn("no {}", grain, e)', MILLER,
         {'log.error("failed")': 'log.warn("no {}", grain, e)'}, path="mill/Miller.java",
         evidence='log.error("failed");', function="Miller.grind"),
    Case("a blank is asked for", "Use isBlank() instead of trim().isEmpty()", MILLER,
         {"grain.trim().isEmpty()": "grain.isBlank()"}, path="mill/Miller.java",
         evidence="if (grain.trim().isEmpty()) {", function="Miller.grind"),
    Case("an empty finally goes", "Remove the empty finally block", MILLER,
         {" finally {\n        }": ""}, path="mill/Miller.java", function="Miller.grind"),
    Case("two methods are marked", "Add @Override to toString and hashCode", MILLER,
         {"    public String toString": "    @Override\n    public String toString",
          "    public int hashCode": "    @Override\n    public int hashCode"},
         path="mill/Miller.java", function="Miller"),
]  # fmt: skip
REFUSED = [
    Case("a test is no helper", "Mark the helper with t.Helper()", TEST, path="tides/a_test.go",
         evidence='t.Errorf("never %d", 1)', function="TestTide", refuses="a test is no helper"),
    Case("a function with other results", "Use os.LookupEnv instead of os.Getenv",
         'package a\n\nimport "os"\n\nfunc A() string {\n	return os.Getenv("A")\n}\n',
         path="a/a.go", evidence='return os.Getenv("A")', function="A",
         refuses="takes and returns"),
    Case("a loop goes over it", 'Use strings.Join(names, ",")',
         "package a\n\nfunc A(names []string) string {\n	s := \"\"\n"
         "	for _, n := range names {\n		s += n\n	}\n	return s\n}\n", path="a/a.go",
         evidence="s += n", function="A", refuses="a loop goes over `names`"),
    Case("what a program ends with stays", 'Read the port from os.Getenv("PORT")',
         'package main\n\nimport "log"\n\nfunc main() {\n	log.Fatal(serve(":80"))\n}\n',
         path="main.go", evidence='log.Fatal(serve(":80"))', function="main",
         refuses="would go, and nothing says so"),
    Case("a number for a whole value", "Import crypto/rand and read 16 bytes",
         "package a\n\nfunc A(b []byte) {\n	b[0] = letters[pick(len(letters))]\n}\n",
         path="a/a.go", evidence="b[0] = letters[pick(len(letters))]", function="A",
         refuses="would stand in the place of"),
    Case("a field that a getter returns", "Remove the unused field limit",
         SACKS.replace("public int total", "public int getLimit() {\n        return limit;\n    }"
                       "\n\n    public int total"), path="mill/Sacks.java",
         evidence="private int limit;", function="Sacks", refuses="limit is"),
    Case("what a framework hands over", "Remove the unused parameter event of onSack",
         "package mill;\n\nclass Hooks {\n    @EventListener\n    void onSack(Object event) {\n"
         "        run();\n    }\n}\n", path="mill/Hooks.java",
         evidence="void onSack(Object event) {", function="Hooks.onSack",
         refuses="a framework calls onSack"),
    Case("the number is needed", "Use an enhanced for loop: for (Sack sack : sacks)",
         SACKS.replace("sacks.get(i).weight()", "sacks.get(i).weight() * i"),
         path="mill/Sacks.java", evidence="for (int i = 0; i < sacks.size(); i++) {",
         function="Sacks.total", refuses="is needed for more"),
    Case("a field that is written later", "Make Sacks final and its fields private final",
         SACKS.replace("int total = 0;", "limit = 3;\n        int total = 0;"),
         path="mill/Sacks.java", function="Sacks", refuses="cannot be final"),
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
