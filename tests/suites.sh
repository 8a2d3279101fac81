#!/usr/bin/env bash
# Runs one suite: tests/suites.sh NAME. Called by ./test, which has installed what the suite needs. The last line of the
# output is `N passed, N failed`.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 2
source tests/needs.sh

suite_format() { one_test cargo fmt --all --check -- --color never; }

suite_tidy() { python3 tests/tidy.py --self-test; }

# In the whole run the lints are told by the build that every suite goes on with: a warning is a failure of this one alone.
suite_clippy() {
    local said status
    if [ -z "${FARLINE_WHOLE:-}" ]; then
        one_test cargo clippy --quiet --workspace --all-targets -- -D warnings
        return
    fi
    said=$(build_tests 2>&1)
    status=$?
    printf '%s' "$said"
    one_test test "$status:$said" = 0:
}

# Advisories need a network and are not part of this (deny.toml).
suite_deny() {
    local answer
    answer=$(cargo deny --color never --log-level error check bans licenses sources 2>&1)
    local status=$? verdict
    verdict=$(tail -n 1 <<<"$answer")
    [ $status -eq 0 ] || printf '%s\n' "$answer"
    count "$(grep -o ' ok' <<<"$verdict" | wc -l)" "$(grep -o ' FAILED' <<<"$verdict" | wc -l)"
    return $status
}

# Every package that a build of the program compiles, our own crates included, each version once.
suite_packages() {
    local most=420 listed number
    listed=$(cargo tree --package farline --edges normal,build --prefix none --no-dedupe) || return 1
    number=$(awk '{print $1, $2}' <<<"$listed" | sort -u | wc -l)
    echo "the program's own tree has $number packages; at most $most are allowed"
    one_test test "$number" -le "$most"
}

# The contract of every payment provider, faults at every exchange, two thousand payments over a bad wire, forged and reordered
# webhooks, a year of lines that renew themselves, and the books: apart from the other tests of the crates.
MONEY='(package(farline-gateways) & test(payment::)) | (package(farline-domain) & test(auto_renew::))
    | (package(farline-app) & test(/^(auto_renew|webhooks|providers)::/)) | (package(farline-store) & test(/^(auto_renew|ledger)::/))
    | (package(farline) & test(/^(money|books|providers)::/))'

suite_money() {
    build_tests || return 1
    nextest_tests --workspace -E "$MONEY"
}

# The tests of the crates, and the examples in their documentation.
suite_unit() {
    local status=0 log summary doc_passed doc_failed failed
    build_tests || return 1
    log=$(mktemp)
    cargo nextest run --workspace -E "not ($MONEY)" --no-fail-fast --no-tests fail --cargo-quiet --show-progress none \
        --status-level fail --final-status-level fail --failure-output final 2>&1 | tee "$log" || status=1
    summary=$(grep -E '^ +Summary ' "$log" | tail -n 1)
    cargo test --quiet --doc --workspace >"$log" 2>&1 || { status=1 && cat "$log"; }
    doc_passed=$(sum_of "$(sed -nE 's/^test result: .* ([0-9]+) passed;.*/\1/p' "$log")")
    doc_failed=$(sum_of "$(sed -nE 's/^test result: .* ([0-9]+) failed;.*/\1/p' "$log")")
    rm -f "$log"
    # A test that timed out or could not start is a failed one. What is left out here is the suite `money`'s: no test is ever
    # ignored (tidy).
    failed=$(sum_of "$(grep -oE '[0-9]+ (failed|exec failed|timed out)' <<<"$summary" | grep -oE '^[0-9]+')")
    count $(($(number_of passed "$summary") + doc_passed)) $((failed + doc_failed))
    return $status
}

