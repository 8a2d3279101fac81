// Accessibility as axe-core judges it: WCAG 2.2 AA and its best practices.

import { readFileSync } from "node:fs";

import { peers, withScript } from "./browser.mjs";

const SOURCE = readFileSync(peers.resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/**
 * What axe finds wrong with the page as it stands, one sentence per element; empty when it finds nothing. It works on
 * pages whose own JavaScript is off, and is not held up by their content security policy.
 */
export async function axeFaults(page) {
  const results = await withScript(page, async (view) => {
    await view.evaluate(SOURCE);
    return view.evaluate((tags) => globalThis.axe.run(document, { runOnly: { type: "tag", values: tags } }), TAGS);
  });
  if (results.passes.length === 0) throw new Error("axe looked at nothing");
  return results.violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} (${help}) at ${target.join(" ")}: ${failureSummary.replace(/\s+/g, " ")}`),
  );
}
