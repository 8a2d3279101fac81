# What the tests need, and how it is installed: sourced by ./test. Packages of the distribution are installed for the
# machine (as root or with sudo); everything else goes into .test-tools, which is not committed.

tools=$PWD/.test-tools
export CARGO_INSTALL_ROOT=$tools/cargo
PATH=$PATH:$tools/cargo/bin

# The versions that the suites were written with; another one that the machine already has is used as it is.
nextest_version=0.9.143
deny_version=0.20.2

# Usage: install_needs "WORDS"; installs what is missing of the needs named. False when something is still missing.
install_needs() {
    local need status=0
    missing_packages=()
    for need in $1; do
        "packages_for_$need"
    done
    install_packages || status=1
    for need in $1; do
        if declare -F "install_$need" >/dev/null; then
            "install_$need" || status=1
        fi
    done
    return $status
}

# Usage: wants COMMAND PACKAGE…; notes the packages when the command is not there.
wants() {
    command -v "$1" >/dev/null || missing_packages+=("${@:2}")
}

packages_for_rust() { :; }
packages_for_deny() { packages_for_compiler; }
packages_for_nextest() { packages_for_compiler; }
packages_for_compiler() { wants cc gcc libc6-dev; }
packages_for_node() { wants node nodejs; }
# The server's programs alone: the tests start a server of their own, in a folder of their own, and touch no other.
packages_for_postgres() {
    postgres_programs >/dev/null || missing_packages+=(postgresql)
    # Certificates for those tests that reach it under TLS.
    wants openssl openssl
}
packages_for_poppler() { wants pdftotext poppler-utils; }
packages_for_python() {
    wants python3 python3
    python3 -c 'import ensurepip, venv' 2>/dev/null || missing_packages+=(python3-venv)
}
packages_for_peers() {
    packages_for_python
    wants npm npm
}
packages_for_chromium() {
    chromium_path >/dev/null || missing_packages+=(chromium)
    # Chinese pages are looked at with Chinese letters.
    [ -n "$(fc-list ':lang=zh-cn' 2>/dev/null)" ] || missing_packages+=(fontconfig fonts-noto-cjk)
}

# Where the programs of a PostgreSQL server are, which Debian keeps off the PATH.
postgres_programs() {
    if [ -n "${FARLINE_POSTGRES_BIN:-}" ]; then
        echo "$FARLINE_POSTGRES_BIN"
    else
        compgen -G "/usr/lib/postgresql/*/bin/initdb" || command -v initdb
    fi
}

# The browser to use: the distribution's, or the one that CHROMIUM names.
chromium_path() {
    if [ -n "${CHROMIUM:-}" ]; then
        echo "$CHROMIUM"
    else
        command -v chromium || command -v chromium-browser || command -v google-chrome-stable
    fi
}

install_packages() {
    [ ${#missing_packages[@]} -gt 0 ] || return 0
    local apt=(env DEBIAN_FRONTEND=noninteractive apt-get)
    if ! command -v apt-get >/dev/null; then
        echo "this machine has no apt-get; please install: ${missing_packages[*]}" >&2
        return 1
    fi
    if [ "$(id -u)" -ne 0 ]; then
        if ! command -v sudo >/dev/null; then
            echo "please install as root: apt-get install ${missing_packages[*]}" >&2
            return 1
        fi
        if [ -t 2 ] && [ -z "${CI:-}" ]; then apt=(sudo "${apt[@]}"); else apt=(sudo -n "${apt[@]}"); fi
    fi
    echo "installing ${missing_packages[*]}"
    logged packages "${apt[@]}" update && logged packages "${apt[@]}" install --yes --no-install-recommends "${missing_packages[@]}"
}

# Usage: logged NAME COMMAND…; quiet unless it fails.
logged() {
    local log=$tools/logs/install-$1.log
    mkdir -p "$tools/logs"
    "${@:2}" >"$log" 2>&1 && return 0
    echo "could not install $1:" >&2
    tail -n 40 "$log" | sed 's/^/    /' >&2
    return 1
}

install_rust() {
    if ! command -v cargo >/dev/null; then
        echo "a Rust toolchain is needed: https://rustup.rs" >&2
        return 1
    fi
    cargo fmt --version >/dev/null 2>&1 && cargo clippy --version >/dev/null 2>&1 && return 0
    logged rustup rustup component add rustfmt clippy
}

install_node() {
    node -e 'const [major, minor] = process.versions.node.split(".").map(Number);
        process.exit(major > 18 || (major === 18 && minor >= 19) ? 0 : 1)' && return 0
    echo "Node 18.19 or newer is needed; this machine has $(node --version)" >&2
    return 1
}

# The Python environment and the Node packages: tests that talk to servers which others wrote.
install_peers() { logged peers sh tests/tools/install.sh; }

# Unoptimised, these two take two minutes each to build on two cores instead of ten, and run long enough to see.
install_nextest() { cargo_tool cargo-nextest "$nextest_version" --no-default-features --features default-no-update; }
install_deny() { cargo_tool cargo-deny "$deny_version"; }

# Usage: cargo_tool NAME VERSION [OPTION…]; built once, into .test-tools/cargo.
cargo_tool() {
    command -v "$1" >/dev/null && return 0
    echo "building $1 $2"
    CARGO_PROFILE_DEV_DEBUG=0 CARGO_INCREMENTAL=0 CARGO_TARGET_DIR=$tools/cargo/target \
        logged "$1" cargo install "$1" --version "$2" --locked --debug "${@:3}" &&
        rm -rf "$tools/cargo/target"
}
