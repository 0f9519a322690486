// Rust sources that are short to write down and large: lists of 50,000 parts, a file of 5 MB.
import { sampleSource } from "./samples.mjs";

const many = (count, piece, separator = "\n") => Array.from({ length: count }, (_, i) => piece(i)).join(separator);
const integer = (i) => `u${8 << (i % 4)}`;
const plain = "pub struct Plain { a: u8, b: u32 }";

/** What is measured, the source, and what the cursor is on. */
export const HARD_INPUTS = [
  ["an enum of 50,000 variants with two fields each", `pub enum E { ${many(50_000, (i) => `Variant${i}(u8, u32)`, ",\n")} }`, "E {"],
  ["an enum of 50,000 variants without fields", `pub enum E { ${many(50_000, (i) => `V${i}`, ",\n")} }`, "E {"],
  ["an enum of 50,000 written discriminants", `#[repr(u32)] pub enum E { ${many(50_000, (i) => `V${i} = ${i * 3}`, ",\n")} }`, "E {"],
  ["an enum of 50,000 computed discriminants", `#[repr(u32)] pub enum E { ${many(50_000, (i) => `V${i} = ${i} + 1`, ",\n")} }`, "E {"],
  [
    "an enum of 20,000 different structs",
    `${many(20_000, (i) => `pub struct A${i}(u8, u32);`)}\npub enum E { ${many(20_000, (i) => `V${i}(A${i})`, ",\n")} }`,
    "E {",
  ],
  ["a struct of 50,000 fields", `pub struct S { ${many(50_000, (i) => `f${i}: ${integer(i)}`, ",\n")} }`, "S {"],
  ["a union of 50,000 fields", `pub union U { ${many(50_000, (i) => `f${i}: ${integer(i)}`, ",\n")} }`, "U {"],
  ["a tuple of 20,000", `pub struct S { a: (${many(20_000, integer, ", ")}) }`, "S {"],
  ["50,000 structs", many(50_000, (i) => `pub struct S${i} { a: u8, b: u32, c: [u16; 3] }`), "S1 "],
  ["50,000 impls", `${plain}\n${many(50_000, (i) => `impl Plain { fn f${i}(&self) {} }`)}`, "Plain {"],
  [
    "50,000 impls of one trait, a projection",
    `struct S;\ntrait T<const N: usize> { type X; }\n${many(50_000, (i) => `impl T<${i}> for S { type X = u8; }`)}\npub struct P { x: <S as T<3>>::X }`,
    "P {",
  ],
  ["50,000 functions", `${many(50_000, (i) => `fn f${i}() { let x = ${i}; }`)}\n${plain}`, "Plain {"],
  ["50,000 constants", `${many(50_000, (i) => `pub const C${i}: usize = ${i} + 1;`)}\npub struct S { a: [u8; C9] }`, "S {"],
  [
    "20,000 imports",
    `pub mod m { ${many(20_000, (i) => `pub struct A${i}(u8);`)} }\n${many(20_000, (i) => `use m::A${i};`)}\npub struct S { a: A5 }`,
    "S {",
  ],
  ["5,000 nested modules", `${many(5000, (i) => `mod m${i} {`)} pub struct T(u8); ${"}".repeat(5000)}\n${plain}`, "Plain {"],
  [
    "a `match` of 1 MB",
    `${plain}\nfn f(x: u32) -> u32 { match x { ${many(50_000, (i) => `${i} => ${i} + 1`, ",\n")}, _ => 0 } }`,
    "Plain {",
  ],
  ["a macro call of 1 MB", `macro_rules! m { ($($t:tt)*) => {} }\nm! { ${many(250_000, (i) => `a${i % 10}`, " ")} }\n${plain}`, "Plain {"],
  ["a file of 5 MB", sampleSource(34_000), "S1 "],
];
