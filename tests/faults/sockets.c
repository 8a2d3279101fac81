/* Sockets: a connection that was accepted carries requests to the program, one that it made carries its own requests to
 * the payment provider, to its webhook address or to PostgreSQL. The points are named by what is said. */

#define _GNU_SOURCE
#include "shim.h"
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum side { NONE, ACCEPTED, CONNECTED, POSTGRES };
enum { SOCKETS = 4096, STATEMENTS = 4096, LABEL = 96 };

/* Of PostgreSQL: how many octets of the message under way are still to come. A connection is used by one thread at a
 * time, so that nothing here needs a lock. */
static struct {
    enum side side;
    size_t rest, rest_before;
    char label[LABEL];
} sockets[SOCKETS];
/* What the prepared statements do, by their number: the program's library calls them s0, s1 … */
static char statements[STATEMENTS][LABEL];

static bool known(int fd) { return fd >= 0 && fd < SOCKETS; }
bool is_socket(int fd) { return known(fd) && sockets[fd].side != NONE; }

static void begin(int fd, enum side side)
{
    if (!known(fd)) return;
    sockets[fd].side = side;
    sockets[fd].rest = 0;
    sockets[fd].label[0] = 0;
}

void socket_accepted(int fd) { begin(fd, ACCEPTED); }
void socket_connected(int fd) { begin(fd, CONNECTED); }
void socket_closed(int fd) { begin(fd, NONE); }

/* `POST /api/v1/orders/:id`: segments that hold an id are named so. */
static bool request_of(const unsigned char *octets, size_t length, char *label)
{
    size_t at = 0, out = 0;
    while (at < length && at < 8 && isupper(octets[at])) at++;
    if (at < 3 || at + 1 >= length || octets[at] != ' ' || octets[at + 1] != '/') return false;
    out = at + 1;
    memcpy(label, octets, out);
    at++;
    while (at < length && octets[at] == '/' && out + 20 < LABEL) {
        size_t from = ++at, digits = 0;
        while (at < length && !strchr("/ ?\r\n", octets[at])) digits += isdigit(octets[at++]) != 0;
        bool is_id = at - from > 12 || digits > 1;
        const char *shown = is_id ? ":id" : (const char *)octets + from;
        out += snprintf(label + out, LABEL - out, "/%.*s", is_id ? 3 : (int)(at - from), shown);
    }
    label[out < LABEL ? out : LABEL - 1] = 0;
    return true;
}

/* What stands behind a lead, up to the end of the word; nothing when the lead is not there. */
static const char *word_behind(const char *text, const char *lead, size_t *length)
{
    const char *found = strstr(text, lead);
    if (!found) return NULL;
    found += strlen(lead);
    *length = strcspn(found, " (;,\n");
    return found;
}

/* `insert orders`: the verb of a statement and its table. */
static void statement_of(const char *sql, size_t length, char *label)
{
    char text[600];
    // A script may begin with comments.
    while (length > 2 && sql[0] == '-' && sql[1] == '-') {
        const char *line = memchr(sql, '\n', length);
        size_t gone = line ? (size_t)(line - sql) + 1 : length;
        sql += gone;
        length -= gone;
        while (length > 0 && isspace((unsigned char)*sql)) sql++, length--;
    }
    size_t size = length < sizeof text - 1 ? length : sizeof text - 1;
    for (size_t at = 0; at < size; at++) text[at] = tolower((unsigned char)sql[at]);
    text[size] = 0;
    const char *verb = text + strspn(text, " (");
    size_t verb_length = strcspn(verb, " ;\n"), table_length = 0;
    const char *table = NULL;
    if (!strncmp(verb, "select", 6)) {
        table = word_behind(verb, " from ", &table_length);
        if (table && !strncmp(table, "unnest", 6)) table = word_behind(verb, " join ", &table_length);
    } else if (!strncmp(verb, "update", 6)) {
        table = word_behind(verb, "update ", &table_length);
    } else {
        table = word_behind(verb, verb[0] == 'd' ? " from " : verb[0] == 'c' ? " table " : " into ", &table_length);
    }
    snprintf(label, LABEL, "%.*s%s%.*s", (int)verb_length, verb, table ? " " : "", (int)table_length, table ? table : "");
}

