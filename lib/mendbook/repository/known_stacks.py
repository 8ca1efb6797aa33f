"""The frameworks, stores and runners by which people know a stack, in each ecosystem.

Rows of the context table to the packages that answer them. Names may hold ``*``.
"""

from __future__ import annotations

STACK: dict[str, dict[str, str]] = {
    "HTTP Framework": {
        "fastify": "Fastify",
        "express": "Express",
        "koa": "Koa",
        "@hapi/hapi": "hapi",
        "@nestjs/core": "NestJS",
        "hono": "Hono",
        "restify": "Restify",
        "polka": "Polka",
        "uWebSockets.js": "uWebSockets.js",
    },
    "Frontend": {
        "next": "Next.js",
        "nuxt": "Nuxt",
        "@remix-run/react": "Remix",
        "astro": "Astro",
        "gatsby": "Gatsby",
        "react": "React",
        "preact": "Preact",
        "vue": "Vue",
        "svelte": "Svelte",
        "@sveltejs/kit": "SvelteKit",
        "@angular/core": "Angular",
        "solid-js": "Solid",
    },
    "Realtime Stack": {
        "socket.io": "Socket.io",
        "@socket.io/redis-adapter": "@socket.io/redis-adapter",
        "@socket.io/redis-streams-adapter": "@socket.io/redis-streams-adapter",
        "@socket.io/cluster-adapter": "@socket.io/cluster-adapter",
        "@socket.io/sticky": "@socket.io/sticky",
        "@socket.io/redis-emitter": "@socket.io/redis-emitter",
        "ws": "ws",
        "@fastify/websocket": "@fastify/websocket",
    },
    "Media Stack": {
        "mediasoup": "Mediasoup",
        "livekit-server-sdk": "LiveKit",
        "werift": "werift",
        "wrtc": "wrtc",
        "node-webrtc": "node-webrtc",
        "kurento-client": "Kurento",
    },
    "Data Access": {
        "prisma": "Prisma",
        "typeorm": "TypeORM",
        "sequelize": "Sequelize",
        "mongoose": "Mongoose",
        "drizzle-orm": "Drizzle",
        "knex": "Knex",
        "@mikro-orm/core": "MikroORM",
    },
    "Task Queue": {
        "bullmq": "BullMQ",
        "bull": "Bull",
        "bee-queue": "Bee-Queue",
        "agenda": "Agenda",
        "kafkajs": "KafkaJS",
        "amqplib": "amqplib",
    },
    "Redis Client": {"ioredis": "ioredis", "redis": "redis", "@redis/client": "@redis/client"},
    "Metrics": {
        "prom-client": "prom-client",
        "@opentelemetry/sdk-metrics": "@opentelemetry/sdk-metrics",
        "@opentelemetry/sdk-node": "@opentelemetry/sdk-node",
        "hot-shots": "hot-shots",
    },
    "Test Framework": {
        "vitest": "Vitest",
        "jest": "Jest",
        "mocha": "Mocha",
        "ava": "AVA",
        "tap": "tap",
        "jasmine": "Jasmine",
        "@playwright/test": "Playwright",
        "cypress": "Cypress",
    },
    "Build Tool": {
        "tsup": "tsup",
        "tsdown": "tsdown",
        "esbuild": "esbuild",
        "vite": "Vite",
        "rollup": "Rollup",
        "webpack": "webpack",
        "@swc/core": "swc",
        "unbuild": "unbuild",
        "turbo": "Turborepo",
        "nx": "Nx",
        "lerna": "Lerna",
    },
}
"""Row of the context table to Node.js packages, and how each is called."""

