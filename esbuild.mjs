/**
 * Bundles everything that ships into dist/: the VS Code client and the server for both extension hosts (Node, web worker),
 * the command line, and the data they read at run time (wasm, the standard library's declarations).
 *
 * Invariant: the browser bundles are built with platform=browser, where any `node:` import fails: the build is a purity check.
 * Usage: node esbuild.mjs [--only=cli]  (the part of a bundle's name before the dot)
 */
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { buildCode } from "./scripts/build-code.mjs";

const root = dirname(fileURLToPath(import.meta.url));
const dist = join(root, "dist");
const modules = join(root, "node_modules");

/** The sources that items of a text depend on: kept items of other sources are not read. */
function itemFormat() {
  const hash = createHash("sha256").update(readFileSync(join(root, "grammars/tree-sitter-rust.wasm")));
  for (const folder of ["server/src/syntax", "server/src/hir-def"])
    for (const name of readdirSync(join(root, folder)).sort()) hash.update(readFileSync(join(root, folder, name)));
  return hash.digest("hex").slice(0, 16);
}

/** Everything that an answer depends on besides the user's files: kept answers of another product are not read. */
function product() {
  const hash = createHash("sha256");
  const folders = ["server/src", "server/std", "l10n/server"].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort(),
  );
  for (const path of [
    ...folders,
    ...["grammars/tree-sitter-rust.wasm", "package-lock.json", "esbuild.mjs"].map((name) => join(root, name)),
  ]) {
    const bytes = readFileSync(path);
    hash.update(`${relative(root, path)} ${bytes.length}\0`).update(bytes);
  }
  return hash.digest("hex").slice(0, 16);
}

const define = { STOWPLAN_ITEM_FORMAT: JSON.stringify(itemFormat()), STOWPLAN_PRODUCT: JSON.stringify(product()) };

const common = {
  absWorkingDir: root,
  bundle: true,
  minifySyntax: true,
  minifyWhitespace: true,
  keepNames: false,
  legalComments: "none",
  metafile: true,
  logLevel: "warning",
  target: "es2022",
  treeShaking: true,
  define,
};
const node = {
  ...common,
  platform: "node",
  format: "cjs",
  target: "node20",
  // web-tree-sitter's ES module asks for import.meta.url, which a CommonJS bundle does not have; its CommonJS build does not.
  alias: { "web-tree-sitter": join(modules, "web-tree-sitter/web-tree-sitter.cjs") },
};
const browser = {
  ...common,
  platform: "browser",
  mainFields: ["browser", "module", "main"],
  // Only for finding wasm files, which the server is given as bytes.
  define: { ...define, "import.meta.url": '"file:///"' },
};

const bundles = [
  { name: "client", entry: "client/src/main-node.ts", out: "client.cjs", options: { ...node, external: ["vscode"] } },
  {
    name: "client",
    entry: "client/src/main-browser.ts",
    out: "client.browser.js",
    options: { ...browser, format: "cjs", external: ["vscode"] },
  },
  { name: "server", entry: "server/src/main-node.ts", out: "server-main.cjs", options: node, boot: "server.cjs" },
  { name: "server", entry: "server/src/main-browser.ts", out: "server.browser.js", options: { ...browser, format: "iife" } },
  { name: "cli", entry: "server/src/main-parse.ts", out: "parse-worker.cjs", options: node },
  { name: "cli", entry: "server/src/main-cli.ts", out: "cli-main.cjs", options: node, boot: "cli.cjs" },
];

const copies = [
  [join(modules, "web-tree-sitter/web-tree-sitter.wasm"), "web-tree-sitter.wasm"],
  [join(root, "grammars/tree-sitter-rust.wasm"), "tree-sitter-rust.wasm"],
  [join(root, "server/std"), "std"],
  [join(root, "l10n/server"), "l10n"],
];

/** The packages that esbuild's metafiles name, as folders below node_modules. */
function bundledPackages(metafiles) {
  const inputs = metafiles.flatMap((metafile) => Object.keys(metafile.inputs));
  const found = inputs.map((input) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1]);
  return [...new Set(found.filter((name) => name !== undefined))].sort();
}

/** The licence texts of all bundled packages (and of the grammar) in one text. */
function licences(packages) {
  return packages.map((name) => {
    const folder = join(modules, name);
    const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    const text = file === undefined ? "" : readFileSync(join(folder, file), "utf8").trim();
    return `${name} ${version} (${license})\n\n${text}\n`;
  });
}

/** What Node starts of a bundle: `main-boot.ts`, which is told the bundle's name and content. */
async function buildBoot(bundle, out) {
  const bytes = readFileSync(join(dist, bundle));
  if (bytes.some((byte) => byte > 127)) throw new Error(`${bundle} is not ASCII, as main-boot.ts reads it`);
  const key = `${bundle.replace(/\.cjs$/, "")}-${createHash("sha256").update(bytes).digest("hex").slice(0, 16)}`;
  const options = { ...node, banner: { js: "#!/usr/bin/env node" }, define: { STOWPLAN_BUNDLE: JSON.stringify({ name: bundle, key }) } };
  await build({ ...options, entryPoints: [join(root, "server/src/main-boot.ts")], outfile: join(dist, out) });
}

const only = process.argv.find((arg) => arg.startsWith("--only="))?.slice("--only=".length);
mkdirSync(dist, { recursive: true });
const wanted = bundles.filter(({ name, entry }) => existsSync(join(root, entry)) && (only === undefined || only === name));
const built = [];
for (const { entry, out, options, boot } of wanted) {
  const { metafile } = await build({ ...options, entryPoints: [join(root, entry)], outfile: join(dist, out) });
  built.push(metafile);
  if (boot !== undefined) await buildBoot(out, boot);
}
for (const [from, to] of copies) if (existsSync(from)) cpSync(from, join(dist, to), { recursive: true });
if (only === undefined) {
  await buildCode(dist);
  const packages = [...new Set([...bundledPackages(built), "tree-sitter-rust"])];
  writeFileSync(join(dist, "THIRD-PARTY-LICENSES.txt"), licences(packages).join(`\n${"-".repeat(80)}\n\n`));
}
