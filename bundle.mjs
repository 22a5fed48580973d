// Makes the scripts that a site carries out of the modules in static/js/: `npm run bundle`, or with `-- --watch`
// whenever one changes. Classic scripts, for a classic worker and for pages opened from a disk; Python takes them from there.
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, context } from "esbuild";

const HERE = dirname(fileURLToPath(import.meta.url));
const LUNR = join(HERE, "node_modules", "lunr");

// Of Lunr's own sources, those that an index is loaded and asked with: not what builds one, nor what parses queries.
const ASKING = ["lunr", "utils", "field_ref", "set", "pipeline", "vector", "match_data", "token_set", "token_set_builder", "index", "query"];

/** Lunr without the rest, its licence once at the head. @type {import("esbuild").Plugin} */
const lunr = {
  name: "lunr",
  setup(bundle) {
    bundle.onLoad({ filter: /[\\/]lunr[\\/]lunr\.js$/ }, () => {
      const [licence] = /\/\*\*[^]*?@license[^]*?\*\//.exec(readFileSync(join(LUNR, "lunr.js"), "utf8")) ?? [];
      const { version } = JSON.parse(readFileSync(join(LUNR, "package.json"), "utf8"));
      if (!licence) throw new Error("Lunr's licence is not where it was");
      const parts = ASKING.map((name) => readFileSync(join(LUNR, "lib", `${name}.js`), "utf8").replaceAll("/*!", "/*"));
      return { contents: [licence, ...parts, "export default lunr;"].join("\n").replace("@VERSION", version) };
    });
  },
};

const options = {
  absWorkingDir: HERE,
  entryPoints: [
    { in: "static/js/page.js", out: "gongwen" }, // on every page: theme, search box, an article's tools, citations, hits
    { in: "static/js/search/start.js", out: "start" }, // inside the search page
    { in: "static/js/search/main.js", out: "search" }, // the search page's own
    { in: "static/js/search/worker.js", out: "engine" }, // its worker's
  ],
  outdir: "node_modules/.bundle",
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2022",
  charset: "utf8",
  legalComments: "inline",
  logLevel: "warning",
  plugins: [lunr],
};

/** Leaves in a folder these files and no others; whoever reads one meanwhile has it whole. @param {import("esbuild").OutputFile[]} files */
function keep(files, folder) {
  mkdirSync(folder, { recursive: true });
  const names = new Set(files.map(({ path }) => basename(path)));
  readdirSync(folder).filter((name) => !names.has(name)).forEach((name) => rmSync(join(folder, name), { force: true }));
  for (const { path, contents } of files) {
    if (existsSync(path) && readFileSync(path).equals(contents)) continue;
    const beside = `${path}.${process.pid}`;
    writeFileSync(beside, contents);
    renameSync(beside, path);
  }
}

if (process.argv.includes("--watch")) await (await context(options)).watch();
else keep((await build({ ...options, write: false })).outputFiles, join(HERE, options.outdir));
