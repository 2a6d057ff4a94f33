"""Times one tool of PyPI over JSON lines of texts: python peer.py TOOL < texts.jsonl; prints the seconds of one round."""

import json
import sys
import time

texts = [json.loads(line) for line in sys.stdin]


def dateparser_tool():
    from datetime import datetime

    from dateparser.search import search_dates

    def run(text):
        moment = datetime.fromisoformat(text["now"]).replace(tzinfo=None)
        search_dates(text["text"], languages=["id", "en"], settings={"RELATIVE_BASE": moment, "DATE_ORDER": "DMY"})

    return run


def proselint_tool():
    from proselint.checks import __register__
    from proselint.registry import CheckRegistry
    from proselint.tools import LintFile

    CheckRegistry().register_many(__register__)
    return lambda text: LintFile("draft", text["text"]).lint()


run = {"dateparser": dateparser_tool, "proselint": proselint_tool}[sys.argv[1]]()
for text in texts[:5]:
    run(text)
began = time.perf_counter()
for text in texts:
    run(text)
print(time.perf_counter() - began)
