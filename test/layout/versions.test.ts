/**
 * What changed between compiler versions: each rule with the last version before it and the first one after.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { layoutText, X86_64 } from "./fixture.ts";

interface Change {
  readonly name: string;
  readonly source: string;
  readonly target?: string;
  /** Layout by version, oldest first. */
  readonly by: readonly (readonly [version: string, layout: string])[];
}

const CHANGES: readonly Change[] = [
  {
    name: "1.64: UnsafeCell hides the niche of its scalar",
    source: "struct S(UnsafeCell<bool>);",
    by: [
      ["1.63", "size 1 align 1; offsets [0]; niche u8@0 valid 0..=1"],
      ["1.64", "size 1 align 1; offsets [0]; niche none"],
    ],
  },
  {
    name: "1.64: a niche-filled enum is padded to its alignment",
    source: "#[repr(packed)] struct P(char, u8); enum E { A(P), B([u16; 0]) }",
    by: [
      [
        "1.63",
        "size 5 align 2; niche u32@0 valid 0..=1114112; niche tag u32@0: untagged v0, niche_variants 1..=1, niche_start 1114112; variants v0[0] v1[0]",
      ],
      [
        "1.64",
        "size 6 align 2; niche u32@0 valid 0..=1114112; niche tag u32@0: untagged v0, niche_variants 1..=1, niche_start 1114112; variants v0[0] v1[0]",
      ],
    ],
  },
  {
    name: "1.65: several variants may hold data around a niche",
    source: "type R = Result<Result<u32, u8>, u8>;",
    by: [
      ["1.64", "size 12 align 4; niche u8@0 valid 0..=1; direct tag u8@0 valid 0..=1; variants v0[4] v1[1]"],
      [
        "1.65",
        "size 8 align 4; niche u8@0 valid 0..=2; niche tag u8@0: untagged v0, niche_variants 1..=1, niche_start 2; variants v0[0] v1[1]",
      ],
    ],
  },
  {
    name: "1.67: an array counts as aligned as its size allows",
    source: "struct S(u8, [u8; 4], u32);",
    by: [
      ["1.66", "size 12 align 4; offsets [4, 5, 0]; niche none"],
      ["1.67", "size 12 align 4; offsets [8, 0, 4]; niche none"],
    ],
  },
  {
    name: "1.69: larger niches come last in their group; 1.71: first",
    source: "struct S(u8, bool, u8);",
    by: [
      ["1.68", "size 3 align 1; offsets [0, 1, 2]; niche u8@1 valid 0..=1"],
      ["1.69", "size 3 align 1; offsets [0, 2, 1]; niche u8@2 valid 0..=1"],
      ["1.71", "size 3 align 1; offsets [1, 0, 2]; niche u8@0 valid 0..=1"],
    ],
  },
  {
    name: "1.71: a second attempt puts a niche near the end",
    source: "struct S(u16, u8, bool, u8, u32);",
    by: [
      ["1.68", "size 12 align 4; offsets [4, 6, 7, 8, 0]; niche u8@7 valid 0..=1"],
      ["1.71", "size 12 align 4; offsets [4, 6, 8, 7, 0]; niche u8@8 valid 0..=1"],
    ],
  },
  {
    name: "1.74: zero-sized fields no longer come first",
    source: "struct S(u32, (), u64);",
    by: [
      ["1.73", "size 16 align 8; offsets [8, 0, 0]; niche none"],
      ["1.74", "size 16 align 8; offsets [8, 12, 0]; niche none"],
    ],
  },
  {
    name: "1.74: an aligned uninhabited variant is present",
    source: "enum E { A(u8), B([u16; 0], !) }",
    by: [
      ["1.73", "size 1 align 1; offsets [0]; niche none"],
      ["1.74", "size 2 align 2; niche u8@0 valid 0..=0; direct tag u8@0 valid 0..=0; variants v0[1] v1[2,1]"],
    ],
  },
  {
    name: "1.74: zero-sized fields move with their variant",
    source: "enum E { A(Result<u32, u8>), B(u8, ()) }",
    by: [
      [
        "1.73",
        "size 8 align 4; niche u8@0 valid 0..=2; niche tag u8@0: untagged v0, niche_variants 1..=1, niche_start 2; variants v0[0] v1[1,0]",
      ],
      [
        "1.74",
        "size 8 align 4; niche u8@0 valid 0..=2; niche tag u8@0: untagged v0, niche_variants 1..=1, niche_start 2; variants v0[0] v1[1,2]",
      ],
    ],
  },
  {
    name: "1.77: u128 is aligned to 16 bytes on x86",
    source: "struct S(u8, u128);",
    by: [
      ["1.76", "size 24 align 8; offsets [16, 0]; niche none"],
      ["1.77", "size 32 align 16; offsets [16, 0]; niche none"],
    ],
  },
  {
    name: "1.80: packed(1) structs are reordered",
    source: "#[repr(packed)] struct S(u8, bool, u32);",
    by: [
      ["1.79", "size 6 align 1; offsets [0, 1, 2]; niche u8@1 valid 0..=1"],
      ["1.80", "size 6 align 1; offsets [1, 0, 2]; niche u8@0 valid 0..=1"],
    ],
  },
  {
    name: "1.81: repr(C) enums keep uninhabited variants",
    source: "#[repr(C)] enum E { A(!), B }",
    by: [
      ["1.80", "size 4 align 4; niche u32@0 valid 1..=1; direct tag u32@0 valid 1..=1; variants v0[4] v1[]"],
      ["1.81", "size 4 align 4; niche u32@0 valid 0..=1; direct tag u32@0 valid 0..=1; variants v0[4] v1[]"],
    ],
  },
  {
    name: "1.81: an enum of absent variants in repr(C) keeps its tag, in repr(u8) from 1.96",
    source: "#[repr(u8)] enum E { A(!) }",
    by: [
      ["1.80", "size 0 align 1; niche none; uninhabited; no variants"],
      ["1.95", "size 0 align 1; niche none; uninhabited; no variants"],
      ["1.96", "size 1 align 1; niche u8@0 valid 0..=0; uninhabited; direct tag u8@0 valid 0..=0; variants v0[1]"],
    ],
  },
  {
    name: "1.91: tag ranges leave the largest gap out; later versions take the narrowest range",
    source: "#[repr(i8)] enum E { A = 0, B = 100 }",
    by: [
      ["1.90", "size 1 align 1; niche i8@0 valid 0..=100; direct tag i8@0 valid 0..=100"],
      ["1.91", "size 1 align 1; niche i8@0 valid 100..=0 wrapping; direct tag i8@0 valid 100..=0 wrapping"],
      ["1.99", "size 1 align 1; niche i8@0 valid 0..=100; direct tag i8@0 valid 0..=100"],
    ],
  },
  {
    name: "1.91: the range of an unsigned tag may wrap, later too",
    source: "#[repr(u8)] enum E { A = 0, B = 100, C = 200 }",
    by: [
      ["1.90", "size 1 align 1; niche u8@0 valid 0..=200; direct tag u8@0 valid 0..=200"],
      ["1.91", "size 1 align 1; niche u8@0 valid 200..=100 wrapping; direct tag u8@0 valid 200..=100 wrapping"],
      ["1.99", "size 1 align 1; niche u8@0 valid 100..=0 wrapping; direct tag u8@0 valid 100..=0 wrapping"],
    ],
  },
  {
    name: "1.99: negative discriminants choose the tag's type by their extremes",
    source: "enum E { A = -200, B = -1 }",
    by: [
      ["1.90", "size 2 align 2; niche i16@0 valid 65336..=65535; direct tag i16@0 valid 65336..=65535"],
      ["1.99", "size 2 align 2; niche i16@0 valid 65336..=65535; direct tag i16@0 valid 65336..=65535"],
    ],
  },
  {
    name: "1.99: an enum without values has the tag 0",
    source: "#[repr(u8)] enum E { A(u8, !) }",
    by: [["1.99", "size 2 align 1; niche u8@0 valid 0..=0; uninhabited; direct tag u8@0 valid 0..=0; variants v0[1,2]"]],
  },
  {
    name: "1.86: an enum without values may be a scalar pair, which changes no offset",
    source: "enum E { A(u16, bool, u8, !), B(u8, !) }",
    by: [
      [
        "1.85",
        "size 4 align 2; niche u8@3 valid 0..=2; uninhabited; niche tag u8@3: untagged v0, niche_variants 1..=1, niche_start 2; variants v0[0,3,2,3] v1[0,1]",
      ],
      [
        "1.86",
        "size 4 align 2; niche u8@3 valid 0..=2; uninhabited; niche tag u8@3: untagged v0, niche_variants 1..=1, niche_start 2; variants v0[0,3,2,3] v1[0,1]",
      ],
    ],
  },
  {
    name: "1.97: a single niche value is the one nearest to zero",
    source: "enum E { A, B(char) }",
    by: [
      [
        "1.96",
        "size 4 align 4; niche u32@0 valid 0..=1114112; niche tag u32@0: untagged v1, niche_variants 0..=0, niche_start 1114112; variants v0[] v1[0]",
      ],
      [
        "1.97",
        "size 4 align 4; niche u32@0 valid 4294967295..=1114111 wrapping; niche tag u32@0: untagged v1, niche_variants 0..=0, niche_start 4294967295; variants v0[] v1[0]",
      ],
    ],
  },
  {
    name: "1.83: niche filling uses the niche the variant remembers",
    source: "enum E { A(bool, bool), B }",
    by: [
      [
        "1.82",
        "size 2 align 1; niche u8@1 valid 0..=2; niche tag u8@1: untagged v0, niche_variants 1..=1, niche_start 2; variants v0[0,1] v1[]",
      ],
      [
        "1.83",
        "size 2 align 1; niche u8@0 valid 0..=2; niche tag u8@0: untagged v0, niche_variants 1..=1, niche_start 2; variants v0[0,1] v1[]",
      ],
    ],
  },
  {
    name: "1.83: objects may have up to 2^61 bytes",
    source: "struct S([u8; 140737488355328]);",
    by: [
      ["1.82", "sizeOverflow"],
      ["1.83", "size 140737488355328 align 1; offsets [0]; niche none"],
    ],
  },
  {
    name: "1.75: padding counts against the largest size",
    source: "#[repr(align(4))] struct S([u8; 32765]);",
    target: "msp430-none-elf",
    by: [
      ["1.74", "size 32768 align 4; offsets [0]; niche none"],
      ["1.75", "sizeOverflow"],
    ],
  },
  {
    name: "1.66: vectors of s390x are aligned to 8 bytes",
    source: "#[repr(simd)] struct V([u32; 4]);",
    target: "s390x-unknown-linux-gnu",
    by: [
      ["1.65", "size 16 align 16; offsets [0]; niche none"],
      ["1.66", "size 16 align 8; offsets [0]; niche none"],
    ],
  },
  {
    name: "1.85: u128 is aligned to 16 bytes on wasm32",
    source: "struct S(u128);",
    target: "wasm32-unknown-unknown",
    by: [
      ["1.84", "size 16 align 8; offsets [0]; niche none"],
      ["1.85", "size 16 align 16; offsets [0]; niche none"],
    ],
  },
  {
    name: "1.84: u128 is aligned to 16 bytes on sparc64",
    source: "struct S(u128);",
    target: "sparc64-unknown-linux-gnu",
    by: [
      ["1.83", "size 16 align 8; offsets [0]; niche none"],
      ["1.84", "size 16 align 16; offsets [0]; niche none"],
    ],
  },
  {
    name: "1.94: f64 is aligned to 4 bytes on AIX",
    source: "#[repr(C)] struct S(u32, f64);",
    target: "powerpc64-ibm-aix",
    by: [
      ["1.93", "size 16 align 8; offsets [0, 8]; niche none"],
      ["1.94", "size 12 align 4; offsets [0, 4]; niche none"],
    ],
  },
];

for (const { name, source, target, by } of CHANGES) {
  test(name, () => {
    const found = by.map(([version]) => [version, layoutText(source, version, target ?? X86_64)]);
    assert.deepEqual(found, by);
  });
}
