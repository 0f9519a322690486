/** The `padding` diagnostic: which structs it reports, with which numbers, and what silences it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { DiagnosticsConfig } from "../../server/src/ide/config.ts";
import { DEFAULT_DIAGNOSTICS } from "../../server/src/ide/config.ts";
import { openSource, SOURCE_FILE } from "../support/open-source.ts";

const ON: DiagnosticsConfig = { ...DEFAULT_DIAGNOSTICS, severity: { ...DEFAULT_DIAGNOSTICS.severity, padding: "warning" } };

async function messages(source: string, config = ON): Promise<readonly string[]> {
  return (await openSource(source)).diagnostics(SOURCE_FILE, config).map(({ code, message }) => `${code}: ${message}`);
}

const HEADER = "#[repr(C)] pub struct Header { kind: u8, len: u32, flags: u8, ts: u64 }";

test("a repr(C) struct that another order makes smaller is reported with both numbers", async () => {
  assert.deepEqual(await messages(HEADER), ["padding: 10 B of 24 are padding; reordering gives 16 B"]);
});

test("it is off unless asked for", async () => {
  assert.deepEqual(await messages(HEADER, DEFAULT_DIAGNOSTICS), []);
});

test("the limits count", async () => {
  assert.deepEqual(await messages(HEADER, { ...ON, paddingMinimumBytes: 11 }), []);
  assert.deepEqual(await messages(HEADER, { ...ON, paddingMinimumPercent: 43 }), []);
  assert.deepEqual((await messages(HEADER, { ...ON, paddingMinimumPercent: 42, paddingMinimumBytes: 10 })).length, 1);
});

test("nothing is said where order is rustc's, does not help, or is not known", async () => {
  for (const source of [
    HEADER.replace("#[repr(C)]", ""),
    HEADER.replace("repr(C)", "repr(C, packed)"),
    "#[repr(C, align(32))] pub struct Aligned { a: u64, b: u8 }",
    "#[repr(C)] pub struct Generic<T> { a: u8, b: u64, c: u8, d: T }",
    `// stowplan: ignore padding\n${HEADER}`,
  ])
    assert.deepEqual(await messages(source), [], source);
});
