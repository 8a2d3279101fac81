#!/usr/bin/env python3
"""Keeps the house tidy: the rules of style that no compiler checks.

    tests/tidy.py [--self-test] [FOLDER]

Prints each offence as `file:line: what is wrong`, then `N passed, N failed`: one test per rule. With --self-test each rule
is also shown to find an offence planted for it (tidy_offences.py), and to find none in a tidy tree. Standard library only.
"""

import re
import subprocess
import sys
from pathlib import Path

sys.dont_write_bytecode = True
import tidy_rust  # noqa: E402

LINES_PER_FILE = 500
LINES_PER_FUNCTION = 70
LANGUAGES = {"en-CA", "fr-CA", "zh-CN"}
SOURCES = {".rs", ".css", ".sql", ".sh", ".py", ".mjs", ".js", ".html"}

# Each of our crates, with those of ours that it may depend on. Only the program sees all of them; adapters never see
# each other. What a crate uses in its tests alone does not count.
MAP_OF_THE_HOUSE = {
    "domain": set(),
    "texts": {"domain"},
    "documents": {"domain", "texts"},
    "app": {"domain", "texts"},
    "store": {"app", "domain", "texts"},
    "gateways": {"app", "domain", "texts"},
    "channels": {"app", "domain", "texts"},
    "sandbox": {"domain", "texts"},
    "testkit": {"app", "domain", "texts"},
    "farline": {"app", "channels", "documents", "domain", "gateways", "sandbox", "store", "texts"},
}

# Trade marks, which no demonstration data may use. Those that are also ordinary words count only as names are written.
BRANDS = (
    "Rogers|chatr|Virgin Plus|Lucky Mobile|Bell MTS|TELUS|Koodo|Public Mobile|PC Mobile|Freedom Mobile|Vid[eé]otron|SaskTel"
    "|L[uü]m|Eastlink|Xplore|Ecotel|TBayTel|Ice Wireless|SpeakOut|Petro-Canada|Good2Go|CanadianTel|Sugar Mobile|Phonebox"
    "|CTExcel|CMLink|CUniq|China (?:Mobile|Unicom|Telecom)|Airalo|Holafly|Saily|Ubigi|Gigsky|Reloadly|DT One|Taobao|Tmall"
    "|Xianyu|Alipay|WeChat|Stripe|PayPal|Interac|Mastercard|UnionPay|Twilio|Shopify"
)
BRANDS_LIKE_WORDS = "Bell|Fido|Shaw|Fizz|Nomad|Maya|Ding|Visa|Zoomer|JD"

# Written so that this file does not offend itself.
MACHINE_PATHS = re.compile(r"(?<![\w.\-])/(?:work|root|home)/")
REGISTRIES = re.compile(
    r"\b(?:crates\.io|registry\.npmjs\.org|npmjs\.com|pypi\.org|pythonhosted\.org|deb\.debian\.org|archive\.ubuntu\.com|docker\.io)\b"
)
UNFINISHED = re.compile(r"\b(?:TO" r"DO|FIX" r"ME)\b")
SQL = re.compile(r"\bSELECT\b.+\bFROM\b|\bINSERT INTO\b|\bUPDATE \w+ SET\b|\bDELETE FROM\b|\bCREATE TABLE\b", re.DOTALL)


