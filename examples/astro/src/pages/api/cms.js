import { Webhook } from "standardwebhooks";
import { forget } from "../../lib/cms.js";

/** Events of the CMS: what was made of what has changed is asked for anew (docs/webhooks.md of the CMS). */
export async function POST({ request }) {
  let event;
  try {
    const secret = process.env.CMS_WEBHOOK_SECRET;
    event = new Webhook(secret).verify(await request.text(), Object.fromEntries(request.headers));
  } catch {
    return new Response("bad signature", { status: 401 });
  }
  const { tags = [], urls = [] } = event.data;
  forget([...tags, ...urls.map((url) => new URL(url).pathname)]); // pages are kept by their addresses
  return new Response(null, { status: 204 });
}
