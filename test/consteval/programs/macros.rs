//! Macro calls inside consts and const fns.
macro_rules! max { ($a:expr, $b:expr) => { if $a > $b { $a } else { $b } }; }
pub const MAX2: usize = max!(3, 4 + 1);
macro_rules! max_let { ($a:expr, $b:expr) => {{ let left = $a; let right = $b; if left > right { left } else { right } }}; }
pub const MAX_LET: u8 = max_let!(7, { let x = 2; x * 3 });
macro_rules! count { () => { 0usize }; ($head:tt $($tail:tt)*) => { 1usize + count!($($tail)*) }; }
pub const COUNT: usize = count!(a b c d e);
macro_rules! sum { ($($x:expr),* $(,)?) => { 0 $(+ $x)* }; }
pub const SUM: u32 = sum!(1, 2, 3 << 2,);
macro_rules! const_fn { ($name:ident, $t:ty, $e:expr) => { const fn $name(x: $t) -> $t { x + $e } }; }
const_fn!(plus_five, u16, 5);
pub const MADE_FN: u16 = plus_five(10);
macro_rules! bits { ($($name:ident = $v:expr;)*) => { $(pub const $name: u8 = 1 << $v;)* }; }
bits! { BIT0 = 0; BIT3 = 3; }
pub const BITS: u8 = BIT0 | BIT3;
macro_rules! statement { ($x:ident) => { $x += 1; let inner = $x; $x *= inner; }; }
pub const STATEMENT: u32 = { let mut n = 3; statement!(n); statement!(n); n };
macro_rules! make_let { ($x:ident, $e:expr) => { let $x = $e; }; }
pub const MAKE_LET: u8 = { make_let!(y, 5); y * 2 };
macro_rules! hidden { ($e:expr) => { let tmp = $e; let _ = tmp; }; }
pub const HIDDEN: u8 = { let tmp = 1; hidden!(9); tmp };
macro_rules! ty_size { ($($t:ty),*) => { [$(core::mem::size_of::<$t>()),*] }; }
pub const TY_SIZE: [usize; 3] = ty_size!(u8, [u16; 2], Option<u32>);
macro_rules! block { ($b:block) => { $b }; }
pub const BLOCK: i32 = block!({ 1 + 2 });
macro_rules! pat { ($p:pat => $e:expr, $v:expr) => { match $v { $p => $e, _ => 0 } }; }
pub const PAT: u8 = pat!(Some(x) => x, Some(4));
pub const NESTED: usize = max!(count!(a b), max!(1, 0));
const fn checked(x: u8) -> u8 { assert!(x < 10, "too large"); debug_assert!(x != 9); x }
pub const CHECKED: u8 = checked(5);
pub const CHECKED_BAD: u8 = checked(50);
macro_rules! crate_path { () => { $crate::inner::VALUE }; }
pub mod inner { pub const VALUE: u8 = 77; }
pub const CRATE_PATH: u8 = crate_path!();
macro_rules! as_expr { ($l:literal) => { $l as u64 * 2 }; }
pub const LITERAL: u64 = as_expr!(3000000000);
macro_rules! neg { ($e:expr) => { -$e }; }
pub const NEG: i32 = neg!(2 + 3);
macro_rules! prec { ($e:expr) => { $e * 2 }; }
pub const PRECEDENCE: i32 = prec!(2 + 3);
macro_rules! cast { ($e:expr) => { $e as u64 }; }
pub const CAST: u64 = cast!(1 << 31);
macro_rules! early { ($o:expr) => { match $o { Some(x) => x, None => return 0 } }; }
const fn with_early(o: Option<u8>) -> u8 { let x = early!(o); x + 1 }
pub const EARLY: (u8, u8) = (with_early(Some(4)), with_early(None));
pub const ARRAY_LEN: usize = [0u8; count!(x y z)].len();
pub const SELECT: [u8; 2] = [cfg_select! { windows => 3, _ => 5 }, 1 + cfg_select! { unix => { 4 } _ => { 0 } }];
const fn select_binds() -> usize { cfg_select! { not(unix) => { let x = 1; } _ => { let x = 7; } } x }
pub const SELECT_BINDS: usize = select_binds();
const fn select_runs() -> usize { let mut n = 0; cfg_select! { unix => { n += 3; n += 4; } _ => {} } n }
pub const SELECT_RUNS: usize = select_runs();
