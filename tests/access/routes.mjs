// The routes of the program, read from its sources: a route that is added appears here without anybody's doing.

import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const CRATES = fileURLToPath(new URL("../../crates/", import.meta.url));
const SOURCES = ["channels/src", "farline/src", "sandbox/src"];
/** Where the stand-in provider's router is nested. */
const NESTED = { "sandbox/src": "/sandbox" };
const VERBS = ["get", "post", "put", "patch", "delete", "head", "options", "trace", "any", "connect"];

function files(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".rs"))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

/** The text between a bracket and its partner; brackets in string literals do not count. */
function inside(text, open) {
  let depth = 0;
  let in_string = false;
  for (let at = open; at < text.length; at++) {
    const sign = text[at];
    if (in_string) {
      if (sign === "\\") at += 1;
      else if (sign === '"') in_string = false;
    } else if (sign === '"') in_string = true;
    else if (sign === "(") depth += 1;
    else if (sign === ")" && --depth === 0) return text.slice(open + 1, at);
  }
  throw new Error("a bracket is not closed");
}

/** The routes of one source text: `[{method, pattern}]`. Throws on a form that it does not understand. */
export function routes_in(source, prefix = "") {
  const text = source.replace(/^\s*\/\/.*$/gm, "");
  const found = [];
  for (const match of text.matchAll(/\.route(_service)?\s*\(/g)) {
    const call = inside(text, match.index + match[0].length - 1);
    const [, pattern, rest] = /^\s*"([^"]+)"\s*,([^]*)$/.exec(call) ?? [];
    if (!pattern) throw new Error(`a route whose address is not written out: .route(${call.slice(0, 80)}`);
    const verbs = [...rest.matchAll(/(?:^|[\s.:(])(\w+)\s*\(/g)].map(([, verb]) => verb).filter((verb) => VERBS.includes(verb));
    if (verbs.length === 0) throw new Error(`a route without a method: ${pattern}`);
    for (const verb of verbs) found.push({ method: verb.toUpperCase(), pattern: prefix + pattern });
  }
  return found;
}

/** Every route × method of the program, in order. */
export function routes_of_the_program() {
  const found = SOURCES.flatMap((source) =>
    files(join(CRATES, source)).flatMap((file) => {
      const text = readFileSync(file, "utf8");
      // Tests inside a source make routers of their own.
      return routes_in(text.split(/^#\[cfg\(test\)\]/m)[0], NESTED[source]);
    }),
  );
  return found.sort((a, b) => (a.pattern + a.method < b.pattern + b.method ? -1 : 1));
}

/** Places where routers come from elsewhere: a new one must be looked at. */
export function nests_of_the_program() {
  return SOURCES.flatMap((source) => files(join(CRATES, source)))
    .flatMap((file) => [...readFileSync(file, "utf8").matchAll(/\.(nest|nest_service|fallback|fallback_service|method_not_allowed_fallback)\s*\(([^;]{0,60})/g)])
    .map(([, how, what]) => `${how}(${what.split("\n")[0].trim()}`)
    .sort();
}
