"""Compare the redactor with the plugins of detect-secrets, on lines made for it.

    python benchmarks/redaction.py        (with detect-secrets installed, both are measured)

Keys are drawn by a fixed seed, in the formats that their issuers publish, and stand in lines as
audits quote them; beside them stand lines that look like secrets and are none: digests, ids,
placeholders, names. Prints for each redactor what it misses, what it takes wrongly, and its time.
"""

from __future__ import annotations

import importlib
import random
import string
import tempfile
import time
from collections.abc import Callable

from mendbook.intake.redact import redact

SEED = 9
_DRAW = random.Random(SEED)  # noqa: S311 - made-up keys, always the same
_MIXED = string.ascii_letters + string.digits
_HEX = "0123456789abcdef"


def _drawn(size: int, signs: str = _MIXED) -> str:
    return "".join(_DRAW.choice(signs) for _ in range(size))


def _parts(signs: str, *sizes: int) -> str:
    return "-".join(_drawn(size, signs) for size in sizes)


def secrets() -> dict[str, str]:
    """Return lines that hold a secret, by what it is."""
    upper = string.ascii_uppercase + string.digits
    return {
        "AWS id": f"aws_access_key_id = AKIA{_drawn(16, upper)}",
        "AWS secret": f'aws_secret_access_key = "{_drawn(40, _MIXED + "/+")}"',
        "GitHub": f"the workflow pushes with ghp_{_drawn(36)}",
        "GitHub, fine": f"git clone with github_pat_{_drawn(22)}_{_drawn(59)}",
        "GitLab": f"curl -H 'PRIVATE-TOKEN: glpat-{_drawn(20)}'",
        "GitLab deploy": f"docker login with gldt-{_drawn(20)}",
        "GitLab runner": f"register the runner by glrt-{_drawn(20)}",
        "Slack bot": f"token: xoxb-{_parts(string.digits, 12, 12)}-{_drawn(24)}",
        "Slack hook": f"https://hooks.slack.com/services/T0{_drawn(7, upper)}/B0/{_drawn(24)}",
        "Stripe": f'stripe("sk_live_{_drawn(24)}")',
        "SendGrid": f"SG.{_drawn(22)}.{_drawn(43)}",
        "Twilio key": f'new Twilio("SK{_drawn(32, _HEX)}")',
        "Twilio account": f'Twilio("AC{_drawn(32, _HEX)}", "{_drawn(32, _HEX)}")',
        "npm": f"//registry.npmjs.org/:_authToken=npm_{_drawn(36)}",
        "npm, old": f"//registry.npmjs.org/:_authToken={_parts(_HEX, 8, 4, 4, 4, 12)}",
        "PyPI": f"twine upload -p pypi-AgEIcHlwaS5vcmc{_drawn(90, _MIXED + '-_')}",
        "OpenAI": f'OpenAI(api_key="sk-{_drawn(20)}T3BlbkFJ{_drawn(20)}")',
        "Google": f"maps?key=AIza{_drawn(35)}",
        "Telegram": f"bot{_drawn(9, '123456789')}:AA{_drawn(33)}",
        "Discord": f'client.login("M{_drawn(23)}.{_drawn(6)}.{_drawn(27)}")',
        "Mailchimp": f'mailchimp("{_drawn(32, _HEX)}-us12")',
        "Square": f"sq0csp-{_drawn(43)}",
        "JWT": f"eyJhbGciOiJIUzI1NiJ9.eyJ{_drawn(40)}.{_drawn(43)}",
        "Azure storage": f"AccountKey={_drawn(86)}==",
        "private key": "-----BEGIN RSA PRIVATE KEY-----\n" + _drawn(64),
        "Artifactory": f"artifactory uses AKC{_drawn(64)}",
        "IBM Cloud": f"ibm_cloud_iam_key: {_drawn(44)}",
        "Cloudant": f"https://tide:{_drawn(64, _HEX)}@tide.cloudant.com",
        "URL": f"postgres://quay:{_drawn(14)}@db.quay.test/tides",
        "password": f'password = "{_drawn(12)}!9"',
        "password, YAML": f"  db_password: {_drawn(12)}7x",
        "basic header": f"Authorization: Basic {_drawn(26)}1==",
        "bearer header": f"Authorization: Bearer {_drawn(38)}42",
        "option": f"mysql -u root --password={_drawn(12)}8",
        "login": f"curl -u tide:{_drawn(11)}5 https://quay.test",
        "signed": f"jwt.sign(claims, '{_drawn(17)}3')",
        "sentence": f"the database password is {_drawn(13)}6a and stands in the log",
    }


