/**
 * Random constants: arithmetic, const fns, loops, matches, tables, strings, associated constants, sizes of types.
 *
 * Invariant: every constant stands on a line of its own as `pub const NAME: TYPE = …;`, so that it is asked about; none panics.
 */
import type { Writer } from "./random-definitions.ts";
import { addType } from "./random-definitions.ts";

const INTS = ["u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32", "i64", "i128", "isize"] as const;

/** An integer expression of a type that does not overflow. */
function int(writer: Writer, type: string, depth: number): string {
  const { random, pool, types } = writer;
  const sub = (): string => int(writer, type, depth - 1);
  const small = `${random.below(100)}${type}`;
  if (depth <= 0) return small;
  const known = pool.pick(random, pool.consts);
  const forms: (() => string)[] = [
    () => `(${sub()}).wrapping_${random.pick(["add", "sub", "mul"] as const)}(${sub()})`,
    () => `(${sub()} ${random.pick(["&", "|", "^"] as const)} ${sub()})`,
    () => `(${sub()}).wrapping_${random.pick(["shl", "shr"] as const)}(${random.below(200)})`,
    () => `(${sub()}).rotate_left(${random.below(200)})`,
    () => `(!${sub()})`,
    () => `(${random.below(100)} ${random.pick(["&", "|", "^"] as const)} ${sub()})`,
    () => `(${int(writer, random.pick(INTS), depth - 1)} as ${type})`,
    () => `(if ${sub()} ${random.pick(["<", "<=", "==", "!=", ">", ">="] as const)} ${sub()} { ${sub()} } else { ${sub()} })`,
    () => `(match ${sub()} { 0..=9 => ${sub()}, 10 | 11 => ${sub()}, x if x & 1 == 0 => x, _ => ${sub()} })`,
    () => `(match (${sub()}).checked_${random.pick(["add", "mul", "sub"] as const)}(${sub()}) { Some(x) => x, None => ${sub()} })`,
    () => `(${sub()} % ${1 + random.below(90)})`,
    () => `(core::mem::size_of::<${types.ty(2).text}>() as ${type})`,
    () => `(core::mem::align_of::<${types.ty(2).text}>() as ${type})`,
    () => `(${type}::MAX ^ ${sub()})`,
    () => `((${sub()}).count_ones() as ${type})`,
    () => `((${sub()}).leading_zeros() as ${type})`,
    () => `({ let (a, b) = (${sub()}, ${sub()}); a.wrapping_sub(b) })`,
    () => `([${sub()}, ${sub()}, ${sub()}][${random.below(3)}])`,
    () =>
      `({ let mut i = 0u32; let mut a: ${type} = ${sub()}; while i < ${1 + random.below(6)} { i += 1; if i == 3 { continue; } a = a.wrapping_mul(3).wrapping_add(i as ${type}); } a })`,
    () => `({ let mut n = ${sub()}; loop { if n & 7 == 0 { break n; } n = n.wrapping_add(1); } })`,
    () => `(b"${"xyzq".slice(0, 1 + random.below(3))}"[0] as ${type})`,
    () => `("h\\u{e9}llo${"!".repeat(random.below(3))}".len() as ${type})`,
    () => `(${random.below(1000) - 500}.${random.below(100)}f64 * 1.5 as f64) as ${type}`.replace(/^(.*)$/, "($1)"),
    () => `('${random.pick(["a", "Z", "\\n", "\\u{1f600}"] as const)}' as u32 as ${type})`,
    () => `((${sub()} > ${sub()}) as ${type})`,
    () => `(const { ${sub()} })`,
    () => `(Option::Some(${sub()}).is_some() as ${type})`,
    () => `(match Some(${sub()}) { Some(x @ 0..=50) => x, Some(x) => x / 2, None => 0 })`,
  ];
  if (known !== undefined)
    forms.push(
      () => `(${known.path} as ${type})`,
      () => `(${known.path} as ${type})`,
    );
  return random.pickOr(forms, () => small)();
}

export function plainConst(writer: Writer): string {
  const { random, pool } = writer;
  const type = random.pick(INTS);
  return `pub const ${pool.fresh("C")}: ${type} = ${int(writer, type, 1 + random.below(4))};`;
}

/** A small `usize` that lengths may use. */
export function lengthConst(writer: Writer): string {
  const { random, pool, path } = writer;
  const name = pool.fresh("N");
  const value = random.below(7);
  const helper = pool.fresh("f");
  pool.consts.push({ path: `${path}::${name}`, value });
  const of = (text: string): string => `pub const ${name}: usize = ${text};`;
  switch (random.below(7)) {
    case 0:
      return of(`{ const fn count(n: usize) -> usize { if n == 0 { 0 } else { 1 + count(n - 1) } } count(${value}) }`);
    case 1:
      return `const fn ${helper}<const K: usize>(a: [u16; K]) -> usize { let mut i = 0; while i < a.len() { i += 1; } i }\n${of(`${helper}([0; ${value}])`)}`;
    case 2:
      return `pub struct ${helper.toUpperCase()}<const K: usize>; impl<const K: usize> ${helper.toUpperCase()}<K> { pub const V: usize = K + 1 - 1; }\n${of(`${helper.toUpperCase()}::<${value}>::V`)}`;
    case 3:
      return of(`"${"s".repeat(value)}".len()`);
    case 4:
      return of(`{ let a = [1u8; 16]; let mut n = 0; let mut sum = 0; while n < ${value} { sum += a[n] as usize; n += 1; } sum }`);
    case 5:
      return of(`match ${value}u8 { n @ (0 | 1) => n as usize, n => { let n = n - 1; n as usize + 1 } }`);
    default:
      return of(`${value}`);
  }
}

