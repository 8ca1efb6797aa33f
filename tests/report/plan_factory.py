"""A whole plan made by hand, from records; ``spice`` is added to every text that is foreign."""

from __future__ import annotations

from dataclasses import replace

from mendbook.model import (
    Advice,
    AdviceRow,
    Alternative,
    Audit,
    Check,
    CheckStatus,
    Citation,
    Context,
    Decision,
    DecisionStep,
    Dependency,
    Dimension,
    EntryPoint,
    Estimate,
    Evidence,
    EvidenceStatus,
    Fact,
    Finding,
    FindingFacts,
    Followup,
    Forecast,
    Heat,
    HostCapacity,
    Note,
    OverEngineering,
    Owner,
    Patch,
    Place,
    Plan,
    Priority,
    Profiles,
    Provenance,
    PullRequest,
    Quantiles,
    Reference,
    ReferenceKind,
    Remediation,
    Rung,
    Score,
    Severity,
    Skipped,
    Sprint,
    SprintPlan,
    SymbolReferences,
    SymbolStatus,
)

ROWS = (
    # id, severity, dimension, priority, file, problem, hours (low, likely, high), heat, rung
    ("SEC-CRIT-001", "CRITICAL", "Security & Reliability", "P0", "src/domains/seat/seat.handler.ts",
     "Any client may take another client's seat", (1.0, 2.0, 4.0), 0.02, "builds"),
    ("RT-HIGH-001", "HIGH", "Realtime Correctness", "P0", "src/domains/room/room.handler.ts",
     "Room state is read and written without a lock", (3.0, 6.0, 12.0), 0.21, "tests"),
    ("PERF-HIGH-001", "HIGH", "Performance & Efficiency", "P1", "src/domains/gift/gift.buffer.ts",
     "KEYS scans the whole keyspace on every flush", (1.0, 2.0, 3.0), 0.34, "builds"),
    ("PERF-MED-001", "MEDIUM", "Performance & Efficiency", "P1", "src/domains/gift/gift.buffer.ts",
     "Gifts are parsed one by one inside the flush loop", (0.5, 1.0, 2.0), 0.11, "lints"),
    ("ARCH-MED-001", "MEDIUM", "Architecture & Scalability", "P2",
     "src/infrastructure/worker.manager.ts",
     "The worker count ignores how many cores the container may use", (1.0, 3.0, 6.0), 0.0,
     "outline"),
    ("CQ-MED-001", "MEDIUM", "Code Quality", "P2", "src/domains/chat/",
     "No test covers the chat handler", (2.0, 4.0, 8.0), None, "typechecks"),
    ("SEC-LOW-001", "LOW", "Security & Reliability", "P2", "src/config/index.ts",
     "Ids are made with Math.random", (0.25, 0.5, 0.75), 0.01, "builds"),
    ("READ-LOW-001", "LOW", "Readability", "P3", "src/infrastructure/server.ts",
     "Three time limits are bare numbers", (0.25, 0.5, 1.0), 0.004, "applies"),
    ("READ-INFO-001", "INFO", "Readability", "P3", "src/domains/media/index.ts",
     "The barrel does not export the router cluster", (0.1, 0.25, 0.25), None, "parses"),
)  # fmt: skip
PRS = (
    # title, findings (positions in ROWS), depends on, priority
    ("fix(seat): check who takes a seat", (0,), (), "P0"),
    ("fix(room): update room state atomically", (1,), (1,), "P0"),
    ("perf(gift): scan keys in steps and parse in one pass", (2, 3), (), "P1"),
    ("feat(workers): size the pool by the cores that may be used", (4,), (), "P2"),
    ("test(chat): cover the chat handler", (5,), (2,), "P2"),
    ("refactor(config): draw ids from the system's randomness", (6,), (), "P2"),
    ("refactor(server): name the time limits", (7, 8), (3, 6), "P3"),
)
SPRINTS = (("Critical fixes", (1, 2)), ("Performance", (3, 4, 6)), ("Tests", (5, 7)))
CAPACITY = (
    HostCapacity(4, 3, 6, 498, ((10_000, 21), (1_000_000, 2009))),
    HostCapacity(8, 7, 14, 1162, ((10_000, 9), (1_000_000, 861))),
    HostCapacity(16, 15, 30, 2490, ((10_000, 5), (1_000_000, 402))),
)
DIFF = """diff --git a/src/a.ts b/src/a.ts
--- a/src/a.ts
+++ b/src/a.ts
@@ -1,3 +1,3 @@
 const a = 1;
-const id = Math.random().toString(36);
+const id = randomUUID();
 ```
"""


def sample_plan(spice: str = "", *, profiled: bool = True) -> Plan:
    """Return nine findings in seven PRs and three sprints, with everything a plan can hold."""
    return _Maker(spice, profiled).plan()


