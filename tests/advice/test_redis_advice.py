from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mendbook.advice import redis
from mendbook.advice.redis.keys import hash_tag, shape
from mendbook.model import AdviceRow, Citation
from mendbook.policy.platform import Platform, Tier, WantedSetting
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
NODES = "comma-separated host:port"
PLATFORM = Platform(
    "stock",
    ("ioredis",),
    settings=(WantedSetting("REDIS_CLUSTER_NODES", "redis", "some nodes of the cluster", NODES),),
    tiers=(Tier("Production", "Cluster (6+ nodes)", "one node is too small"),),
)
FILES = {"src/config.ts": CONFIG, "src/store.ts": STORE, ".env.example": ENV}
SLOT = "several hash slots: a cluster answers CROSSSLOT"


def test_tiers_keys_and_what_a_cluster_refuses_are_told_with_their_lines() -> None:
    """Keys are followed through constants, functions and Lua; only untagged ones are listed."""
    found = redis.advise(
        survey(FILES, about("PERF-1", "src/store.ts", symbol="Store.walk"), platform=PLATFORM)
    )
    assert found.rows == (
        AdviceRow(
            "Production",
            Citation("src/store.ts", 12),
            "a single instance",
            "Cluster (6+ nodes)",
            "one node is too small",
        ),
        AdviceRow(
            "Validated keys",
            Citation("src/config.ts", 4),
            "REDIS_HOST, REDIS_DB",
            "these and REDIS_CLUSTER_NODES",
            "one server's address",
        ),
        AdviceRow(
            "REDIS_CLUSTER_NODES",
            None,
            "not found",
            f"{NODES}; read it in the code that builds the client (src/store.ts:12) in the same "
            "change",
            "some nodes of the cluster",
        ),
        AdviceRow(
            "REDIS_DB",
            Citation("src/config.ts", 5),
            "REDIS_DB, default 2",
            "0, or unset",
            "a cluster has database 0 only; separate by key prefix",
        ),
        AdviceRow(
            "Several keys: EVAL",
            Citation("src/store.ts", 20),
            "room:*:seats, room:*:locked",
            "room:{*}:seats, room:{*}:locked",
            SLOT,
        ),
        AdviceRow(
            "Several keys: DEL",
            Citation("src/store.ts", 21),
            "room:*:info, room:*:seats",
            "room:{*}:info, room:{*}:seats",
            SLOT,
        ),
        AdviceRow(
            "Several keys: RENAME",
            Citation("src/store.ts", 23),
            "jobs:waiting, jobs:waiting:*",
            "{jobs}:waiting, {jobs}:waiting:*",
            SLOT,
        ),
        AdviceRow(
            "Several keys: pipeline of 1 command",
            Citation("src/store.ts", 35),
            "room:*:info",
            "room:{*}:info",
            SLOT,
            findings=("PERF-1",),
        ),
        AdviceRow(
            "Lua script",
            Citation("src/store.ts", 20),
            "EVAL (DEL) on a key that is not in KEYS",
            "pass every key in KEYS",
            "a cluster routes a script by its KEYS alone",
        ),
        AdviceRow(
            "Blocking command",
            Citation("src/store.ts", 36),
            "this.db.blpop(this.queue, 0)",
            "a connection of its own",
            "everything else on the connection waits behind it",
            findings=("PERF-1",),
        ),
        AdviceRow(
            "KEYS",
            Citation("src/store.ts", 37),
            'this.db.keys("room:*")',
            "a set that lists the keys, or SCAN",
            "it walks the whole keyspace while every client waits, and one node's only",
            findings=("PERF-1",),
        ),
        AdviceRow(
            "Time to live of room:*:seats",
            Citation("src/store.ts", 20),
            "HSET without expiry; deleted at src/store.ts:21",
            "an expiry renewed on use, as a net for what a crash leaves behind",
            "a process that ends before the deletion leaves the key for good",
        ),
    )


def test_a_setting_that_nothing_reads_is_not_added_by_itself() -> None:
    """A key comes with the code that builds the client: no patch adds it to the schema alone."""
    found = redis.advise(survey(FILES, platform=PLATFORM))
    assert found.proposals == ()
    assert [(row.spot, row.target) for row in found.rows if row.what == "REDIS_CLUSTER_NODES"] == [
        (
            "",
            f"{NODES}; read it in the code that builds the client (src/store.ts:12) in the same "
            "change",
        )
    ]


