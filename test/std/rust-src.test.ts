/**
 * The toolchain's own library sources answer where the bundled model does not know a type in this version, and nowhere else.
 * The library here is made up, so that its answers can be told from the model's.
 */

import assert from "node:assert/strict";
import { test } from "node:test";
import { english } from "../../server/src/base/words.ts";
import type { Semantics } from "../../server/src/hir/model.ts";
import { analysisOf } from "../../server/src/ide/analysis.ts";
import { openSemantics } from "../support/open-semantics.ts";

const TOOLCHAIN = "/home/.rustup/toolchains/1.90.0-x86_64-unknown-linux-gnu";
const LIBRARY = `${TOOLCHAIN}/lib/rustlib/src/rust/library`;

const SOURCE = `struct Made(std::fmt::Arguments<'static>);
struct Known(std::vec::Vec<u8>);
enum Either { A(std::fmt::Arguments<'static>), B(u8) }
struct Absent(std::thread::JoinHandle<u8>);
type Alias = std::fmt::Arguments<'static>;
`;

const FILES = {
  "/ws/lib.rs": SOURCE,
  "/home/.rustup/settings.toml": 'default_toolchain = "1.90.0-x86_64-unknown-linux-gnu"',
  [`${TOOLCHAIN}/lib/libLLVM.so.20-rust-1.90.0-stable`]: "",
  [`${LIBRARY}/Cargo.toml`]: '[workspace]\nresolver = "2"\nmembers = ["std", "sysroot"]\n',
  [`${LIBRARY}/sysroot/Cargo.toml`]:
    '[package]\nname = "sysroot"\nversion = "0.0.0"\nedition = "2024"\n[dependencies]\nstd = { path = "../std" }\n[features]\nbacktrace = []\npanic-unwind = []\n',
  [`${LIBRARY}/sysroot/src/lib.rs`]: "",
  [`${LIBRARY}/std/Cargo.toml`]:
    '[package]\nname = "std"\nversion = "0.0.0"\nedition = "2024"\n[dependencies]\ncore = { path = "../core" }\n',
  [`${LIBRARY}/std/src/lib.rs`]:
    "#![no_std]\n#[prelude_import] use core::prelude::v1::*;\npub use core::{fmt, prelude}; pub mod vec { pub struct Vec<T>(T); }\n",
  [`${LIBRARY}/core/Cargo.toml`]: '[package]\nname = "core"\nversion = "0.0.0"\nedition = "2024"\n',
  [`${LIBRARY}/core/src/lib.rs`]:
    '#![no_core]\n#[prelude_import] use prelude::v1::*;\npub mod prelude { pub mod v1 { pub use crate::option::Option; } }\npub mod option { #[lang = "Option"] pub enum Option<T> { None, Some(T) } }\npub mod fmt { pub struct Arguments<\'a> { text: Option<&\'a u8>, len: u32 } }\n#[lang = "sized"] pub trait Sized {}\n#[lang = "freeze"] pub auto trait Freeze {}\n',
};

function opened(files: Readonly<Record<string, string>>): Promise<Semantics> {
  return openSemantics(files, { rustupHome: "/home/.rustup" });
}

async function answers(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const semantics = await opened(files);
  return semantics.definitions("/ws/lib.rs").map((definition) => {
    const answer = semantics.layoutOf(definition);
    return `${definition.name} ${answer.status === "exact" ? answer.layout.size : answer.status === "unknown" ? english(answer.reason) : "generic"}`;
  });
}

test("what is not bundled of a version is answered by its sources, the rest by the model", async () => {
  assert.deepEqual(await answers(FILES), ["Made 16", "Known 24", "Either 24", "Absent std 1.90 is not bundled", "Alias 16"]);
  assert.equal(english((await opened(FILES)).stdLabel), "bundled 1.85 and 1.95, rust-src 1.90.0");
});

test("without sources those types are unknown", async () => {
  const files = Object.fromEntries(Object.entries(FILES).filter(([path]) => !path.startsWith(LIBRARY)));
  const unknown = "std 1.90 is not bundled";
  assert.deepEqual(await answers(files), [`Made ${unknown}`, "Known 24", `Either ${unknown}`, `Absent ${unknown}`, `Alias ${unknown}`]);
  assert.equal(english((await opened(files)).stdLabel), "bundled 1.85 and 1.95");
});

test("a hover, its fields and its instances are of the same answer, and name the sources", async () => {
  const semantics = await opened(FILES);
  const [made, , either] = semantics.definitions("/ws/lib.rs");
  assert.ok(made !== undefined && either !== undefined);
  assert.deepEqual(
    semantics.fieldsOf(made).map(({ typeText, layout }) => `${typeText} ${layout.status}`),
    ["std::fmt::Arguments<'static> exact"],
  );
  assert.equal(semantics.variantsOf(either)[0]?.fields[0]?.layout.status, "exact");
  const answer = semantics.layoutOf(made);
  assert.ok(answer.status === "exact");
  assert.equal(semantics.layoutOfOption(answer.type).status, "exact");
  assert.deepEqual(
    semantics.partsOf(answer.type).fields.map(({ name }) => name),
    ["0"],
  );
  const element = semantics.elementAt("/ws/lib.rs", SOURCE.indexOf("fmt::Arg"));
  assert.ok(element?.kind === "type" && element.layout.status === "exact");
  assert.equal(semantics.layoutOfText("/ws/lib.rs", "std::fmt::Arguments<'static>").status, "exact");
  assert.ok(english(analysisOf(semantics).stdLabel).includes("rust-src"));
});