/** A trait with constants, impls for several types, and a generic const fn over it. */
export function traitConsts(writer: Writer): string {
  const { random, pool, types } = writer;
  const [name, a, b, wrap] = [pool.fresh("TrC"), pool.fresh("Z"), pool.fresh("Z"), pool.fresh("W")];
  const [value, other] = [random.below(5), random.below(5)];
  const lines = [
    `pub trait ${name} { const K: usize; const TWICE: usize = Self::K * 2; const LIST: [u8; 3] = [Self::K as u8, 1, 2]; type Next; }`,
    `pub struct ${a}; pub struct ${b}; pub struct ${wrap}<X, Y>(X, Y);`,
    `impl ${name} for ${a} { const K: usize = ${value}; type Next = ${b}; }`,
    `impl ${name} for ${b} { const K: usize = ${other}; const TWICE: usize = ${random.below(9)}; type Next = ${types.ty(1).text}; }`,
    `impl<X: ${name}, Y: ${name}> ${name} for ${wrap}<X, Y> { const K: usize = X::K + Y::TWICE; type Next = (X::Next, Y::Next); }`,
    `impl<T: ${name}> ${name} for [T; 2] { const K: usize = <T as ${name}>::LIST[0] as usize + core::mem::size_of::<T::Next>() % 4; type Next = T; }`,
    `const fn ${name.toLowerCase()}<T: ${name}>() -> usize { let mut i = 0; while i < T::K { i += 1; } i + T::LIST.len() }`,
    `pub const ${pool.fresh("C")}: usize = <${wrap}<${a}, ${b}> as ${name}>::TWICE;`,
    `pub const ${pool.fresh("C")}: usize = <${wrap}<${wrap}<${b}, ${a}>, [${a}; 2]>>::K + ${name.toLowerCase()}::<${b}>();`,
    `pub type ${pool.fresh("A")} = [u16; <<${a} as ${name}>::Next as ${name}>::K + ${a}::TWICE];`,
  ];
  const alias = pool.fresh("A");
  addType(writer, alias, { bound: 400, isCopy: false });
  lines.push(`pub type ${alias} = <${wrap}<${a}, ${b}> as ${name}>::Next;`);
  return lines.join("\n");
}

/** A const fn over slices, structs and enums, and what it answers. */
export function tables(writer: Writer): string {
  const { random, pool } = writer;
  const [point, fill, sum, cell] = [pool.fresh("P"), pool.fresh("fill"), pool.fresh("sum"), pool.fresh("Cell")];
  const n = 2 + random.below(5);
  return [
    `#[derive(Clone, Copy)] pub struct ${point} { x: i32, y: u8 }`,
    `pub enum ${cell} { Empty, One(u8), Pair { a: u16, b: ${point} } }`,
    `pub const fn ${fill}() -> [${point}; ${n}] { let mut t = [${point} { x: 1, y: 2 }; ${n}]; let mut i = 0; while i < ${n} { t[i].x = i as i32 * ${random.below(9)} - 3; t[i] = ${point} { y: i as u8, ..t[i] }; i += 1; } t }`,
    `pub const fn ${sum}(s: &[${point}]) -> i64 { match s { [] => 0, [${point} { x, y: 0..=1 }, rest @ ..] => *x as i64 + ${sum}(rest), [p, rest @ ..] => p.y as i64 - ${sum}(rest) } }`,
    `pub const ${pool.fresh("T")}: i64 = ${sum}(&${fill}());`,
    `pub const ${pool.fresh("T")}: u16 = { let c = ${cell}::Pair { a: ${random.below(900)}, b: ${fill}()[1] }; match c { ${cell}::Empty => 1, ${cell}::One(v) => v as u16, ${cell}::Pair { a, b: ${point} { y, .. } } => a + y as u16 } };`,
    `pub static TABLE_${point}: [${point}; ${n}] = ${fill}();`,
    `pub const ${pool.fresh("T")}: u8 = { let mut c = Some(${random.below(200)}u8); if let Some(v) = &mut c { *v = v.wrapping_add(90); } let Some(v) = c else { panic!() }; v };`,
    `pub const ${pool.fresh("T")}: usize = { let s: &[&str] = &["a", "bcd", ""]; let mut i = 0; let mut n = 0; 'outer: while i < s.len() { let b = s[i].as_bytes(); let mut j = 0; while j < b.len() { if b[j] == b'c' { break 'outer; } j += 1; n += 10; } i += 1; } n + i };`,
    `pub const ${pool.fresh("T")}: usize = core::mem::offset_of!(${point}, y) + core::mem::size_of::<${cell}>();`,
  ].join("\n");
}
