import { createElement } from "react";
import { CMS_PUBLIC_URL } from "../lib/cms.js";
import { Poll } from "./Poll.jsx";

/** A page; `edit` says in a preview which field of the admin's form an element shows. */
export function Article({ page, edit = () => undefined }) {
  return (
    <article>
      <h1 data-contentpath={edit("title")}>{page.title}</h1>
      {page.summary && <p data-contentpath={edit("summary")}><strong>{page.summary}</strong></p>}
      <Picture image={page.heroImage} path={edit("heroImage")} />
      {page.body?.filter(Boolean).map((block) => (
        <div key={block.id} data-contentpath={edit(block.id)}><Block block={block} /></div>
      ))}
    </article>
  );
}

function Block({ block }) {
  switch (block.__typename) {
    case "HeadingBlock":
      return createElement(`h${block.level}`, null, block.text);
    case "ParagraphBlock": // rich text under the CMS's own whitelist
      return <div dangerouslySetInnerHTML={{ __html: block.html }} />;
    case "PictureBlock":
      return <Picture image={block.image} caption={block.caption} />;
    case "QuoteBlock":
      return <blockquote>{block.text} <cite>{block.attribution}</cite></blockquote>;
    case "PollBlock":
      return block.poll && <Poll poll={block.poll} cms={CMS_PUBLIC_URL} />;
    default: // a block that this frontend does not know yet
      return null;
  }
}

function Picture({ image, caption, path }) {
  if (!image?.rendition) return null;
  const { url, width, height } = image.rendition;
  return (
    <figure data-contentpath={path}>
      <img src={url} width={width} height={height} alt={image.alt} />
      {caption && <figcaption>{caption}</figcaption>}
    </figure>
  );
}
