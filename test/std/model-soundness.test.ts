/** The data of the standard library's model: every path resolves, the size stays within its budget, the format is as documented. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { parseCompilerVersion } from "../../server/src/layout/compiler-version.ts";
import { stdModelFor } from "../../server/src/project/std-model.ts";
import { problemsOf } from "./check-model.ts";

const folder = join(process.cwd(), "server/std");
const texts = new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), "utf8")]));
/** The bodies of const functions (`const.txt`) are not definitions; they have tests of their own. */
const data = (name: string): string => (name === "const.txt" ? "" : (texts.get(name) ?? assert.fail(`${name} was asked for`)));

interface Stored {
  readonly models: readonly { readonly version: string; readonly target: string }[];
  readonly patches: readonly { readonly version: string; readonly base: string; readonly files: Readonly<Record<string, unknown>> }[];
}
const stored: Stored = JSON.parse(data("models.json"));
/** Versions without sources change definitions that all targets share: one target is enough. */
const patched = stored.patches.map(({ version }) => ({ version, target: "x86_64-unknown-linux-gnu" }));

for (const { version, target } of [...stored.models, ...patched]) {
  test(`std ${version} for ${target}: every module has its file and every path names a definition`, () => {
    const model = stdModelFor({ version: parseCompilerVersion(version) ?? assert.fail(version), target }, data);
    assert.ok(model.ok);
    const { id, crates, readFile } = model.value;
    const problems = problemsOf({ crates: crates.map(({ name }) => name), read: (file) => readFile(`std:/${id}/${file}`) });
    assert.deepEqual(problems, []);
  });
}

test("a version without sources changes only definitions its base has", () => {
  for (const { files } of stored.patches) {
    for (const file of Object.keys(files))
      assert.ok(data(file.replace(/\/.*/, ".txt")).includes(`//# ${file.slice(file.indexOf("/") + 1)}\n`), file);
  }
});

test("all data together are below 150 KB compressed", () => {
  const sizes = [...texts.values()].map((text) => gzipSync(text, { level: 9 }).length);
  assert.ok(sizes.reduce((sum, size) => sum + size, 0) < 150 * 1024);
});

test("files are sorted and lines are items, families of items or marked ones", () => {
  for (const [name, text] of texts) {
    if (!name.endsWith(".txt") || name === "const.txt") continue;
    const files = [...text.matchAll(/^\/\/# (.*)$/gm)].map((match) => match[1] ?? "");
    assert.deepEqual(files, files.toSorted());
    for (const line of text.trimEnd().split("\n"))
      assert.match(line, /^(\/\/# [\w/]+\.rs|(@[0-9a-z]+ )?(%\d+ (unsafe )?impl.*|[#a-z].*))$/);
  }
});

test("the check finds a path that names nothing and a module without a file", () => {
  const files = new Map([
    ["core/lib.rs", "pub mod a;\npub mod b;\n"],
    ["core/a.rs", "pub enum E{A(u8),B{x: ::core::a::Missing}}\nimpl ::core::b::T for ::core::a::E{}\n"],
    ["core/b.rs", "pub trait T{}\npub use ::core::a::E::B;\npub use ::core::a::E::C;\n"],
  ]);
  assert.deepEqual(problemsOf({ crates: ["core", "std"], read: (file) => files.get(file) }), [
    "std/lib.rs is missing",
    "::core::a::Missing (used in core::a)",
    "::core::a::E::C (used in core::b)",
  ]);
});
