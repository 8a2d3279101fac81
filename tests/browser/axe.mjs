// Accessibility as axe-core judges it: WCAG 2.2 AA and its best practices.

import { readFileSync } from "node:fs";

import { peers, withScript } from "./browser.mjs";

const SOURCE = readFileSync(peers.resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** The rules whose answer another scheme or another width can change; the markup that the others look at stays the same. */
const LOOKS = ["color-contrast", "link-in-text-block", "target-size", "scrollable-region-focusable", "aria-hidden-focus"];

/**
 * What axe finds wrong with the page as it stands, one sentence per element; empty when it finds nothing. It works on
 * pages whose own JavaScript is off, and is not held up by their content security policy.
 */
export const axeFaults = (page) => faultsBy(page, { type: "tag", values: TAGS });

/** The same of a page that axe has seen whole, in another scheme or at another width. */
export const axeLooks = (page) => faultsBy(page, { type: "rule", values: LOOKS });

async function faultsBy(page, runOnly) {
  const results = await withScript(page, async (view) => {
    await view.evaluate(SOURCE);
    return view.evaluate((rules) => globalThis.axe.run(document, { runOnly: rules }), runOnly);
  });
  if (results.passes.length === 0) throw new Error("axe looked at nothing");
  return results.violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} (${help}) at ${target.join(" ")}: ${failureSummary.replace(/\s+/g, " ")}`),
  );
}
