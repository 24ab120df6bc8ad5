// Starts GraphiQL against the endpoint that the page names.
(() => {
  const root = document.getElementById("graphiql");
  const fetcher = GraphiQL.createFetcher({ url: root.dataset.endpoint });
  const query = document.getElementById("example").textContent.trim();
  ReactDOM.createRoot(root).render(
    React.createElement(GraphiQL, { fetcher, defaultQuery: query, shouldPersistHeaders: false }),
  );
})();
