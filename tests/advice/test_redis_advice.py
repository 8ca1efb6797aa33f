from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from mendbook.advice import redis
from mendbook.advice.redis.keys import hash_tag, shape
from mendbook.model import AdviceRow, Skipped
from surveyed import about, survey

CONFIG = """\
import { z } from "zod";

const schema = z.object({
  REDIS_HOST: z.string().default("localhost"),
  REDIS_DB: z.coerce.number().default(2), // shared
  PORT: z.coerce.number().default(1),
});

export const config = schema.parse(process.env);
"""
ENV = "PORT=1\nREDIS_HOST=localhost\n\n# Limits\nMAX=3\n"
STORE = """\
import { Redis } from "ioredis";

const infoKey = (room: string) => `room:${room}:info`;
const cacheKey = (id: string) => `cache:{${id}}:page`;
const TAKE = `
  local seats = KEYS[1]
  if redis.call('SISMEMBER', KEYS[2], ARGV[1]) == 1 then return 0 end
  redis.call('DEL', 'seat:' .. ARGV[1])
  return redis.call('HSET', seats, ARGV[1], ARGV[2])
`;

export const client = new Redis({ host: "localhost" });

export class Store {
  private readonly queue = "jobs:waiting";

  constructor(private readonly db: Redis) {}

  async take(id: string) {
    await this.db.eval(TAKE, 2, `room:${id}:seats`, `room:${id}:locked`, id, "x");
    await this.db.del(infoKey(id), `room:${id}:seats`);
    await this.db.mget(cacheKey(id), `cache:{${id}}:size`);
    await this.db.rename(this.queue, `${this.queue}:${id}`);
  }

  async write(id: string) {
    await this.db.set(infoKey(id), "1", "EX", 60);
    await this.db.multi().sadd(`tags:${id}`, "a").expire(`tags:${id}`, 60).exec();
    await this.db.rpush(this.queue, id);
    await this.db.lpush(this.queue, id);
  }

  async walk(ids: string[]) {
    const batch = this.db.pipeline();
    for (const id of ids) batch.get(infoKey(id));
    await this.db.blpop(this.queue, 0);
    return [await this.db.keys("room:*"), [...new Map().keys()]];
  }
}
"""
FILES = {"src/config.ts": CONFIG, "src/store.ts": STORE, ".env.example": ENV}
SLOT = "several hash slots: a cluster answers CROSSSLOT"
FOREVER = (
    "an expiry renewed on use, or a written reason why not",
    "what nobody deletes fills memory, and eviction hits the wrong keys",
)
NODES = "comma-separated host:port, empty for one node"


def test_tiers_keys_and_what_a_cluster_refuses_are_told_with_their_lines() -> None:
    """Keys are followed through constants, functions and Lua; only untagged ones are listed."""
    found = redis.advise(survey(FILES, about("PERF-1", "src/store.ts", symbol="Store.walk")))
    assert found.rows == (
        AdviceRow(
            "Development",
            "src/store.ts:12",
            "a single instance",
            "single node",
            "simple, and what every developer runs",
        ),
        AdviceRow(
            "Staging",
            "src/store.ts:12",
            "a single instance",
            "Sentinel (3 nodes)",
            "failover is rehearsed before production needs it",
        ),
        AdviceRow(
            "Production",
            "src/store.ts:12",
            "a single instance",
            "Cluster (6+ nodes)",
            "three primaries share keys and load, each with a replica",
        ),
        AdviceRow(
            "Validated keys",
            "src/config.ts:4",
            "REDIS_HOST, REDIS_DB",
            "these and the two below",
            "one server's address",
        ),
        AdviceRow(
            "REDIS_CLUSTER_NODES",
            "",
            "not found",
            NODES,
            "production's cluster, host:port of some of its nodes",
            patch="infrastructure/redis/001.patch",
        ),
        AdviceRow(
            "REDIS_SENTINEL_NODES",
            "",
            "not found",
            NODES,
            "staging's Sentinels, host:port of each",
            patch="infrastructure/redis/001.patch",
        ),
        AdviceRow(
            "REDIS_DB",
            "src/config.ts:5",
            "REDIS_DB, default 2",
            "0, or unset",
            "a cluster has database 0 only; separate by key prefix",
        ),
        AdviceRow(
            "Several keys: EVAL",
            "src/store.ts:20",
            "room:*:seats, room:*:locked",
            "room:{*}:seats, room:{*}:locked",
            SLOT,
        ),
        AdviceRow(
            "Several keys: DEL",
            "src/store.ts:21",
            "room:*:info, room:*:seats",
            "room:{*}:info, room:{*}:seats",
            SLOT,
        ),
        AdviceRow(
            "Several keys: RENAME",
            "src/store.ts:23",
            "jobs:waiting, jobs:waiting:*",
            "{jobs}:waiting, {jobs}:waiting:*",
            SLOT,
        ),
        AdviceRow(
            "Several keys: pipeline of 1 command",
            "src/store.ts:35",
            "room:*:info",
            "room:{*}:info",
            SLOT,
            findings=("PERF-1",),
        ),
        AdviceRow(
            "Lua script",
            "src/store.ts:20",
            "EVAL (DEL) on a key that is not in KEYS",
            "pass every key in KEYS",
            "a cluster routes a script by its KEYS alone",
        ),
        AdviceRow(
            "Blocking command",
            "src/store.ts:36",
            "this.db.blpop(this.queue, 0)",
            "a connection of its own",
            "everything else on the connection waits behind it",
            findings=("PERF-1",),
        ),
        AdviceRow(
            "KEYS",
            "src/store.ts:37",
            'this.db.keys("room:*")',
            "a set that lists the keys, or SCAN on each primary",
            "it walks the whole keyspace while every client waits, and one node's only",
            findings=("PERF-1",),
        ),
        AdviceRow(
            "Time to live of room:*:seats", "src/store.ts:20", "HSET without expiry", *FOREVER
        ),
        AdviceRow(
            "Time to live of jobs:waiting",
            "src/store.ts:29",
            "RPUSH, LPUSH without expiry; also at src/store.ts:30",
            *FOREVER,
        ),
    )


