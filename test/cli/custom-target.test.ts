/**
 * Targets that a JSON specification describes, through the built command line. The sizes are those of rustc 1.95 with
 * `-Zunstable-options --target NAME.json`.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";

const dir = mkdtempSync(join(tmpdir(), "stowplan-"));
after(() => rmSync(dir, { recursive: true, force: true }));

const SOURCE = `#![no_std]
pub struct A { a: u8, b: u64 }
pub struct B { a: u8, b: u128 }
pub struct C { a: u8, b: *const u8 }
#[repr(C)] pub enum E { X, Y }
pub struct G { o: Option<core::num::NonZeroU8>, c: core::cell::RefCell<u32> }
`;

const SPECS = {
  arm: {
    arch: "arm",
    "data-layout": "e-m:e-p:32:32-Fi8-i64:64-v128:64:128-a:0:32-n32-S64",
    "llvm-target": "thumbv7m-none-eabi",
    "target-pointer-width": 32,
    "c-enum-min-bits": 8,
  },
  // Called like a built-in target that lays out B in 32 bytes and E in 4.
  "x86_64-unknown-linux-gnu": {
    arch: "x86",
    "data-layout": "e-m:e-p:32:32-p270:32:32-p271:32:32-p272:64:64-i128:128-f64:32:64-f80:32-n8:16:32-S128",
    "llvm-target": "i686-unknown-none",
    "target-pointer-width": "32",
  },
};

const SIZES: Readonly<Record<keyof typeof SPECS, readonly number[]>> = {
  arm: [16, 24, 8, 1, 12],
  "x86_64-unknown-linux-gnu": [12, 32, 8, 4, 12],
};

mkdirSync(join(dir, "src"));
mkdirSync(join(dir, ".cargo"));
writeFileSync(join(dir, "Cargo.toml"), '[package]\nname = "kernel"\nversion = "0.1.0"\nedition = "2021"\n');
writeFileSync(join(dir, "src/lib.rs"), SOURCE);
for (const [name, spec] of Object.entries(SPECS)) writeFileSync(join(dir, `${name}.json`), JSON.stringify({ os: "none", ...spec }));

function report(...args: readonly string[]): string {
  const { stdout, status } = spawnSync(process.execPath, ["dist/cli.cjs", "report", dir, ...args], { encoding: "utf8" });
  assert.equal(status, 0);
  return stdout;
}

for (const [name, sizes] of Object.entries(SIZES))
  test(`${name}.json is laid out as it says`, () => {
    const { target, types }: { target: string; types: readonly { size: number; status: string }[] } = JSON.parse(
      report("--format", "json", "--target", join(dir, `${name}.json`)),
    );
    assert.equal(target, name);
    assert.deepEqual(
      types.map(({ size, status }) => [size, status]),
      sizes.map((size) => [size, "exact"]),
    );
  });

test("cargo's configuration may name one, whose name steers no terminal", () => {
  const odd = "my\u001b[31m\u202eboard";
  writeFileSync(join(dir, `${odd}.json`), JSON.stringify({ os: "none", ...SPECS.arm }));
  writeFileSync(join(dir, ".cargo/config.toml"), `[build]\ntarget = "my\\u001b[31m\\u202eboard.json"\n`);
  assert.match(report(), /^kernel 0\.1\.0 · my\\u\{1b\}\[31m\\u\{202e\}board · rustc /);
});
