#!/usr/bin/env bash
# A trial cluster of Citus on this machine: a coordinator and two workers in one folder, on loopback ports.
#
#   tests/citus/cluster.sh start FOLDER     make the cluster and start it
#   tests/citus/cluster.sh stop FOLDER      stop it and remove the folder
#   tests/citus/cluster.sh down FOLDER N    stop one node at once, as if its machine had failed
#   tests/citus/cluster.sh up FOLDER N      start that node again
#   tests/citus/cluster.sh database FOLDER NAME    an empty database on every node, joined into a cluster
#   tests/citus/cluster.sh drop FOLDER NAME        removes it from every node
#   tests/citus/cluster.sh two-phase FOLDER [NAME] how many transactions the nodes prepared (in that database) since the start
#
# FARLINE_CITUS_BIN names the programs of a PostgreSQL that has Citus. FARLINE_CITUS_PORT is the coordinator's port (9700); the
# workers have the next two. FARLINE_CITUS_DURABLE=1 keeps flushes on, to measure with.
set -euo pipefail

bin=${FARLINE_CITUS_BIN:?the programs of a PostgreSQL with Citus}
first=${FARLINE_CITUS_PORT:-9700}
verb=${1:?what to do} folder=${2:?the folder of the cluster}
nodes=(0 1 2)

# PostgreSQL refuses to run as root; then it runs as the distribution's user for it.
unprivileged() {
    if [ "$(id -u)" -ne 0 ]; then "$@"; else runuser -u postgres -- "$@"; fi
}

# Usage: say NODE DATABASE SQL
say() {
    "$bin/psql" --no-psqlrc --quiet --tuples-only --no-align --set ON_ERROR_STOP=1 --username postgres \
        --host 127.0.0.1 --port $((first + $1)) --dbname "$2" --command "$3"
}

start_node() {
    (cd / && unprivileged "$bin/pg_ctl" start -w -D "$folder/node$1" -l "$folder/node$1/log" >/dev/null)
}

set_up() {
    mkdir -p "$folder"
    folder=$(readlink -f "$folder")
    [ "$(id -u)" -ne 0 ] || chown postgres "$folder"
    local node data
    for node in "${nodes[@]}"; do
        data=$folder/node$node
        (cd / && unprivileged "$bin/initdb" -D "$data" -U postgres -A trust -E UTF8 --no-locale -N >/dev/null)
        unprivileged tee -a "$data/postgresql.conf" >/dev/null <<SETTINGS
listen_addresses = '127.0.0.1'
port = $((first + node))
unix_socket_directories = ''
shared_preload_libraries = 'citus,pg_stat_statements'
pg_stat_statements.max = 50000
max_connections = 400
shared_buffers = 256MB
max_wal_size = 2GB
max_locks_per_transaction = 256
wal_level = logical
autovacuum = off
citus.local_hostname = '127.0.0.1'
citus.node_conninfo = 'sslmode=disable'
citus.shard_count = ${FARLINE_CITUS_SHARDS:-8}
citus.enable_statistics_collection = off
SETTINGS
        if [ -z "${FARLINE_CITUS_DURABLE:-}" ]; then
            printf 'fsync = off\nsynchronous_commit = off\nfull_page_writes = off\n' | unprivileged tee -a "$data/postgresql.conf" >/dev/null
        fi
        start_node "$node"
        say "$node" postgres "CREATE ROLE farline LOGIN CREATEDB" 2>/dev/null
        say "$node" postgres "CREATE EXTENSION pg_stat_statements"
    done
    echo "the coordinator is postgres://farline@127.0.0.1:$first"
}

database() {
    local node
    for node in "${nodes[@]}"; do
        say "$node" postgres "DROP DATABASE IF EXISTS $1 WITH (FORCE)" 2>/dev/null
        say "$node" postgres "CREATE DATABASE $1 OWNER farline"
        say "$node" "$1" "CREATE EXTENSION citus"
    done
    say 0 "$1" "SELECT citus_set_coordinator_host('127.0.0.1', $first)" >/dev/null
    for node in 1 2; do
        say 0 "$1" "SELECT citus_add_node('127.0.0.1', $((first + node)))" >/dev/null
    done
}

case $verb in
start) set_up ;;
stop)
    for node in "${nodes[@]}"; do
        (cd / && unprivileged "$bin/pg_ctl" stop -m immediate -w -D "$folder/node$node" >/dev/null 2>&1) || true
    done
    rm -rf "$folder"
    ;;
down) (cd / && unprivileged "$bin/pg_ctl" stop -m immediate -w -D "$folder/node${3:?which node}" >/dev/null) ;;
up) start_node "${3:?which node}" ;;
database) database "${3:?its name}" ;;
drop)
    for node in "${nodes[@]}"; do
        say "$node" postgres "DROP DATABASE IF EXISTS ${3:?its name} WITH (FORCE)" 2>/dev/null
    done
    ;;
two-phase)
    for node in "${nodes[@]}"; do
        say "$node" postgres "SELECT COALESCE(SUM(s.calls), 0) FROM pg_stat_statements s JOIN pg_database d ON d.oid = s.dbid \
            WHERE s.query LIKE 'PREPARE TRANSACTION%' AND d.datname LIKE '${3:-%}'"
    done | awk '{ total += $1 } END { print total + 0 }'
    ;;
*) echo "there is no verb $verb" >&2 && exit 2 ;;
esac