def test_keys_that_are_there_are_not_asked_for_again() -> None:
    """A configuration that knows the key is told where."""
    known = CONFIG.replace("  PORT", '  REDIS_CLUSTER_NODES: z.string().default(""),\n  PORT')
    found = redis.advise(survey({**FILES, "src/config.ts": known}, platform=PLATFORM))
    assert [(row.spot, row.now) for row in found.rows if row.what == "REDIS_CLUSTER_NODES"] == [
        ("src/config.ts:6", 'REDIS_CLUSTER_NODES, default ""')
    ]


def test_who_wants_no_cluster_hears_nothing_of_one() -> None:
    """Without a platform that asks for tiers only what holds on one node is told."""
    found = redis.advise(survey(FILES))
    assert [row.what for row in found.rows] == [
        "Blocking command",
        "KEYS",
        "Time to live of room:*:seats",
    ]
    assert found.summary == "Redis is a single instance today; 1 family of keys can only grow"


@pytest.mark.parametrize(
    ("text", "applies"),
    [
        (STORE, True),
        ("const Redis = require('ioredis');\nconst redis = new Redis();\n", True),
        ("const { createClient } = require('redis');\ncreateClient();\n", True),
        ("export const redirect = new Map();\nredirect.get('a');\n", False),
        ("import { createClient } from '@supabase/supabase-js';\ncreateClient('u');\n", False),
    ],
)
def test_only_a_target_with_redis_hears_of_it(text: str, applies: bool) -> None:
    """A client of another store is none of Redis'."""
    assert redis.applies(survey({"src/a.ts": text})) is applies


GROWS = """\
import { Redis } from "ioredis";
const redis = new Redis();
export async function run(id: string) {
  CODE
}
"""


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ('await redis.rpush("mails", id); await redis.lpop("mails");', []),
        ('await redis.lpush("mails", id); await redis.brpop("mails", 5);', []),
        ('await redis.xadd("log", "*", "a", id); await redis.xack("log", "g", id);', []),
        (
            'await redis.rpush("mails", id); const all = await redis.lrange("mails", 0, 99);\n'
            + "\n" * 12
            + '  await redis.ltrim("mails", 100, -1);',
            [],
        ),
        ('await redis.rpush("ledger", id);', ["Growth of ledger"]),
        (
            'await redis.rpush("mails", id);\n'
            "  await redis.eval(\"return redis.call('RENAME', KEYS[1], KEYS[2])\", 2, "
            '"mails", "mails:now");',
            [],
        ),
        ('await redis.rpush("mails", id); await redis.evalsha(SHA, 1, "mails");', []),
        ('await redis.lpush("last", id); await redis.ltrim("last", 0, 9);', []),
        ('await redis.sadd("known", id);', []),
        ('await redis.hset(`cart:${id}`, "a", 1);', ["Time to live of cart:*"]),
        ('await redis.set(`otp:${id}`, 1, "EX", 60);', []),
        ('await redis.hset(`cart:${id}`, "a", 1); await redis.expire(`cart:${id}`, 9);', []),
        (
            "await redis.lpush(`chat:${id}`, id); await redis.ltrim(`chat:${id}`, 0, 9);",
            ["Time to live of chat:*"],
        ),
    ],
)
def test_only_what_may_go_is_asked_to_expire(code: str, told: list[str]) -> None:
    """A queue must not lose, one key for ever is no growth, and a trimmed list has its bound."""
    rows = redis.advise(survey({"src/a.ts": GROWS.replace("CODE", code)})).rows
    assert [row.what for row in rows if row.what.startswith(("Growth", "Time"))] == told


def test_a_deleted_family_is_told_where() -> None:
    """An expiry is a net for what a crash leaves behind, where code deletes the key itself."""
    code = "await redis.hset(`cart:${id}`, 'a', 1); await redis.del(`cart:${id}`);"
    rows = redis.advise(survey({"src/a.ts": GROWS.replace("CODE", code)})).rows
    assert [(row.now, row.target) for row in rows if row.what == "Time to live of cart:*"] == [
        (
            "HSET without expiry; deleted at src/a.ts:4",
            "an expiry renewed on use, as a net for what a crash leaves behind",
        )
    ]


def test_scripts_defined_as_commands_are_followed() -> None:
    """A script that defineCommand names is read at each call, with the keys given there."""
    text = (
        'import { Redis } from "ioredis";\nconst redis = new Redis();\n'
        'redis.defineCommand("move", { numberOfKeys: 2, lua: "return 1" });\n'
        'export const go = (a: string) => redis.move(`from:${a}`, `to:${a}`, "x");\n'
    )
    rows = redis.advise(survey({"src/a.ts": text}, platform=PLATFORM)).rows
    assert [row for row in rows if row.what.startswith("Several")] == [
        AdviceRow(
            "Several keys: move",
            Citation("src/a.ts", 4),
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
