/**
 * Hand-made cases for the oracle, beyond the worked examples: corners that random types seldom reach. Each compiles on every target.
 */

export interface OracleCase {
  readonly name: string;
  readonly source: string;
}

const TEXT = `
empty struct with repr(C)
#[repr(C)] struct S();
aligned empty struct
#[repr(align(16))] struct S();
packed struct takes aligned enum
#[repr(packed)] struct S(u8, E); #[repr(align(8))] enum E { A, B }
packed struct takes aligned payload through ManuallyDrop
#[repr(packed(2))] struct S(u8, ManuallyDrop<A>); #[repr(align(8))] struct A(u8);
packed tail of a generic
struct S(G<[u16]>); #[repr(C)] struct G<T: ?Sized>(u8, T);
dyn tail behind an odd prefix
struct S(u8, u16, bool, dyn Tr);
str tail with alignment of its own
#[repr(align(4))] struct S(u8, str);
nested generic tails keep their order
type A = H<bool>; struct H<T: ?Sized>(u8, u32, G<T>); struct G<T: ?Sized>(bool, u16, T);
extern tail
struct S(u32, Ext);
unsized tuple tail
struct S(u8, (u8, [u32]));
niche of an array of references
enum E { A([&u8; 3]), B, C }
only the largest niche counts
enum E { A(bool, char, u64), B, C, D }
two niches of one size, the first wins
struct S(bool, bool, u32);
two niches of one size behind a larger field, the last wins
struct S(u32, u16, bool, bool);
niche in the second half of a vtable pointer
enum E { A(*const dyn Tr), B }
uninhabited field keeps its room
enum E { A(u32, !), B(u16) }
all variants absent
enum E { A(!), B(!, ()) }
all variants uninhabited, none absent
enum E { A(u8, !), B(u16, !) }
repr(C) enum of absent variants
#[repr(C)] enum E { A(!), B(!) }
repr(u8) enum of absent variants
#[repr(u8)] enum E { A(!), B(!) }
aligned enum of absent variants
#[repr(align(8))] enum E { A(!), B(!) }
aligned enum with one variant
#[repr(align(8))] enum E { A(u8) }
one present variant among absent ones
enum E { A(!), B(u16, bool), C(!) }
discriminants far apart
enum E { A = -128, B = 127 }
discriminants just beyond a byte
enum E { A = -129, B = 127 }
signed repr spread over more than half
#[repr(i8)] enum E { A = -128, B = -1, C = 127 }
signed repr with three clusters
#[repr(i16)] enum E { A = -30000, B = -29999, C = 5, D = 30000 }
one discriminant
#[repr(i32)] enum E { A = -7 }
largest u64 discriminant
#[repr(u64)] enum E { A = 0, B = 18446744073709551615 }
u128 discriminants above the signed maximum
#[repr(u128)] enum E { A = 1, B = 340282366920938463463374607431768211455, C = 170141183460469231731687303715884105728 }
i128 at both ends
#[repr(i128)] enum E { A = -170141183460469231731687303715884105728, B = 170141183460469231731687303715884105727 }
isize repr with payload
#[repr(isize)] enum E { A(u8) = -1, B(u32) = 1 }
repr(C, i8) around an unaligned payload
#[repr(C, i8)] enum E { A(u8, u64), B([u16; 3]) }
niche values above and below
enum E { A(u8 is 3..=250), B, C, D, F }
niche that must go below
enum E { A(u8 is 5..=255), B, C, D, F }
niche too small
enum E { A(u8 is 1..=254), B, C, D }
full range pattern
struct S(u8, u8 is 0..=255, u16);
signed pattern that starts below zero
enum E { A(i8 is -5..=10), B }
char pattern
enum E { A(char is 65..=90), B(u8), C }
u128 niche
enum E { A(u128 is 1..=340282366920938463463374607431768211455), B }
option of option of reference
enum O { N, S(P) } enum P { N, S(&u8) }
function pointer niche
enum E { A(fn()), B }
union of scalars keeps a scalar
union U { a: u32, b: i32 }
union of unlike pairs
union U { a: (u8, u32), b: (u16, u32) }
packed union around aligned arrays
#[repr(packed(2))] union U { a: [u32; 3], b: u8 }
vector of pointers
#[repr(simd)] struct V([*const u8; 4]);
vector of a large odd count
#[repr(simd)] struct V([u16; 24]);
struct around a vector
struct S(u8, V); #[repr(simd)] struct V([u32; 4]);
half floats and quad floats
struct S(f16, f128, u8, f64);
cells in the middle
struct S(UnsafeCell<bool>, bool, u16);
enum around a cell of a pair
enum E { A(UnsafeCell<(bool, u8)>), B }
zero-sized alignment inside a variant behind a niche
enum E { A(bool, u32), B([u16; 0], u8), C }
tag widened by a pointer
enum E { A(&u8), B(&u16) }
tag not widened by a byte
enum E { A(u8, u64), B(u64) }
large array in one variant
enum E { A([u8; 1000]), B(u64), C }
niche after a large array
enum E { A([u8; 1000], bool), B(u64), C([u8; 999]) }
`;

/** All hand-made cases. */
export const HAND_CASES: readonly OracleCase[] = cases(TEXT.trim().split("\n"));

function cases(lines: readonly string[]): OracleCase[] {
  return lines.flatMap((name, at) => (at % 2 === 0 ? [{ name, source: lines[at + 1] ?? "" }] : []));
}
