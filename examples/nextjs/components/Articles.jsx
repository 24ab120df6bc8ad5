import Link from "next/link";

/** A list of articles, and the way to its next page. */
export function Articles({ articles: { nodes, pageInfo }, path }) {
  return (
    <>
      <ul>
        {nodes.map(({ id, title, url, summary, publishedAt }) => (
          <li key={id}>
            <Link href={url}>{title}</Link>{" "}
            <time dateTime={publishedAt}>{new Date(publishedAt).toLocaleDateString("vi", { timeZone: "Asia/Ho_Chi_Minh" })}</time>
            <p>{summary}</p>
          </li>
        ))}
      </ul>
      {pageInfo.hasNextPage && <Link href={`${path}?after=${encodeURIComponent(pageInfo.endCursor)}`}>Trang sau</Link>}
    </>
  );
}
