/**
 * The arithmetic under layouts: sizes, integers, ranges, niches, versions.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { isAtLeast, parseCompilerVersion, showCompilerVersion } from "../../server/src/layout/compiler-version.ts";
import { fitSigned, fitUnsigned, integerOfSize, maxInteger } from "../../server/src/layout/integer.ts";
import type { Niche } from "../../server/src/layout/niche.ts";
import { nicheOfRange, reserve } from "../../server/src/layout/niche.ts";
import { alignTo, isPowerOfTwo, maxSize, minSize, trailingZeros } from "../../server/src/layout/size.ts";
import { invalidCount, unsignedIntMax } from "../../server/src/layout/wrapping-range.ts";
import { contextOf } from "../oracle/context.ts";
import { X86_64 } from "./fixture.ts";

test("sizes round up to alignments", () => {
  assert.deepEqual(
    [0n, 1n, 4n, 5n, (1n << 60n) + 1n].map((size) => alignTo(size, 4n)),
    [0n, 4n, 4n, 8n, (1n << 60n) + 4n],
  );
});

test("the larger and the smaller size", () => {
  assert.deepEqual([maxSize(1n, 2n), maxSize(2n, 1n), minSize(1n, 2n), minSize(2n, 1n)], [2n, 2n, 1n, 1n]);
});

test("powers of two", () => {
  assert.deepEqual([0n, 1n, 2n, 3n, 1n << 40n].map(isPowerOfTwo), [false, true, true, false, true]);
});

test("trailing zeros below and above 32 bits", () => {
  assert.deepEqual([1n, 12n, 1n << 31n, 1n << 32n, 3n << 60n].map(trailingZeros), [0, 2, 31, 32, 60]);
});

test("the narrowest unsigned integer for a value", () => {
  assert.deepEqual([0n, 255n, 256n, 65536n, 1n << 32n, 1n << 64n].map(fitUnsigned), ["i8", "i8", "i16", "i32", "i64", "i128"]);
});

test("the narrowest signed integer for a value", () => {
  assert.deepEqual([-128n, 127n, 128n, -129n, 1n << 31n, -(1n << 63n), 1n << 63n].map(fitSigned), [
    "i8",
    "i8",
    "i16",
    "i16",
    "i64",
    "i64",
    "i128",
  ]);
});

test("integers by size, and the wider one", () => {
  assert.deepEqual([integerOfSize(4n), integerOfSize(3n)], ["i32", undefined]);
  assert.deepEqual([maxInteger("i8", "i64"), maxInteger("i64", "i8")], ["i64", "i64"]);
});

test("the largest value of any number of bytes", () => {
  assert.deepEqual([unsignedIntMax(1n), unsignedIntMax(3n), unsignedIntMax(16n)], [255n, 0xff_ffffn, (1n << 128n) - 1n]);
});

test("invalid values of plain, wrapping and full ranges", () => {
  assert.equal(invalidCount({ start: 0n, end: 1n }, 1n), 254n);
  assert.equal(invalidCount({ start: 255n, end: 1n }, 1n), 253n);
  assert.equal(invalidCount({ start: 7n, end: 6n }, 1n), 0n);
});

function byteNiche(version: string, start: bigint, end: bigint): { readonly niche: Niche; readonly take: (count: bigint) => string } {
  const cx = contextOf(X86_64, version);
  const niche = nicheOfRange(cx, 0n, { value: { kind: "int", integer: "i8", signed: false }, validRange: { start, end } });
  const take = (count: bigint): string => {
    const reserved = reserve(cx, niche, count);
    if (reserved === undefined || reserved.scalar.kind === "union") return "none";
    return `${reserved.start} in ${reserved.scalar.validRange.start}..=${reserved.scalar.validRange.end}`;
  };
  return { niche, take };
}

test("a niche gives no more values than it has", () => {
  assert.deepEqual([byteNiche("1.95", 0n, 253n).take(2n), byteNiche("1.95", 0n, 253n).take(3n)], ["254 in 0..=255", "none"]);
});

test("up to 1.96 values are taken so that zero becomes valid", () => {
  assert.equal(byteNiche("1.95", 0n, 1n).take(1n), "2 in 0..=2");
  assert.equal(byteNiche("1.95", 1n, 200n).take(1n), "0 in 0..=200");
  assert.equal(byteNiche("1.95", 3n, 250n).take(2n), "1 in 1..=250");
  assert.equal(byteNiche("1.95", 3n, 100n).take(4n), "101 in 3..=104");
  assert.equal(byteNiche("1.95", 200n, 250n).take(6n), "251 in 200..=0");
  assert.equal(byteNiche("1.95", 200n, 250n).take(7n), "193 in 193..=250");
  assert.equal(byteNiche("1.95", 200n, 250n).take(3n), "251 in 200..=253");
  assert.equal(byteNiche("1.95", 255n, 1n).take(1n), "2 in 255..=2");
});

test("from 1.97 on one value is taken nearest to zero, but bool keeps 2", () => {
  assert.equal(byteNiche("1.97", 0n, 1n).take(1n), "2 in 0..=2");
  assert.equal(byteNiche("1.97", 0n, 9n).take(1n), "255 in 255..=9");
  assert.equal(byteNiche("1.97", 255n, 0n).take(1n), "1 in 255..=1");
  assert.equal(byteNiche("1.97", 0n, 9n).take(2n), "10 in 0..=11");
});

test("versions are read as rustc prints them", () => {
  assert.deepEqual(parseCompilerVersion("1.95"), { major: 1, minor: 95, patch: 0, channel: "stable" });
  assert.deepEqual(parseCompilerVersion("1.97.0-nightly"), { major: 1, minor: 97, patch: 0, channel: "nightly" });
  assert.deepEqual(parseCompilerVersion(" 1.96.1-beta.3 "), { major: 1, minor: 96, patch: 1, channel: "beta" });
  assert.equal(parseCompilerVersion("nightly"), undefined);
});

test("versions are printed as rustc prints them", () => {
  const shown = ["1.95", "1.97.0-nightly"].map((text) => {
    const version = parseCompilerVersion(text);
    return version === undefined ? "" : showCompilerVersion(version);
  });
  assert.deepEqual(shown, ["1.95.0", "1.97.0-nightly"]);
});

test("a later major version has every change", () => {
  const at = (major: number, minor: number): boolean => isAtLeast({ major, minor, patch: 0, channel: "stable" }, 74);
  assert.deepEqual([at(1, 73), at(1, 74), at(2, 0)], [false, true, true]);
});
