import { notFound } from "next/navigation";
import { Article } from "../../components/Article.jsx";
import { Poll } from "../../components/Poll.jsx";
import { ask, CMS_PUBLIC_URL } from "../../lib/cms.js";
import { POLL_PREVIEW, PREVIEW, SITE_PREVIEW } from "../../lib/queries.js";

export const metadata = { title: "Xem trước", robots: "noindex" };

/** A draft, for whom the CMS gave a token; see docs/previews.md of the CMS. */
export default async function Preview({ searchParams }) {
  const { contentType = "", token = "", inPanel } = await searchParams;
  const edit = (path) => (inPanel === "true" ? path : undefined);
  const query = { "polls.poll": POLL_PREVIEW, "home.sitesettings": SITE_PREVIEW }[contentType.toLowerCase()] ?? PREVIEW;
  const variables = query === PREVIEW ? { contentType, token } : { token };
  const { page, poll, site } = await ask(query, variables).catch(({ code }) => {
    if (code?.startsWith("PREVIEW_TOKEN")) notFound();
    throw new Error("The CMS did not answer");
  });
  return (
    <>
      {page && <Article page={page} edit={edit} />}
      {poll && <Poll poll={poll} preview inPanel={inPanel === "true"} />}
      {site && <h1 data-contentpath={edit("name")}>{site.name}</h1>}
      <script async src={`${CMS_PUBLIC_URL}/static/preview/userbar.js`} />
    </>
  );
}
