/** One type on several targets: equal ones share a column, the others stand beside each other. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ENGLISH } from "../../server/src/base/words.ts";
import type { TargetFacts } from "../../server/src/ide/compare-targets.ts";
import { compareTargets } from "../../server/src/ide/compare-targets.ts";
import { openSource, SOURCE_FILE } from "../support/open-source.ts";

const SOURCE = `pub struct Session { id: u64, words: usize, name: String, closed: bool }
pub enum Message { Ping, Text(String), Blob([u8; 100]) }
#[cfg(unix)] pub struct Posix(usize);
pub struct Open<T> { item: T, count: u32 }
pub type Pair = (usize, u8);
`;

async function compared(needle: string, targets: readonly string[]): Promise<string> {
  const all = await Promise.all(
    targets.map(async (target): Promise<TargetFacts> => {
      const offset = SOURCE.indexOf(needle) + 1;
      const facts = (await openSource(SOURCE, { target })).factsAt({ file: SOURCE_FILE, offset });
      return { target, isInUse: target === targets[0], facts: facts ?? "not compiled for this target" };
    }),
  );
  return compareTargets(needle, all, { numbers: "decimal", words: ENGLISH }).join("\n");
}

test("targets that lay a type out alike share a column", async () => {
  const shown = await compared("Session", [
    "x86_64-unknown-linux-gnu",
    "aarch64-apple-darwin",
    "i686-unknown-linux-gnu",
    "wasm32-unknown-unknown",
  ]);
  assert.equal(
    shown,
    `Session

 A  48 B · align 8 · 7 B padding (15 %)
    x86_64-unknown-linux-gnu (in use)
    aarch64-apple-darwin
 B  28 B · align 4 · 3 B padding (11 %)
    i686-unknown-linux-gnu
 C  32 B · align 8 · 7 B padding (22 %)
    wasm32-unknown-unknown

                           A              B              C
 field          offset  size   offset  size   offset  size
 id: u64            24     8       12     8        0     8
 words: usize       32     8       20     4       20     4
 name: String        0    24        0    12        8    12
 closed: bool       40     1       24     1       24     1
 (padding)                 7              3              7`,
  );
});

test("variants are compared by where they end", async () => {
  assert.equal(
    await compared("Message", ["x86_64-unknown-linux-gnu", "i686-unknown-linux-gnu"]),
    `Message

 A  104 B · align 8 · tag 1 B at offset 0 (values 0–2)
    x86_64-unknown-linux-gnu (in use)
 B  104 B · align 4 · tag 1 B at offset 0 (values 0–2)
    i686-unknown-linux-gnu

                         A                 B
 variant   ends at  unused   ends at  unused
 Ping            1     103         1     103
 Text           32      72        16      88
 Blob          101       3       101       3`,
  );
});

test("a bound, an absent type and an unknown target are told in words", async () => {
  assert.match(await compared("Open", ["x86_64-unknown-linux-gnu"]), /^Open\n\n A {2}≥ 4 B · align ≥ 4 \(T unknown\)\n {4}x86_64/);
  const posix = await compared("Posix", ["x86_64-unknown-linux-gnu", "x86_64-pc-windows-msvc"]);
  assert.match(posix, / B {2}unknown: inactive: cfg\(unix\)\n {4}x86_64-pc-windows-msvc/);
  assert.match(
    compareTargets("X", [{ target: "no-such", isInUse: false, facts: "the target is not known" }], {
      numbers: "decimal",
      words: ENGLISH,
    }).join("\n"),
    /A {2}the target is not known/,
  );
});

test("a type that is written somewhere is compared too", async () => {
  assert.match(
    await compared("usize, u8", ["x86_64-unknown-linux-gnu", "i686-unknown-linux-gnu"]),
    / A {2}8 B · align 8\n.*\n B {2}4 B · align 4/,
  );
});
