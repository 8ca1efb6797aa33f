"""A setting is read by what the words name of the file, where they fit no frame."""

from __future__ import annotations

import pytest
from test_settings_reader import answer, carried_out

from mendbook.fixes.settings.slots import Slot, held_in, slot_of
from mendbook.model import Proposal

K8S = """\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: ferry-desk
spec:
  replicas: 1
  template:
    spec:
      containers:
        - name: desk
          image: ferry/desk:1.9
          resources:
            requests:
              memory: 64Mi
          readinessProbe:
            httpGet:
              path: /
              port: 8080
        - name: sidecar
          image: ferry/sidecar:latest
"""
COMPOSE = """\
services:
  berth:
    image: ferry/berth:3
    ports:
      - "8080:8080"
      - "5005:5005"
    environment:
      LOG_LEVEL: debug
      WORKERS: "1"
    depends_on:
      - tide
  tide:
    image: postgres:16
    volumes:
      - tide:/var/lib/postgresql/data
volumes:
  tide:
"""
WF = """\
name: ship
on:
  push:
    branches: [main]
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v4
        with:
          python-version: "3.9"
      - run: make
  ship:
    needs: build
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: make ship
"""
PKG = """\
{
  "name": "ferry",
  "private": true,
  "engines": {
    "node": ">=18"
  },
  "scripts": {
    "test": "vitest"
  },
  "dependencies": {
    "fastify": "^4.0.0"
  }
}
"""
TS = """\
{
  "compilerOptions": {
    "target": "ES2020",
    "strict": false,
    "skipLibCheck": true
  },
  "include": ["src"]
}
"""
TOML = """\
[server]
host = "0.0.0.0"
port = 8000

[server.limits]
body_bytes = 10485760

[log]
level = "debug"
"""
SQL = """\
CREATE TABLE sailings (
    id BIGINT PRIMARY KEY,
    route_id BIGINT REFERENCES routes (id),
    leaves_at TIMESTAMP,
    seats INT
);

CREATE TABLE bookings (
    id BIGINT PRIMARY KEY,
    sailing_id BIGINT REFERENCES sailings (id),
    email TEXT
);
"""
NGINX = """\
worker_processes 1;
http {
    server_tokens on;
    server {
        listen 80;
        server_name ferry.example;
        location /api {
            proxy_pass http://desk;
        }
    }
}
"""
DOCKER = """\
FROM node:20
WORKDIR /app
COPY package.json ./
RUN npm install
COPY . .
ENV NODE_ENV=development
EXPOSE 3000
CMD npm start
"""
SH = """\
#!/bin/bash
BACKUP=/srv/backup
tar czf $BACKUP/tide.tgz $1
rm -rf $BACKUP/old
curl http://localhost:9000/done
"""
REQ = "django==4.1.0\nrequests\ncelery>=5\n"
INI = "[mypy]\nstrict = False\n\n[flake8]\nmax-line-length = 200\n"
TF = (
    'resource "aws_db_instance" "tide" {\n'
    '  engine              = "postgres"\n'
    "  storage_encrypted   = false\n"
    "  skip_final_snapshot = true\n"
    "}\n"
)
ENV = "DEBUG=true\nSESSION_TTL=604800\n# mail\nSMTP_PORT=25\n"
CASES = [
    ('k8s/desk.yaml', K8S, 'replicas: 1',
     'Run at least two: bump replicas to 2',
     {'replicas: 1': 'replicas: 2'}),
    ('k8s/desk.yaml', K8S, 'image: ferry/sidecar:latest',
     '`ferry/sidecar` must not float; pin it to 2.4.1',
     {'sidecar:latest': 'sidecar:2.4.1'}),
    ('k8s/desk.yaml', K8S, 'memory: 64Mi',
     'desk has no limits. Under resources add `limits:` with `memory: 256Mi` and `cpu: 500m`',
     {'              memory: 64Mi\n':
      '              memory: 64Mi\n            limits:\n              memory: 256Mi\n'
      '              cpu: 500m\n'}),
    ('k8s/desk.yaml', K8S, '',
     'Add `securityContext:` with `runAsNonRoot: true` to the desk container.',
     {'              port: 8080\n':
      '              port: 8080\n          securityContext:\n'
      '            runAsNonRoot: true\n'}),
    ('compose.yaml', COMPOSE, '"5005:5005"',
     'Port 5005 is the debugger\'s, don\'t publish it: remove `"5005:5005"`.',
     {'      - "5005:5005"\n': ''}),
    ('compose.yaml', COMPOSE, 'LOG_LEVEL: debug',
     'LOG_LEVEL should be info in this file',
     {'LOG_LEVEL: debug': 'LOG_LEVEL: info'}),
    ('compose.yaml', COMPOSE, 'WORKERS: "1"',
     'WORKERS: raise from 1 to 4',
     {'WORKERS: "1"': 'WORKERS: "4"'}),
    ('compose.yaml', COMPOSE, '"8080:8080"',
     'Publish 8080 on 127.0.0.1 only, i.e. `127.0.0.1:8080:8080`',
     {'"8080:8080"': '"127.0.0.1:8080:8080"'}),
    ('compose.yaml', COMPOSE, '',
     'tide needs `restart: unless-stopped` and `shm_size: 256m`',
     {'      - tide:/var/lib/postgresql/data\n':
      '      - tide:/var/lib/postgresql/data\n    restart: unless-stopped\n'
      '    shm_size: 256m\n'}),
    ('.github/workflows/ship.yml', WF, '',
     'Restrict the token: `permissions: contents: read` at the top level',
     {'jobs:\n': 'permissions:\n  contents: read\njobs:\n'}),
    ('.github/workflows/ship.yml', WF, 'python-version: "3.9"',
     '3.9 is end of life, go to 3.12 for python-version.',
     {'"3.9"': '"3.12"'}),
    ('.github/workflows/ship.yml', WF, 'actions/setup-python@v4',
     'setup-python is outdated: v4 → v5',
     {'setup-python@v4': 'setup-python@v5'}),
    ('.github/workflows/ship.yml', WF, '',
     'Cap both jobs: `timeout-minutes: 10` for build and `timeout-minutes: 30` for ship',
     {'      - run: make\n':
      '      - run: make\n    timeout-minutes: 10\n',
      '      - run: make ship\n':
      '      - run: make ship\n    timeout-minutes: 30\n'}),
    ('package.json', PKG, '"node": ">=18"',
     'engines.node should be `>=20`',
     {'">=18"': '">=20"'}),
    ('package.json', PKG, '"fastify": "^4.0.0"',
     'Upgrade fastify to ^5.2.0',
     {'"^4.0.0"': '"^5.2.0"'}),
    ('tsconfig.json', TS, '"strict": false',
     'Turn strict on',
     {'"strict": false': '"strict": true'}),
    ('tsconfig.json', TS, '',
     'Add `noUncheckedIndexedAccess: true` to compilerOptions',
     {'"skipLibCheck": true\n': '"skipLibCheck": true,\n    "noUncheckedIndexedAccess": true\n'}),
    ('config/server.toml', TOML, 'host = "0.0.0.0"',
     'Bind to loopback: host = "127.0.0.1"',
     {'"0.0.0.0"': '"127.0.0.1"'}),
    ('config/server.toml', TOML, 'body_bytes = 10485760',
     '10 MB is a lot for a booking; body_bytes = 65536 will do',
     {'10485760': '65536'}),
    ('config/server.toml', TOML, 'level = "debug"',
     'log.level: debug → info',
     {'"debug"': '"info"'}),
    ('config/server.toml', TOML, '',
     'Introduce `timeout_seconds = 30` in [server.limits]',
     {'body_bytes = 10485760\n': 'body_bytes = 10485760\ntimeout_seconds = 30\n'}),
    ('db/schema.sql', SQL, 'leaves_at TIMESTAMP',
     'leaves_at should be TIMESTAMPTZ NOT NULL',
     {'leaves_at TIMESTAMP,': 'leaves_at TIMESTAMPTZ NOT NULL,'}),
    ('db/schema.sql', SQL, 'sailing_id BIGINT REFERENCES sailings (id)',
     'Make bookings.sailing_id NOT NULL',
     {'    sailing_id BIGINT REFERENCES': '    sailing_id BIGINT NOT NULL REFERENCES'}),
    ('db/schema.sql', SQL, '',
     'Create an index on bookings(sailing_id)',
     {'    email TEXT\n);\n':
      '    email TEXT\n);\n\n'
      'CREATE INDEX idx_bookings_sailing_id ON bookings (sailing_id);\n'}),
    ('nginx.conf', NGINX, 'server_tokens on;',
     'switch server_tokens off',
     {'server_tokens on;': 'server_tokens off;'}),
    ('nginx.conf', NGINX, '',
     'The /api location should have `proxy_read_timeout 15s;` and `proxy_connect_timeout 3s;`',
     {'            proxy_pass http://desk;\n':
      '            proxy_pass http://desk;\n            proxy_read_timeout 15s;\n'
      '            proxy_connect_timeout 3s;\n'}),
    ('Dockerfile', DOCKER, 'FROM node:20',
     'Use the slim variant, node:20-slim',
     {'node:20\n': 'node:20-slim\n'}),
    ('Dockerfile', DOCKER, 'ENV NODE_ENV=development',
     'NODE_ENV has to be production in the image',
     {'=development': '=production'}),
    ('Dockerfile', DOCKER, 'RUN npm install',
     '`npm ci --omit=dev` rather than `npm install`',
     {'npm install': 'npm ci --omit=dev'}),
    ('Dockerfile', DOCKER, 'CMD npm start',
     'Exec form for CMD: `CMD ["npm", "start"]`',
     {'CMD npm start': 'CMD ["npm", "start"]'}),
    ('scripts/backup.sh', SH, 'tar czf $BACKUP/tide.tgz $1',
     'Both `$BACKUP/tide.tgz` and `$1` have to be quoted',
     {'tar czf $BACKUP/tide.tgz $1': 'tar czf "$BACKUP/tide.tgz" "$1"'}),
    ('scripts/backup.sh', SH, '',
     '`set -euo pipefail` is missing below the shebang',
     {'#!/bin/bash\n': '#!/bin/bash\nset -euo pipefail\n'}),
    ('scripts/backup.sh', SH, 'curl http://localhost:9000/done',
     'Pass `--fail --max-time 5` to curl',
     {'curl http': 'curl --fail --max-time 5 http'}),
    ('requirements.txt', REQ, 'requests',
     'requests is unpinned, `requests==2.32.3`',
     {'requests\n': 'requests==2.32.3\n'}),
    ('requirements.txt', REQ, 'django==4.1.0',
     'Django 4.1 is out of support. Move to 4.2.16.',
     {'django==4.1.0': 'django==4.2.16'}),
    ('setup.cfg', INI, 'max-line-length = 200',
     'max-line-length: 200 is silly, make it 100',
     {'= 200': '= 100'}),
    ('main.tf', TF, 'storage_encrypted   = false',
     'Enable storage_encrypted',
     {'storage_encrypted   = false': 'storage_encrypted   = true'}),
    ('.env.example', ENV, 'SESSION_TTL=604800',
     'A week is too long for SESSION_TTL: one day, i.e. 86400',
     {'604800': '86400'}),
    ('.env.example', ENV, 'DEBUG=true',
     'DEBUG off by default',
     {'DEBUG=true': 'DEBUG=false'}),
    ('.env.example', ENV, '',
     'SMTP_PORT=587 (STARTTLS)',
     {'SMTP_PORT=25': 'SMTP_PORT=587'}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("path", "text", "evidence", "fix", "edits"), CASES, ids=[one[3][:60] for one in CASES]
)
def test_each_wording_becomes_the_edit_that_it_asks_for(
    path: str, text: str, evidence: str, fix: str, edits: dict[str, str]
) -> None:
    """Nothing but what is written out changes."""
    carried_out(path, text, evidence, fix, edits)


NOTHING = [
    ("k8s/desk.yaml", K8S, "Run more than one replica, at least 2 or 3"),
    ("k8s/desk.yaml", K8S, "replicas should not be 1"),
    ("compose.yaml", COMPOSE, "WORKERS of 1 is low; 4 or more is better"),
    ("compose.yaml", COMPOSE, "Set LOG_LEVEL to info and drop the debug port"),
    ("compose.yaml", COMPOSE, "LOG_LEVEL must be chosen with care"),
    (".github/workflows/ship.yml", WF, "Should python-version be 3.12?"),
    (".github/workflows/ship.yml", WF, "Use python-version 3.11, 3.12 and 3.13"),
    ("package.json", PKG, "fastify ^4.0.0 is old"),
    ("package.json", PKG, "Upgrade fastify"),
    ("package.json", PKG, "Use `vitest run` as the test script"),
    ("tsconfig.json", TS, "strict and skipLibCheck should both be true"),
    ("config/server.toml", TOML, "port 8000 clashes with body_bytes = 1"),
    ("config/server.toml", TOML, "Set level to info; rotate the log each day"),
    ("db/schema.sql", SQL, "Make id NOT NULL"),
    ("db/schema.sql", SQL, "Make sailings.berth NOT NULL"),
    ("db/schema.sql", SQL, "bookings.email should be a verified address"),
    ("main.tf", TF, "Enable storage_encrypted with `kms_key_id = var.key`"),
    (".env.example", ENV, "DEBUG leaks; document why it is on"),
    ("Dockerfile", DOCKER, 'Exec form for CMD: `CMD ["sh", "-c", "npm start"]`'),
]


@pytest.mark.parametrize(("path", "text", "fix"), NOTHING, ids=[one[2][:60] for one in NOTHING])
def test_what_is_open_or_more_than_one_setting_changes_nothing(
    path: str, text: str, fix: str
) -> None:
    """A doubt, a denial, two values, another step or a piece of code that is left over."""
    assert not isinstance(answer(path, text, fix), Proposal)


@pytest.mark.parametrize(
    ("sentence", "slot"),
    [
        ("turn strict on", Slot("strict", "true")),
        ("strict stays false", None),
        ("the target should be quiet", None),
        ("target should be ES2022", Slot("target", "ES2022")),
        ("skipLibCheck is slow, strict should be true", None),
    ],
)
def test_a_slot_is_one_key_and_one_value(sentence: str, slot: Slot | None) -> None:
    """The value is of the kind that the key has now, and is said to be the one to take."""
    assert slot_of(sentence, [], held_in(TS), "") == slot
