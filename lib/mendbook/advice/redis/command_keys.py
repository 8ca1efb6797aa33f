"""Which arguments of a Redis command are keys, and which commands write or expire them."""

from __future__ import annotations

FIRST = frozenset(
    {
        "append",
        "bitcount",
        "decr",
        "decrby",
        "expire",
        "expireat",
        "get",
        "getbit",
        "getdel",
        "getex",
        "getrange",
        "getset",
        "hdel",
        "hexists",
        "hget",
        "hgetall",
        "hincrby",
        "hincrbyfloat",
        "hkeys",
        "hlen",
        "hmget",
        "hmset",
        "hscan",
        "hset",
        "hsetnx",
        "hvals",
        "incr",
        "incrby",
        "incrbyfloat",
        "lindex",
        "linsert",
        "llen",
        "lpop",
        "lpush",
        "lpushx",
        "lrange",
        "lrem",
        "lset",
        "ltrim",
        "persist",
        "pexpire",
        "pexpireat",
        "psetex",
        "pttl",
        "rpop",
        "rpush",
        "rpushx",
        "sadd",
        "scard",
        "set",
        "setbit",
        "setex",
        "setnx",
        "setrange",
        "sismember",
        "smembers",
        "smismember",
        "spop",
        "srandmember",
        "srem",
        "sscan",
        "strlen",
        "ttl",
        "type",
        "xack",
        "xadd",
        "xdel",
        "xlen",
        "xrange",
        "xtrim",
        "zadd",
        "zcard",
        "zcount",
        "zincrby",
        "zpopmax",
        "zpopmin",
        "zrange",
        "zrangebyscore",
        "zrank",
        "zrem",
        "zremrangebyrank",
        "zremrangebyscore",
        "zrevrange",
        "zrevrank",
        "zscan",
        "zscore",
    }
)
"""Commands whose first argument alone is a key."""
ALL = frozenset(
    {
        "del",
        "exists",
        "mget",
        "pfcount",
        "pfmerge",
        "sdiff",
        "sdiffstore",
        "sinter",
        "sinterstore",
        "sunion",
        "sunionstore",
        "touch",
        "unlink",
        "watch",
    }
)
"""Commands all of whose arguments are keys."""
FIRST_TWO = frozenset(
    {"blmove", "brpoplpush", "copy", "lmove", "rename", "renamenx", "rpoplpush", "smove"}
)
EVERY_OTHER = frozenset({"mset", "msetnx"})
SCRIPTS = frozenset({"eval", "evalsha", "eval_ro", "evalsha_ro"})
"""Commands that say how many keys follow: ``eval(script, 2, a, b, …)``."""
WRITES = frozenset(
    {
        "append",
        "decr",
        "decrby",
        "getset",
        "hincrby",
        "hincrbyfloat",
        "hmset",
        "hset",
        "hsetnx",
        "incr",
        "incrby",
        "incrbyfloat",
        "lpush",
        "rpush",
        "sadd",
        "set",
        "setnx",
        "xadd",
        "zadd",
        "zincrby",
        "mset",
    }
)
"""Commands that may create a key, without a time to live of their own."""
EXPIRIES = frozenset({"expire", "expireat", "getex", "pexpire", "pexpireat", "psetex", "setex"})
BLOCKING = frozenset(
    {"blmove", "blmpop", "blpop", "brpop", "brpoplpush", "bzmpop", "bzpopmax", "bzpopmin", "wait"}
)
WALKS = frozenset({"keys", "scan", "scanStream"})
"""Commands that walk the keys of one node."""
LIFETIMES = frozenset({"EX", "PX", "EXAT", "PXAT", "KEEPTTL"})
"""Words by which ``SET`` is given a time to live."""


def key_places(command: str, count: int) -> range:
    """Return which of ``count`` arguments are keys; those of scripts are not known here."""
    if command in FIRST:
        return range(min(count, 1))
    if command in ALL:
        return range(count)
    if command in FIRST_TWO:
        return range(min(count, 2))
    if command in EVERY_OTHER:
        return range(0, count, 2)
    if command in BLOCKING and command != "wait":
        return range(max(count - 1, 0))  # the last argument is how long to wait
    return range(0)
