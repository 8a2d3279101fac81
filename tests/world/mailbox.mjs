// Reads the demonstration's mailbox page (crates/channels/templates/mailbox.html).

const ENTITIES = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: "\u00a0" };

/** Text as a reader sees it. */
export const decoded = (html) =>
  html
    .replace(/<[^>]*>/g, "")
    .replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex, decimal, name) => {
      if (hex) return String.fromCodePoint(parseInt(hex, 16));
      return decimal ? String.fromCodePoint(Number(decimal)) : (ENTITIES[name] ?? whole);
    })
    .trim();

/** `{medium: "email" | "text", to, at, language, subject, body, links}` of each message, in the order of the page. */
export function readMailbox(page) {
  return [...page.matchAll(/<article class="mail( sms)?">([\s\S]*?)<\/article>/g)].map(([, sms, article]) => {
    const [, heading, language, inside] = article.match(/<p[^>]*>([\s\S]*?)<\/p>\s*<div lang="([^"]+)">([\s\S]*)<\/div>/);
    const [, to, at] = decoded(heading).split(" · ");
    return {
      medium: sms ? "text" : "email",
      to,
      at,
      language,
      subject: decoded(inside.match(/<h2>([\s\S]*?)<\/h2>/)?.[1] ?? ""),
      body: [...inside.matchAll(/<p>([\s\S]*?)<\/p>/g)].map(([, paragraph]) => decoded(paragraph)).join("\n"),
      links: [...inside.matchAll(/<a href="([^"]+)"/g)].map(([, address]) => decoded(address)),
    };
  });
}
