/**
 * Random types as text over a pool: primitives, what the program declared, and the standard library.
 *
 * Invariant: every text compiles in any module of the program on 1.95 and later with all features on.
 */
import type { Random } from "../random.ts";
import type { Pool, TypeText } from "./pool.ts";

const PRIMITIVES: readonly (readonly [string, number])[] = [
  ["u8", 1],
  ["u8", 1],
  ["bool", 1],
  ["bool", 1],
  ["char", 4],
  ["u16", 2],
  ["u32", 4],
  ["u64", 8],
  ["u128", 16],
  ["usize", 8],
  ["i8", 1],
  ["i16", 2],
  ["i32", 4],
  ["i64", 8],
  ["i128", 16],
  ["isize", 8],
  ["f32", 4],
  ["f64", 8],
  ["()", 0],
  ["core::cmp::Ordering", 1],
  ["core::num::NonZero<u8>", 1],
  ["core::num::NonZeroU32", 4],
  ["core::num::NonZero<i128>", 16],
  ["core::num::NonZeroUsize", 8],
  ["core::time::Duration", 16],
  ["core::alloc::Layout", 16],
  ["std::net::Ipv4Addr", 4],
  ["std::time::Instant", 16],
  ["core::any::TypeId", 16],
  ["&'static str", 16],
  ["fn(u8) -> bool", 8],
  ['extern "C" fn()', 8],
  ["core::convert::Infallible", 0],
  ["core::marker::PhantomPinned", 0],
];

const OWNED: readonly (readonly [string, number])[] = [
  ["String", 24],
  ["std::path::PathBuf", 24],
  ["std::ffi::OsString", 24],
  ["std::ffi::CString", 16],
  ["std::io::Error", 8],
  ["std::fs::File", 4],
  ["std::net::TcpStream", 4],
  ["std::sync::atomic::AtomicBool", 1],
  ["core::sync::atomic::AtomicU64", 8],
  ["Box<str>", 16],
  ["Box<[u16]>", 16],
  ["Box<dyn Fn(u8) -> u8 + Send + Sync>", 16],
  ["&'static mut [u32]", 16],
  ["Box<dyn std::error::Error>", 16],
  ["std::sync::Condvar", 8],
  ["std::sync::Barrier", 40],
  ["std::thread::JoinHandle<()>", 32],
  ["std::borrow::Cow<'static, str>", 24],
  ["std::borrow::Cow<'static, [u16]>", 24],
  ["std::process::Command", 256],
  ["std::process::Child", 40],
  ["std::env::Args", 40],
  ["std::net::SocketAddr", 32],
  ["std::str::Chars<'static>", 24],
  ["std::str::Split<'static, char>", 80],
  ["std::string::Drain<'static>", 64],
  ["std::task::Waker", 16],
  ["std::rc::Rc<dyn core::fmt::Debug>", 16],
  ["*const dyn Send", 16],
  ["std::alloc::Global", 0],
];

