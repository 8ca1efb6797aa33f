"""A drafter of one's own: any model behind a server that speaks OpenAI's chat API."""

import json
import os
import sys
import urllib.request

brief = json.load(sys.stdin)
said = json.dumps({name: part for name, part in brief.items() if name != "answer"}, indent=1)
message = {"role": "user", "content": f"{brief['answer']}\n\n{said}"}
request = urllib.request.Request(
    f"{os.environ['MODEL_URL']}/chat/completions",
    json.dumps({"model": os.environ["MODEL"], "messages": [message]}).encode(),
    {"Content-Type": "application/json", "Authorization": f"Bearer {os.environ['MODEL_KEY']}"},
)
with urllib.request.urlopen(request, timeout=280) as reply:
    answer = json.load(reply)["choices"][0]["message"]["content"]
print(json.dumps({"answer": answer}))