def large_plan(size: int) -> Plan:
    """Return the plan with its findings copied until there are ``size``, a PR for each."""
    plan = sample_plan()
    numbers = range(1, size + 1)
    copies = [plan.remediations[(number - 1) * len(ROWS) // size] for number in numbers]
    findings = {finding.id: finding for finding in plan.audit.findings}
    facts = {each.finding_id: each for each in plan.facts}
    heat = {each.finding_id: each for each in plan.heat}
    names = [f"F-{number:03d}" for number in numbers]
    origins = [item.finding_id for item in copies]
    named = list(zip(names, origins, strict=True))
    first = plan.pull_requests[0]
    prs = tuple(
        replace(
            first,
            number=number,
            title=f"fix(mill): mend {name}",
            finding_ids=(name,),
            priority=item.decision.priority,
            hours=2.0,
            depends_on=(Dependency(number // 2, "both change the same lines"),)
            if number > 1 and number % 3 == 0
            else (),
        )
        for number, name, item in zip(numbers, names, copies, strict=True)
    )
    return replace(
        plan,
        audit=replace(
            plan.audit, findings=tuple(replace(findings[old], id=new) for new, old in named)
        ),
        facts=tuple(replace(facts[old], finding_id=new) for new, old in named),
        heat=tuple(replace(heat[old], finding_id=new) for new, old in named),
        remediations=tuple(
            replace(
                item,
                finding_id=name,
                decision=replace(item.decision, finding_id=name, rank=number),
                estimate=replace(item.estimate, finding_id=name),
            )
            for number, name, item in zip(numbers, names, copies, strict=True)
        ),
        pull_requests=prs,
        sprint_plan=SprintPlan(_sprints(numbers, 5), "greedy", "heuristic"),
        alternatives=tuple(
            Alternative(2.0 * held, SprintPlan(_sprints(numbers, held), "greedy", "heuristic"))
            for held in (3, 5, 9)
        ),
    )


def _sprints(numbers: range, held: int) -> tuple[Sprint, ...]:
    groups = [tuple(numbers[at : at + held]) for at in range(0, len(numbers), held)]
    return tuple(
        Sprint(at, "Backend fixes", group, 2.0 * len(group), 2.0 * held)
        for at, group in enumerate(groups, 1)
    )


def empty_plan() -> Plan:
    """Return the plan of an audit without findings."""
    return Plan(
        audit=Audit("audit-empty", "audit-empty.json", "0" * 64, "", "", "", "", ()),
        context=Context("", "", "", "", ()),
        facts=(),
        profiles=Profiles(),
        heat=(),
        remediations=(),
        pull_requests=(),
        sprint_plan=SprintPlan((), "greedy", "heuristic"),
        forecast=None,
        advice=(),
        provenance=Provenance(
            "2026-02-12T09:24:00+00:00", "2026-02-12-0924", "0.1.0", "3.11.7", {}, {}, {}
        ),
    )


class _Maker:
    """Makes the records of one plan."""

    def __init__(self, spice: str, profiled: bool) -> None:
        self.spice = spice
        self.profiled = profiled

    def s(self, words: str) -> str:
        """Return foreign text: the words between the spice."""
        return f"{self.spice}{words}{self.spice}"

    def plan(self) -> Plan:
        ids = range(len(ROWS))
        return Plan(
            audit=self.audit(),
            context=self.context(),
            facts=tuple(self.facts(at) for at in ids),
            profiles=Profiles(sources=(self.s("server.cpuprofile: 30 s, 24,112 samples"),))
            if self.profiled
            else Profiles(),
            heat=tuple(self.heat(at) for at in ids),
            remediations=tuple(self.remediation(at) for at in ids),
            pull_requests=tuple(self.pull_request(at) for at in range(len(PRS))),
            sprint_plan=self.sprints(),
            forecast=self.forecast(),
            advice=self.advice(),
            alternatives=self.alternatives(),
            provenance=Provenance(
                timestamp="2026-02-12T09:24:00+00:00",
                stamp="2026-02-12-0924",
                mendbook="0.1.0",
                python="3.11.7",
                inputs={self.s("audit-2026-02-12-0835.json"): "ab" * 32},
                parameters={"capacity": "10", "references": "auto"},
                versions={"plotly": "7.1.0"},
                not_run=(Skipped("Exact references", self.s("the native server is absent")),),
            ),
        )

    def audit(self) -> Audit:
        return Audit(
            name=self.s("audit-2026-02-12-0835"),
            path=self.s("/home/ada/audit-2026-02-12-0835.json"),
            sha256="ab" * 32,
            timestamp="2026-02-12T08:35:00+05:00",
            commit="407ed04",
            branch=self.s("main"),
            node_version="v22.1.0",
            findings=tuple(self.finding(at) for at in range(len(ROWS))),
            scores=(Score("Performance & Efficiency", 21, 30), Score("Readability", 8, 10)),
            over_engineering=(
                OverEngineering(
                    self.s("src/shared/factory.ts"),
                    self.s("A factory for one product"),
                    self.s("One more call for each event"),
                    12.0,
                    1.0,
                ),
            ),
            notes=(Note("meta.nodeVersion", self.s("v22"), "", self.s("not a version")),),
            redactions=1,
        )

    def context(self) -> Context:
        return Context(
            root="/home/ada/server",
            commit="407ed0409b6d3b5c28a5f1e0a4a8ce2a70ee1c11",
            head="5f1e0a4a8ce2a70ee1c11407ed0409b6d3b5c28a",
            branch="main",
            facts=(
                Fact(
                    "HTTP framework",
                    self.s("fastify 5.2.0"),
                    (Citation(self.s("package.json"), 31),),
                ),
                Fact("CI provider", "not found"),
            ),
            warnings=(self.s("The audit's commit is not the one checked out"),),
        )

    def finding(self, at: int) -> Finding:
        name, severity, dimension, _, file, problem, likely, _, _ = ROWS[at]
        notes = (Note("findings[0].file", self.s(f"{file}:80"), file, self.s("a line suffix")),)
        return Finding(
            id=self.s(name),
            severity=Severity(severity),
            dimension=Dimension(dimension),
            file=self.s(file),
            function=self.s("handle()"),
            problem=self.s(problem),
            evidence=self.s("const id = Math.random()"),
            impact=self.s("Two rooms may end up with the same id"),
            fix=self.s("Use randomUUID from node:crypto"),
            complexity=f"{likely[1]} hours",
            places=(Place(file),),
            notes=notes if at == 0 else (),
        )

    def facts(self, at: int) -> FindingFacts:
        references = tuple(
            Reference(self.s("src/domains/room/room.handler.ts"), 10 + row, kind, self.s("onJoin"))
            for row, kind in enumerate([ReferenceKind.CALL] * (25 if at == 1 else 2))
        )
        absent = Evidence(EvidenceStatus.ABSENT)
        there = Evidence(EvidenceStatus.VERBATIM, self.s(ROWS[at][4]), 12, 14, 1.0, "evidence text")
        return FindingFacts(
            finding_id=self.s(ROWS[at][0]),
            files=(self.s(ROWS[at][4]),),
            symbols=(
                SymbolReferences(self.s("handle"), SymbolStatus.RESOLVED, "exact", (), references),
            ),
            evidence=absent if at == 7 else there,
            owner=Owner(self.s("@realtime"), "CODEOWNERS:4"),
            exposure=(EntryPoint(self.s('socket event "room:join"'), "src/a.ts", 3),),
            tests=(self.s("tests/unit/room.handler.test.ts"),),
        )

    def heat(self, at: int) -> Heat:
        share = ROWS[at][7] if self.profiled else None
        return Heat(
            self.s(ROWS[at][0]),
            share,
            self.s(f"{ROWS[at][4]} — flush") if share else "",
            self.s("server.cpuprofile") if share else "",
        )

    def patch(self, at: int) -> Patch:
        rung = Rung(ROWS[at][8])
        checks = [
            Check(step, CheckStatus.PASS) for step in list(Rung)[1 : list(Rung).index(rung) + 1]
        ]
        if rung is Rung.LINTS:
            checks.append(Check("tests", CheckStatus.FAIL, self.s("1 of 85 fails")))
        if rung is Rung.TYPECHECKS:
            checks.append(Check("lints", CheckStatus.NOT_RUN, self.s("no lint script")))
        if rung is not Rung.OUTLINE:
            checks.append(Check("reverts", CheckStatus.PASS))
        return Patch(
            finding_id=self.s(ROWS[at][0]),
            source="outline" if rung is Rung.OUTLINE else "recipe:random-ids",
            summary=self.s("Draw ids from the system's randomness"),
            diff=DIFF if not self.spice else f"{DIFF}+{self.spice}\n",
            files=(self.s("src/a.ts"),),
            rung=rung,
            checks=tuple(checks),
            why=self.s("Math.random repeats after a restart"),
            name="" if rung is Rung.OUTLINE else f"{at + 1:03}-{ROWS[at][0]}-draw-ids.patch",
            added=1,
            removed=1,
            tried=(Skipped("curated", self.s("no override for this finding")),),
            irreversible=(self.s("Ids already stored keep their old form"),) if at == 6 else (),
        )

    def remediation(self, at: int) -> Remediation:
        name, severity, _, priority, file, _, (low, likely, high), _, _ = ROWS[at]
        facts = self.facts(at)
        return Remediation(
            finding_id=self.s(name),
            severity=Severity(severity),
            files_touched=(self.s(file),),
            patch=self.patch(at),
            callsites=facts.downstream,
            runtime_risk=self.s("Clients that relied on the short ids"),
            rollback=self.s(f"git revert --no-edit <merge {at + 1}>"),
            estimate=Estimate(self.s(name), low, likely, high, self.s("complexity says hours")),
            owner=facts.owner,
            decision=Decision(
                finding_id=self.s(name),
                priority=Priority(priority),
                path=(
                    DecisionStep(self.s("How severe?"), severity, self.s("the audit says so")),
                    DecisionStep("Reachable?", "yes", self.s('from socket event "room:join"')),
                ),
                because=self.s(f"{severity} and reachable from outside"),
                rank=at + 1,
                order_key={"cost of delay": 20.0 - 2 * at, "hours": likely, "wsjf": 10.0 - at},
                flip=self.s("Without exposure it would be P2"),
            ),
            docs_updates=(Followup("docs/rooms.md", self.s("Ids")),),
            tests_required=()
            if at == 8
            else (Followup("tests/unit/ids.test.ts", self.s("draws two ids that differ")),),
            overridden=(Note("owner", "@core", self.s("@realtime"), self.s("moved in May")),)
            if at == 2
            else (),
        )

    def pull_request(self, at: int) -> PullRequest:
        title, members, after, priority = PRS[at]
        hours = [ROWS[member][6] for member in members]
        return PullRequest(
            number=at + 1,
            title=self.s(title),
            finding_ids=tuple(self.s(ROWS[member][0]) for member in members),
            files=tuple(dict.fromkeys(self.s(ROWS[member][4]) for member in members)),
            depends_on=tuple(
                Dependency(number, self.s("both change the room's state")) for number in after
            ),
            hours=sum(likely for _, likely, _ in hours),
            low=sum(low for low, _, _ in hours),
            high=sum(high for _, _, high in hours),
            priority=Priority(priority),
            cost_of_delay=20.0 - at,
            owner=self.s("@realtime"),
            why=self.s("They change the same lines"),
            checks=(Check("commutes", CheckStatus.PASS),),
        )

    def sprints(self) -> SprintPlan:
        sprints = []
        for number, (focus, prs) in enumerate(SPRINTS, 1):
            load = sum(self.pull_request(pr - 1).hours for pr in prs)
            sprints.append(Sprint(number, self.s(focus), prs, load, 10.0))
        return SprintPlan(tuple(sprints), "cp-sat", "optimal")

    def alternatives(self) -> tuple[Alternative, ...]:
        wide = Sprint(1, self.s("All at once"), tuple(range(1, 8)), 19.25, 20.0)
        return (
            Alternative(5.0, SprintPlan((), "cp-sat", "no plan fits", (self.s("PR 2 is 6 h"),))),
            Alternative(10.0, self.sprints()),
            Alternative(20.0, SprintPlan((wide,), "cp-sat", "optimal")),
        )

    def forecast(self) -> Forecast:
        return Forecast(
            draws=10_000,
            seed=7,
            distribution="modified PERT",
            finish=Quantiles("everything", 3, 4, 4),
            bands=(
                Quantiles("P0", 1, 2, 2),
                Quantiles("P1", 2, 2, 3),
                Quantiles("P2", 3, 3, 4),
                Quantiles("P3", 3, 4, 4),
            ),
            prs=tuple(Quantiles(f"PR {n}", 1 + n // 3, 2 + n // 3, 3 + n // 3) for n in (1, 2, 3)),
            cut=((1, (1,)), (2, (1, 2, 3, 4)), (3, (1, 2, 3, 4, 5, 6))),
            burn_down=((0, 19.25, 19.25, 19.25), (1, 9.0, 11.5, 15.0), (2, 2.0, 5.0, 9.0),
                       (3, 0.0, 0.5, 3.0), (4, 0.0, 0.0, 0.0)),
        )  # fmt: skip

    def advice(self) -> tuple[Advice, ...]:
        row = AdviceRow(
            what=self.s("Worker count"),
            where=Citation(self.s("src/infrastructure/worker.manager.ts"), 21),
            now=self.s("os.cpus().length"),
            target=self.s("a number from the config, one for each core that may be used"),
            why=self.s("A container sees all the host's cores"),
            proposal=1,
            findings=(self.s("ARCH-MED-001"),),
        )
        return (
            Advice(
                "workers",
                "Mediasoup worker tuning",
                self.s("One worker for each core that the process may use"),
                (row,),
                notes=(self.s("A worker holds about 500 consumers"),),
                commands=("# Profile worker CPU", "node --cpu-prof dist/index.js"),
                files={"worker-capacity.csv": "cores,workers\n4,3\n"},
                capacity=CAPACITY,
                not_run=(Skipped("promtool", self.s("it is not installed")),),
            ),
            Advice("redis", "Redis topology", self.s("One node now"), ()),
        )