/** Constructors over one type: text around it, the size without it, how often it stands in there, whether the result is Copy as it is. */
const ONE: readonly (readonly [before: string, after: string, extra: number, times: number, copy: "as" | "never" | "always"])[] = [
  ["Option<", ">", 16, 1, "as"],
  ["Option<", ">", 16, 1, "as"],
  ["Option<", ">", 16, 1, "as"],
  ["Box<", ">", 8, 0, "never"],
  ["Vec<", ">", 24, 0, "never"],
  ["std::rc::Rc<", ">", 8, 0, "never"],
  ["std::sync::Arc<", ">", 8, 0, "never"],
  ["core::cell::Cell<", ">", 0, 1, "never"],
  ["core::cell::RefCell<", ">", 24, 1, "never"],
  ["std::sync::Mutex<", ">", 24, 1, "never"],
  ["std::sync::RwLock<", ">", 32, 1, "never"],
  ["&'static ", "", 8, 0, "always"],
  ["*const ", "", 8, 0, "always"],
  ["*mut ", "", 8, 0, "always"],
  ["core::mem::ManuallyDrop<", ">", 0, 1, "as"],
  ["core::mem::MaybeUninit<", ">", 0, 1, "as"],
  ["core::marker::PhantomData<", ">", 0, 0, "always"],
  ["core::pin::Pin<Box<", ">>", 8, 0, "never"],
  ["std::collections::VecDeque<", ">", 32, 0, "never"],
  ["std::collections::HashSet<", ">", 48, 0, "never"],
  ["std::collections::BTreeMap<u8, ", ">", 24, 0, "never"],
  ["std::collections::HashMap<u16, ", ">", 48, 0, "never"],
  ["std::collections::LinkedList<", ">", 24, 0, "never"],
  ["std::rc::Weak<", ">", 8, 0, "never"],
  ["std::sync::OnceLock<", ">", 24, 1, "never"],
  ["core::cell::OnceCell<", ">", 16, 1, "never"],
  ["core::num::Wrapping<", ">", 0, 1, "as"],
  ["core::ptr::NonNull<", ">", 8, 0, "always"],
  ["core::ops::Range<", ">", 16, 2, "never"],
  ["core::ops::RangeInclusive<", ">", 24, 2, "never"],
  ["core::ops::Bound<", ">", 16, 1, "as"],
  ["core::ops::ControlFlow<", ", u8>", 16, 1, "as"],
  ["core::task::Poll<", ">", 16, 1, "as"],
  ["core::cmp::Reverse<", ">", 0, 1, "as"],
  ["std::vec::IntoIter<", ">", 32, 0, "never"],
  ["core::slice::Iter<'static, ", ">", 16, 0, "never"],
  ["core::option::IntoIter<", ">", 16, 1, "never"],
  ["core::iter::Peekable<std::vec::IntoIter<", ">>", 64, 1, "never"],
  ["core::iter::Enumerate<std::vec::IntoIter<", ">>", 48, 0, "never"],
  ["core::iter::Fuse<core::slice::Iter<'static, ", ">>", 32, 0, "never"],
  ["core::iter::Once<", ">", 16, 1, "never"],
  ["core::iter::Flatten<std::vec::IntoIter<Option<", ">>>", 80, 2, "never"],
  ["core::cell::UnsafeCell<", ">", 0, 1, "never"],
  ["std::sync::mpsc::Sender<", ">", 16, 0, "never"],
  ["std::sync::MutexGuard<'static, ", ">", 16, 0, "never"],
  ["core::cell::RefMut<'static, ", ">", 16, 0, "never"],
  ["std::thread::LocalKey<", ">", 16, 0, "never"],
  ["Result<", ", ()>", 16, 1, "as"],
  ["Result<", ", String>", 40, 1, "never"],
  ["core::cell::LazyCell<", ">", 32, 1, "never"],
  ["std::io::BufReader<", ">", 64, 1, "never"],
  ["std::io::Cursor<", ">", 8, 1, "never"],
  ["std::io::Take<", ">", 16, 1, "never"],
  ["core::iter::StepBy<core::ops::Range<", ">>", 48, 2, "never"],
  ["std::collections::BinaryHeap<", ">", 24, 0, "never"],
  ["std::panic::AssertUnwindSafe<", ">", 0, 1, "never"],
  ["core::mem::Discriminant<", ">", 16, 0, "always"],
  ["core::array::IntoIter<", ", 3>", 16, 3, "never"],
  ["fn(", ") -> u8", 8, 0, "always"],
  ["Box<dyn Iterator<Item = ", "> + Send>", 16, 0, "never"],
  ["<Vec<", "> as IntoIterator>::Item", 0, 1, "as"],
  ["<Vec<", "> as IntoIterator>::IntoIter", 32, 0, "never"],
  ["<Box<", "> as core::ops::Deref>::Target", 0, 1, "as"],
  ["<&'static [", "] as IntoIterator>::IntoIter", 16, 0, "never"],
  ["<[", "; 2] as IntoIterator>::IntoIter", 16, 2, "never"],
  ["<Option<", "> as IntoIterator>::Item", 0, 1, "as"],
  ["<fn() -> ", " as FnOnce<()>>::Output", 0, 1, "as"],
  ["<core::iter::Rev<std::vec::IntoIter<", ">> as Iterator>::Item", 0, 1, "as"],
];

