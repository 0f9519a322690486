//! Blocks, conditions, loops, patterns.
pub const WHILE_SUM: u32 = { let mut i = 0; let mut s = 0; while i < 10 { s += i; i += 1; } s };
pub const LOOP_BREAK: u8 = loop { break 7; };
pub const LOOP_VALUE: u32 = { let mut n = 1; loop { n *= 2; if n > 100 { break n; } } };
pub const NESTED_LABEL: (u32, u32) = { let mut i = 0; let mut j = 0; 'a: while i < 10 { j = 0; while j < 10 { if i * j == 42 { break 'a; } j += 1; } i += 1; } (i, j) };
pub const CONTINUE_LABEL: u32 = { let mut s = 0; let mut i = 0; 'a: loop { i += 1; if i > 5 { break; } let mut j = 0; while j < 5 { j += 1; if j == i { continue 'a; } s += j; } } s };
pub const BREAK_IN_EXPR: u32 = { let x = 5 + loop { break 3 }; x * { loop { break 2 } } };
pub const BREAK_PENDING: u32 = { let mut i = 0; loop { let _t = (i, { if i == 3 { break i + 100; } 1 }, 2); i += 1; } };
pub const BLOCK_LABEL: i32 = 'a: { if 3 > 2 { break 'a 1; } 2 };
pub const SHADOW: i32 = { let x = 1; let x = x + 1; { let x = x * 10; let _ = x; } x };
pub const LET_TUPLE: i32 = { let (a, mut b) = (1, 2); b += a; a * 10 + b };
pub const LET_ELSE: u8 = { let Some(x) = Some(5u8) else { panic!() }; x };


pub const LET_LATE: u8 = { let x; if true { x = 1; } else { x = 2; } x };
pub const IF_CHAIN: &str = if 1 > 2 { "a" } else if 2 > 1 { "b" } else { "c" };
pub const IF_LET: u8 = if let Some(x @ 1..=9) = Some(4u8) { x } else { 0 };
pub const IF_LET_ELSE: u8 = if let Some(0) = Some(4u8) { 1 } else { 2 };
pub const WHILE_LET: u8 = { let mut o = Some(3u8); let mut n = 0; while let Some(k) = o { n += k; o = if k == 0 { None } else { Some(k - 1) }; } n };
pub const MATCH_RANGE: [u8; 4] = [class(0), class(5), class(100), class(255)];
const fn class(x: u8) -> u8 { match x { 0 => 0, 1..=9 => 1, 10..=99 | 100 => 2, _ => 3 } }
pub const MATCH_GUARD: u8 = match 7u8 { x if x % 2 == 0 => 0, x if x > 5 => x, _ => 1 };
pub const MATCH_CHAR: u8 = match 'q' { 'a'..='m' => 1, 'n'..='z' => 2, _ => 3 };
pub const MATCH_TUPLE: u8 = match (1, Some(2)) { (0, _) => 0, (1, Some(n)) if n > 5 => 1, (1, Some(2)) => 2, _ => 3 };

pub const MATCH_BYTES: u8 = match b"ab" { b"xy" => 0, [b'a', x] => *x, _ => 1 };