suite_harness() { node_tests tests/world/*.test.mjs tests/browser/instruments*.test.mjs; }
# A browser waits more than it works: two files at a time.
suite_journeys() { build_program && FILES_AT_ONCE=2 node_tests tests/browser/journeys*.test.mjs; }
suite_pages() { build_program && FILES_AT_ONCE=2 node_tests tests/browser/pages*.test.mjs; }
suite_api() { build_program && build_examples && node_tests tests/api/*.test.mjs; }
suite_access() { build_program && node_tests tests/access/*.test.mjs; }
# The store's contract, spread over a trial cluster of its own.
suite_citus() {
    local cluster status
    cluster=$(mktemp -d)
    build_tests || return 1
    tests/citus/cluster.sh start "$cluster" || { tests/citus/cluster.sh stop "$cluster"; return 1; }
    FARLINE_CITUS_CLUSTER=$cluster nextest_tests --package farline-store --test it -E 'test(/::postgres::/) & not test(property)'
    status=$?
    tests/citus/cluster.sh stop "$cluster"
    return $status
}

suite_planted() { python3 tests/planted/planted.py; }
suite_kill() { build_program && node_tests tests/kill/*.test.mjs; }
suite_faults() { build_program && node_tests tests/faults/*.test.mjs; }

# Usage: nextest_tests OPTION…; a test that was left out, timed out or could not start is a failed one, except those not asked for.
nextest_tests() {
    local log summary status
    log=$(mktemp)
    cargo nextest run "$@" --no-fail-fast --no-tests fail --cargo-quiet --show-progress none --test-threads 2 \
        --status-level fail --final-status-level fail --failure-output final --success-output never 2>&1 | tee "$log"
    status=$?
    summary=$(grep -E '^ +Summary ' "$log" | tail -n 1)
    rm -f "$log"
    count "$(number_of passed "$summary")" "$(sum_of "$(grep -oE '[0-9]+ (failed|exec failed|timed out)' <<<"$summary" | grep -oE '^[0-9]+')")"
    return $status
}

# Usage: one_test COMMAND…; the command is the test.
one_test() {
    if "$@" 2>&1; then count 1 0; else count 0 1 && return 1; fi
}

count() { printf '%d passed, %d failed\n' "$1" "$2"; }

# Usage: number_of WORD "TEXT"; the number before the first such word, or 0.
number_of() { sum_of "$(grep -oE "[0-9]+ $1" <<<"$2" | head -n 1 | grep -oE '^[0-9]+')"; }

sum_of() { awk '{ total += $1 } END { print total + 0 }' <<<"$1"; }

# Clippy compiles what it looks at as the compiler does, so that one build serves lints and tests: of the whole run's time on
# two cores this is a sixth. What is measured for its speed is never built so (`farline bench` is run by hand).
if [ -n "${FARLINE_WHOLE:-}" ]; then
    RUSTC_WORKSPACE_WRAPPER=$(rustc --print sysroot)/bin/clippy-driver
    export RUSTC_WORKSPACE_WRAPPER
fi

# Everything in the workspace in one build, so that each part is compiled once: dependencies, the program, the tests.
build_tests() { cargo build --quiet --workspace --all-targets; }

# The program alone builds sooner; after the whole build it is there already, with the features of that build.
build_program() {
    if [ -n "${FARLINE_WHOLE:-}" ]; then build_tests; else cargo build --quiet --package farline; fi
}

# What partners are shown in Rust; the whole build has it already.
build_examples() { [ -n "${FARLINE_WHOLE:-}" ] || cargo build --quiet --package farline-gateways --example partner_order; }

# Usage: [FILES_AT_ONCE=N] node_tests FILE…; each starts programs of its own, so one file at a time unless it is said.
node_tests() {
    local log status
    CHROMIUM=$(chromium_path)
    export CHROMIUM
    log=$(mktemp)
    node --test --test-concurrency="${FILES_AT_ONCE:-1}" --test-reporter=spec "$@" 2>&1 | tee "$log"
    status=$?
    local summary failed
    # Skipped and unfinished tests are failed ones.
    summary=$(tail -n 400 "$log" | sed -nE 's/^ℹ (pass|fail|cancelled|skipped|todo) ([0-9]+)$/\2 \1/p')
    rm -f "$log"
    failed=$(sum_of "$(grep -E ' (fail|cancelled|skipped|todo)$' <<<"$summary")")
    count "$(number_of pass "$summary")" "$failed"
    [ $status -eq 0 ] && [ "$failed" -eq 0 ]
}

"suite_${1:?the name of a suite}"
