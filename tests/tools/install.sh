#!/bin/sh
# Installs the peers and oracles of the tests into .test-tools (not committed): a Python environment in
# .test-tools/venv and Node packages in .test-tools/node. Runs again only when a list has changed.
set -eu

lists=$(cd "$(dirname "$0")" && pwd)
tools=$(cd "$lists/../.." && pwd)/.test-tools
mkdir -p "$tools"

# One installation at a time: two test runs may start together. The lock goes with the process.
exec 9>"$tools/lock"
flock 9

# Usage: changed NAME LIST; true when LIST is not the one that NAME was installed from.
changed() {
    wanted=$(sha256sum <"$2")
    [ "$(cat "$tools/$1.stamp" 2>/dev/null || true)" != "$wanted" ]
}

# Usage: stamp NAME LIST; written last, so an interrupted installation is done again.
stamp() {
    sha256sum <"$2" >"$tools/$1.stamp"
}

if changed venv "$lists/requirements.txt" || [ ! -x "$tools/venv/bin/python" ]; then
    echo "installing the Python peers into $tools/venv"
    python3 -m venv "$tools/venv"
    "$tools/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
        --requirement "$lists/requirements.txt"
    stamp venv "$lists/requirements.txt"
fi

if changed node "$lists/package.json" || [ ! -d "$tools/node/node_modules" ]; then
    echo "installing the Node peers into $tools/node"
    mkdir -p "$tools/node"
    cp "$lists/package.json" "$tools/node/package.json"
    npm install --prefix "$tools/node" --silent --no-audit --no-fund --no-package-lock --ignore-scripts
    stamp node "$lists/package.json"
fi
