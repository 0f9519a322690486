/**
 * The worked examples of the layout rules: Rust source, and the layout rustc 1.95 gives its last type, as one line.
 *
 * Invariant: the lines were measured with the compiler, not computed; the oracle asks it again (`npm run oracle`). Offsets are in
 * source order; `u8@4` is a scalar at offset 4; `a..=b wrapping` means a..=MAX and 0..=b; `v1[0,8]` are the offsets of variant 1.
 */

export interface WorkedExample {
  readonly name: string;
  readonly source: string;
  readonly target: string;
  readonly layout: string;
}

const X86_64 = "x86_64-unknown-linux-gnu";

export const WORKED_EXAMPLES: readonly WorkedExample[] = [
  {
    name: "1: descending alignment groups, source order is not memory order",
    source: "struct S(u8, u32, u16);",
    target: X86_64,
    layout: "size 8 align 4; offsets [6, 0, 4]; niche none",
  },
  {
    name: "2: equal groups: larger niche first (Start bias)",
    source: "struct S(u8, bool);",
    target: X86_64,
    layout: "size 2 align 1; offsets [1, 0]; niche u8@0 valid 0..=1",
  },
  {
    name: "3: last tuple element is pinned, unlike the struct above",
    source: "type T = (u8, bool);",
    target: X86_64,
    layout: "size 2 align 1; offsets [0, 1]; niche u8@1 valid 0..=1",
  },
  {
    name: "4: only the first two take part in sorting, u32 stays last",
    source: "type T = (u8, bool, u32);",
    target: X86_64,
    layout: "size 8 align 4; offsets [1, 0, 4]; niche u8@0 valid 0..=1",
  },
  {
    name: "5: tail of a ?Sized-generic struct is pinned even when instantiated with a Sized type",
    source: "type A = G<u8>; struct G<T: ?Sized>(u8, u32, bool, T);",
    target: X86_64,
    layout: "size 8 align 4; offsets [5, 0, 4, 6]; niche u8@4 valid 0..=1",
  },
  {
    name: "6: size-derived pseudo alignment puts [u8;16] ahead of u32",
    source: "struct S([u8; 16], u8, u32);",
    target: X86_64,
    layout: "size 24 align 4; offsets [0, 20, 16]; niche none",
  },
  {
    name: "7: a niche is present: pseudo alignment capped at log2(max field align)",
    source: "struct S(u8, char, [u8; 4]);",
    target: X86_64,
    layout: "size 12 align 4; offsets [8, 0, 4]; niche u32@0 valid 0..=1114111",
  },
  {
    name: "8: the cap (max align 1) keeps the niche field first",
    source: "struct S(bool, [u8; 16]);",
    target: X86_64,
    layout: "size 17 align 1; offsets [0, 1]; niche u8@0 valid 0..=1",
  },
  {
    name: "9: Start puts bool at 6; the End retry puts it later and wins",
    source: "struct S(u16, u8, bool, u8, u32);",
    target: X86_64,
    layout: "size 12 align 4; offsets [4, 6, 8, 7, 0]; niche u8@8 valid 0..=1",
  },
  {
    name: "10: bool at 8; the retry gains nothing",
    source: "struct S(u32, bool, u32);",
    target: X86_64,
    layout: "size 12 align 4; offsets [0, 8, 4]; niche u8@8 valid 0..=1",
  },
  {
    name: "11: an aligned ZST takes the highest group and sets the alignment",
    source: "struct S([u64; 0], u8, bool, u16);",
    target: X86_64,
    layout: "size 8 align 8; offsets [0, 3, 2, 0]; niche u8@2 valid 0..=1",
  },
  {
    name: "12: ZSTs sort like any other field (since 1.74), PhantomData has align 1",
    source: "struct S(u8, (), [u16; 0], PhantomData<u64>, u32);",
    target: X86_64,
    layout: "size 8 align 4; offsets [4, 5, 4, 5, 0]; niche none",
  },
  {
    name: "13: in repr(C) an aligned ZST moves the next field",
    source: "#[repr(C)] struct S(u8, [u64; 0], u16);",
    target: X86_64,
    layout: "size 16 align 8; offsets [0, 8, 8]; niche none",
  },
  {
    name: "14: the key is min(align, 2) bytes, so 2-aligned fields keep source order",
    source: "#[repr(packed(2))] struct S(u8, u32, u16, u64);",
    target: X86_64,
    layout: "size 16 align 2; offsets [14, 0, 4, 6]; niche none",
  },
  {
    name: "15: packed(1) is reordered since 1.80 (niche first)",
    source: "#[repr(packed)] struct S(u8, bool, u32);",
    target: X86_64,
    layout: "size 6 align 1; offsets [1, 0, 2]; niche u8@0 valid 0..=1",
  },
  {
    name: "16: declaration order with capped alignment",
    source: "#[repr(C, packed(2))] struct S(u8, u32, u64);",
    target: X86_64,
    layout: "size 14 align 2; offsets [0, 2, 6]; niche none",
  },
  {
    name: "17: align only pads at the end",
    source: "#[repr(align(8))] struct S(u8, u32, bool);",
    target: X86_64,
    layout: "size 8 align 8; offsets [4, 0, 5]; niche u8@5 valid 0..=1",
  },
  {
    name: "18: transparent still runs the repr(Rust) sort",
    source: "#[repr(transparent)] struct S((), NonZeroU16, [u8; 0]);",
    target: X86_64,
    layout: "size 2 align 2; offsets [2, 0, 2]; niche u16@0 valid 1..=65535",
  },
  {
    name: "19: an uninhabited struct keeps its storage",
    source: "struct S(u32, !);",
    target: X86_64,
    layout: "size 4 align 4; offsets [0, 4]; niche none; uninhabited",
  },
  {
    name: "20: size rounded to alignment, never a niche",
    source: "union U { a: u8, b: [u16; 3] }",
    target: X86_64,
    layout: "size 6 align 2; niche none",
  },
  {
    name: "21: a union hides the niche",
    source: "type O = Option<MaybeUninit<bool>>;",
    target: X86_64,
    layout: "size 2 align 1; niche u8@0 valid 0..=1; direct tag u8@0 valid 0..=1; variants v0[] v1[1]",
  },
  {
    name: "22: ManuallyDrop does not",
    source: "type O = Option<ManuallyDrop<bool>>;",
    target: X86_64,
    layout: "size 1 align 1; niche u8@0 valid 0..=2; niche tag u8@0: untagged v1, niche_variants 0..=0, niche_start 2; variants v0[] v1[0]",
  },
  {
    name: "23: UnsafeCell hides niches (since 1.64)",
    source: "type O = Option<Cell<bool>>;",
    target: X86_64,
    layout: "size 2 align 1; niche u8@0 valid 0..=1; direct tag u8@0 valid 0..=1; variants v0[] v1[1]",
  },
  {
    name: "24: reserve continues upward",
    source: "type O = Option<Option<bool>>;",
    target: X86_64,
    layout: "size 1 align 1; niche u8@0 valid 0..=3; niche tag u8@0: untagged v1, niche_variants 0..=0, niche_start 3; variants v0[] v1[0]",
  },
  {
    name: "25: 1.97 and later: niche_start 0xffff_ffff",
    source: "type O = Option<char>;",
    target: X86_64,
    layout:
      "size 4 align 4; niche u32@0 valid 0..=1114112; niche tag u32@0: untagged v1, niche_variants 0..=0, niche_start 1114112; variants v0[] v1[0]",
  },
  {
    name: "26: the only niche value is used, none left",
    source: "type O = Option<NonNull<u8>>;",
    target: X86_64,
    layout: "size 8 align 8; niche none; niche tag ptr@0: untagged v1, niche_variants 0..=0, niche_start 0; variants v0[] v1[0]",
  },
  {
    name: "27: only the pointer half carries a niche",
    source: "type O = Option<&[u8]>;",
    target: X86_64,
    layout: "size 16 align 8; niche none; niche tag ptr@0: untagged v1, niche_variants 0..=0, niche_start 0; variants v0[] v1[0]",
  },
  {
    name: "28: a raw dyn pointer has a niche in its vtable half",
    source: "type O = Option<*const dyn Tr>;",
    target: X86_64,
    layout: "size 16 align 8; niche none; niche tag ptr@8: untagged v1, niche_variants 0..=0, niche_start 0; variants v0[] v1[0]",
  },
  {
    name: "29: signed tag with wrapping range -1..=1 grows upward to 2",
    source: "type O = Option<Ordering>;",
    target: X86_64,
    layout:
      "size 1 align 1; niche i8@0 valid 255..=2 wrapping; niche tag i8@0: untagged v1, niche_variants 0..=0, niche_start 2; variants v0[] v1[0]",
  },
  {
    name: "30: the untagged variant inside the niche range burns a value",
    source: "enum E { A, B, C(bool), D }",
    target: X86_64,
    layout:
      "size 1 align 1; niche u8@0 valid 0..=5; niche tag u8@0: untagged v2, niche_variants 0..=3, niche_start 2; variants v0[] v1[] v2[0] v3[]",
  },
  {
    name: "31: an absent variant inside the range burns a value too",
    source: "enum E { A, B(!), C(bool), D }",
    target: X86_64,
    layout:
      "size 1 align 1; niche u8@0 valid 0..=5; niche tag u8@0: untagged v2, niche_variants 0..=3, niche_start 2; variants v0[] v1[0] v2[0] v3[]",
  },
  {
    name: "32: both strategies give 8 bytes; tagged wins because its niche is at least as large (253 against 252)",
    source: "enum E { A(bool, u32), B(u16), C }",
    target: X86_64,
    layout: "size 8 align 4; niche u8@0 valid 0..=2; direct tag u8@0 valid 0..=2; variants v0[1,4] v1[2] v2[]",
  },
  {
    name: "33: the tag stays u8 because a u8 sits right after it",
    source: "enum E { A(u32, u8), B(u32) }",
    target: X86_64,
    layout: "size 8 align 4; niche u8@0 valid 0..=1; direct tag u8@0 valid 0..=1; variants v0[4,1] v1[4]",
  },
  {
    name: "34: tag widened to u32 by the first-field alignment",
    source: "enum E { A(u32), B(u32), C }",
    target: X86_64,
    layout: "size 8 align 4; niche u32@0 valid 0..=2; direct tag u32@0 valid 0..=2; variants v0[4] v1[4] v2[]",
  },
  {
    name: "35: an aligned ZST counts as a first field when widening",
    source: "enum E { A([u32; 0]), B(u32) }",
    target: X86_64,
    layout: "size 8 align 4; niche u32@0 valid 0..=1; direct tag u32@0 valid 0..=1; variants v0[4] v1[4]",
  },
  {
    name: "36: size tie: the LAST largest variant (B) is chosen; A fits after the niche only thanks to the align-8 round-up",
    source: "enum E { A([u8; 4]), B(char), C([u64; 0]) }",
    target: X86_64,
    layout:
      "size 8 align 8; niche u32@0 valid 0..=1114114; niche tag u32@0: untagged v1, niche_variants 0..=2, niche_start 1114112; variants v0[4] v1[0] v2[0]",
  },
  {
    name: "37: same variants in another order: B is chosen, has no niche, so tagged",
    source: "enum E { A(char), B([u8; 4]), C([u64; 0]) }",
    target: X86_64,
    layout: "size 8 align 8; niche u8@0 valid 0..=2; direct tag u8@0 valid 0..=2; variants v0[4] v1[1] v2[8]",
  },
  {
    name: "38: the other variant is placed before the niche",
    source: "enum E { A(CB, u8), B(u8) } #[repr(C)] struct CB(u8, bool, u8);",
    target: X86_64,
    layout:
      "size 4 align 1; niche u8@1 valid 0..=2; niche tag u8@1: untagged v0, niche_variants 1..=1, niche_start 2; variants v0[0,3] v1[0]",
  },
  {
    name: "39: an array's niche is in element 0; B goes after it, C before it",
    source: "enum E { A([CB; 2]), B([u8; 2]), C(u8) } #[repr(C)] struct CB(u8, bool, u8);",
    target: X86_64,
    layout:
      "size 6 align 1; niche u8@1 valid 0..=3; niche tag u8@1: untagged v0, niche_variants 1..=2, niche_start 2; variants v0[0] v1[2] v2[0]",
  },
  {
    name: "40: A is laid out with End bias: niche in the last byte",
    source: "enum E { A(u8, u16, bool), B(u8), C(u8, u8) }",
    target: X86_64,
    layout:
      "size 4 align 2; niche u8@3 valid 0..=3; niche tag u8@3: untagged v0, niche_variants 1..=2, niche_start 2; variants v0[2,0,3] v1[0] v2[0,1]",
  },
  {
    name: "41: niche in the inner u8 tag, payload placed after it",
    source: "type R = Result<Result<u32, u8>, u8>;",
    target: X86_64,
    layout:
      "size 8 align 4; niche u8@0 valid 0..=2; niche tag u8@0: untagged v0, niche_variants 1..=1, niche_start 2; variants v0[0] v1[1]",
  },
  {
    name: "42: Vec capacity niche; B lives after it",
    source: "enum E { A(String), B(u64, u64), C }",
    target: X86_64,
    layout:
      "size 24 align 8; niche u64@0 valid 0..=9223372036854775809; niche tag u64@0: untagged v0, niche_variants 1..=2, niche_start 9223372036854775808; variants v0[0] v1[8,16] v2[]",
  },
  {
    name: "43: uninhabited but not absent: space kept, no tag value, tag widened",
    source: "enum E { A, B(u32, !) }",
    target: X86_64,
    layout: "size 8 align 4; niche u32@0 valid 0..=0; direct tag u32@0 valid 0..=0; variants v0[] v1[4,4]",
  },
  {
    name: "44: B is absent: the enum is just A",
    source: "enum E { A(u8), B(!) }",
    target: X86_64,
    layout: "size 1 align 1; offsets [0]; niche none",
  },
  {
    name: "45: one present variant: struct layout, alignment kept",
    source: "enum E { A([u16; 0], !) }",
    target: X86_64,
    layout: "size 0 align 2; offsets [0, 0]; niche none; uninhabited",
  },
  {
    name: "46: repr(int): only inhabited discriminants are valid",
    source: "#[repr(u8)] enum E { A(!), B = 3 }",
    target: X86_64,
    layout: "size 1 align 1; niche u8@0 valid 3..=3; direct tag u8@0 valid 3..=3; variants v0[1] v1[]",
  },
  {
    name: "47: 1.95: size 0; from 1.96: size 1",
    source: "#[repr(u8)] enum E { A(!) }",
    target: X86_64,
    layout: "size 0 align 1; niche none; uninhabited; no variants",
  },
  {
    name: "48: repr(C) keeps the discriminants of uninhabited variants",
    source: "#[repr(C)] enum E { A(!), B }",
    target: X86_64,
    layout: "size 4 align 4; niche u32@0 valid 0..=1; direct tag u32@0 valid 0..=1; variants v0[4] v1[]",
  },
  {
    name: "49: payload aligned as a union: u8 at 8",
    source: "#[repr(C)] enum E { A(u8), B(u64) }",
    target: X86_64,
    layout: "size 16 align 8; niche u32@0 valid 0..=1; direct tag u32@0 valid 0..=1; variants v0[8] v1[8]",
  },
  {
    name: "50: union of structs: u8 directly after the tag",
    source: "#[repr(u8)] enum E { A(u8, u32), B(u64) }",
    target: X86_64,
    layout: "size 16 align 8; niche u8@0 valid 0..=1; direct tag u8@0 valid 0..=1; variants v0[1,4] v1[8]",
  },
  {
    name: "51: struct of tag and union",
    source: "#[repr(C, u8)] enum E { A(u8), B(u64) }",
    target: X86_64,
    layout: "size 16 align 8; niche u8@0 valid 0..=1; direct tag u8@0 valid 0..=1; variants v0[8] v1[8]",
  },
  {
    name: "52: does not fit 32 bits: widened to 64",
    source: "#[repr(C)] enum E { A = -1, B = 0xffff_ffff }",
    target: X86_64,
    layout:
      "size 8 align 8; niche i64@0 valid 18446744073709551615..=4294967295 wrapping; direct tag i64@0 valid 18446744073709551615..=4294967295 wrapping",
  },
  {
    name: "53: needs i16",
    source: "enum E { A = -1, B = 200 }",
    target: X86_64,
    layout: "size 2 align 2; niche i16@0 valid 65535..=200 wrapping; direct tag i16@0 valid 65535..=200 wrapping",
  },
  {
    name: "54: 1.91 to 1.97 choose the wrapping range; older and newer choose 0..=100",
    source: "#[repr(i8)] enum E { A = 0, B = 100 }",
    target: X86_64,
    layout: "size 1 align 1; niche i8@0 valid 100..=0 wrapping; direct tag i8@0 valid 100..=0 wrapping",
  },
  {
    name: "55: the largest gap is inside, so the range wraps (older than 1.91: 0..=200)",
    source: "#[repr(u8)] enum E { A = 0, B = 200 }",
    target: X86_64,
    layout: "size 1 align 1; niche u8@0 valid 200..=0 wrapping; direct tag u8@0 valid 200..=0 wrapping",
  },
  {
    name: "56: no niche is found (1.63 to 1.97)",
    source: "enum E { A = -9223372036854775808, B = 9223372036854775807 }",
    target: X86_64,
    layout: "size 8 align 8; niche none; direct tag i64@0 valid 9223372036854775808..=9223372036854775807 wrapping",
  },
  {
    name: "57: size rounded to the vector alignment",
    source: "#[repr(simd)] struct V([f32; 3]);",
    target: X86_64,
    layout: "size 16 align 16; offsets [0]; niche none",
  },
  {
    name: "58: no padding; alignment is the largest power of two dividing the size",
    source: "#[repr(simd, packed)] struct V([f32; 3]);",
    target: X86_64,
    layout: "size 12 align 4; offsets [0]; niche none",
  },
  {
    name: "59: u64 aligned 4, i128 aligned 16",
    source: "struct S(u64, u8, i128);",
    target: "i686-unknown-linux-gnu",
    layout: "size 32 align 16; offsets [16, 24, 0]; niche none",
  },
  {
    name: "60: every alignment is 1; 2-byte pointers",
    source: "struct S(u8, u64, fn());",
    target: "avr-none",
    layout: "size 11 align 1; offsets [2, 3, 0]; niche ptr@0 valid 1..=65535",
  },
  {
    name: "61: u32 aligned 2, u64 aligned 4, f64 aligned 8",
    source: "struct S(u8, u32, u64, f64);",
    target: "m68k-unknown-linux-gnu",
    layout: "size 24 align 8; offsets [20, 16, 0, 8]; niche none",
  },
  {
    name: "62: c-enum-min-bits 8",
    source: "#[repr(C)] enum E { A, B }",
    target: "thumbv6m-none-eabi",
    layout: "size 1 align 1; niche u8@0 valid 0..=1; direct tag u8@0 valid 0..=1",
  },
  {
    name: "63: f64 ABI alignment 4",
    source: "#[repr(C)] struct S(u32, f64);",
    target: "powerpc64-ibm-aix",
    layout: "size 12 align 4; offsets [0, 4]; niche none",
  },
  {
    name: "64: repr(C) still runs the End retry: among equal niches the last one is reported",
    source: "#[repr(C)] struct S(u8, bool, u8, bool);",
    target: X86_64,
    layout: "size 4 align 1; offsets [0, 1, 2, 3]; niche u8@3 valid 0..=1",
  },
  {
    name: "65: tag widened to u128 because u128 has size 16 and align 16 here",
    source: "enum E { A(u128), B }",
    target: X86_64,
    layout: "size 32 align 16; niche u128@0 valid 0..=1; direct tag u128@0 valid 0..=1; variants v0[16] v1[]",
  },
  {
    name: "66: u64 has align 4: tag widened to u32 only",
    source: "enum E { A(u64), B }",
    target: "i686-unknown-linux-gnu",
    layout: "size 12 align 4; niche u32@0 valid 0..=1; direct tag u32@0 valid 0..=1; variants v0[4] v1[]",
  },
  {
    name: "67: repr(align) applies to every variant; Option uses the tag's niche",
    source: "type O = Option<G>; #[repr(align(16))] enum G { A(u8), B }",
    target: X86_64,
    layout:
      "size 16 align 16; niche u8@0 valid 0..=2; niche tag u8@0: untagged v1, niche_variants 0..=0, niche_start 2; variants v0[] v1[0]",
  },
  {
    name: "68: fields all at offset 0",
    source: "union U { a: u32, b: [u16; 3], c: () }",
    target: X86_64,
    layout: "size 8 align 4; niche none",
  },
  {
    name: "69: packed union",
    source: "#[repr(packed)] union U { a: u32, b: u8 }",
    target: X86_64,
    layout: "size 4 align 1; niche none",
  },
  {
    name: "70: pointer half first on a tie",
    source: "type O = Option<Box<dyn Tr>>;",
    target: X86_64,
    layout: "size 16 align 8; niche none; niche tag ptr@0: untagged v1, niche_variants 0..=0, niche_start 0; variants v0[] v1[0]",
  },
  {
    name: "71: unit variant in the null niche",
    source: "type R = Result<(), Box<u8>>;",
    target: X86_64,
    layout: "size 8 align 8; niche none; niche tag ptr@0: untagged v1, niche_variants 0..=0, niche_start 0; variants v0[0] v1[0]",
  },
  {
    name: "72: nanoseconds niche, seconds untouched",
    source: "type O = Option<Duration>;",
    target: X86_64,
    layout:
      "size 16 align 8; niche u32@8 valid 0..=1000000000; niche tag u32@8: untagged v1, niche_variants 0..=0, niche_start 1000000000; variants v0[] v1[0]",
  },
  {
    name: "73: niche at offset 1",
    source: "type O = Option<(u8, bool)>;",
    target: X86_64,
    layout: "size 2 align 1; niche u8@1 valid 0..=2; niche tag u8@1: untagged v1, niche_variants 0..=0, niche_start 2; variants v0[] v1[0]",
  },
  {
    name: "74: a reference has only one niche value: not enough for two variants",
    source: "enum E { A(&u8), B(()), C }",
    target: X86_64,
    layout: "size 16 align 8; niche u64@0 valid 0..=2; direct tag u64@0 valid 0..=2; variants v0[8] v1[8] v2[]",
  },
  {
    name: "75: larger availability wins for the struct's niche: bool 254 > ref 1",
    source: "struct S(&u8, bool, u32);",
    target: X86_64,
    layout: "size 16 align 8; offsets [0, 12, 8]; niche u8@12 valid 0..=1",
  },
  {
    name: "76: 0 stays unused, so it becomes a niche value",
    source: "enum E { A = 1, B = 2 }",
    target: X86_64,
    layout: "size 1 align 1; niche u8@0 valid 1..=2; direct tag u8@0 valid 1..=2",
  },
  {
    name: "77: reserve takes zero: start moves down",
    source: "type O = Option<G>; enum G { A = 1, B = 2 }",
    target: X86_64,
    layout: "size 1 align 1; niche u8@0 valid 0..=2; niche tag u8@0: untagged v1, niche_variants 0..=0, niche_start 0; variants v0[] v1[0]",
  },
  {
    name: "78: 128-bit tag",
    source: "#[repr(i128)] enum E { A = -1, B = 5 }",
    target: X86_64,
    layout:
      "size 16 align 16; niche i128@0 valid 340282366920938463463374607431768211455..=5 wrapping; direct tag i128@0 valid 340282366920938463463374607431768211455..=5 wrapping",
  },
  {
    name: "79: zero variants",
    source: "enum E {}",
    target: X86_64,
    layout: "size 0 align 1; niche none; uninhabited; no variants",
  },
  {
    name: "80: empty array of an uninhabited type is inhabited",
    source: "type A = [!; 0];",
    target: X86_64,
    layout: "size 0 align 1; niche none",
  },
  {
    name: "81: Prefixed sorting is ascending",
    source: "enum E { A(u8, bool, u32), B(u32), C(u16) }",
    target: X86_64,
    layout: "size 8 align 4; niche u8@0 valid 0..=2; direct tag u8@0 valid 0..=2; variants v0[1,2,4] v1[4] v2[2]",
  },
];
