/**
 * Instances of the definitions of a model, to compare two versions of std by their layouts: each generic type with arguments that
 * satisfy its bounds, differ in size, alignment, niche and drop, and have not changed themselves.
 *
 * Example: `struct Vec<T,A: Allocator=Global>` → `::alloc::vec::Vec<u8>`, `…<u64>`, `…<()>`, `…<&'static str>`, `…<std::boxed::Box<u8>>`.
 */

const PLAIN = ["u8", "u64", "()", "bool", "&'static str", "std::boxed::Box<u8>", "u128"];

/** Arguments for a parameter with a bound, by the bound's last name; the first bound that is known decides. */
const BOUND = new Map([
  ["Iterator", ["std::ops::Range<u32>", "std::slice::Iter<'static, u32>", "std::option::IntoIter<&'static [u8]>"]],
  ["IntoIterator", ["&'static [u8]", "std::option::Option<u8>"]],
  ["BuildHasher", ["std::collections::hash_map::RandomState"]],
  ["Future", ["std::future::Ready<u8>"]],
  ["FnMut", ["fn(&u8) -> bool"]],
  ["FnOnce", ["fn() -> u8"]],
  ["Fn", ["fn() -> u8"]],
  ["ToOwned", ["str", "u8"]],
  ["Pattern", ["char", "&'static str"]],
  ["Read", ["&'static [u8]", "std::io::Empty"]],
  ["Write", ["&'static mut [u8]", "std::io::Sink"]],
  ["BufRead", ["&'static [u8]"]],
  ["AtomicPrimitive", ["u8", "u64", "*mut u8"]],
  ["ZeroablePrimitive", ["u8", "u32", "u64", "usize", "i128"]],
  ["SimdElement", ["f32"]],
  ["Step", ["u32"]],
  ["Error", ["std::fmt::Error"]],
]);

/**
 * @param {string} path definition path
 * @param {string} line the definition
 * @returns {string[]} types, at most a few dozen; empty when some parameter has no known argument
 */
export function instancesOf(path, line) {
  const params = parametersOf(line);
  const choices = params.map(argumentsFor);
  const longest = Math.max(1, ...choices.map((choice) => choice.length));
  const rows = Array.from({ length: longest }, (_, row) => choices.map((choice) => choice[row % choice.length]));
  if (choices.some((choice) => choice.length === 0)) return [];
  return [...new Set(rows.map((row) => (row.length === 0 ? path : `${path}<${row.join(", ")}>`)))];
}

function argumentsFor(param) {
  if (param.startsWith("'")) return ["'static"];
  if (/^const \w+:\s*usize/.test(param)) return ["4"];
  if (/^const /.test(param)) return [];
  const bounds = [...param.matchAll(/::(\w+)(?=[<(+]|$)/g)].map((match) => match[1]);
  for (const bound of bounds) if (BOUND.has(bound)) return BOUND.get(bound);
  return PLAIN;
}

/** Parameters without defaults, as written, where-clauses added to the parameter they bound. */
function parametersOf(line) {
  const head = /(?:struct|enum|union) \w+</.exec(line);
  if (head === null) return [];
  const list = splitTop(balanced(line, head.index + head[0].length - 1));
  const where = / where (.*?)(?:[{;]|$)/.exec(line)?.[1] ?? "";
  return list
    .filter((param) => !/[^=]=[^=]/.test(param.replaceAll(/<[^<>]*>/g, "")))
    .map((param) => {
      const name = /^\w+/.exec(param)?.[0];
      const clause = name === undefined ? null : new RegExp(`(?:^|,)${name}:([^,]*)`).exec(where);
      return clause === null ? param : `${param}+${clause[1]}`;
    });
}

/** The text between the bracket at `open` and its partner. */
function balanced(text, open) {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    if (text[at] === "<" || text[at] === "(") depth++;
    if ((text[at] === ">" && text[at - 1] !== "-") || text[at] === ")") depth--;
    if (depth === 0) return text.slice(open + 1, at);
  }
  return "";
}

function splitTop(text) {
  const parts = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    if ("<([".includes(text[at])) depth++;
    if (")]".includes(text[at]) || (text[at] === ">" && text[at - 1] !== "-")) depth--;
    if (text[at] !== "," || depth > 0) continue;
    parts.push(text.slice(start, at));
    start = at + 1;
  }
  return [...parts, text.slice(start)].filter((part) => part !== "");
}
