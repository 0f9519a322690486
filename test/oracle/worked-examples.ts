/**
 * The worked examples of the layout rules: what is shown, Rust source, and the layout rustc 1.95 gives the last type in it.
 *
 * Invariant: the layouts were measured with the compiler, not computed; the oracle asks it again (`npm run oracle`). Offsets are in
 * source order; `u8@4` is a scalar at offset 4; `a..=b wrapping` means a..=MAX and 0..=b; `v1[0,8]` are the offsets of variant 1.
 */

export interface WorkedExample {
  readonly name: string;
  readonly source: string;
  readonly target: string;
  readonly layout: string;
}

const TEXT = `
1. descending alignment groups, source order is not memory order
struct S(u8, u32, u16);
=> size 8 align 4; offsets [6, 0, 4]; niche none
2. equal groups: larger niche first (Start bias)
struct S(u8, bool);
=> size 2 align 1; offsets [1, 0]; niche u8@0 valid 0..=1
3. last tuple element is pinned, unlike the struct above
type T = (u8, bool);
=> size 2 align 1; offsets [0, 1]; niche u8@1 valid 0..=1
4. only the first two take part in sorting, u32 stays last
type T = (u8, bool, u32);
=> size 8 align 4; offsets [1, 0, 4]; niche u8@0 valid 0..=1
5. tail of a ?Sized-generic struct is pinned even when instantiated with a Sized type
type A = G<u8>; struct G<T: ?Sized>(u8, u32, bool, T);
=> size 8 align 4; offsets [5, 0, 4, 6]; niche u8@4 valid 0..=1
6. size-derived pseudo alignment puts [u8;16] ahead of u32
struct S([u8; 16], u8, u32);
=> size 24 align 4; offsets [0, 20, 16]; niche none
7. a niche is present: pseudo alignment capped at log2(max field align)
struct S(u8, char, [u8; 4]);
=> size 12 align 4; offsets [8, 0, 4]; niche u32@0 valid 0..=1114111
8. the cap (max align 1) keeps the niche field first
struct S(bool, [u8; 16]);
=> size 17 align 1; offsets [0, 1]; niche u8@0 valid 0..=1
9. Start puts bool at 6; the End retry puts it later and wins
struct S(u16, u8, bool, u8, u32);
=> size 12 align 4; offsets [4, 6, 8, 7, 0]; niche u8@8 valid 0..=1
10. bool at 8; the retry gains nothing
struct S(u32, bool, u32);
=> size 12 align 4; offsets [0, 8, 4]; niche u8@8 valid 0..=1
11. an aligned ZST takes the highest group and sets the alignment
struct S([u64; 0], u8, bool, u16);
=> size 8 align 8; offsets [0, 3, 2, 0]; niche u8@2 valid 0..=1
12. ZSTs sort like any other field (since 1.74), PhantomData has align 1
struct S(u8, (), [u16; 0], PhantomData<u64>, u32);
=> size 8 align 4; offsets [4, 5, 4, 5, 0]; niche none
13. in repr(C) an aligned ZST moves the next field
#[repr(C)] struct S(u8, [u64; 0], u16);
=> size 16 align 8; offsets [0, 8, 8]; niche none
14. the key is min(align, 2) bytes, so 2-aligned fields keep source order
#[repr(packed(2))] struct S(u8, u32, u16, u64);
=> size 16 align 2; offsets [14, 0, 4, 6]; niche none
15. packed(1) is reordered since 1.80 (niche first)
#[repr(packed)] struct S(u8, bool, u32);
=> size 6 align 1; offsets [1, 0, 2]; niche u8@0 valid 0..=1
16. declaration order with capped alignment
#[repr(C, packed(2))] struct S(u8, u32, u64);
=> size 14 align 2; offsets [0, 2, 6]; niche none
17. align only pads at the end
#[repr(align(8))] struct S(u8, u32, bool);
=> size 8 align 8; offsets [4, 0, 5]; niche u8@5 valid 0..=1
18. transparent still runs the repr(Rust) sort
#[repr(transparent)] struct S((), NonZeroU16, [u8; 0]);
=> size 2 align 2; offsets [2, 0, 2]; niche u16@0 valid 1..=65535
19. an uninhabited struct keeps its storage
struct S(u32, !);
=> size 4 align 4; offsets [0, 4]; niche none; uninhabited
20. size rounded to alignment, never a niche
union U { a: u8, b: [u16; 3] }
=> size 6 align 2; niche none
21. a union hides the niche
type O = Option<MaybeUninit<bool>>;
=> size 2 align 1; niche u8@0 valid 0..=1; direct tag u8@0 valid 0..=1; variants v0[] v1[1]
22. ManuallyDrop does not
type O = Option<ManuallyDrop<bool>>;
=> size 1 align 1; niche u8@0 valid 0..=2; niche tag u8@0: untagged v1, niche_variants 0..=0, niche_start 2; variants v0[] v1[0]
23. UnsafeCell hides niches (since 1.64)
type O = Option<Cell<bool>>;
=> size 2 align 1; niche u8@0 valid 0..=1; direct tag u8@0 valid 0..=1; variants v0[] v1[1]
24. reserve continues upward
type O = Option<Option<bool>>;
=> size 1 align 1; niche u8@0 valid 0..=3; niche tag u8@0: untagged v1, niche_variants 0..=0, niche_start 3; variants v0[] v1[0]
25. 1.97 and later: niche_start 0xffff_ffff
type O = Option<char>;
=> size 4 align 4; niche u32@0 valid 0..=1114112; niche tag u32@0: untagged v1, niche_variants 0..=0, niche_start 1114112; variants v0[] v1[0]
26. the only niche value is used, none left
type O = Option<NonNull<u8>>;
=> size 8 align 8; niche none; niche tag ptr@0: untagged v1, niche_variants 0..=0, niche_start 0; variants v0[] v1[0]
27. only the pointer half carries a niche
type O = Option<&[u8]>;
=> size 16 align 8; niche none; niche tag ptr@0: untagged v1, niche_variants 0..=0, niche_start 0; variants v0[] v1[0]
28. a raw dyn pointer has a niche in its vtable half
type O = Option<*const dyn Tr>;
=> size 16 align 8; niche none; niche tag ptr@8: untagged v1, niche_variants 0..=0, niche_start 0; variants v0[] v1[0]
29. signed tag with wrapping range -1..=1 grows upward to 2
type O = Option<Ordering>;
=> size 1 align 1; niche i8@0 valid 255..=2 wrapping; niche tag i8@0: untagged v1, niche_variants 0..=0, niche_start 2; variants v0[] v1[0]
30. the untagged variant inside the niche range burns a value
enum E { A, B, C(bool), D }
=> size 1 align 1; niche u8@0 valid 0..=5; niche tag u8@0: untagged v2, niche_variants 0..=3, niche_start 2; variants v0[] v1[] v2[0] v3[]
31. an absent variant inside the range burns a value too
enum E { A, B(!), C(bool), D }
=> size 1 align 1; niche u8@0 valid 0..=5; niche tag u8@0: untagged v2, niche_variants 0..=3, niche_start 2; variants v0[] v1[0] v2[0] v3[]
32. both strategies give 8 bytes; tagged wins because its niche is at least as large (253 against 252)
enum E { A(bool, u32), B(u16), C }
=> size 8 align 4; niche u8@0 valid 0..=2; direct tag u8@0 valid 0..=2; variants v0[1,4] v1[2] v2[]
33. the tag stays u8 because a u8 sits right after it
enum E { A(u32, u8), B(u32) }
=> size 8 align 4; niche u8@0 valid 0..=1; direct tag u8@0 valid 0..=1; variants v0[4,1] v1[4]
34. tag widened to u32 by the first-field alignment
enum E { A(u32), B(u32), C }
=> size 8 align 4; niche u32@0 valid 0..=2; direct tag u32@0 valid 0..=2; variants v0[4] v1[4] v2[]
35. an aligned ZST counts as a first field when widening
enum E { A([u32; 0]), B(u32) }
=> size 8 align 4; niche u32@0 valid 0..=1; direct tag u32@0 valid 0..=1; variants v0[4] v1[4]
36. size tie: the LAST largest variant (B) is chosen; A fits after the niche only thanks to the align-8 round-up
enum E { A([u8; 4]), B(char), C([u64; 0]) }
=> size 8 align 8; niche u32@0 valid 0..=1114114; niche tag u32@0: untagged v1, niche_variants 0..=2, niche_start 1114112; variants v0[4] v1[0] v2[0]
37. same variants in another order: B is chosen, has no niche, so tagged
enum E { A(char), B([u8; 4]), C([u64; 0]) }
=> size 8 align 8; niche u8@0 valid 0..=2; direct tag u8@0 valid 0..=2; variants v0[4] v1[1] v2[8]
38. the other variant is placed before the niche
enum E { A(CB, u8), B(u8) } #[repr(C)] struct CB(u8, bool, u8);
=> size 4 align 1; niche u8@1 valid 0..=2; niche tag u8@1: untagged v0, niche_variants 1..=1, niche_start 2; variants v0[0,3] v1[0]
39. an array's niche is in element 0; B goes after it, C before it
enum E { A([CB; 2]), B([u8; 2]), C(u8) } #[repr(C)] struct CB(u8, bool, u8);
=> size 6 align 1; niche u8@1 valid 0..=3; niche tag u8@1: untagged v0, niche_variants 1..=2, niche_start 2; variants v0[0] v1[2] v2[0]
40. A is laid out with End bias: niche in the last byte
enum E { A(u8, u16, bool), B(u8), C(u8, u8) }
=> size 4 align 2; niche u8@3 valid 0..=3; niche tag u8@3: untagged v0, niche_variants 1..=2, niche_start 2; variants v0[2,0,3] v1[0] v2[0,1]
41. niche in the inner u8 tag, payload placed after it
type R = Result<Result<u32, u8>, u8>;
=> size 8 align 4; niche u8@0 valid 0..=2; niche tag u8@0: untagged v0, niche_variants 1..=1, niche_start 2; variants v0[0] v1[1]
42. Vec capacity niche; B lives after it
enum E { A(String), B(u64, u64), C }
=> size 24 align 8; niche u64@0 valid 0..=9223372036854775809; niche tag u64@0: untagged v0, niche_variants 1..=2, niche_start 9223372036854775808; variants v0[0] v1[8,16] v2[]
43. uninhabited but not absent: space kept, no tag value, tag widened
enum E { A, B(u32, !) }
=> size 8 align 4; niche u32@0 valid 0..=0; direct tag u32@0 valid 0..=0; variants v0[] v1[4,4]
44. B is absent: the enum is just A
enum E { A(u8), B(!) }
=> size 1 align 1; offsets [0]; niche none
45. one present variant: struct layout, alignment kept
enum E { A([u16; 0], !) }
=> size 0 align 2; offsets [0, 0]; niche none; uninhabited
46. repr(int): only inhabited discriminants are valid
#[repr(u8)] enum E { A(!), B = 3 }
=> size 1 align 1; niche u8@0 valid 3..=3; direct tag u8@0 valid 3..=3; variants v0[1] v1[]
47. 1.95: size 0; from 1.96: size 1
#[repr(u8)] enum E { A(!) }
=> size 0 align 1; niche none; uninhabited; no variants
48. repr(C) keeps the discriminants of uninhabited variants
#[repr(C)] enum E { A(!), B }
=> size 4 align 4; niche u32@0 valid 0..=1; direct tag u32@0 valid 0..=1; variants v0[4] v1[]
49. payload aligned as a union: u8 at 8
#[repr(C)] enum E { A(u8), B(u64) }
=> size 16 align 8; niche u32@0 valid 0..=1; direct tag u32@0 valid 0..=1; variants v0[8] v1[8]
50. union of structs: u8 directly after the tag
#[repr(u8)] enum E { A(u8, u32), B(u64) }
=> size 16 align 8; niche u8@0 valid 0..=1; direct tag u8@0 valid 0..=1; variants v0[1,4] v1[8]
51. struct of tag and union
#[repr(C, u8)] enum E { A(u8), B(u64) }
=> size 16 align 8; niche u8@0 valid 0..=1; direct tag u8@0 valid 0..=1; variants v0[8] v1[8]
52. does not fit 32 bits: widened to 64
#[repr(C)] enum E { A = -1, B = 0xffff_ffff }
=> size 8 align 8; niche i64@0 valid 18446744073709551615..=4294967295 wrapping; direct tag i64@0 valid 18446744073709551615..=4294967295 wrapping
53. needs i16
enum E { A = -1, B = 200 }
=> size 2 align 2; niche i16@0 valid 65535..=200 wrapping; direct tag i16@0 valid 65535..=200 wrapping
54. 1.91 to 1.97 choose the wrapping range; older and newer choose 0..=100
#[repr(i8)] enum E { A = 0, B = 100 }
=> size 1 align 1; niche i8@0 valid 100..=0 wrapping; direct tag i8@0 valid 100..=0 wrapping
55. the largest gap is inside, so the range wraps (older than 1.91: 0..=200)
#[repr(u8)] enum E { A = 0, B = 200 }
=> size 1 align 1; niche u8@0 valid 200..=0 wrapping; direct tag u8@0 valid 200..=0 wrapping
56. no niche is found (1.63 to 1.97)
enum E { A = -9223372036854775808, B = 9223372036854775807 }
=> size 8 align 8; niche none; direct tag i64@0 valid 9223372036854775808..=9223372036854775807 wrapping
57. size rounded to the vector alignment
#[repr(simd)] struct V([f32; 3]);
=> size 16 align 16; offsets [0]; niche none
58. no padding; alignment is the largest power of two dividing the size
#[repr(simd, packed)] struct V([f32; 3]);
=> size 12 align 4; offsets [0]; niche none
59. u64 aligned 4, i128 aligned 16
struct S(u64, u8, i128); // on i686-unknown-linux-gnu
=> size 32 align 16; offsets [16, 24, 0]; niche none
60. every alignment is 1; 2-byte pointers
struct S(u8, u64, fn()); // on avr-none
=> size 11 align 1; offsets [2, 3, 0]; niche ptr@0 valid 1..=65535
61. u32 aligned 2, u64 aligned 4, f64 aligned 8
struct S(u8, u32, u64, f64); // on m68k-unknown-linux-gnu
=> size 24 align 8; offsets [20, 16, 0, 8]; niche none
62. c-enum-min-bits 8
#[repr(C)] enum E { A, B } // on thumbv6m-none-eabi
=> size 1 align 1; niche u8@0 valid 0..=1; direct tag u8@0 valid 0..=1
63. f64 ABI alignment 4
#[repr(C)] struct S(u32, f64); // on powerpc64-ibm-aix
=> size 12 align 4; offsets [0, 4]; niche none
64. repr(C) still runs the End retry: among equal niches the last one is reported
#[repr(C)] struct S(u8, bool, u8, bool);
=> size 4 align 1; offsets [0, 1, 2, 3]; niche u8@3 valid 0..=1
65. tag widened to u128 because u128 has size 16 and align 16 here
enum E { A(u128), B }
=> size 32 align 16; niche u128@0 valid 0..=1; direct tag u128@0 valid 0..=1; variants v0[16] v1[]
66. u64 has align 4: tag widened to u32 only
enum E { A(u64), B } // on i686-unknown-linux-gnu
=> size 12 align 4; niche u32@0 valid 0..=1; direct tag u32@0 valid 0..=1; variants v0[4] v1[]
67. repr(align) applies to every variant; Option uses the tag's niche
type O = Option<G>; #[repr(align(16))] enum G { A(u8), B }
=> size 16 align 16; niche u8@0 valid 0..=2; niche tag u8@0: untagged v1, niche_variants 0..=0, niche_start 2; variants v0[] v1[0]
68. fields all at offset 0
union U { a: u32, b: [u16; 3], c: () }
=> size 8 align 4; niche none
69. packed union
#[repr(packed)] union U { a: u32, b: u8 }
=> size 4 align 1; niche none
70. pointer half first on a tie
type O = Option<Box<dyn Tr>>;
=> size 16 align 8; niche none; niche tag ptr@0: untagged v1, niche_variants 0..=0, niche_start 0; variants v0[] v1[0]
71. unit variant in the null niche
type R = Result<(), Box<u8>>;
=> size 8 align 8; niche none; niche tag ptr@0: untagged v1, niche_variants 0..=0, niche_start 0; variants v0[0] v1[0]
72. nanoseconds niche, seconds untouched
type O = Option<Duration>;
=> size 16 align 8; niche u32@8 valid 0..=1000000000; niche tag u32@8: untagged v1, niche_variants 0..=0, niche_start 1000000000; variants v0[] v1[0]
73. niche at offset 1
type O = Option<(u8, bool)>;
=> size 2 align 1; niche u8@1 valid 0..=2; niche tag u8@1: untagged v1, niche_variants 0..=0, niche_start 2; variants v0[] v1[0]
74. a reference has only one niche value: not enough for two variants
enum E { A(&u8), B(()), C }
=> size 16 align 8; niche u64@0 valid 0..=2; direct tag u64@0 valid 0..=2; variants v0[8] v1[8] v2[]
75. larger availability wins for the struct's niche: bool 254 > ref 1
struct S(&u8, bool, u32);
=> size 16 align 8; offsets [0, 12, 8]; niche u8@12 valid 0..=1
76. 0 stays unused, so it becomes a niche value
enum E { A = 1, B = 2 }
=> size 1 align 1; niche u8@0 valid 1..=2; direct tag u8@0 valid 1..=2
77. reserve takes zero: start moves down
type O = Option<G>; enum G { A = 1, B = 2 }
=> size 1 align 1; niche u8@0 valid 0..=2; niche tag u8@0: untagged v1, niche_variants 0..=0, niche_start 0; variants v0[] v1[0]
78. 128-bit tag
#[repr(i128)] enum E { A = -1, B = 5 }
=> size 16 align 16; niche i128@0 valid 340282366920938463463374607431768211455..=5 wrapping; direct tag i128@0 valid 340282366920938463463374607431768211455..=5 wrapping
79. zero variants
enum E {}
=> size 0 align 1; niche none; uninhabited; no variants
80. empty array of an uninhabited type is inhabited
type A = [!; 0];
=> size 0 align 1; niche none
81. Prefixed sorting is ascending
enum E { A(u8, bool, u32), B(u32), C(u16) }
=> size 8 align 4; niche u8@0 valid 0..=2; direct tag u8@0 valid 0..=2; variants v0[1,2,4] v1[4] v2[2]
`;

/** All 81 of them. */
export const WORKED_EXAMPLES: readonly WorkedExample[] = examples(TEXT.trim().split("\n"));

function examples(lines: readonly string[]): WorkedExample[] {
  const found: WorkedExample[] = [];
  for (let at = 0; at + 2 < lines.length; at += 3) {
    const [name = "", code = "", layout = ""] = lines.slice(at, at + 3);
    const [source = "", target = "x86_64-unknown-linux-gnu"] = code.split(" // on ");
    found.push({ name, source, target, layout: layout.slice("=> ".length) });
  }
  return found;
}