static uint32_t number_at(const unsigned char *octets)
{
    return (uint32_t)octets[0] << 24 | octets[1] << 16 | octets[2] << 8 | octets[3];
}

/* What one message says that is worth a point: a bound statement, or words without parameters such as COMMIT. */
static bool message(char kind, const char *body, size_t length, char *label)
{
    if (kind == 'Q') {
        statement_of(body, length, label);
        return true;
    }
    const char *second = memchr(body, 0, length);
    if ((kind != 'P' && kind != 'B') || !second) return false;
    const char *name = kind == 'P' ? body : second + 1;
    if (name >= body + length || *name != 's') return false;
    char *kept = statements[strtoul(name + 1, NULL, 10) % STATEMENTS];
    if (kind == 'P') {
        statement_of(second + 1, length - (second + 1 - body), kept);
        return false;
    }
    snprintf(label, LABEL, "%s", kept);
    return true;
}

/* The last named message that begins in these octets gives them their name. */
static bool messages(int fd, const unsigned char *octets, size_t length, char *label, size_t *begins)
{
    size_t at = sockets[fd].rest < length ? sockets[fd].rest : length;
    sockets[fd].rest_before = sockets[fd].rest;
    sockets[fd].rest -= at;
    bool named = false;
    while (at + 5 <= length) {
        size_t whole = 1 + number_at(octets + at + 1);
        size_t here = whole < length - at ? whole : length - at;
        if (message(octets[at], (const char *)octets + at + 5, here - 5, label)) {
            if (named && !strcmp(label, "commit")) strcpy(label, "commit after rows");
            named = true;
            *begins = at;
        }
        at += here;
        sockets[fd].rest = whole - here;
    }
    return named;
}

bool said(int fd, const unsigned char *octets, size_t length, char *name, size_t *begins)
{
    *begins = 0;
    if (sockets[fd].side == CONNECTED && length >= 8 && number_at(octets) == length && number_at(octets + 4) == 196608) {
        sockets[fd].side = POSTGRES;
        snprintf(sockets[fd].label, LABEL, "connect");
    } else if (sockets[fd].side == POSTGRES) {
        if (!messages(fd, octets, length, sockets[fd].label, begins)) return false;
    } else if (sockets[fd].side == CONNECTED) {
        if (!request_of(octets, length, sockets[fd].label)) return false;
    } else if (length < 5 || memcmp(octets, "HTTP/", 5)) {
        return false;
    }
    static const char *const verbs[] = {"", "answer", "ask", "postgres"};
    snprintf(name, NAME, "%s %s", verbs[sockets[fd].side], sockets[fd].label);
    return true;
}

void sent(int fd, const unsigned char *octets, size_t length)
{
    char label[LABEL];
    size_t begins;
    if (!known(fd) || sockets[fd].side != POSTGRES) return;
    sockets[fd].rest = sockets[fd].rest_before;
    messages(fd, octets, length, label, &begins);
}

bool heard(int fd, const unsigned char *octets, size_t length, char *name)
{
    if (sockets[fd].side == ACCEPTED) {
        if (!request_of(octets, length, sockets[fd].label)) return false;
    } else if (!sockets[fd].label[0]) {
        return false;
    }
    static const char *const verbs[] = {"", "hear", "learn", "postgres answers"};
    snprintf(name, NAME, "%s %s", verbs[sockets[fd].side], sockets[fd].label);
    // Further octets of the same answer are no further point.
    if (sockets[fd].side != ACCEPTED) sockets[fd].label[0] = 0;
    return true;
}
