#!/usr/bin/env node
// Stands in for the program in the harness's own tests: as much of `farline demo` as world.mjs uses, and ways to fail.
import { appendFileSync, existsSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";

const [verb, ...words] = process.argv.slice(2);
const option = (name) => words[words.indexOf(name) + 1];
const [mode, data] = [process.env.STAND_IN ?? "", option("--data")];

if (verb !== "demo") {
  console.log(JSON.stringify({ verb, words }));
  process.exit(verb === "refuse" ? 3 : 0);
}
if (mode === "dies") {
  console.error("cannot start: no such operator");
  process.exit(1);
}

// What a restart may find again.
appendFileSync(join(data, "starts"), words.includes("--fresh") ? "fresh\n" : "again\n");
let now_s = 0;
let asked = 0;

const server = createServer(async (request, response) => {
  let body = "";
  for await (const part of request) body += part;
  const answer = (status, text) => response.writeHead(status, { connection: "close" }).end(text);
  if (request.url === "/readyz") return answer(++asked > 2 ? 200 : 503, "");
  if (request.url === "/sandbox/clock" && request.method === "POST") {
    if (!Number.isInteger(JSON.parse(body).advance_s)) return answer(422, "advance_s");
    now_s += JSON.parse(body).advance_s;
    return answer(200, "{}");
  }
  if (request.url === "/now") return answer(200, String(now_s));
  if (request.url === "/mailbox") {
    return answer(
      200,
      `<article class="mail">
<p class="small soft">E-mail · a***@example.org · 3:30 a.m.</p>
<div lang="fr-CA">
<h2>Votre code &amp; plus</h2>
<p>Le code est 123456&nbsp;.</p>
<p>Voir <a href="http://127.0.0.1/r?a=1&amp;b=2">http://127.0.0.1/r?a=1&amp;b=2</a></p>
</div>
</article><article class="mail sms">
<p class="small soft">短信 · +1 ••• 0100 · 03:30</p>
<div lang="zh-CN">
<p>验证码 &#x1F30F; 654321</p>
</div>
</article>`,
    );
  }
  return answer(404, existsSync(data) ? "" : "no data");
});
server.listen(Number(option("--port")), "127.0.0.1");
process.once("SIGTERM", () => {
  if (mode === "panics") console.error("thread 'main' panicked at src/main.rs:1");
  process.exit(mode === "fails" ? 4 : 0);
});
