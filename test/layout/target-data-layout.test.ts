/**
 * Reading LLVM data layouts, and the table of built-in targets.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { parseCompilerVersion } from "../../server/src/layout/compiler-version.ts";
import type { TargetDataLayout } from "../../server/src/layout/target-data-layout.ts";
import { parseTargetDataLayout } from "../../server/src/layout/target-data-layout.ts";
import { targetByName, targetDataLayout, targetNames } from "../../server/src/layout/targets.ts";
import { contextOf } from "../oracle/context.ts";

function parsed(dataLayout: string, cEnumMinBits = 32): TargetDataLayout {
  const result = parseTargetDataLayout(dataLayout, cEnumMinBits);
  if (!result.ok) throw new Error(`${result.error.kind} ${result.error.item}`);
  return result.value;
}

function errorOf(dataLayout: string, cEnumMinBits = 32): string {
  const result = parseTargetDataLayout(dataLayout, cEnumMinBits);
  return result.ok ? "ok" : `${result.error.kind} ${result.error.item}`;
}

test("an empty data layout has LLVM's defaults", () => {
  const layout = parsed("");
  assert.equal(layout.endian, "big");
  assert.deepEqual(layout.integerAlign, { i8: 1n, i16: 2n, i32: 4n, i64: 4n, i128: 4n });
  assert.deepEqual(layout.floatAlign, { f16: 2n, f32: 4n, f64: 8n, f128: 16n });
  assert.deepEqual(layout.pointer, { size: 8n, align: 8n, indexSize: 8n });
  assert.equal(layout.ptrSizedInteger, "i64");
});

test("the data layout of AVR is read in full", () => {
  const layout = parsed("e-P1-p:16:8-i8:8-i16:8-i32:8-i64:8-f32:8-f64:8-n8:16-a:8", 16);
  assert.equal(layout.endian, "little");
  assert.deepEqual(layout.integerAlign, { i8: 1n, i16: 1n, i32: 1n, i64: 1n, i128: 1n });
  assert.equal(layout.instructionAddressSpace, 1);
  assert.deepEqual(layout.pointer, { size: 2n, align: 1n, indexSize: 2n });
  assert.equal(layout.cEnumMinSize, "i16");
});

test("the widest integer item up to 128 bits speaks for i128", () => {
  assert.equal(parsed("e-i64:64").integerAlign.i128, 8n);
  assert.equal(parsed("e-i64:64-i128:128").integerAlign.i128, 16n);
  assert.equal(parsed("e-i128:128-i64:64").integerAlign.i128, 16n);
  assert.equal(parsed("e-i64:64-i256:256").integerAlign.i128, 8n);
  assert.equal(parsed("e-i96:32").integerAlign.i128, 4n);
});

test("address spaces, vectors, aggregates and odd items", () => {
  const layout = parsed("E-m:e-p:32:32-p7:160:256:256:32-pf200:64:64-a:0:32-v64:32-f80:128-n32-S64-ni:7");
  assert.deepEqual(layout.addressSpaces.get(7), { size: 20n, align: 32n, indexSize: 4n });
  assert.deepEqual(layout.addressSpaces.get(200), { size: 8n, align: 8n, indexSize: 8n });
  assert.equal(layout.aggregateAlign, 1n);
  assert.equal(layout.vectorAlign.get(8n), 4n);
  assert.equal(layout.endian, "big");
  assert.equal(layout.ptrSizedInteger, "i32");
});

test("an unreadable item is named", () => {
  assert.equal(errorOf("e-p:64"), "invalidItem p:64");
  assert.equal(errorOf("e-p:64:64:64:"), "invalidItem p:64:64:64:");
  assert.equal(errorOf("e-i64"), "invalidItem i64");
});

test("a pointer of another size than 2, 4 or 8 bytes is an error", () => {
  assert.equal(errorOf("e-p:24:8"), "invalidPointerSize 24");
  assert.equal(errorOf("e-p:128:128"), "invalidPointerSize 128");
});

test("a C enum of another width than an integer's is an error", () => {
  assert.equal(errorOf("e", 24), "invalidCEnumMin 24");
});

test("all 320 targets of rustc 1.95 are there and readable", () => {
  const names = targetNames();
  assert.equal(names.length, 320);
  for (const name of names) contextOf(name);
  assert.equal(targetByName("vax-dec-ultrix"), undefined);
});

test("the targets fall into eleven classes of data layout", () => {
  const classes = new Map<string, number>();
  for (const name of targetNames()) {
    const { target } = contextOf(name);
    const { i16, i32, i64, i128 } = target.integerAlign;
    const { f32, f64 } = target.floatAlign;
    const key = `${target.pointer.size}/${target.pointer.align} ${[i16, i32, i64, i128].join(" ")} ${f32} ${f64} ${target.cEnumMinSize}`;
    classes.set(key, (classes.get(key) ?? 0) + 1);
  }
  assert.deepEqual(
    [...classes.values()].sort((a, b) => b - a),
    [141, 80, 42, 28, 17, 4, 3, 2, 1, 1, 1],
  );
});

test("a target knows its widths and cfgs", () => {
  const linux = targetByName("x86_64-unknown-linux-gnu");
  assert.deepEqual([linux?.arch, linux?.pointerWidth, linux?.cIntWidth, linux?.cEnumMinBits], ["x86_64", 64, 32, 32]);
  for (const atom of [
    "unix",
    'target_os="linux"',
    'target_feature="sse2"',
    'target_has_atomic="ptr"',
    'panic="unwind"',
    'target_endian="little"',
  ]) {
    assert.ok(linux?.cfg.includes(atom), atom);
  }
  assert.ok(!linux?.cfg.includes("debug_assertions"));
  assert.deepEqual(targetByName("x86_64-pc-windows-msvc")?.isLike, ["windows", "msvc"]);
  assert.equal(targetByName("avr-none")?.cIntWidth, 16);
  assert.equal(targetByName("riscv32i-unknown-none-elf")?.maxAtomicWidth, 32);
});

test("no cfg names an atomic width on a target without atomics", () => {
  const cfg = targetByName("msp430-none-elf")?.cfg ?? [];
  assert.deepEqual(
    cfg.filter((atom) => atom.startsWith("target_has_atomic=")),
    [],
  );
});

test("a custom target's data layout is read like a built-in one's", () => {
  const version = parseCompilerVersion("1.95");
  assert.ok(version !== undefined);
  assert.ok(targetDataLayout({ arch: "x86", dataLayout: "e-p:32:32", cEnumMinBits: 8 }, version).ok);
  assert.ok(!targetDataLayout({ arch: "x86", dataLayout: "e-p:32", cEnumMinBits: 8 }, version).ok);
});