def test_the_missing_keys_are_added_beside_their_relatives() -> None:
    """The patch adds lines to the schema and to .env.example, and changes none."""
    (proposal,) = redis.advise(survey(FILES)).proposals
    assert proposal.edits == {
        "src/config.ts": CONFIG.replace(
            "// shared\n",
            "// shared\n"
            "  REDIS_CLUSTER_NODES: z.string().optional(), // host:port, comma-separated\n"
            "  REDIS_SENTINEL_NODES: z.string().optional(), // host:port, comma-separated\n",
        ),
        ".env.example": ENV.replace(
            "localhost\n",
            "localhost\n# Comma-separated host:port; empty for a single node.\n"
            "REDIS_CLUSTER_NODES=\nREDIS_SENTINEL_NODES=\n",
        ),
    }


def test_keys_that_are_there_are_not_added_again() -> None:
    """A configuration that knows both keys gets no patch, and the rows say where they are."""
    known = CONFIG.replace(
        "  PORT",
        '  REDIS_CLUSTER_NODES: z.string().default(""),\n'
        '  REDIS_SENTINEL_NODES: z.string().default(""),\n  PORT',
    )
    found = redis.advise(survey({**FILES, "src/config.ts": known}))
    assert (found.proposals, found.not_run) == ((), ())
    assert [row.where for row in found.rows if row.what.endswith("_NODES")] == [
        "src/config.ts:6",
        "src/config.ts:7",
    ]


def test_without_a_schema_the_reason_is_given() -> None:
    """Where no zod schema validates the environment, the patch is skipped with its reason."""
    found = redis.advise(survey({"src/store.ts": STORE}))
    assert found.not_run == (
        Skipped("patch of the configuration", "no z.object over process.env was found"),
    )


def test_scripts_defined_as_commands_are_followed() -> None:
    """A script that defineCommand names is read at each call, with the keys given there."""
    text = (
        'import { Redis } from "ioredis";\nconst redis = new Redis();\n'
        'redis.defineCommand("move", { numberOfKeys: 2, lua: "return 1" });\n'
        'export const go = (a: string) => redis.move(`from:${a}`, `to:${a}`, "x");\n'
    )
    rows = redis.advise(survey({"src/a.ts": text})).rows
    assert [row for row in rows if row.what.startswith("Several")] == [
        AdviceRow(
            "Several keys: move",
            "src/a.ts:4",
            "from:*, to:*",
            "a common hash tag, or one command for each key",
            SLOT,
        )
    ]


@given(st.text(alphabet="ab:{}$*", max_size=20))
def test_equal_hash_tags_are_part_of_the_key(key: str) -> None:
    """A hash tag is text between braces of the key itself, never an unknown part's braces."""
    tag = hash_tag(key)
    assert not tag or f"{{{tag}}}" in key or "${" in key
    assert "${" not in shape("${a}:${b}")


@settings(deadline=None, max_examples=40)
@given(st.integers(0, len(STORE)), st.text(max_size=30))
def test_hostile_code_is_read_without_an_error(at: int, text: str) -> None:
    """Whatever stands in a file, the advisor answers."""
    files = {**FILES, "src/store.ts": STORE[:at] + text + STORE[at:], ".env.example": text}
    assert redis.advise(survey(files)).title == "Redis Topology"
