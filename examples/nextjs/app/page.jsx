import { connection } from "next/server";
import { Articles } from "../components/Articles.jsx";
import { Poll } from "../components/Poll.jsx";
import { ask, CMS_PUBLIC_URL, LISTS } from "../lib/cms.js";
import { HOME } from "../lib/queries.js";

export default async function Home() {
  await connection(); // drawn when it is asked for: the build needs no CMS
  const { site, articles, polls } = await ask(HOME, {}, LISTS);
  return (
    <>
      <h1>{site.name}</h1>
      <Articles articles={articles} path="/tin-tuc/" />
      {polls.nodes.map((poll) => <Poll key={poll.id} poll={poll} cms={CMS_PUBLIC_URL} />)}
    </>
  );
}
