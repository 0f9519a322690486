/**
 * What no compiler checks: documents that must agree with the code, and rules about files.
 *
 * Compares ARCHITECTURE.md's layer table with biome.json, package.json's settings and commands with README.md, and the defaults
 * and the version in the code with package.json.
 * Every source file starts with a header, none is longer than 400 lines, none leaves work or suppressed lints behind
 * without an issue's number, and no test waits for a fixed time.
 */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { SETTINGS } from "../server/src/lsp/settings.ts";
import { VERSION } from "../server/src/version.ts";

const MAX_LINES = 400;
/** Drive a real VS Code from outside and have to ask it again until it has answered. */
const MAY_WAIT = new Set(["test/e2e/part.ts", "test/e2e/suite/editor.ts", "test/fuzz/fuzz-server.ts", "test/fuzz/server-main.ts"]);
/** Names the words it looks for. */
const THIS_FILE = "test/tidy.test.ts";

/** Every source file written by hand, with `/`. */
const sources = ["client/src", "server/src", "test", "scripts"]
  .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => join(folder, name).replaceAll("\\", "/")))
  .filter((path) => /\.(?:ts|mjs)$/.test(path) && !path.includes(".generated."))
  .concat("esbuild.mjs");

/** `path:line` of every line of the files that matches. */
function linesMatching(paths: readonly string[], pattern: RegExp): readonly string[] {
  return paths.flatMap((path) => {
    const lines = readFileSync(path, "utf8").split("\n");
    return lines.flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1}: ${line.trim()}`] : []));
  });
}

/** The cells of a Markdown table's rows below the heading, header and rule apart. */
function tableBelow(markdown: string, heading: string): readonly (readonly string[])[] {
  const section = markdown.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? "";
  const rows = section.split("\n").filter((line) => line.startsWith("|"));
  return rows.slice(2).map((row) =>
    row
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

/** The value at a path of keys in parsed JSON; undefined where there is none. */
function valueAt(value: unknown, ...keys: readonly string[]): unknown {
  return keys.reduce((inner, key) => (isRecord(inner) ? inner[key] : undefined), value);
}

function listAt(value: unknown, ...keys: readonly string[]): readonly unknown[] {
  const found = valueAt(value, ...keys);
  return Array.isArray(found) ? found : [];
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, "utf8"));
}

test("every source file starts with a header comment", () => {
  const without = sources.filter((path) => !/^(?:\/\*\*|\/\/ )/.test(readFileSync(path, "utf8")));
  assert.deepEqual(without, []);
});

test(`no source file is longer than ${MAX_LINES} lines`, () => {
  const long = sources.filter((path) => readFileSync(path, "utf8").split("\n").length - 1 > MAX_LINES);
  assert.deepEqual(long, []);
});

test("no work is left in comments, and no lint is suppressed, without an issue's number", () => {
  const marks = /\bTODO\b|\bXXX\b|\bFIXME\b(?!\(#\d+\))|biome-ignore(?!.*#\d+)|@ts-(?:ignore|expect-error|nocheck)/;
  assert.deepEqual(
    linesMatching(
      sources.filter((path) => path !== THIS_FILE),
      marks,
    ),
    [],
  );
});

test("no test waits for a fixed time", () => {
  const tests = sources.filter((path) => path.startsWith("test/") && !MAY_WAIT.has(path) && path !== THIS_FILE);
  assert.deepEqual(linesMatching(tests, /\bsetTimeout\(|\bsleep\(|timers\/promises|waitForTimeout/), []);
});

test("no test is skipped or run alone", () => {
  const tests = sources.filter((path) => path.startsWith("test/") && path !== THIS_FILE);
  assert.deepEqual(linesMatching(tests, /\b(?:test|it|describe|suite)\.(?:skip|only|todo)\b|\bskip: true\b/), []);
});

test("ARCHITECTURE.md's layer table is what biome.json enforces", () => {
  const written = tableBelow(readFileSync("ARCHITECTURE.md", "utf8"), "Layers").map(([layer, imports]) => [
    layer,
    (imports ?? "")
      .split(", ")
      .filter((name) => name !== "–")
      .sort(),
  ]);
  const enforced = listAt(readJson("biome.json"), "overrides").flatMap((override) => {
    const layer = /^server\/src\/([^/*]+)\/\*\*\/\*\.ts$/.exec(String(listAt(override, "includes")[0]))?.[1];
    const rule = valueAt(override, "linter", "rules", "style", "noRestrictedImports", "options");
    return layer === undefined || rule === undefined ? [] : [[layer, allowedImports(listAt(rule, "patterns")[0])]];
  });
  assert.deepEqual(enforced, written);
});

/** The layers and packages that a pattern's group lets pass: `["**", "!./**", "!../base/**"]` → `["base"]`. */
function allowedImports(pattern: unknown): readonly string[] {
  const names = listAt(pattern, "group").flatMap(
    (entry) => /^!(?:\.\.\/)?([^.][^*]*?)(?:\/\*\*)?$/.exec(String(entry).replace("node:*", "node:∗"))?.[1] ?? [],
  );
  return [...new Set(names.map((name) => name.replace("∗", "*")))].sort();
}

/** The English text that a placeholder of the manifest stands for. */
function localized(placeholder: unknown): string | undefined {
  const key = /^%(.+)%$/.exec(String(placeholder))?.[1];
  const text = key === undefined ? undefined : valueAt(readJson("package.nls.json"), key);
  return typeof text === "string" && text !== "" ? text : undefined;
}

test("the manifest and its texts for translators name the same", () => {
  const used = new Set([...JSON.stringify(readJson("package.json")).matchAll(/"%([^"%]+)%"/g)].map((match) => match[1]));
  const texts = readJson("package.nls.json");
  assert.deepEqual([...used].sort(), Object.keys(isRecord(texts) ? texts : {}).sort());
});

test("the client's texts for translators are those in its code", () => {
  const code = sources.filter((path) => path.startsWith("client/src/")).map((path) => readFileSync(path, "utf8"));
  const said = code.flatMap((text) => [...text.matchAll(/l10n\.t\(\s*"([^"]+)"/g)].map((match) => match[1] ?? ""));
  const bundle = readJson("l10n/bundle.l10n.json");
  assert.deepEqual(
    Object.entries(isRecord(bundle) ? bundle : {}),
    [...new Set(said)].sort().map((text) => [text, text]),
  );
  assert.equal(said.length, code.join("").split("l10n.t(").length - 1);
});

/** Settings that the client reads itself. */
const CLIENT_SETTINGS = ["hover.position", "trace.server"];

test("every contributed setting is read", () => {
  const properties = valueAt(readJson("package.json"), "contributes", "configuration", "properties");
  const contributed = Object.keys(isRecord(properties) ? properties : {}).map((key) => key.slice("stowplan.".length));
  assert.deepEqual(contributed.sort(), [...Object.keys(SETTINGS), ...CLIENT_SETTINGS].sort());
});

test("README.md says of every setting what its description begins with", () => {
  const written = tableBelow(readFileSync("README.md", "utf8"), "Settings");
  const odd = written.filter(([key, , meaning]) => {
    const property = valueAt(readJson("package.json"), "contributes", "configuration", "properties", unquote(key));
    const description = localized(valueAt(property, "markdownDescription"))?.replaceAll(/`#([\w.-]+)#`/g, "`$1`");
    return meaning === undefined || meaning === "" || description?.startsWith(meaning) !== true;
  });
  assert.deepEqual(odd, []);
});

