/** Which models of std answer for a version and target, and what several of them say together. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { english } from "../../server/src/base/words.ts";
import { parseCompilerVersion } from "../../server/src/layout/compiler-version.ts";
import type { StdModel } from "../../server/src/project/std-model.ts";
import { stdModelFor } from "../../server/src/project/std-model.ts";
import { inEnglish } from "../support/in-english.ts";

const LINUX = "x86_64-unknown-linux-gnu";
const MAC = "x86_64-apple-darwin";
const ARM_MAC = "aarch64-apple-darwin";
const THUMB = "thumbv7em-none-eabihf";

/** Models 0: 1.63 Linux, 1: 1.85 Linux, 2: 1.85 macOS, 3: 1.85 thumb, 4: 1.85 macOS on Arm. */
const DATA: Readonly<Record<string, string>> = {
  "models.json": JSON.stringify({
    models: [
      { version: "1.63", target: LINUX, crates: ["core", "std"] },
      { version: "1.85", target: LINUX, crates: ["core", "std"] },
      { version: "1.85", target: MAC, crates: ["core", "std"] },
      { version: "1.85", target: THUMB, crates: ["core"] },
      { version: "1.85", target: ARM_MAC, crates: ["core", "std"] },
    ],
    patches: [{ version: "1.86", base: "1.85", files: { "core/a.rs": { drop: ["type A", "use U"], add: ["pub struct A(u64);"] } } }],
    differences: [
      { from: "1.63", to: "1.85", types: ["core/a.rs A", "core/a.rs New"], impls: ["core/a.rs impl ::core::marker::Copy for u8{}"] },
    ],
    families: ["i8 u8", "i8.u8 u16.u32", "::core::cmp::Eq ::core::fmt::Debug"],
    sets: [[0], [1, 2, 3, 4], [0, 1], [2, 4]],
  }),
  "core.txt": `//# a.rs
@0 pub struct A(u8);
@1 pub struct A(u16);
pub struct B;
%0 impl ::core::marker::Copy for $0{}
@1 %1 impl ::core::convert::From<$0> for $1{}
%2 impl<T: $0> $0 for ::core::a::C<T>{}
@1 pub enum New{X}
@0 pub use ::core::old::U;
@1 pub use ::core::new::U;
//# lib.rs
pub mod a;
`,
  "std.txt": `//# lib.rs
@2 pub struct File(i32);
@3 pub struct File(u64);
`,
  "const.txt": "",
};

function model(version: string, target: string, cfg?: readonly string[]): StdModel {
  const question = { version: parseCompilerVersion(version) ?? assert.fail(version), target };
  const result = stdModelFor(cfg === undefined ? question : { ...question, cfg }, (name) => DATA[name] ?? assert.fail(name));
  return result.ok ? result.value : assert.fail(english(result.error));
}

/** The lines of a file and of the impls that are served apart from it, in no order. */
function linesOf(std: StdModel, file: string): readonly string[] {
  const served = [file, file.replace(/\/lib\.rs$|\.rs$/, "/__impls.rs")].map((path) => std.readFile(`std:/${std.id}/${path}`) ?? "");
  return served
    .flatMap((text) => text.split("\n"))
    .filter((line) => line !== "" && line !== "mod __impls;")
    .toSorted();
}

test("a bundled version and target are answered by their own model", () => {
  const std = model("1.85.0", LINUX);
  assert.deepEqual([english(std.label), std.exactVersion, std.exactTarget, std.missingStd], ["bundled 1.85", true, true, undefined]);
  assert.deepEqual(
    std.crates.map(({ name, root, dependencies }) => [name, root, dependencies.join()]),
    [
      ["core", `std:/1.85-${LINUX}/core/lib.rs`, "core,std"],
      ["std", `std:/1.85-${LINUX}/std/lib.rs`, "core,std"],
    ],
  );
  assert.deepEqual(linesOf(std, "core/a.rs"), [
    "impl ::core::convert::From<i8> for u8{}",
    "impl ::core::convert::From<u16> for u32{}",
    "impl ::core::marker::Copy for i8{}",
    "impl ::core::marker::Copy for u8{}",
    "impl<T: ::core::cmp::Eq> ::core::cmp::Eq for ::core::a::C<T>{}",
    "impl<T: ::core::fmt::Debug> ::core::fmt::Debug for ::core::a::C<T>{}",
    "pub enum New{X}",
    "pub struct A(u16);",
    "pub struct B;",
    "pub use ::core::new::U;",
  ]);
});

test("files outside the model are not there", () => {
  const std = model("1.85.0", LINUX);
  for (const path of [`std:/${std.id}/core/b.rs`, `std:/${std.id}/libc/lib.rs`, "std:/other/core/lib.rs", "/core/lib.rs"]) {
    assert.equal(std.readFile(path), undefined);
  }
});

