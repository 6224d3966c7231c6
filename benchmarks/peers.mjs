// Converts articles with a converter for Node: node peers.mjs FOLDER NAME < ARTICLES.json > RESULTS.json
// FOLDER has node_modules; ARTICLES is a list of texts; RESULTS has a version, and [Markdown, seconds] of each article.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, name] = process.argv.slice(2);
const require = createRequire(join(folder, "peers.js"));

const LOADERS = {
  async mdream() {
    const { htmlToMarkdown } = await import(pathToFileURL(require.resolve("mdream")));
    return (html) => htmlToMarkdown(html);
  },
  async turndown() {
    const Turndown = require("turndown");
    const service = new Turndown({ headingStyle: "atx", codeBlockStyle: "fenced" });
    service.use(require("turndown-plugin-gfm").gfm);
    return (html) => service.turndown(html);
  },
};

const convert = await LOADERS[name]();
const { version } = JSON.parse(readFileSync(join(folder, "node_modules", name, "package.json"), "utf8"));
const articles = JSON.parse(readFileSync(0, "utf8"));
const attempt = (html) => {
  try {
    const found = convert(html);
    return typeof found === "string" ? found : found.markdown;
  } catch {
    return "";
  }
};
for (const html of articles.slice(0, 100)) attempt(html);
const results = articles.map((html) => {
  const started = process.cpuUsage();
  const markdown = attempt(html);
  const { user, system } = process.cpuUsage(started);
  return [markdown, (user + system) / 1e6];
});
process.stdout.write(JSON.stringify({ version, results }));