test("README.md lists every setting with its default, in the manifest's order", () => {
  const manifest = readJson("package.json");
  const properties = valueAt(manifest, "contributes", "configuration", "properties");
  const contributed = Object.entries(isRecord(properties) ? properties : {}).map(([key, value]) => [key, valueAt(value, "default")]);
  const written = tableBelow(readFileSync("README.md", "utf8"), "Settings").map(([key, value]) => [
    unquote(key),
    JSON.parse(unquote(value)),
  ]);
  assert.deepEqual(written, contributed);
});

function unquote(cell: string | undefined): string {
  return (cell ?? "").replaceAll("`", "");
}

test("the server reads only settings of the manifest, and has the same defaults", () => {
  const manifest = readJson("package.json");
  const contributed = Object.keys(SETTINGS).map((key) => [
    key,
    valueAt(manifest, "contributes", "configuration", "properties", `stowplan.${key}`, "default"),
  ]);
  assert.deepEqual(Object.entries(SETTINGS), contributed);
});

test("the version in the code is the manifest's", () => {
  assert.equal(VERSION, valueAt(readJson("package.json"), "version"));
});

test("every setting says its place in the list and what it does", () => {
  const properties = valueAt(readJson("package.json"), "contributes", "configuration", "properties");
  const wanting = Object.entries(isRecord(properties) ? properties : {}).filter(([, value], index) => {
    const texts = [valueAt(value, "markdownDescription"), ...listAt(value, "enumDescriptions")];
    const isSaid = texts.every((text) => localized(text) !== undefined) && texts.length === listAt(value, "enum").length + 1;
    return valueAt(value, "order") !== index + 1 || !isSaid;
  });
  assert.deepEqual(
    wanting.map(([key]) => key),
    [],
  );
});

test("README.md lists every command", () => {
  const contributed = listAt(readJson("package.json"), "contributes", "commands").map(
    (command) => `${String(valueAt(command, "category"))}: ${String(localized(valueAt(command, "title")))}`,
  );
  const written = tableBelow(readFileSync("README.md", "utf8"), "Commands").map(([title]) => title);
  assert.deepEqual(written, contributed);
});

test("every command's id is its title in camelCase", () => {
  const commands = listAt(readJson("package.json"), "contributes", "commands");
  const odd = commands.filter(
    (command) => valueAt(command, "command") !== `stowplan.${camelCase(String(localized(valueAt(command, "title"))))}`,
  );
  assert.deepEqual(odd, []);
});

function camelCase(title: string): string {
  const joined = title
    .replaceAll("'", "")
    .split(/[ -]/)
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join("");
  return joined.slice(0, 1).toLowerCase() + joined.slice(1);
}
