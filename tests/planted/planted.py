#!/usr/bin/env python3
"""Plants bugs, one at a time, and demands that each is found.

    tests/planted/planted.py [WORD…]

Copies the tree to a throw-away folder, shows that the simulation passes there as it is, and then, for each bug of bugs.toml
(or those with one of the WORDs in their names): plants it, builds, and runs the simulation, or the test that the bug names,
which has to fail. Prints a line for each, then `N passed, N failed`. Standard library only.
"""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# In the build folder, which is never committed. The copy has a build of its own, which stays for the next time: cargo cannot
# tell the crates of two trees in one build folder apart.
PLACE = ROOT / "target" / "planted"
TREE = PLACE / "tree"
# How far the simulation looks: a bug that takes longer to show is not found, unless it names `operations` of its own.
OPERATIONS = {"sqlite": 40_000, "postgresql": 12_000}
RUN_SECONDS = 1800


def copy_tree():
    """The files that git knows or would know; what is the same stays untouched, so that it is not built again."""
    command = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, check=True, capture_output=True).stdout.decode().split("\0")[:-1]
    wanted = {name for name in names if (ROOT / name).is_file()}
    for path in [path for path in TREE.rglob("*") if path.is_file()]:
        if str(path.relative_to(TREE)) not in wanted:
            path.unlink()
    for name in wanted:
        write(TREE / name, (ROOT / name).read_bytes())


def write(path, content):
    if not path.is_file() or path.read_bytes() != content:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def cargo(*arguments, **settings):
    environment = {
        **os.environ,
        "CARGO_TARGET_DIR": str(PLACE / "build"),
        "RUST_BACKTRACE": "0",
        "FARLINE_FULL": "",
        **settings,
    }
    command = ["timeout", str(RUN_SECONDS), "cargo", *arguments]
    return subprocess.run(command, cwd=TREE, env=environment, capture_output=True, text=True, check=False)


def builds(package="farline-store"):
    return cargo("test", "--quiet", "--no-run", "--package", package, "--test", "it")


def simulates(store, operations):
    return runs(f"simulation::everything_comes_to_rest_in_{store}", operations)


def runs(name, operations, package="farline-store"):
    """One test of a package."""
    return cargo(
        *("test", "--quiet", "--package", package, "--test", "it", "--", "--exact", name),
        FARLINE_OPERATIONS=str(operations),
    )


def replaced(file, text, becomes):
    """The file with the bug in it, or why it cannot be planted."""
    content = (ROOT / file).read_text()
    count = content.count(text)
    if count != 1:
        raise LookupError(f"{file} has the text {count} times; it has to be there once:\n{text}")
    return content.replace(text, becomes)


def plant(bug):
    """Plants a bug. Gives the path of the file that has it now."""
    text = replaced(bug["file"], bug["text"], bug["becomes"])
    if "and_text" in bug:
        if text.count(bug["and_text"]) != 1:
            raise LookupError(f"{bug['file']} has not once the text:\n{bug['and_text']}")
        text = text.replace(bug["and_text"], bug["and_becomes"])
    path = TREE / bug["file"]
    write(path, text.encode())
    return path


def first_words(output):
    """Where the simulation was, and the first thing it found."""
    found = re.search(r"^(seed \d+, operation \d+):\n(.*)", output, re.MULTILINE)
    panicked = re.search(r"panicked at ([^\n]*:\d+:\d+)", output)
    if panicked and not found:
        return panicked.group(1)
    return f"{found.group(1)}: {found.group(2)[:160]}" if found else output.strip()[-300:]


def is_found(bug):
    """Whether a bug is found, and what is to be said of it."""
    try:
        path = plant(bug)
    except (LookupError, OSError) as fault:
        return False, str(fault)
    try:
        package = bug.get("package", "farline-store")
        build = builds(package)
        if build.returncode != 0:
            return False, f"does not compile:\n{build.stderr[-2000:]}"
        store = bug.get("store", "sqlite")
        operations = bug.get("operations", OPERATIONS[store])
        run = runs(bug["test"], operations, package) if "test" in bug else simulates(store, operations)
        output = run.stdout + run.stderr
        if "1 failed" not in output:
            return False, f"NOT FOUND within {operations} operations\n{output[-600:]}"
        return True, first_words(output)
    finally:
        write(path, (ROOT / bug["file"]).read_bytes())


def main(words):
    bugs = tomllib.loads((ROOT / "tests/planted/bugs.toml").read_text())["bug"]
    bugs = [bug for bug in bugs if not words or any(word in bug["name"] for word in words)]
    copy_tree()
    for package in sorted({bug.get("package", "farline-store") for bug in bugs}):
        build = builds(package)
        if build.returncode != 0:
            print(build.stderr[-3000:])
            print("0 passed, 1 failed")
            return 1
    passed = failed = 0
    for store in sorted({bug.get("store", "sqlite") for bug in bugs if "test" not in bug}):
        run = simulates(store, OPERATIONS[store])
        is_sound = "1 passed" in run.stdout
        passed, failed = passed + is_sound, failed + (not is_sound)
        print(f"{'ok  ' if is_sound else 'FAIL'} nothing is planted, {store}", flush=True)
        if not is_sound:
            print((run.stdout + run.stderr)[-3000:])
    # A test that fails without the bug finds nothing.
    for package, test in sorted({(bug.get("package", "farline-store"), bug["test"]) for bug in bugs if "test" in bug}):
        run = runs(test, OPERATIONS["sqlite"], package)
        is_sound = "1 passed" in run.stdout
        passed, failed = passed + is_sound, failed + (not is_sound)
        print(f"{'ok  ' if is_sound else 'FAIL'} nothing is planted, {test}", flush=True)
    for bug in bugs:
        found, words = is_found(bug)
        passed, failed = passed + found, failed + (not found)
        print(f"{'ok  ' if found else 'FAIL'} {bug['name']}\n     {words}", flush=True)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
