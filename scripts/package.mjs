/**
 * Packs the extension: one VSIX for every platform and both extension hosts, then checks what it holds.
 *
 * Usage: npm run package   (Node 22 or newer, as @vscode/vsce wants it; the Node of the end-to-end host otherwise)
 * Prints `N passed, N failed` last: one check for each file that must be there, one for each that must not, one for the size.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { endToEndHost } from "./end-to-end.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
process.chdir(root);

/** What a VSIX must hold below `extension/`, besides the standard library's data. */
const REQUIRED = [
  "package.json",
  "package.nls.json",
  "package.nls.de.json",
  "l10n/bundle.l10n.json",
  "l10n/bundle.l10n.de.json",
  "dist/l10n/de.json",
  "assets/icon.png",
  "assets/walkthrough/see.svg",
  "assets/walkthrough/target.svg",
  "assets/walkthrough/box.svg",
  "assets/walkthrough/beside.svg",
  "readme.md",
  "changelog.md",
  "LICENSE.txt",
  "LICENSE-MIT",
  "LICENSE-APACHE",
  "dist/client.cjs",
  "dist/client.browser.js",
  "dist/server.cjs",
  "dist/server-main.cjs",
  "dist/server.browser.js",
  "dist/tree-sitter-rust.wasm",
  "dist/web-tree-sitter.wasm",
  "dist/THIRD-PARTY-LICENSES.txt",
];
const MOST_BYTES = 2 * 1024 * 1024;

/** The names of a zip's entries, from its central directory (APPNOTE.TXT, 4.3.12). */
function zipEntries(file) {
  const bytes = readFileSync(file);
  const names = [];
  for (let at = bytes.indexOf("PK\u0001\u0002"); at >= 0; at = bytes.indexOf("PK\u0001\u0002", at + 46)) {
    names.push(bytes.toString("utf8", at + 46, at + 46 + bytes.readUInt16LE(at + 28)));
  }
  return names;
}

const { node, vsce } = await endToEndHost();
const { version } = JSON.parse(readFileSync("package.json", "utf8"));
mkdirSync("out", { recursive: true });
const vsix = `out/stowplan-${version}.vsix`;
const options = ["--no-dependencies", "--allow-missing-repository", "--no-rewrite-relative-links", "--skip-license"];
execFileSync(node, [vsce, "package", ...options, "--out", vsix], { stdio: "inherit" });

const entries = zipEntries(vsix)
  .filter((name) => name.startsWith("extension/"))
  .map((name) => name.slice("extension/".length));
const missing = REQUIRED.filter((name) => !entries.includes(name));
const stray = entries.filter((name) => !REQUIRED.includes(name) && !name.startsWith("dist/std/"));
const { size } = statSync(vsix);
const problems = [...missing.map((name) => `missing: ${name}`), ...stray.map((name) => `not expected: ${name}`)];
if (size > MOST_BYTES) problems.push(`${size} bytes, more than ${MOST_BYTES}`);
for (const problem of problems) console.log(`FAILED ${vsix}: ${problem}`);
console.log(`${vsix}: ${entries.length} files, ${size} bytes`);
console.log(`${REQUIRED.length + 2 - problems.length} passed, ${problems.length} failed`);
if (problems.length > 0) process.exitCode = 1;
