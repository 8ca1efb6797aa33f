"""The redactor: what it takes for a secret, what it leaves alone, and that it is stable."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mendbook.intake.redact import HINTS, Redactor, redact
from mendbook.intake.values import clean

# Put together here, so that no scanner takes this file for a leak.
RANDOM = "q7Zr2Lk9Xw4Nb6Tf1Vh8Sd3Gm5Jc0Py"
JWT = "ey" + "JhbGciOiJIUzI1NiJ9" + ".ey" + "JzdWIiOiIxMjM0NTY3ODkwIn0" + ".dozjgNryP4J3jVmNHl0w5N"
PEM = "-----BEGIN RSA " + "PRIVATE KEY-----\nMIIEpAIBAAKCAQEA\n-----END RSA PRIVATE KEY-----"

SECRETS = {
    "GitHub": ("gh" + f"p_{RANDOM}{RANDOM}", "[redacted]"),
    "GitHub, fine-grained": ("github" + f"_pat_{RANDOM}", "[redacted]"),
    "AWS key id": ("id AK" + "IAIOSFODNN7ABCDEFG, west", "id [redacted], west"),
    "Slack": ("xo" + "xb-123456789012-abcdefABCDEF", "[redacted]"),
    "npm": ("npm" + f"_{RANDOM}abcde", "[redacted]"),
    "Google": ("AI" + f"za{RANDOM}abcd", "[redacted]"),
    "Stripe": ("sk_" + f"live_{RANDOM}", "[redacted]"),
    "JWT": (f"token {JWT} was accepted", "token [redacted] was accepted"),
    "bearer": (f"Authorization: Bearer {RANDOM}", "Authorization: Bearer [redacted]"),
    "private key": (f"a\n{PEM}\nb", "a\n[redacted]\nb"),
    "private key, cut short": (PEM[:60], "[redacted]"),
    "password in a URL": ("redis://app:s3cr3t@host:6379/0", "redis://app:[redacted]@host:6379/0"),
    "password without a user": ("redis://:s3cr3t@host", "redis://:[redacted]@host"),
    "environment file": ("JWT_SECRET=9f8a7b6c5d4e3f2a", "JWT_SECRET=[redacted]"),
    "environment file, words": ("REDIS_PASSWORD=supersecretvalue", "REDIS_PASSWORD=[redacted]"),
    "assignment in code": ("const apiKey = 'a8Kd93kf0Lq2';", "const apiKey = '[redacted]';"),
    "JSON": ('{"password": "hunter2hunter2"}', '{"password": "[redacted]"}'),
    "GitLab runner": ("gl" + f"rt-{RANDOM}", "[redacted]"),
    "GitLab deploy": ("gl" + f"dt-{RANDOM}", "[redacted]"),
    "Twilio": ('new Twilio("S' + f'K{"0123456789abcdef" * 2}")', 'new Twilio("[redacted]")'),
    "Twilio account": (
        f'Twilio(sid, "{"0a1b2c3d4e5f6789" * 2}")',
        'Twilio(sid, "[redacted]")',
    ),
    "Discord": (
        f'client.login("M{RANDOM[:23]}.{RANDOM[:6]}.{RANDOM[:27]}")',
        'client.login("[redacted]")',
    ),
    "Artifactory": ("AK" + f"C{RANDOM}{RANDOM}{RANDOM[:3]}", "[redacted]"),
    "header": (f"X-Internal-Key: {RANDOM}", "X-Internal-Key: [redacted]"),
}

HARMLESS = [
    "const CACHE_TTL = 300; // 5 minutes",
    "Authorization: Bearer ${config.LARAVEL_INTERNAL_KEY}",
    "X-Internal-Key: config.LARAVEL_INTERNAL_KEY",
    "secretAccessKey: config.R2_SECRET_ACCESS_KEY!,",
    "LARAVEL_INTERNAL_KEY=<redacted>",
    "SECRET_KEY=changeme",
    "API_KEY=your-api-key-here",
    "DB_PASSWORD=${DB_PASSWORD}",
    "PASSWORD=********",
    "socket.data = { user, token: cleanToken } as AuthSocketData;",
    "password: z.string().min(8)",
    "const token = await getToken(socket);",
    "private readonly DEAD_LETTER_KEY = 'gifts:dead_letter';",
    "const key = `room:${roomId}:seats`",
    "Bearer prefix stripping, expired token, revoked token",
    "MAX_TOKENS=4096",
    "password: 'Password is required'",
    "redis://user:${PASS}@host",
    "https://host:8080/a?b=c@d",
    "import { hashToken } from '../utils/crypto.js'",
    "0123456789abcdef0123456789abcdef01234567",
]


@pytest.mark.parametrize("name", SECRETS)
def test_a_secret_is_replaced_and_counted(name: str) -> None:
    """Each kind of secret becomes ``[redacted]``; what stands around it stays."""
    text, expected = SECRETS[name]
    assert redact(text) == (expected, 1)


@pytest.mark.parametrize("text", HARMLESS)
def test_code_and_placeholders_stay(text: str) -> None:
    """Code that names a secret, and a placeholder for one, are evidence and stay readable."""
    assert redact(text) == (text, 0)


_fragments = st.sampled_from(
    [
        *(text for text, _ in SECRETS.values()),
        *HARMLESS,
        *"=:'\"@/. \n-",
        "://",
        "token",
        "eyJ",
        "[redacted]",
    ]
)


@given(st.lists(_fragments | st.text(max_size=5), max_size=8).map("".join))
def test_redacting_twice_is_redacting_once(text: str) -> None:
    """What was redacted holds no more secrets, however the pieces stand together."""
    once, _ = redact(text)
    assert redact(once) == (once, 0)


_REDACTOR = Redactor()


@given(
    st.lists(
        _fragments | st.sampled_from(HINTS) | st.text(st.characters(codec="utf-8"), max_size=5),
        max_size=8,
    ).map("".join)
)
def test_the_quick_look_for_hints_passes_no_secret(text: str) -> None:
    """Texts that are redacted one after the other come out as each does alone."""
    before = _REDACTOR.count
    assert (_REDACTOR.clean(text), _REDACTOR.count - before) == redact(text)


def test_every_string_of_a_document_is_redacted() -> None:
    """Values, keys and lists are all searched; a secret is known by its key as well."""
    github = SECRETS["GitHub"][0]
    data = {
        "evidence": f"see {github}",
        "deep": [[{"list": [github, 1, None]}]],
        github: 1,
        f"{github}x": 2,
        "password": "correct7horse",
        "token": "short",
    }
    assert clean(data) == (
        {
            "evidence": "see [redacted]",
            "deep": [[{"list": ["[redacted]", 1, None]}]],
            "[redacted]": 1,
            "[redacted] (2)": 2,
            "password": "[redacted]",
            "token": "short",
        },
        5,
    )


GIVEN = (
    "Authorization: Token 4b7Qz9TmXk2LvR81",
    "env:\n  - name: DB_PASSWORD\n    value: Tz82QvLmk9X",
    "mysqldump -uroot -pQz82TmLk9v ferry",
    "sshpass -p 'Qz82TmLk9v' ssh mill@quay.test",
    "app.use(cookieParser('Lq82ZmTv7kXr19'))",
    "token: secret: password: Mv72QzTk8Lx",
    f"client.login('hf_{'aB3' * 11}')",
    f"shop = shpat_{'0a1b' * 8}",
    f"vault login hvs.{'aB3-' * 7}",
    f"square: sq0atp-{'aB3_' * 6}",
    f"dop_v1_{'0a' * 32}",
    f"mail('{'0a' * 16}-us19')",
    "password: hunter2horse",
    "DB_PASS=s3cr3tvalue99",
    "client_secret: 8Fh2kLmQ9zX",
    "mysql --password S3cretPw!9 -u root",
    "curl -u admin:Passw0rd123 https://x",
    "X-Auth-Token: 9f8a7b6c5d4e3f2a",
    "AccountKey=abcd1234EFGH5678ijkl9012mnop3456qrst7890uvwx==",
    "the password is swordfish42",
    "bot 123456789:AAF-abcdefghijklmnopqrstuvwxyz012345",
    "jwt.sign(payload, 'my-super-secret-key-1')",
    "key: x-api-key: 5f4dcc3b5aa765d61d83",
    "createHmac('sha256', 'topsecretvalue')",
    "  POSTGRES_PASSWORD: Zx81spectrum  # local",
    "export API_KEY=9sd8f7s9d8f7",
    "spring.datasource.password=Ora5cle!x",
    "redis-cli --pass tr0ub4dor",
    "helm install --set-password=K8s-pass-1",
    "wget --user=me:pa55w0rd",
    'X-Api-Key: "A1b2C3d4E5f6G7h8"',
    "The admin password is `Adm1n-2024`.",
    "its token was tok9f8e7d6c",
    'hmac.new(b"k", m); jwt.encode(claims, "n0t-so-secret", "HS256")',
    "CryptoJS.AES.encrypt(data, 'passphrase-77')",
    "SharedAccessKey=Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4",
    "- name: x\n- secret: q1w2e3r4t5",
)
"""Secrets as settings, commands, headers, sentences and calls hold them; all made up."""
LOOKALIKES = (
    "Authorization: Token ${orchard_token_2024}",
    "- name: DB_PASSWORD\n  value: $(DB_PASSWORD_2)",
    "- name: DB_PASSWORD\n  valueFrom: secretKeyRef2",
    "- name: BERTH_CODE\n  value: north-quay-12",
    "mysql -h db1 -P 3306 -p ferry2024",
    "ssh -p 2222 mill@quay1.test",
    "mkdir -p build/mysql8",
    "sshpass -p $SSH_PASS2 ssh mill@quay.test",
    "app.use(cookieParser(config.cookie.secret))",
    "error: password: too short",
    "password: string",
    "password: process.env.DB_PASS",
    "the password is required",
    "password = getPassword()",
    "token: z.string().min(1)",
    "secret: ${SECRET}",
    "apiKey: config.apiKey",
    "AUTH_TOKEN=changeme",
    "if password: return",
    "sort key: createdAt",
    "key: userId",
    "the token is expired",
    "the password is hashed with bcrypt",
    "jwt.verify(token, config.jwtSecret)",
    "jwt.sign(payload, secret, { algorithm: 'HS256' })",
    "createHmac('sha256', key)",
    "createHash('sha256').update('some-long-value')",
    "-u root:root",
    "--user=1000:1000",
    "docker run -u 1000:1000 app",
    "--password-file /run/secrets/db",
    "--password $DB_PASS",
    "password: !Ref DbPassword",
    "password: {{ db_password }}",
    "x-request-id: 9f8a7b6c5d4e3f2a",
    "X-Forwarded-For: 10.0.0.1",
    "the secret is stored in Vault",
    "the token is a JWT",
    "password: str",
    "password: Optional[str] = None",
    "pass: number",
    "DB_PASS=${DB_PASS}",
    "SECRET_KEY=os.environ['X']",
    "the key is user:123",
    "bypass: true-ish",
    "passed=12 failed=0",
    "tests pass: 42/50",
    "token: abc",
    "the password is checked in auth.ts:42",
    "the token is valid for 15min",
    "token is refreshed every 60s",
    "password is sha256-hashed",
    "secret: my-app-secrets",
    "password: /run/secrets/db1",
    "passwd: admin",
)
"""What stands in the same places and gives nothing away."""


@pytest.mark.parametrize("text", GIVEN)
def test_a_secret_is_seen_by_where_it_stands(text: str) -> None:
    """Unquoted, after an option, in a header, in a sentence, or passed as a key."""
    cleaned, count = redact(text)
    assert count == 1
    assert "[redacted]" in cleaned
    assert redact(cleaned) == (cleaned, 0)


@pytest.mark.parametrize("text", LOOKALIKES)
def test_what_only_looks_like_a_secret_stays(text: str) -> None:
    """Types, variables, calls, placeholders, ids, methods and plain words are no secrets."""
    assert redact(text) == (text, 0)