def harmless() -> dict[str, str]:
    """Return lines that hold none, by what they look like."""
    return {
        "commit": f"since {_drawn(40, _HEX)} the gate stays open",
        "digest": f"sha256:{_drawn(64, _HEX)}",
        "integrity": f'"integrity": "sha512-{_drawn(86)}=="',
        "uuid": "4f1b8a52-9c33-4d06-8a5e-1f2b3c4d5e6f",
        "environment": "const secret = process.env.JWT_SECRET;",
        "lookup": 'password = settings["db_password"]',
        "placeholder": 'API_KEY="your-api-key-here"',
        "stars": "password: ********",
        "empty": 'token: ""',
        "call": "const token = await issueToken(user.id);",
        "type": "accessToken: string;",
        "word": "The token is missing from the header of the request",
        "rule": "rule jwt-hardcoded-secret found nothing",
        "enum": "TOKEN_KIND = 'refresh_token'",
        "path": "secrets/vault/production/database.yaml",
        "base64 image": f"data:image/png;base64,{_drawn(120)}",
        "css": ".token-key:hover { color: #a1b2c3d4 }",
        "test name": "it('refuses a password without digits')",
        "port": "redis://localhost:6379/0",
        "template": "https://${USER}:${PASSWORD}@quay.test",
        "identifier": "useAuthenticationTokenRefreshInterval",
        "address": "listens on 203.0.113.7",
        "hash name": "crypto.createHmac('sha256', key)",
        "licence": "SPDX-License-Identifier: Apache-2.0",
        "digits": "order 4111111111111111 was refused",
        "import": "import { secretKey } from './keys/production-2024';",
        "prose": "Rotate every API key and move the passwords into the vault",
        "header name": "X-Api-Key must be sent with each request",
        "column": "SELECT password_hash FROM users WHERE id = $1",
        "version": "sk-learn 1.4.2 and hf_hub 0.20",
    }


def ours(line: str) -> bool:
    """Tell whether the redactor replaces something of ``line``."""
    return redact(line)[1] > 0


def theirs() -> Callable[[str], bool] | None:
    """Return the same of detect-secrets with its default plugins; None where it is missing.

    Its reading of single lines leaves its own thresholds out, so that a file is scanned.
    """
    try:
        scan = importlib.import_module("detect_secrets.core.scan")
        settings = importlib.import_module("detect_secrets.settings")
    except ImportError:
        return None

    def found(text: str) -> bool:
        with tempfile.NamedTemporaryFile("w", suffix=".txt") as file, settings.default_settings():
            file.write(text + "\n")
            file.flush()
            return any(True for _ in scan.scan_file(file.name))

    return found


def main() -> None:
    """Print what each redactor misses and takes wrongly, and how long it takes."""
    real, none = secrets(), harmless()
    for name, finds in (("ours", ours), ("detect-secrets", theirs())):
        if finds is None:
            print(f"{name}: not installed")
            continue
        started = time.process_time()
        missed = [what for what, line in real.items() if not finds(line)]
        wrong = [what for what, line in none.items() if finds(line)]
        spent = 1000 * (time.process_time() - started) / (len(real) + len(none))
        print(f"{name}: {len(real) - len(missed)} of {len(real)} found, {spent:.2f} ms a line,")
        print(f"  {len(wrong)} of {len(none)} taken wrongly")
        print(f"  missed: {', '.join(missed) or 'none'}\n  wrongly: {', '.join(wrong) or 'none'}")


if __name__ == "__main__":
    main()