test("a version between two is answered by the newer one; types laid out differently are marked unknown", () => {
  const std = model("1.70.0", LINUX);
  assert.deepEqual([english(std.label), std.exactVersion], ["bundled 1.63 and 1.85", false]);
  const unknown = '#[stowplan_unknown("version 1.70")]';
  const certain = linesOf(model("1.85.0", LINUX), "core/a.rs");
  const expected = certain.map((line) => (/struct A|enum New|Copy for u8/.test(line) ? unknown + line : line));
  assert.deepEqual(linesOf(std, "core/a.rs"), expected.toSorted());
});

test("models that answer together for a target mark what they disagree on", () => {
  const cfg = ['target_os="haiku"', 'target_arch="x86_64"', 'target_pointer_width="64"'];
  const lines = linesOf(model("1.63.0", "x86_64-unknown-haiku", cfg), "core/a.rs");
  assert.ok(lines.includes("pub struct A(u8);"));
  const files: Readonly<Record<string, string>> = {
    ...DATA,
    "core.txt": "//# lib.rs\n@3 pub struct S(u8);\n@1 pub use ::core::x::Y;\npub struct T;\n",
  };
  const question = { version: parseCompilerVersion("1.85.0") ?? assert.fail(), target: "x86_64-unknown-haiku" };
  const std = stdModelFor(question, (name) => files[name] ?? assert.fail(name));
  assert.deepEqual(std.ok && linesOf(std.value, "core/lib.rs"), [
    '#[stowplan_unknown("target x86_64-unknown-haiku")]pub struct S(u8);',
    "pub struct T;",
    "pub use ::core::x::Y;",
  ]);
});

test("above the newest version the newest answers, below the oldest the oldest, both named", () => {
  assert.deepEqual([english(model("1.99.0", LINUX).label), model("1.99.0", LINUX).exactVersion], ["bundled 1.86", false]);
  assert.deepEqual([english(model("1.40.0", LINUX).label), model("1.40.0", LINUX).exactVersion], ["bundled 1.63", false]);
});

test("a version without sources is a bundled one with changes", () => {
  const lines = linesOf(model("1.86.0-nightly", LINUX), "core/a.rs");
  assert.ok(lines.includes("pub struct A(u64);") && lines.includes("pub struct B;"));
  assert.ok(!lines.includes("pub struct A(u16);") && !lines.includes("pub use ::core::new::U;"));
});

test("a target of a bundled system and architecture is answered by that model", () => {
  const std = model("1.85.0", "x86_64-apple-ios", [
    'target_os="macos"',
    'target_arch="x86_64"',
    'target_pointer_width="64"',
    'target_vendor="apple"',
  ]);
  assert.deepEqual([std.exactTarget, linesOf(std, "std/lib.rs")], [true, ["pub struct File(u64);"]]);
});

test("a target of a bundled system and another architecture is answered by all models of the system together", () => {
  const cfg = ['target_os="macos"', 'target_arch="riscv64"', 'target_pointer_width="64"', 'target_vendor="apple"'];
  const std = model("1.85.0", "riscv64-apple-darwin", cfg);
  assert.deepEqual([std.exactTarget, linesOf(std, "std/lib.rs")], [false, ["pub struct File(u64);"]]);
});

test("a system that is not bundled has core alone, and a reason for std", () => {
  const std = model("1.85.0", "x86_64-unknown-haiku");
  assert.deepEqual(
    std.crates.map(({ name }) => name),
    ["core"],
  );
  assert.equal(english(std.missingStd ?? ""), "std for x86_64-unknown-haiku is not bundled");
});

test("a target without a system has no std", () => {
  assert.equal(english(model("1.85.0", THUMB).missingStd ?? ""), `${THUMB} has no std`);
  assert.equal(english(model("1.85.0", "thumbv7m-none-eabi").missingStd ?? ""), "thumbv7m-none-eabi has no std");
});

test("a pointer width without any model has no answer", () => {
  const result = stdModelFor({ version: parseCompilerVersion("1.85.0") ?? assert.fail(), target: "avr-none" }, (name) => DATA[name] ?? "");
  assert.deepEqual(inEnglish(result), { ok: false, error: "std for avr-none is not bundled" });
});

test("files are found by what their lines and families mention", () => {
  const std = model("1.85.0", LINUX);
  const found = (crate: string, text: string): readonly string[] =>
    std.filesMentioning(crate, text).map((file) => file.replace(`std:/${std.id}/`, ""));
  assert.ok(found("core", "::Debug").includes("core/a.rs"));
  assert.ok(!found("core", "::Debug").includes("core/lib.rs"));
  assert.deepEqual(found("core", "Missing"), []);
  assert.deepEqual(found("libc", "pub"), []);
  const patched = model("1.86.0", LINUX);
  assert.ok(patched.filesMentioning("core", "A(u64)").includes(`std:/${patched.id}/core/a.rs`));
});
