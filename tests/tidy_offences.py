"""Shows that each rule of tidy.py can fail: plants an offence in a tidy tree and looks for it."""

import tempfile
from pathlib import Path

# The smallest tree that no rule complains of; with things that look like offences and are none.
TIDY = {
    "Cargo.toml": "[workspace.dependencies]\nfarline-app = { path = \"crates/app\" }\n\n# Why.\nserde = \"1\"\nserde_json = \"1\"\n",
    "Cargo.lock": 'source = "registry+https://github.com/rust-lang/crates' '.io-index"\n',
    "README.md": "# A\n\nSee [the domain](crates/domain/README.md#top), `crates/domain/src/lib.rs` and [the web](https://example.org).\n"
    "\n```sh\n# not a heading\n./test\n```\n",
    "README.zh-CN.md": "# 甲\n\n```sh\n# 不是标题\n./test\n```\n",
    "crates/domain/Cargo.toml": "[dependencies]\nserde.workspace = true\n\n[dev-dependencies]\nfarline-testkit.workspace = true\n",
    "crates/domain/README.md": "# Domain\n\n`src` holds it all, `tests/it/main.rs` tests it.\n\n## money\n\nIn cents.\n",
    "crates/domain/src/lib.rs": "pub mod lines;\npub mod money;\n",
    "crates/domain/src/lines/README.md": "# Lines\n",
    "crates/domain/src/lines/mod.rs": "//! `#[allow(x)]` in a comment, f64 too: SELECT a FROM b\n"
    "fn f<'a>(letter: &'a str, pair: [u8; 2]) -> char { let quote = '\"'; let text = \"f64 todo!( {\"; '{' }\n"
    "#[cfg(test)]\nmod tests {\n    fn half() -> f64 { 0.5 }\n" + "    fn long() {\n" + "        ();\n" * 80 + "    }\n}\n",
    "crates/domain/src/money.rs": "/* /* f32 */ async */ fn free() -> &'static str { r#\"f32 \" #[ignore] \"# }\n",
    "crates/domain/tests/it/main.rs": "fn tolerance() -> f64 { 0.5 }\n" * 600,
    "crates/sandbox/Cargo.toml": "[dependencies]\n",
    "crates/sandbox/README.md": "# Sandbox\n",
    "crates/sandbox/templates/pay.html": '<input autocomplete="cc-' 'number">\n',
    "crates/channels/src/portal/card_helpers.rs": "//! The people who help a holder.\nconst CHOICE: &str = \"Select a plan from the list\";\n",
    "crates/farline/demonstration/catalogue.toml": 'name = "Northern Bellflower"\nnote = "fido"\n',
    "crates/store/src/lines.rs": 'const ALL: &str = "SELECT id FROM lines";\n',
    "crates/texts/languages/en-CA/common.ftl": "a = a\n",
    "crates/texts/languages/fr-CA/common.ftl": "a = a\n",
    "crates/texts/languages/zh-CN/common.ftl": "a = 甲\n",
    "tests/quick.sh": "#!/bin/sh\nif true; then echo yes; fi\n",
}

LONG_FUNCTION = "fn long(pair: [u8; 2]) {\n" + "    let _ = '}';\n" * 69 + "}\n"

