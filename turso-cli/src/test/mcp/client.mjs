// The official TypeScript client over stdio or HTTP: lists, calls, pages, reads, subscribes.
//   node client.mjs stdio PROGRAM        node client.mjs http URL TOKENFILE
import assert from "node:assert/strict";
import fs from "node:fs";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { ResourceUpdatedNotificationSchema } from "@modelcontextprotocol/sdk/types.js";

const [kind, where, tokenFile] = process.argv.slice(2);
const transport =
  kind === "stdio"
    ? new StdioClientTransport({ command: where, args: [":memory:", "--mcp"] })
    : new StreamableHTTPClientTransport(new URL(where), {
        requestInit: { headers: { Authorization: "Bearer " + fs.readFileSync(tokenFile, "utf8").trim() } },
      });
const client = new Client({ name: "check", version: "1" });
const updates = [];
let wake = () => {};
client.setNotificationHandler(ResourceUpdatedNotificationSchema, (message) => {
  updates.push(message.params.uri);
  wake();
});
await client.connect(transport);
let checks = 0;
const check = (truth, claim) => (assert.ok(truth, claim), checks++);
const call = async (name, args = {}) => {
  const result = await client.callTool({ name, arguments: args });
  assert.ok(!result.isError, name + ": " + JSON.stringify(result.content));
  return result.structuredContent;
};
const told = async (uri) => {
  const end = Date.now() + 30_000;
  while (!updates.includes(uri)) {
    assert.ok(Date.now() < end, "not told of " + uri);
    await new Promise((resolve) => ((wake = resolve), setTimeout(resolve, 500)));
  }
  updates.length = 0;
  checks++;
};

const { tools } = await client.listTools();
check(tools.length >= 14 && tools.every((tool) => tool.outputSchema && tool.annotations), "tools");
await call("open_database", { path: ":memory:" });
await call("schema_change", { query: "CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT)" });
check((await call("list_tables")).tables.includes("t"), "list_tables");
const { uri } = await call("subscribe_query", { query: "SELECT count(*) FROM t" });
const added = await call("insert_data", {
  query: "INSERT INTO t (b) SELECT 'row ' || value FROM generate_series(1, ?1) RETURNING a",
  parameters: [250],
});
check(added.changes === 250 && added.rows.length > 0, "insert_data with RETURNING");
await told(uri);
const rows = [];
let cursor;
do {
  const page = await call("execute_query", { query: "SELECT a FROM t ORDER BY a", limit: 100, cursor });
  rows.push(...page.rows.map((row) => row[0]));
  cursor = page.nextCursor;
} while (cursor);
check(rows.length === 250 && rows.every((row, i) => row === i + 1), "pages are the whole result");
await client.subscribeResource({ uri: "turso://table/t" });
await call("delete_data", { query: "DELETE FROM t WHERE a > :a", parameters: { a: 7 } });
await told("turso://table/t");
check((await client.readResource({ uri })).contents[0].text.includes("[7]"), "the live query's resource");
check((await client.listResources()).resources.some((each) => each.uri === "turso://table/t"), "resources");
check((await client.listResourceTemplates()).resourceTemplates.length > 0, "resource templates");
const refused = await client.callTool({ name: "execute_query", arguments: { query: "DROP TABLE t" } });
check(refused.isError, "DROP is no query");
const unknown = await client.callTool({ name: "nosuch", arguments: {} }).then((r) => r.isError, () => true);
check(unknown, "an unknown tool");
await client.ping();
await client.close();
console.log(`${kind}: ${checks} checks of the TypeScript client passed`);
process.exit(0);
