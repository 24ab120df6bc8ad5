import "./browser.js"; // before what looks for a window
import { tour } from "./tour.js";
import { CachePolicy, HoudiniClient } from "./.houdini";
import List from "./.houdini/artifacts/List";
import Page from "./.houdini/artifacts/Page";
import Poll from "./.houdini/artifacts/Poll";
import Polls from "./.houdini/artifacts/Polls";
import Token from "./.houdini/artifacts/Token";
import Vote from "./.houdini/artifacts/Vote";

const client = new HoudiniClient({});

// What the stores of houdini-svelte and the hooks of houdini-react do, without Svelte and React.
const by =
  (options = {}) =>
  async (artifact, variables = {}) => {
    const { data, errors } = await client.observe({ artifact }).send({ variables, ...options });
    if (errors) throw new Error(JSON.stringify(errors));
    return data;
  };

const policy = CachePolicy.NetworkOnly;
const found = await tour({
  documents: { List, Page, Polls, Poll, Token, Vote },
  query: by(),
  more: by({ policy, cacheParams: { applyUpdates: ["append"] } }),
  cached: by({ policy: CachePolicy.CacheOnly }),
  renewed: by({ policy }),
  mutate: by(),
});
console.log(JSON.stringify(found));
