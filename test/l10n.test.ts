/**
 * Translations: every language has all three files (the manifest's, the client's, the server's), and each of them says every sentence
 * of the English source, no other, with the same gaps and the same code.
 *
 * The server's sentences are the texts of `msg(…)` in `server/src`, the client's those of `l10n.t(…)` in `client/src`.
 */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { piecesOf } from "../server/src/base/message.ts";

type Texts = Readonly<Record<string, string>>;

function readTexts(path: string): Texts {
  const parsed: unknown = JSON.parse(readFileSync(path, "utf8"));
  const entries = Object.entries(typeof parsed === "object" && parsed !== null ? parsed : {});
  return Object.fromEntries(
    entries.map(([key, value]: readonly [string, unknown]) => [key, typeof value === "string" ? value : assert.fail(`${path}: ${key}`)]),
  );
}

function sourcesOf(folder: string): readonly { readonly path: string; readonly text: string }[] {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));
  return names.map((name) => ({ path: join(folder, name), text: readFileSync(join(folder, name), "utf8") }));
}

/** The literals that calls of a function begin with; what is no literal is undefined. */
function literals(text: string, call: RegExp): readonly (string | undefined)[] {
  return [...text.matchAll(call)].map((found) => {
    const literal = /^\s*("(?:[^"\\\n]|\\.)*")/.exec(text.slice(found.index + found[0].length))?.[1];
    return literal === undefined ? undefined : String(JSON.parse(literal));
  });
}

const serverSources = sourcesOf("server/src").filter(({ path }) => !path.endsWith("base/message.ts"));
const serverTexts = [...new Set(serverSources.flatMap(({ text }) => literals(text, /\bmsg\(/g)))].filter((it) => it !== undefined);
const clientTexts = [...new Set(sourcesOf("client/src").flatMap(({ text }) => literals(text, /\bl10n\.t\(/g)))].filter(
  (it) => it !== undefined,
);

const languages = readdirSync("l10n/server").map((name) => name.replace(/\.json$/, ""));

/** What must be the same in every language: code between backticks, gaps, marks, links. */
function fixedParts(text: string): unknown {
  const code = text.split("`").filter((_, i) => i % 2 === 1);
  const links = text.match(/\]\([^)]*\)|#[\w.-]+#|\{\d\}/g) ?? [];
  return { code: code.sort(), links: [...links].sort(), strong: text.split("**").length };
}

function gapNames(text: string): readonly string[] {
  return [...new Set(piecesOf(text).flatMap((piece) => (piece.kind === "gap" ? [piece.name] : [])))].sort();
}

test("every message's text is a literal, and no text has braces that are no gap", () => {
  const odd = serverSources.filter(({ text }) => literals(text, /\bmsg\(/g).includes(undefined)).map(({ path }) => path);
  assert.deepEqual(odd, []);
  assert.ok(serverTexts.length > 400);
  assert.deepEqual(
    serverTexts.filter((text) => piecesOf(text).some((piece) => piece.kind === "words" && /[{}]/.test(piece.text))),
    [],
  );
});

test("texts that are nobody's sentence are passed on in few places", () => {
  const verbatim = serverSources.filter(({ text }) => /\bverbatim\(/.test(text)).map(({ path }) => path.replace("server/src/", ""));
  assert.deepEqual(verbatim.sort(), [
    "browser-host.ts",
    "consteval/typeck-call.ts",
    "db/std-doubt.ts",
    "hir-expand/builtin.ts",
    "project/package-graph.ts",
  ]);
});

for (const language of languages) {
  describe(`translations into ${language}`, () => {
    const server = readTexts(`l10n/server/${language}.json`);
    const client = readTexts(`l10n/bundle.l10n.${language}.json`);
    const manifest = readTexts(`package.nls.${language}.json`);
    const english = readTexts("package.nls.json");
    const pairs = [
      ...Object.entries(server),
      ...Object.entries(client),
      ...Object.entries(manifest).map(([key, text]) => [english[key] ?? "", text] as const),
    ];

    test("say every sentence, and no other", () => {
      const difference = (has: readonly string[], wants: readonly string[]): unknown => ({
        missing: wants.filter((text) => !has.includes(text)),
        unknown: has.filter((text) => !wants.includes(text)),
      });
      const none = { missing: [], unknown: [] };
      assert.deepEqual(difference(Object.keys(server), serverTexts), none);
      assert.deepEqual(difference(Object.keys(client), clientTexts), none);
      assert.deepEqual(difference(Object.keys(manifest), Object.keys(english)), none);
    });

    test("keep gaps, code and links", () => {
      const parts = (text: string): unknown => ({ fixed: fixedParts(text), gaps: gapNames(text) });
      for (const [from, to] of pairs) assert.deepEqual(parts(to), parts(from), `${from}\n${to}`);
    });

    test("have words for every plural of the language", () => {
      const categories = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
      for (const text of Object.values(server))
        for (const piece of piecesOf(text)) {
          if (piece.kind !== "gap" || piece.choices === undefined) continue;
          const lacking = categories.filter((category) => piece.choices?.has(category) !== true);
          assert.deepEqual(lacking, [], text);
        }
    });
  });
}