# (rule, path, what to write there, or None to take the file away). Each of these must be found by its rule.
OFFENCES = [
    ("files_are_short", "crates/app/src/long.rs", "// line\n" * 501),
    ("files_are_short", "crates/channels/assets/portal.css", "a{}\n" * 501),
    ("functions_are_short", "crates/app/src/long.rs", LONG_FUNCTION),
    ("functions_are_short", "crates/app/src/long.rs", f"#[cfg(test)]\nmod tests {{}}\nimpl A {{\n{LONG_FUNCTION}}}\n"),
    ("lints_are_expected_not_allowed", "crates/app/src/a.rs", "#[allow(dead_code)]\nfn a() {}\n"),
    ("lints_are_expected_not_allowed", "crates/app/tests/it/main.rs", "#![allow(dead_code)]\n"),
    ("lints_are_expected_not_allowed", "crates/app/src/a.rs", "#[cfg_attr(test, allow(dead_code))]\nfn a() {}\n"),
    ("nothing_is_unfinished", "crates/app/src/a.rs", "// TO" "DO: write it\n"),
    ("nothing_is_unfinished", "ARCHITECTURE.md", "# A\n\nFIX" "ME\n"),
    ("nothing_is_unfinished", "crates/app/src/a.rs", "fn a() { to" "do!() }\n"),
    ("nothing_is_unfinished", "crates/app/tests/it/main.rs", "#[test]\n#[ignore]\nfn a() {}\n"),
    ("nothing_is_unfinished", "tests/api/a.test.mjs", "test.skip('a', () => {});\n"),
    ("money_has_no_floats", "crates/store/src/a.rs", "fn a() -> f64 { 0.5 }\n"),
    ("money_has_no_floats", "crates/domain/src/money.rs", "fn a() -> f32 { 0.5 }\n"),
    ("money_has_no_floats", "crates/domain/src/forecast/advice.rs", "fn a() -> f64 { 0.5 }\n"),
    ("money_has_no_floats", "crates/domain/src/forecast/smoothing.rs", "fn a() -> Money { 0.5 }\n"),
    ("rules_are_pure", "crates/domain/src/money.rs", "use std::fs;\n"),
    ("rules_are_pure", "crates/domain/src/money.rs", "pub async fn a() {}\n"),
    ("only_store_speaks_sql", "crates/app/src/a.rs", 'const A: &str = "SELECT id\\n FROM lines";\n'),
    ("only_store_speaks_sql", "crates/app/src/a.rs", 'const A: &str = r#"INSERT INTO lines VALUES (1)"#;\n'),
    ("card_fields_are_the_providers", "crates/channels/templates/pay.html", '<input autocomplete="cc-' 'number">\n'),
    ("no_machine_is_named", "notes.md", "# A\n\nIt lies in /ro" "ot/farline.\n"),
    ("no_machine_is_named", "tests/a.sh", "#!/bin/sh\ncd /ho" "me/me\n"),
    ("no_registry_is_named", "deny.toml", 'allow = ["https://static.crates' '.io"]\n'),
    ("no_registry_is_named", "tests/tools/pip.conf", "index-url = https://py" "pi.org/simple\n"),
    ("demonstration_has_no_brands", "crates/farline/demonstration/plans.toml", 'operator = "rogers"\n'),
    ("demonstration_has_no_brands", "crates/farline/demonstration/plans.toml", 'operator = "Fido"\n'),
    ("demonstration_has_no_brands", "crates/farline/demonstration/catalogue.toml", None),
    ("modules_have_names", "crates/app/src/utils.rs", "\n"),
    ("modules_have_names", "crates/app/src/common/money.rs", "\n"),
    ("modules_have_names", "crates/app/src/helpers.rs", "\n"),
    ("modules_have_readmes", "crates/domain/README.md", None),
    ("modules_have_readmes", "crates/domain/src/lines/README.md", None),
    ("modules_have_readmes", "crates/domain/src/lib.rs", "pub mod lines;\npub mod money;\npub mod orders;\n"),
    ("dependencies_have_reasons", "Cargo.toml", '[workspace.dependencies]\n# Why.\nserde = "1"\ntoml = "1"\n'),
    ("dependencies_have_reasons", "Cargo.toml", '[workspace.dependencies]\n# A heading.\n\ntoml = "1"\n'),
    ("manifests_keep_the_map", "crates/domain/Cargo.toml", "[dependencies]\nfarline-app.workspace = true\n"),
    ("manifests_keep_the_map", "crates/domain/Cargo.toml", '[dependencies]\nserde = "1"\n'),
    ("manifests_keep_the_map", "crates/domain/Cargo.toml", "[features]\nfast = []\n"),
    ("manifests_keep_the_map", "crates/gateways/Cargo.toml", "[dependencies]\naxum.workspace = true\n"),
    ("manifests_keep_the_map", "crates/extra/Cargo.toml", "[dependencies]\n"),
    ("links_resolve", "ARCHITECTURE.md", "# A\n\n[gone](crates/domain/GONE.md)\n"),
    ("links_resolve", "ARCHITECTURE.md", "# A\n\nSee `crates/domain/src/gone.rs`.\n"),
    ("shell_scripts_parse", "tests/quick.sh", "#!/bin/sh\nif true; then echo yes\n"),
    ("shell_scripts_parse", "run", "#!/usr/bin/env bash\necho $(\n"),
    ("documents_say_the_same", "README.zh-CN.md", None),
    ("documents_say_the_same", "README.zh-CN.md", "# 甲\n\n## 乙\n\n```sh\n./test\n```\n"),
    ("documents_say_the_same", "README.zh-CN.md", "# 甲\n\n```sh\n./test --full\n```\n"),
    ("documents_say_the_same", "ARCHITECTURE.zh-CN.md", "# 甲\n"),
    ("languages_are_equal", "crates/texts/languages/fr-CA/common.ftl", None),
    ("languages_are_equal", "crates/texts/languages/zh-CN/portal.ftl", "a = 甲\n"),
]


def plant(root, files):
    for path, text in files.items():
        if text is not None:
            file = Path(root) / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")


def found_in(files, offences):
    with tempfile.TemporaryDirectory() as root:
        plant(root, files)
        return offences(root)


def self_test(offences):
    """Each test with what is wrong about it, as `offences` gives it for a rule."""
    clean = found_in(TIDY, offences)
    results = {"a tidy tree is let through": [offence for found in clean.values() for offence in found]}
    for number, (rule, path, text) in enumerate(OFFENCES, 1):
        found = found_in(TIDY | {path: text}, offences)[rule]
        missed = [] if found else [(path, 1, f"planted, and {rule} did not see it: {text!r}"[:200])]
        results[f"planted offence {number}: {rule}"] = missed
    unproven = {rule for rule in clean} - {rule for rule, _, _ in OFFENCES}
    results["each rule has a planted offence"] = [("tests/tidy_offences.py", 1, rule) for rule in sorted(unproven)]
    return results
