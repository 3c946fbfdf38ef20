"""Renders every template case with Python's jinja2 and with our engine and compares the two.

    compare_templates.py --runner build/…/template_runner template_cases.json

A case is {"name", "template" or "templates" with "main", "data"}; besides that it may say
  "fails": true       both must refuse it
  "differs": "why"    we part from Jinja on purpose; "ours" holds our text, or "ours_fails": true
"""
import argparse
import json
import subprocess
import sys
import tempfile
import warnings

import jinja2
from markupsafe import Markup

warnings.simplefilter("ignore", DeprecationWarning)


def to_python(value):
    if isinstance(value, list):
        return [to_python(item) for item in value]
    if isinstance(value, dict):
        if "__html__" in value:
            return Markup(value["__html__"])
        return {key: to_python(item) for key, item in value.items()}
    return value


def normal(case):
    templates = dict(case.get("templates", {}))
    if "template" in case:
        templates["main"] = case["template"]
    return {
        "name": case["name"],
        "templates": templates,
        "main": case.get("main", "main"),
        "data": case.get("data", {}),
    }


def render_jinja(case):
    environment = jinja2.Environment(
        loader=jinja2.DictLoader(case["templates"]),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    try:
        return environment.get_template(case["main"]).render(**to_python(case["data"])), None
    except Exception as problem:  # whatever Jinja refuses, it refuses by raising
        return None, f"{type(problem).__name__}: {problem}"


def render_ours(runner, cases):
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        json.dump(cases, file, ensure_ascii=False)
        file.flush()
        out = subprocess.run([runner, file.name], check=True, capture_output=True, timeout=120)
    return {result["name"]: result for result in json.loads(out.stdout)}


def judge(case, jinja_text, jinja_problem, ours):
    """What is wrong, or None."""
    failed = bool(ours["errors"])
    if "differs" in case:
        if case.get("ours_fails"):
            return None if failed else f"should be refused, but gave {ours['text']!r}"
        if failed or ours["text"] != case["ours"]:
            return f"ours should be {case['ours']!r}, but is {ours['text']!r} {ours['errors']}"
        if jinja_text == case["ours"]:
            return "is said to differ from Jinja, but does not"
        return None
    if case.get("fails"):
        if jinja_problem is None:
            return f"Jinja should refuse it, but gave {jinja_text!r}"
        return None if failed else f"ours should refuse it, but gave {ours['text']!r}"
    if jinja_problem is not None:
        return f"Jinja refuses it: {jinja_problem}"
    if failed:
        return f"ours refuses it: {ours['errors']}; Jinja gives {jinja_text!r}"
    if ours["text"] != jinja_text:
        return f"Jinja {jinja_text!r}\n    ours  {ours['text']!r}"
    return None


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runner", required=True)
    parser.add_argument("cases")
    options = parser.parse_args()
    with open(options.cases, encoding="utf-8") as file:
        cases = json.load(file)
    names = [case["name"] for case in cases]
    assert len(set(names)) == len(names), "two cases share a name"
    ours = render_ours(options.runner, [normal(case) for case in cases])
    wrong = 0
    for case in cases:
        problem = judge(case, *render_jinja(normal(case)), ours[case["name"]])
        if problem:
            wrong += 1
            print(f"{case['name']}: {problem}")
    same = sum("differs" not in case and not case.get("fails") for case in cases)
    print(f"{len(cases)} cases, {same} with the same text, {wrong} wrong (jinja2 {jinja2.__version__})")
    return 1 if wrong or same < 150 else 0


if __name__ == "__main__":
    sys.exit(main())