const LIMIT = 1500;

export class RandomTy {
  readonly #random: Random;
  readonly #pool: Pool;

  constructor(random: Random, pool: Pool) {
    this.#random = random;
    this.#pool = pool;
  }

  ty(depth: number): TypeText {
    const random = this.#random;
    const make = random.weighted<() => TypeText>([
      [depth <= 0 ? 60 : 18, () => this.primitive()],
      [depth <= 0 ? 12 : 10, () => this.#of(random.pickOr(OWNED, ["String", 24]), false)],
      [depth <= 0 ? 30 : 22, () => this.#known()],
      [depth <= 0 ? 0 : 24, () => this.#one(depth)],
      [depth <= 0 ? 0 : 8, () => this.#array(depth)],
      [depth <= 0 ? 0 : 6, () => this.#tuple(depth)],
      [depth <= 0 ? 0 : 9, () => this.#generic(depth)],
      [5, () => this.#pool.pick(random, this.#pool.projections) ?? this.primitive()],
    ]);
    const made = make();
    return made.bound > LIMIT ? this.primitive() : made;
  }

  primitive(): TypeText {
    return this.#of(this.#random.pickOr(PRIMITIVES, ["u8", 1]), true);
  }

  /** A Copy type, for unions and derives. */
  copyTy(depth: number): TypeText {
    const made = this.ty(depth);
    return made.isCopy ? made : this.primitive();
  }

  /** A length: its text and value. */
  length(): { readonly text: string; readonly value: number } {
    const random = this.#random;
    const known = this.#pool.pick(random, this.#pool.consts);
    if (known !== undefined && random.chance(0.5)) {
      const plus = random.below(3);
      return plus === 0 ? { text: known.path, value: known.value } : { text: `{ ${known.path} + ${plus} }`, value: known.value + plus };
    }
    const value = random.below(9);
    if (!random.chance(0.3)) return { text: `${value}`, value };
    const inner = this.primitive();
    return { text: `{ core::mem::size_of::<${inner.text}>() + ${value} }`, value: inner.bound + value };
  }

  #of([text, bound]: readonly [string, number], isCopy: boolean): TypeText {
    return { text, bound, isCopy };
  }

  #known(): TypeText {
    return this.#pool.pick(this.#random, this.#pool.types) ?? this.primitive();
  }

  #one(depth: number): TypeText {
    const [before, after, extra, times, copy] = this.#random.pickOr(ONE, ["Option<", ">", 16, 1, "as"]);
    const inner = this.ty(depth - 1);
    const isCopy = copy === "always" || (copy === "as" && inner.isCopy);
    return { text: `${before}${inner.text}${after}`, bound: extra + times * (inner.bound + 8), isCopy };
  }

  #array(depth: number): TypeText {
    const element = this.ty(depth - 1);
    const { text, value } = this.length();
    return { text: `[${element.text}; ${text}]`, bound: element.bound * value, isCopy: element.isCopy };
  }

  #tuple(depth: number): TypeText {
    const parts = Array.from({ length: 1 + this.#random.below(4) }, () => this.ty(depth - 1));
    const bound = parts.reduce((sum, part) => sum + part.bound + 8, 0);
    return { text: `(${parts.map((part) => part.text).join(", ")},)`, bound, isCopy: parts.every((part) => part.isCopy) };
  }

  #generic(depth: number): TypeText {
    const generic = this.#pool.pick(this.#random, this.#pool.generics);
    if (generic === undefined) return this.#known();
    const args = Array.from({ length: generic.types }, () => this.ty(depth - 1));
    const lengths = Array.from({ length: generic.consts }, () => this.#random.below(6));
    const bound = generic.scale * (args.reduce((sum, arg) => sum + arg.bound, 0) + 48) * Math.max(1, ...lengths);
    return { text: `${generic.path}<${[...args.map((arg) => arg.text), ...lengths].join(", ")}>`, bound, isCopy: false };
  }
}
