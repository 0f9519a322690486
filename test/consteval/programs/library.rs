//! The standard library in consts.
use std::mem::{align_of, size_of};
use std::num::NonZeroU8;
pub const SIZES: [usize; 6] = [size_of::<u8>(), size_of::<u64>(), size_of::<char>(), size_of::<&str>(), size_of::<Option<u32>>(), size_of::<(u8, u32)>()];
pub const ALIGNS: [usize; 3] = [align_of::<u16>(), align_of::<u64>(), align_of::<[u32; 5]>()];
pub const SIZE_VAL: (usize, usize, usize) = (std::mem::size_of_val(&5u16), std::mem::size_of_val("hello"), std::mem::size_of_val(&[1u32, 2] as &[u32]));
#[repr(C)]
pub struct Rec { a: u8, b: u32, c: (u16, u64) }
pub const OFFSETS: [usize; 3] = [std::mem::offset_of!(Rec, a), std::mem::offset_of!(Rec, b), core::mem::offset_of!(Rec, c)];
pub const OPT: (bool, bool, u8, u8) = (Some(1u8).is_some(), None::<u8>.is_none(), Some(5u8).unwrap(), 7);
pub const OPT_EXPECT: u8 = Some(3u8).expect("some");
pub const OPT_NONE: u8 = None::<u8>.unwrap();

