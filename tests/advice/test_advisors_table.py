"""The table of advisors: who speaks about which target, and how another one is added."""

from __future__ import annotations

import pytest

from mendbook.advice import ADVISORS, advise
from mendbook.advice.advisor import Advisor, Survey
from mendbook.model import Advice, AdviceRow, Audit, Context, Profiles
from mendbook.policy.platform import load_platform
from mendbook.repository.snapshot import Snapshot
from surveyed import survey
from unlinked import Unlinked

DJANGO = {
    "manage.py": "import django\n",
    "requirements.txt": "Django==5.0\ncelery==5.4\npsycopg==3.2\n",
    "shop/views.py": "def cart(request):\n    return None\n",
    "shop/tests.py": "from django.test import TestCase\n\n\nclass CartTest(TestCase):\n    pass\n",
}
GO = {
    "go.mod": "module example.org/pump\n\ngo 1.22\n",
    "pump.go": "package pump\n\nfunc Start() {}\n",
}
GATEWAY = {
    "package.json": '{"dependencies": {"prom-client": "15", "ioredis": "5"}}',
    "src/db.ts": 'import { Redis } from "ioredis";\nexport const db = new Redis();\n',
    "src/metrics.ts": (
        'import { Gauge } from "prom-client";\n'
        'export const heat = new Gauge({ name: "pump_heat_watts", help: "Heat" });\n'
        "heat.set(1);\n"
    ),
}
EXPRESS = {
    "package.json": '{"scripts": {"test": "mocha"}, "dependencies": {"express": "4"}}',
    "index.js": "const express = require('express');\nexpress().listen(1);\n",
}
KOTLIN = {"build.gradle.kts": 'plugins { id("a") }\n', "src/main/kotlin/A.kt": "class A\n"}


@pytest.mark.parametrize(
    ("files", "titles"),
    [
        ({}, []),
        ({"README.md": "# mediasoup and socket.io, some day\n"}, []),
        (DJANGO, ["Test Requirements", "Static Analysis Commands"]),
        (GO, ["Test Requirements", "Static Analysis Commands"]),
        (KOTLIN, ["Test Requirements", "Static Analysis Commands"]),
        (
            EXPRESS,
            ["Dependency Removal Matrix", "Test Requirements", "Static Analysis Commands"],
        ),
        (
            GATEWAY,
            [
                "Redis Topology",
                "Metrics & Alerts",
                "Dependency Removal Matrix",
                "Test Requirements",
                "Static Analysis Commands",
            ],
        ),
    ],
)
def test_an_advisor_whose_stack_is_absent_leaves_no_trace(
    files: dict[str, str], titles: list[str]
) -> None:
    """No section, no row, no note and no command is about a technology that is not there."""
    snapshot = Snapshot.of(files)
    audit = Audit("audit", "", "", "", "", "", "", ())
    context = Context("", "", "", "", ())
    found = advise(snapshot, context, Unlinked(), audit, Profiles())
    assert [advice.title for advice in found] == titles
    said = repr(found).lower()
    for word in ("mediasoup", "socket", "webrtc", "room", *load_platform().alerts[0].name.split()):
        assert word.lower() not in said


def test_another_advisor_is_a_function_and_a_row() -> None:
    """A row that is added to the table speaks where it applies, and nowhere else."""

    def applies(survey: Survey) -> bool:
        return "django" in survey.packages

    def speak(survey: Survey) -> Advice:
        row = AdviceRow("DEBUG", None, "not found", "off", "it shows secrets")
        return Advice("django", "Django", "One setting matters", (row,))

    advisors = (*ADVISORS, Advisor("django", applies, speak))
    audit = Audit("audit", "", "", "", "", "", "", ())
    context = Context("", "", "", "", ())
    for files, expected in ((DJANGO, True), (GO, False)):
        found = advise(
            Snapshot.of(files), context, Unlinked(), audit, Profiles(), advisors=advisors
        )
        assert any(advice.advisor == "django" for advice in found) is expected


def test_every_advisor_answers_under_its_own_name() -> None:
    """Advice is filed by the name in the table."""
    files = {
        "package.json": '{"dependencies": {"zod": "3"}}',
        "src/a.ts": 'import "mediasoup";\nimport "socket.io";\nimport "zod";\nnew Redis();\n',
    }
    for advisor in ADVISORS:
        assert advisor.advise(survey(files)).advisor == advisor.name
