// Shows a draft in a plain form. It asks the GraphQL endpoint, as any frontend does, with the token of its address.
(() => {
  const BLOCKS = `
    __typename id
    ... on HeadingBlock { text level }
    ... on ParagraphBlock { html }
    ... on PictureBlock { ...Picture }
    ... on GalleryBlock { pictures { id ...Picture } }
    ... on QuoteBlock { text attribution }
    ... on DataTableBlock { caption headers rows }
    ... on AttachmentBlock { document { title url } }
    ... on VideoBlock { title url }
    ... on CallToActionBlock { text link: url }`;
  const PICTURE = "fragment Picture on PictureBlock { caption image { alt rendition(preset: WIDE) { url width height } } }";
  const PAGE = `query Preview($contentType: String!, $token: String!) {
    page(contentType: $contentType, token: $token) {
      __typename title seo { description }
      ... on ArticlePage { summary author source publishedAt heroImage { alt rendition(preset: HERO) { url width height } } body { ${BLOCKS} } }
      ... on CampaignPage { slogan startsOn endsOn objectives { ${BLOCKS} } requirements { ${BLOCKS} } }
      ... on ZonePage { code locality areaHa boundaryAreaHa body { ${BLOCKS} } }
    }
  } ${PICTURE}`;
  const SITE = "query Preview($token: String!) { site(token: $token) { name organization hotline address email copyright mainMenu { title children { title } } footerMenu { title } } }";
  const POLL = "query Preview($token: String!) { poll(token: $token) { question description options { id text } } }";

  const root = document.getElementById("draft");
  const asked = new URLSearchParams(location.search);
  const variables = { contentType: asked.get("contentType") || "", token: asked.get("token") || "" };

  const make = (name, text, attributes = {}) => {
    const element = document.createElement(name);
    if (text) element.textContent = text;
    Object.entries(attributes).forEach(([key, value]) => element.setAttribute(key, value));
    return element;
  };
  const add = (...elements) => root.append(...elements.filter(Boolean));

  const figure = (image, caption) => {
    if (!image || !image.rendition) return null;
    const element = make("figure");
    const { url, width, height } = image.rendition;
    element.append(make("img", "", { src: url, width, height, alt: image.alt }), make("figcaption", caption));
    return element;
  };

  /** An element that opens a field of the form, in the admin's panel. */
  const edits = (path, element) => {
    if (element) element.dataset.contentpath = path;
    return element;
  };

  const html = (source) => {
    const element = make("div");
    element.innerHTML = source; // The endpoint's HTML: rich text under the CMS's own whitelist.
    return element;
  };

  const table = (block) => {
    const element = make("table");
    const row = (cells, name) => cells.forEach((cell) => element.rows[element.rows.length - 1].append(make(name, cell)));
    element.append(make("caption", block.caption));
    [[block.headers, "th"], ...block.rows.map((cells) => [cells, "td"])].forEach(([cells, name]) => {
      element.insertRow();
      row(cells, name);
    });
    return element;
  };

  const RENDER = {
    HeadingBlock: (b) => [make(`h${b.level}`, b.text)],
    ParagraphBlock: (b) => [html(b.html)],
    PictureBlock: (b) => [figure(b.image, b.caption)],
    GalleryBlock: (b) => b.pictures.map((p) => edits(p.id, figure(p.image, p.caption))),
    QuoteBlock: (b) => [make("blockquote", `${b.text} — ${b.attribution}`)],
    DataTableBlock: (b) => [table(b)],
    AttachmentBlock: (b) => [b.document && make("a", b.document.title, { href: b.document.url })],
    VideoBlock: (b) => [make("a", b.title, { href: b.url || "#" })],
    CallToActionBlock: (b) => [make("a", b.text, { href: b.link || "#" })],
  };
  const blocks = (list = []) =>
    list.filter((block) => block && RENDER[block.__typename]).forEach((block) => {
      const element = make("div");
      element.append(...RENDER[block.__typename](block).filter(Boolean));
      add(edits(block.id, element));
    });

  const showPage = (page) => {
    add(edits("title", make("h1", page.title)));
    ["author", "source", "slogan", "code", "locality"]
      .filter((name) => page[name])
      .forEach((name) => add(edits(name, make("p", page[name], { class: "meta" }))));
    add(page.summary && edits("summary", make("p", page.summary)), edits("heroImage", figure(page.heroImage, "")));
    [page.body, page.objectives, page.requirements].forEach(blocks);
  };
  const showPoll = (poll) => {
    const list = make("ul");
    list.append(...poll.options.map(({ id, text }) => edits(`options.${id}.text`, make("li", text))));
    add(edits("question", make("h1", poll.question)), edits("description", make("p", poll.description)), list);
  };

  const menu = (items) => {
    const list = make("ul");
    items.forEach((item) => {
      const line = make("li", item.title);
      if (item.children && item.children.length) line.append(menu(item.children));
      list.append(line);
    });
    return list;
  };
  const showSite = (site) => {
    const line = (name) => site[name] && edits(name, make("p", site[name], { class: "meta" }));
    add(edits("name", make("h1", site.name)), edits("mainMenuItems", menu(site.mainMenu)));
    add(line("organization"), line("address"), line("hotline"), line("email"));
    add(edits("footerMenuItems", menu(site.footerMenu)), line("copyright"));
  };

  const { token } = variables;
  const [query, given, show] =
    {
      "polls.poll": [POLL, { token }, ({ poll }) => showPoll(poll)],
      "home.sitesettings": [SITE, { token }, ({ site }) => showSite(site)],
    }[variables.contentType.toLowerCase()] || [PAGE, variables, ({ page }) => showPage(page)];
  fetch(root.dataset.endpoint, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ query, variables: given }),
  })
    .then((response) => response.json())
    .then(({ data, errors }) => {
      if (errors) return add(make("p", errors[0].message, { class: "error" }));
      return show(data);
    });
})();
