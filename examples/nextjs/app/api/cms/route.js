import { revalidateTag } from "next/cache";
import { Webhook } from "standardwebhooks";

/** Events of the CMS: what was made of what has changed is asked for anew (docs/webhooks.md of the CMS). */
export async function POST(request) {
  let event;
  try {
    event = new Webhook(process.env.CMS_WEBHOOK_SECRET).verify(await request.text(), Object.fromEntries(request.headers));
  } catch {
    return new Response("bad signature", { status: 401 });
  }
  const { tags = [], urls = [] } = event.data;
  // Pages are kept by their addresses; `expire: 0`, so that the next reader sees what is new.
  for (const tag of [...tags, ...urls.map((url) => new URL(url).pathname)]) revalidateTag(tag, { expire: 0 });
  return new Response(null, { status: 204 });
}