class Tree:
    """The files of the project, as git sees them or, outside git, without what is built or installed."""

    def __init__(self, root):
        self.root = Path(root).resolve()
        self.paths = sorted(path for path in self._listed() if (self.root / path).is_file())
        self._texts = {}
        self._rust = {}

    def _listed(self):
        if (self.root / ".git").exists():
            command = ["git", "-C", str(self.root), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
            answer = subprocess.run(command, check=True, capture_output=True)
            return answer.stdout.decode().split("\0")[:-1]
        apart = {"target", ".test-tools", "node_modules"}
        found = (path.relative_to(self.root) for path in self.root.rglob("*"))
        return [str(path) for path in found if not apart & set(path.parts)]

    def text(self, path):
        """The text of a file, or None when it is not text."""
        if path not in self._texts:
            try:
                self._texts[path] = (self.root / path).read_bytes().decode("utf-8")
            except UnicodeDecodeError:
                self._texts[path] = None
        return self._texts[path]

    def texts(self, *endings, under=""):
        """(path, text) of the text files with one of these endings, or of all."""
        for path in self.paths:
            if path.startswith(under) and (not endings or path.endswith(endings)) and self.text(path) is not None:
                yield path, self.text(path)

    def rust(self, under="", tests=True):
        """(path, source) of the Rust files; without tests, those parts are blank and those files left out."""
        for path, text in self.texts(".rs", under=under):
            if path not in self._rust:
                self._rust[path] = tidy_rust.Source(text)
            if tests:
                yield path, self._rust[path]
            elif not is_test(path):
                yield path, self._rust[path].without_tests()


def is_test(path):
    """Tests stand apart: they may be longer, and name what they refuse."""
    return "/tests/" in "/" + path or path.startswith("crates/testkit/") or bool(re.search(r"(^|[/_])tests\.rs$", path))


def matches(pattern, path, text, what):
    """An offence for each place where the pattern occurs."""
    for found in re.finditer(pattern, text):
        yield path, text.count("\n", 0, found.start()) + 1, what.format(found.group(0).strip())


def files_are_short(tree):
    for path, text in tree.texts(*SOURCES):
        lines = text.count("\n")
        if not is_test(path) and lines > LINES_PER_FILE:
            yield path, lines, f"{lines} lines; at most {LINES_PER_FILE}"


def functions_are_short(tree):
    for path, source in tree.rust(tests=False):
        for name, line, length in source.functions():
            if length > LINES_PER_FUNCTION:
                yield path, line, f"fn {name} has {length} lines; at most {LINES_PER_FUNCTION}"


def lints_are_expected_not_allowed(tree):
    for path, source in tree.rust():
        yield from matches(r"#!?\[\s*allow\s*\(", path, source.code, "{} … write #[expect(…, reason = \"…\")]")
        yield from matches(r"\bcfg_attr\s*\([^)]*\ballow\s*\(", path, source.code, "{}")


def nothing_is_unfinished(tree):
    for path, text in tree.texts():
        yield from matches(UNFINISHED, path, text, "{}")
    for path, source in tree.rust():
        yield from matches(r"\b(?:todo|unimplemented)!|#\[ignore\b", path, source.code, "{}")
    for path, text in tree.texts(".mjs", ".js"):
        yield from matches(r"\b(?:test|it|describe)\.(?:skip|todo|only)\b|\bskip: true\b", path, text, "{}")


# Statistics of use need roots and shares: these files may have real numbers, and then know no money.
STATISTICS = {f"crates/domain/src/forecast/{name}.rs" for name in ("ahead", "backtest", "smoothing")}


def money_has_no_floats(tree):
    for crate in ("domain", "app", "store"):
        for path, source in tree.rust(under=f"crates/{crate}/", tests=False):
            if path in STATISTICS:
                yield from matches(r"\bMoney\b", path, source.code, "{} among real numbers")
                continue
            yield from matches(r"\bf(?:32|64)\b", path, source.code, "{} in a crate of money and units")


def rules_are_pure(tree):
    outside = r"\bstd::(?:fs|net|io|env|process|thread)\b|\basync\b|\btokio\b|\bstd::time::(?:SystemTime|Instant)\b"
    for path, source in tree.rust(under="crates/domain/src/", tests=False):
        yield from matches(outside, path, source.code, "{} in the domain, which only decides")


def only_store_speaks_sql(tree):
    for path, source in tree.rust(tests=False):
        if not path.startswith("crates/store/"):
            for line, literal in source.strings():
                if SQL.search(literal):
                    yield path, line, "SQL outside crates/store"


def card_fields_are_the_providers(tree):
    for path, text in tree.texts(".html", ".rs"):
        if not path.startswith("crates/sandbox/") and not is_test(path):
            yield from matches(r"\bcc-(?:number|exp|csc)\b|\bcvv\b", path, text, "{}: a field for a bank card")


def no_machine_is_named(tree):
    for path, text in tree.texts():
        yield from matches(MACHINE_PATHS, path, text, "{} is a path of one machine")


def no_registry_is_named(tree):
    for path, text in tree.texts():
        if not path.endswith("Cargo.lock"):
            yield from matches(REGISTRIES, path, text, "{} is a registry's host")


def demonstration_has_no_brands(tree):
    folder = "crates/farline/demonstration/"
    if not any(path.startswith(folder) for path in tree.paths):
        yield folder, 1, "is missing: nothing to look at"
    for path, text in tree.texts(under=folder):
        yield from matches(re.compile(rf"\b(?:{BRANDS})\b", re.IGNORECASE), path, text, "{} is a trade mark")
        yield from matches(rf"\b(?:{BRANDS_LIKE_WORDS})\b", path, text, "{} is a trade mark")


def modules_have_names(tree):
    for path in tree.paths:
        if path.endswith(".rs"):
            names = {part.removesuffix(".rs") for part in path.split("/")}
            empty = names & {"utils", "util", "common", "manager", "misc"}
            # A helper is a person whom a holder lets renew, in the modules of accounts and their pages.
            people = "/accounts" in path or "/account/" in path
            if empty or (path.endswith("/helpers.rs") and not people):
                yield path, 1, f"{', '.join(sorted(empty)) or 'helpers'} says nothing about what is in it"


def modules_have_readmes(tree):
    for path in tree.paths:
        if re.fullmatch(r"crates/\w+/Cargo\.toml", path):
            readme = path.replace("Cargo.toml", "README.md")
            if readme not in tree.paths:
                yield readme, 1, "is missing: each crate has a page"
    library = "crates/domain/src/lib.rs"
    modules = re.findall(r"^pub mod (\w+);", tree.text(library) or "", re.MULTILINE) if library in tree.paths else []
    for module in modules:
        readme = f"crates/domain/src/{module}/README.md"
        # A module of one file has its section on the page of the crate.
        page = "crates/domain/README.md"
        section = page in tree.paths and f"\n## {module}\n" in tree.text(page)
        if readme not in tree.paths and not section:
            yield readme, 1, "is missing: each domain module has a page"


def dependencies_have_reasons(tree):
    """A comment above each, or above the group of those that share the first word of their name."""
    section, reason_for = "", None
    for number, line in enumerate((tree.text("Cargo.toml") or "").splitlines(), 1):
        dependency = re.match(r"([\w-]+)\s*[.=]", line)
        if line.startswith("["):
            section, reason_for = line.strip("[] "), None
        elif line.startswith("#"):
            reason_for = "anyone"
        elif not line.strip():
            reason_for = None
        elif section == "workspace.dependencies" and dependency and "path =" not in line:
            family = re.split("[-_]", dependency.group(1))[0]
            if reason_for not in ("anyone", family):
                yield "Cargo.toml", number, f"{dependency.group(1)} has no comment that says why it is here"
            reason_for = family


def manifests_keep_the_map(tree):
    for path, text in tree.texts("Cargo.toml", under="crates/"):
        crate, section = path.split("/")[1], ""
        if crate not in MAP_OF_THE_HOUSE:
            yield path, 1, f"{crate} is not on the map (MAP_OF_THE_HOUSE)"
            continue
        for number, line in enumerate(text.splitlines(), 1):
            if line.startswith("["):
                section = line.strip("[] ")
                if section == "features":
                    yield path, number, "no Cargo feature changes behaviour"
            elif section.endswith("dependencies") and re.match(r"[\w-]+\s*[.=]", line):
                ours = re.match(r"farline-(\w+)", line)
                if not re.search(r"\bworkspace\s*=\s*true\b", line):
                    yield path, number, "a dependency is named in the workspace, with its reason"
                if crate == "gateways" and section == "dependencies" and line.startswith("axum"):
                    yield path, number, "gateways serve nobody outside their tests"
                if ours and section != "dev-dependencies" and ours.group(1) not in MAP_OF_THE_HOUSE[crate]:
                    yield path, number, f"{crate} must not see {ours.group(1)}"


def links_resolve(tree):
    """Links between the documents, and paths of the house that documents name in code marks."""
    for path, text in tree.texts(".md"):
        folder = (tree.root / path).parent
        for found in re.finditer(r"\]\(([^)\s]+)\)|`((?:crates|tests)/[\w./-]+)`", text):
            line = text.count("\n", 0, found.start()) + 1
            link, named = found.groups()
            # A crate's own document may name a file from its own folder on.
            starts = [tree.root, *(tree.root / above for above in Path(path).parents)]
            if named and not any((start / named).exists() for start in starts):
                yield path, line, f"{named} does not exist"
            if link and not re.match(r"[a-z]+:|#", link) and not (folder / link.split("#")[0]).exists():
                yield path, line, f"the link to {link} leads nowhere"


def shell_scripts_parse(tree):
    for path, text in tree.texts():
        shell = re.match(r"#!.*\b(bash|sh)\b", text) or (path.endswith(".sh") and re.match(r"()", text))
        if shell:
            command = [shell.group(1) or "bash", "-n", str(tree.root / path)]
            answer = subprocess.run(command, capture_output=True, text=True, check=False)
            if answer.returncode != 0:
                yield path, 1, answer.stderr.strip()


def documents_say_the_same(tree):
    """The two READMEs, and every other document with a Chinese sibling, have the same headings and the same commands."""
    pairs = {"README.md"} | {path.replace(".zh-CN.md", ".md") for path in tree.paths if path.endswith(".zh-CN.md")}
    for english in sorted(pairs):
        chinese = english.replace(".md", ".zh-CN.md")
        missing = [path for path in (english, chinese) if path not in tree.paths]
        for path in missing:
            yield path, 1, "is missing"
        if not missing and outline(tree.text(english)) != outline(tree.text(chinese)):
            yield chinese, 1, f"has other headings or commands than {english}"


def outline(text):
    """The levels of the headings, and the commands of the code blocks without their comments."""
    blocks = re.findall(r"^```.*?\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    commands = [re.sub(r"\s*#.*", "", line) for block in blocks for line in block.splitlines()]
    prose = re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)
    return re.findall(r"^(#+) ", prose, re.MULTILINE), [line for line in commands if line]


def languages_are_equal(tree):
    folder = "crates/texts/languages/"
    files = {}
    for path in tree.paths:
        if path.startswith(folder) and path.endswith(".ftl"):
            language, name = path.removeprefix(folder).split("/", 1)
            files.setdefault(language, set()).add(name)
    for language in sorted(LANGUAGES - set(files)):
        yield folder + language, 1, "is missing"
    everything = set().union(*files.values())
    for language, names in files.items():
        for name in sorted(everything - names):
            yield f"{folder}{language}/{name}", 1, "is missing; another language has it"


RULES = [
    files_are_short,
    functions_are_short,
    lints_are_expected_not_allowed,
    nothing_is_unfinished,
    money_has_no_floats,
    rules_are_pure,
    only_store_speaks_sql,
    card_fields_are_the_providers,
    no_machine_is_named,
    no_registry_is_named,
    demonstration_has_no_brands,
    modules_have_names,
    modules_have_readmes,
    dependencies_have_reasons,
    manifests_keep_the_map,
    links_resolve,
    shell_scripts_parse,
    documents_say_the_same,
    languages_are_equal,
]


def offences(root):
    """Each rule with what it found."""
    tree = Tree(root)
    return {rule.__name__: list(rule(tree)) for rule in RULES}


def main(arguments):
    own = "--self-test" in arguments
    folders = [argument for argument in arguments if argument != "--self-test"]
    results = offences(folders[0] if folders else Path(__file__).parent.parent)
    if own:
        import tidy_offences

        results |= tidy_offences.self_test(offences)
    for rule, found in results.items():
        if found:
            print(f"{rule.replace('_', ' ')}:")
        for path, line, what in found:
            print(f"  {path}:{line}: {what}")
    failed = sum(1 for found in results.values() if found)
    print(f"{len(results) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
