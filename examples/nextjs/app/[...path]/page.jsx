import { notFound } from "next/navigation";
import { Article } from "../../components/Article.jsx";
import { Articles } from "../../components/Articles.jsx";
import { ask, LISTS } from "../../lib/cms.js";
import { LIST, PAGE } from "../../lib/queries.js";

/** Any page of the CMS, by its address. It is kept until an event names this address. */
async function pageAt(params) {
  const path = `/${(await params).path.map(decodeURIComponent).join("/")}/`;
  return (await ask(PAGE, { path }, [path])).page ?? notFound();
}

export async function generateMetadata({ params }) {
  const { seo } = await pageAt(params);
  return { title: seo.title, description: seo.description };
}

export default async function Page({ params, searchParams }) {
  const page = await pageAt(params);
  if (page.__typename !== "ArticleIndexPage") return <Article page={page} />;
  const { after } = await searchParams;
  const { articles } = await ask(LIST, { after: after ?? null }, LISTS);
  return (
    <>
      <h1>{page.title}</h1>
      <Articles articles={articles} path={page.url} />
    </>
  );
}
