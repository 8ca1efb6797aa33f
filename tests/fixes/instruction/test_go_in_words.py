"""What is asked of Go in words: options of a literal, closing behind a check, locks by defer."""

from __future__ import annotations

import pytest
from instruction_cases import Case, check

KILN = """package kiln

import (
	"fmt"
	"net/http"
	"sync"
)

type Oven struct {
	mu     sync.Mutex
	loaves []int
}

func (o *Oven) Pop() (int, bool) {
	o.mu.Lock()
	if len(o.loaves) == 0 {
		o.mu.Unlock()
		return 0, false
	}
	first := o.loaves[0]
	o.mu.Unlock()
	return first, true
}

func (o *Oven) Send(to chan int) int {
	o.mu.Lock()
	last := o.loaves[0]
	o.mu.Unlock()
	to <- last
	return last
}

func Heat(url string) (int, error) {
	res, err := http.Get(fmt.Sprintf("%s/heat", url))
	if err != nil {
		return 0, err
	}
	return res.StatusCode, nil
}

func New() *http.Client {
	return &http.Client{}
}

func Serve(h http.Handler) *http.Server {
	srv := &http.Server{
		Addr:    ":80",
		Handler: h,
	}
	return srv
}
"""
TIME = {'\t"sync"\n': '\t"sync"\n\t"time"\n'}
POP = "\tif len(o.loaves) == 0 {\n\t\to.mu.Unlock()\n\t\treturn 0, false\n\t}\n"


def _case(fix: str, evidence: str, function: str, edits: dict[str, str], why: str = "") -> Case:
    return Case(fix, fix, KILN, edits, why, evidence, function, "kiln/kiln.go")


@pytest.mark.parametrize(
    "case",
    [
        _case("The client needs a timeout: `&http.Client{Timeout: 10 * time.Second}` "
              '(import "time").',
              "return &http.Client{}", "New",
              {**TIME, "&http.Client{}": "&http.Client{Timeout: 10 * time.Second}"}),
        _case("Set `ReadHeaderTimeout: 5 * time.Second` on the http.Server literal.",
              "srv := &http.Server{", "Serve",
              {**TIME, '\t\tAddr:    ":80",\n\t\tHandler: h,\n':
               '\t\tAddr:              ":80",\n\t\tHandler:           h,\n'
               "\t\tReadHeaderTimeout: 5 * time.Second,\n"}),
        _case("Right after the error check of http.Get add `defer res.Body.Close()`.",
              'res, err := http.Get(fmt.Sprintf("%s/heat", url))', "Heat",
              {"\treturn res.StatusCode": "\tdefer res.Body.Close()\n\treturn res.StatusCode"}),
        _case("Pop should unlock via `defer` like Push does; remove the manual Unlock calls.",
              "if len(o.loaves) == 0 {", "Pop",
              {POP: "\tdefer o.mu.Unlock()\n" + POP.replace("\t\to.mu.Unlock()\n", ""),
               "loaves[0]\n\to.mu.Unlock()\n\treturn first": "loaves[0]\n\treturn first"}),
    ],
    ids=lambda one: one.function,
)  # fmt: skip
def test_what_is_asked_of_go(case: Case) -> None:
    """Imports come along, and a lock is released once, however the function is left."""
    check(case)


def test_nothing_that_ran_without_the_lock_comes_to_run_under_it() -> None:
    """The channel would be written to while the oven is locked."""
    check(_case("Send should unlock via `defer`; remove the manual Unlock call.",
                "last := o.loaves[0]", "Send", {}, "would run under it"))  # fmt: skip