pub const MATCH_ARRAY: (u8, [u8; 2], u8) = match [1u8, 2, 3, 4] { [a, b @ .., c] => (a, b, c) };
pub const MATCH_REF: u8 = match &Some(5u8) { Some(x) => *x, None => 0 };
pub const MATCH_REF_PAT: u8 = match &(1u8, 2u8) { &(a, b) => a + b };
pub const MATCH_BOX: u8 = match &&3u8 { &&x => x };
pub const MATCH_CONST: u8 = match 5u8 { FIVE => 1, _ => 0 };
const FIVE: u8 = 5;
pub const MATCH_CONST_BLOCK: u8 = match 8u8 { EIGHT => 1, _ => 0 };
const EIGHT: u8 = 4 + 4;
pub const MATCH_ENUM: [u8; 3] = [shape(Shape::Unit), shape(Shape::Tup(1, 2)), shape(Shape::Rec { a: 5, b: 6 })];
pub enum Shape { Unit, Tup(u8, u8), Rec { a: u8, b: u8 } }
const fn shape(s: Shape) -> u8 { match s { Shape::Unit => 0, Shape::Tup(x, ..) => x, Shape::Rec { b, .. } => b } }
pub const MATCH_USE: u8 = { use Shape::*; match Tup(3, 4) { Unit => 0, Tup(_, y) => y, Rec { .. } => 1 } };
pub const MATCH_NESTED: u8 = match Some(Some(3u8)) { Some(Some(0)) => 0, Some(Some(x)) => x, Some(None) | None => 9 };
pub const MATCH_OR_BIND: u8 = match (1u8, 2u8) { (0, x) | (x, 2) => x, _ => 9 };
pub const MATCH_BIND_AT: (u8, u8) = match 5u8 { n @ (1 | 5 | 7) => (n, 1), n => (n, 2) };
pub const MATCH_MUT: u8 = { let mut p = (1u8, 2u8); match &mut p { (a, b) => { *a += 10; *b += *a; } } p.0 + p.1 };
pub const MATCH_REF_MUT: u8 = { let mut o = Some(1u8); if let Some(ref mut x) = o { *x += 1; } if let Some(x) = &mut o { *x += 1; } match o { Some(x) => x, None => 0 } };
pub const MATCH_NEG: u8 = match -5i8 { -10..=-1 => 1, 0 => 2, _ => 3 };
pub const MATCH_HALF: u8 = match 200u8 { ..10 => 0, 10..100 => 1, 100.. => 2 };
pub const MATCH_FLOAT: u8 = match 1.5f32 { 1.0..=2.0 => 1, _ => 2 };
pub const MATCH_BOOL: u8 = match (true, false) { (true, true) => 0, (true, false) => 1, (false, _) => 2 };
pub const MATCH_NEVER: u8 = match Some(1u8) { Some(x) => x, None => panic!("none") };
pub const EARLY: [i32; 3] = [early(-1), early(0), early(1)];
const fn early(x: i32) -> i32 { if x < 0 { return -1 } let y = match x { 0 => return 100, n => n }; y + 1 }
pub const RECURSION: u64 = fib(15);
const fn fib(n: u64) -> u64 { if n < 2 { n } else { fib(n - 1) + fib(n - 2) } }
pub const DEEP: u32 = deep(100);
const fn deep(n: u32) -> u32 { if n == 0 { 0 } else { 1 + deep(n - 1) } }
pub const PANIC: u8 = panic!("boom");
pub const PANIC_IF: u8 = if FIVE == 5 { panic!("five") } else { 0 };
pub const ASSERT_OK: () = assert!(FIVE == 5, "not five");
pub const ASSERT_BAD: () = assert!(FIVE == 6);
pub const UNREACHABLE: u8 = match FIVE { 5 => unreachable!(), _ => 1 };
pub const INFINITE_OK: u8 = { let mut i = 0u8; loop { if i == 255 { break i; } i += 1; } };
pub const INDEX_OUT: u8 = [1u8, 2, 3][id(3)];
const fn id(x: usize) -> usize { x }
pub const INDEX_2D: u8 = { let g = [[1u8, 2], [3, 4]]; g[1][0] * 10 + g[0][1] };
pub const ARRAY_MUT: [u8; 3] = { let mut a = [0; 3]; a[1] = 5; a[2] = a[1] + 1; a };
pub const ARRAY_COPY: ([u8; 2], [u8; 2]) = { let a = [1, 2]; let mut b = a; b[0] = 9; (a, b) };
pub const NESTED_MUT: ((u8, u8), [u8; 2]) = { let mut t = ((1, 2), [3, 4]); t.0.1 = 20; t.1[0] = 30; t };
pub const MUT_REF: u8 = { let mut x = 1; { let r = &mut x; *r += 1; let rr = &mut *r; *rr *= 5; } x };
pub const MUT_REF_FN: [u8; 3] = { let mut a = [1, 2, 3]; bump(&mut a[1]); bump_all(&mut a); a };
const fn bump(x: &mut u8) { *x += 10; }
const fn bump_all(a: &mut [u8]) { let mut i = 0; while i < a.len() { a[i] += 1; i += 1; } }
pub const SWAP: (u8, u8) = { let mut a = 1; let mut b = 2; core::mem::swap(&mut a, &mut b); (a, b) };
pub const REPLACE: (u8, u8) = { let mut a = 1; let old = core::mem::replace(&mut a, 5); (old, a) };
pub const ASSIGN_TUPLE: (u8, u8) = { let (mut a, mut b) = (1, 2); (a, b) = (b, a + b); (a, b) };
pub const ASSIGN_UNDERSCORE: u8 = { let mut x = 1; _ = { x += 1; x }; x };
pub const UNIT: () = { let x = 1; let _ = x; };
pub const SORTED: [u8; 5] = sort([5, 2, 4, 1, 3]);
const fn sort(mut a: [u8; 5]) -> [u8; 5] { let mut i = 0; while i < 5 { let mut j = i + 1; while j < 5 { if a[j] < a[i] { let t = a[i]; a[i] = a[j]; a[j] = t; } j += 1; } i += 1; } a }
pub const CRC: u32 = crc32(b"123456789");
const TABLE: [u32; 256] = make_table();
const fn make_table() -> [u32; 256] { let mut t = [0u32; 256]; let mut i = 0; while i < 256 { let mut c = i as u32; let mut k = 0; while k < 8 { c = if c & 1 != 0 { 0xEDB88320 ^ (c >> 1) } else { c >> 1 }; k += 1; } t[i] = c; i += 1; } t }
const fn crc32(bytes: &[u8]) -> u32 { let mut crc = !0; let mut i = 0; while i < bytes.len() { crc = TABLE[((crc ^ bytes[i] as u32) & 0xFF) as usize] ^ (crc >> 8); i += 1; } !crc }
pub const FNV: u64 = fnv("hello world".as_bytes());
const fn fnv(s: &[u8]) -> u64 { let mut h = 0xcbf29ce484222325; let mut i = 0; while i < s.len() { h ^= s[i] as u64; h = h.wrapping_mul(0x100000001b3); i += 1; } h }
pub const PARSE: usize = parse("1024");
const fn parse(s: &str) -> usize { let b = s.as_bytes(); let mut n = 0; let mut i = 0; while i < b.len() { n = n * 10 + (b[i] - b'0') as usize; i += 1; } n }
pub const GCD: u32 = gcd(48, 18);
const fn gcd(a: u32, b: u32) -> u32 { if b == 0 { a } else { gcd(b, a % b) } }
pub const STR_EQ: (bool, bool) = (str_eq("abc", "abc"), str_eq("abc", "abd"));
const fn str_eq(a: &str, b: &str) -> bool { let (a, b) = (a.as_bytes(), b.as_bytes()); if a.len() != b.len() { return false; } let mut i = 0; while i < a.len() { if a[i] != b[i] { return false; } i += 1; } true }
pub const CONST_BLOCK: usize = const { 3 + 4 };
pub const UNSAFE_BLOCK: u8 = unsafe { *(&5u8 as *const u8) };
pub const FN_LOCAL: u8 = { const fn inner(x: u8) -> u8 { x * 2 } const K: u8 = 3; inner(K) };
pub const SHADOW_FN: usize = { let size = 3usize; const fn size2() -> usize { 10 } size + size2() };
#[allow(non_upper_case_globals)]
pub const ITEM_SHADOWS_LOCAL: u8 = { let n = 1; let inner = { const n: u8 = 2; n }; n * 10 + inner };
pub const LOCAL_SHADOWS_OUTER_ITEM: u8 = { const K: u8 = 9; let _ = K; { let k = 3; k + K } };