pub const OPT_TAKE: (Option<u8>, Option<u8>) = { let mut o = Some(4); let t = o.take(); (t, o) };
pub const OPT_AS_REF: u8 = match Some(9u8).as_ref() { Some(x) => *x, None => 0 };
pub const OPT_COPIED: Option<u8> = Some(&4u8).copied();
pub const RES: (bool, u8, Option<u8>) = (Ok::<u8, ()>(1).is_ok(), match Ok::<u8, u8>(2) { Ok(x) | Err(x) => x }, None);
pub const NONZERO: u8 = NonZeroU8::new(5).unwrap().get();
pub const NONZERO_NONE: bool = NonZeroU8::new(0).is_none();
pub const NONZERO_UNCHECKED: u16 = unsafe { std::num::NonZero::<u16>::new_unchecked(7) }.get();
pub const CELL: u8 = std::cell::Cell::new(5u8).into_inner();
pub const RANGE: (usize, usize) = { let r = 3..7; (r.start, r.end - r.start) };
pub const RANGE_INCL: u8 = { let r = 1..=4u8; *r.start() * 10 + *r.end() };
pub const IDENTITY: u8 = std::convert::identity(5);
pub const MAYBE_UNINIT: [u8; 2] = { let mut a = [const { std::mem::MaybeUninit::<u8>::uninit() }; 2]; a[0].write(3); a[1] = std::mem::MaybeUninit::new(4); unsafe { [a[0].assume_init(), a[1].assume_init()] } };
pub const ZEROED: (u8, [u16; 2]) = unsafe { std::mem::zeroed() };
pub const CONSTS: (u32, u64, usize, i8, u32) = (std::u32::MAX, u64::MAX, usize::MAX, i8::MIN, char::MAX as u32);
pub const BITS: [u32; 3] = [u8::BITS, usize::BITS, i128::BITS];
pub const PI: i32 = (std::f64::consts::PI * 1000.0) as i32;
pub const STR: (usize, bool, u8, bool) = ("héllo".len(), "".is_empty(), "abc".as_bytes()[1], "abc".is_ascii());
pub const STR_SPLIT: (&str, &str) = "hello".split_at(2);
pub const STR_TRIM: &str = "  ab ".trim_ascii();
pub const SLICE_FIRST: (Option<&u8>, Option<&u8>) = ([1u8, 2, 3].first(), [1u8, 2, 3].last());
pub const SLICE_SPLIT: (&[u8], &[u8]) = [1u8, 2, 3].split_at(1);
pub const SLICE_FIRST_REST: Option<(&u8, &[u8])> = [1u8, 2].split_first();
pub const SLICE_CHUNK: Option<&[u8; 2]> = [1u8, 2, 3].first_chunk::<2>();
pub const SLICE_EMPTY: bool = (&[] as &[u8]).is_empty();
pub const SLICE_SWAP: [u8; 3] = { let mut a = [1, 2, 3]; a.swap(0, 2); a };
pub const SLICE_REVERSE: [u8; 4] = { let mut a = [1, 2, 3, 4]; a.reverse(); a };
pub const SLICE_COPY: [u8; 4] = { let mut a = [0; 4]; let (l, r) = a.split_at_mut(1); r.copy_from_slice(&[7, 8, 9]); l[0] = 1; a };
pub const SLICE_STR: &[u8] = "xyz".as_bytes();
pub const CHARS: (bool, Option<u32>, char, usize, Option<char>) = ('a'.is_ascii_alphabetic(), 'f'.to_digit(16), 'a'.to_ascii_uppercase(), 'é'.len_utf8(), char::from_digit(7, 10));
pub const CHAR_U32: (Option<char>, Option<char>) = (char::from_u32(0x41), char::from_u32(0xD800));
pub const U8_ASCII: (bool, u8, bool, bool) = (b'a'.is_ascii_lowercase(), b'z'.to_ascii_uppercase(), b'9'.is_ascii_digit(), b'A'.eq_ignore_ascii_case(&b'a'));
pub const FROM_STR: (Result<u8, ()>, Result<i16, ()>) = (match u8::from_str_radix("ff", 16) { Ok(x) => Ok(x), Err(_) => Err(()) }, match i16::from_str_radix("-12", 10) { Ok(x) => Ok(x), Err(_) => Err(()) });
pub const BYTES: ([u8; 4], u32, [u8; 2]) = (0x01020304u32.to_be_bytes(), u32::from_le_bytes([1, 2, 3, 4]), 258u16.to_ne_bytes());
pub const PTR_NULL: bool = std::ptr::null::<u8>().is_null();
pub const CONCAT: &str = concat!("a", 1, 'c', true, 2.5, -3);
pub const STRINGIFY: &str = stringify!(abc);
pub const CFG: (bool, bool) = (cfg!(target_os = "linux"), cfg!(windows));
pub const MATCHES: (bool, bool) = (matches!(5u8, 1..=9), matches!(Some(3u8), Some(n) if n > 5));
pub const ENV_LEN: usize = concat!("x", "yz").len();
pub const DURATION_SIZE: usize = size_of::<std::time::Duration>();
pub const MIN_MAX: (u8, u8) = (if 3 < 4 { 3 } else { 4 }, max(3, 4));
const fn max(a: u8, b: u8) -> u8 { if a > b { a } else { b } }
pub const FLOATS32: (f32, bool, u32, f32) = (f32::MAX, f32::NAN.is_nan(), 1.5f32.to_bits(), f32::from_bits(0x40490fdb));
pub const FLOATS64: (f64, f64) = (f64::EPSILON, f64::MIN_POSITIVE);
pub const FLOAT_ABS: (f64, f64, f64) = ((-1.5f64).abs(), 2.0f64.max(3.0), (-0.0f64).signum());
pub const CAST_SLICE_PTR: u8 = unsafe { *([5u8, 6].as_ptr() as *const u8) };
pub const TRY_OPT: Option<u8> = sum_opt(Some(1), Some(2));
const fn sum_opt(a: Option<u8>, b: Option<u8>) -> Option<u8> { match (a, b) { (Some(a), Some(b)) => a.checked_add(b), _ => None } }
pub const MEM_FORGET: u8 = { let x = 5; std::mem::forget([1u8; 4]); x };
pub const MANUALLY_DROP: u8 = std::mem::ManuallyDrop::into_inner(std::mem::ManuallyDrop::new(8u8));
