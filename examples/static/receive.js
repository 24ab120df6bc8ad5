/** Builds the site at the start, and anew when the CMS says that something has changed (docs/webhooks.md of the CMS). */
import { spawn } from "node:child_process";
import { rename, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { Webhook } from "standardwebhooks";

const QUIET = 1000 * Number(process.env.QUIET_SECONDS ?? 3); // several events in a minute are one build
const LONGEST = 1_000_000; // bytes of an event
const webhook = new Webhook(process.env.CMS_WEBHOOK_SECRET);

let timer;
let building = Promise.resolve();

/** Make the site beside the one that is shown, and put it in its place once it is whole. */
async function build() {
  const code = await new Promise((done) => {
    spawn("npx", ["eleventy", "--quiet", "--output=_next"], { stdio: "inherit" }).on("close", done);
  });
  if (code !== 0) return console.error("The build failed: the site stays as it was.");
  await rm("_old", { recursive: true, force: true });
  await rename("_site", "_old").catch(() => {}); // there is none at first
  await rename("_next", "_site");
  console.log("built");
}

function soon() {
  clearTimeout(timer);
  timer = setTimeout(() => (building = building.then(build)), QUIET);
}

async function text(request) {
  const parts = [];
  let length = 0;
  for await (const part of request) {
    length += part.length;
    if (length > LONGEST) throw new Error("too long");
    parts.push(part);
  }
  return Buffer.concat(parts).toString();
}

createServer(async (request, response) => {
  if (request.method === "GET") return response.end("receives events of the CMS\n");
  try {
    webhook.verify(await text(request), request.headers);
  } catch {
    return response.writeHead(401).end("bad signature\n");
  }
  soon();
  response.writeHead(204).end();
}).listen(Number(process.env.PORT ?? 4321), process.env.HOST ?? "localhost");
building = build();