OTHERS: dict[str, dict[str, dict[str, str]]] = {
    "HTTP Framework": {
        "python": {
            "fastapi": "FastAPI",
            "flask": "Flask",
            "django": "Django",
            "wagtail": "Wagtail",
            "litestar": "Litestar",
            "starlette": "Starlette",
            "aiohttp": "aiohttp",
            "tornado": "Tornado",
            "sanic": "Sanic",
            "falcon": "Falcon",
            "pyramid": "Pyramid",
            "bottle": "Bottle",
        },
        "go": {
            "github.com/gin-gonic/gin": "Gin",
            "github.com/labstack/echo*": "Echo",
            "github.com/gofiber/fiber*": "Fiber",
            "github.com/go-chi/chi*": "chi",
            "github.com/gorilla/mux": "gorilla/mux",
            "google.golang.org/grpc": "gRPC",
        },
        "rust": {"axum": "axum", "actix-web": "Actix Web", "rocket": "Rocket", "warp": "warp"},
        "jvm": {
            "org.springframework.boot*": "Spring Boot",
            "io.quarkus*": "Quarkus",
            "io.micronaut*": "Micronaut",
            "io.ktor*": "Ktor",
        },
        "php": {"symfony/framework-bundle": "Symfony", "slim/slim": "Slim", "*/framework": ""},
        "dotnet": {"Microsoft.AspNetCore*": "ASP.NET Core"},
        "ruby": {"rails": "Rails", "sinatra": "Sinatra", "hanami": "Hanami"},
    },
    "Data Access": {
        "python": {
            "sqlalchemy": "SQLAlchemy",
            "sqlmodel": "SQLModel",
            "tortoise-orm": "Tortoise ORM",
            "peewee": "Peewee",
            "psycopg": "psycopg",
            "psycopg2*": "psycopg2",
            "asyncpg": "asyncpg",
            "pymongo": "PyMongo",
        },
        "go": {
            "gorm.io/gorm": "GORM",
            "entgo.io/ent": "ent",
            "github.com/jmoiron/sqlx": "sqlx",
            "github.com/jackc/pgx*": "pgx",
        },
        "rust": {"diesel": "Diesel", "sqlx": "SQLx", "sea-orm": "SeaORM"},
        "jvm": {"org.hibernate*": "Hibernate", "org.jooq*": "jOOQ", "org.mybatis*": "MyBatis"},
        "php": {"doctrine/orm": "Doctrine"},
        "dotnet": {"Microsoft.EntityFrameworkCore*": "Entity Framework Core", "Dapper": "Dapper"},
    },
    "Task Queue": {
        "python": {
            "celery": "Celery",
            "arq": "arq",
            "rq": "RQ",
            "dramatiq": "Dramatiq",
            "huey": "Huey",
        },
        "go": {"github.com/hibiken/asynq": "asynq", "github.com/segmentio/kafka-go": "kafka-go"},
        "ruby": {"sidekiq": "Sidekiq", "resque": "Resque"},
    },
    "Redis Client": {
        "python": {"redis": "redis-py", "aioredis": "aioredis"},
        "go": {"github.com/redis/go-redis*": "go-redis", "github.com/go-redis/redis*": "go-redis"},
        "rust": {"redis": "redis-rs"},
        "jvm": {"redis.clients:jedis": "Jedis", "io.lettuce:lettuce-core": "Lettuce"},
        "php": {"predis/predis": "Predis"},
        "ruby": {"redis": "redis-rb"},
    },
    "Metrics": {
        "python": {
            "prometheus-client": "prometheus_client",
            "opentelemetry-sdk": "OpenTelemetry",
            "prometheus-fastapi-instrumentator": "prometheus-fastapi-instrumentator",
        },
        "go": {"github.com/prometheus/client_golang": "client_golang"},
        "jvm": {"io.micrometer*": "Micrometer"},
    },
    "Test Framework": {
        "python": {"pytest": "pytest", "nose2": "nose2", "hypothesis": "Hypothesis"},
        "go": {"github.com/stretchr/testify": "testify", "github.com/onsi/ginkgo*": "Ginkgo"},
        "jvm": {"org.junit*": "JUnit", "junit:junit": "JUnit 4", "io.kotest*": "Kotest"},
        "php": {"phpunit/phpunit": "PHPUnit", "pestphp/pest": "Pest"},
        "dotnet": {"xunit": "xUnit", "NUnit": "NUnit", "MSTest*": "MSTest"},
        "ruby": {"rspec": "RSpec", "rspec-rails": "RSpec", "minitest": "minitest"},
    },
}
"""Row of the context table to ecosystem, packages, and how each is called.

Where the name is empty, the package's vendor is its name: ``acme/framework`` is Acme.
"""
