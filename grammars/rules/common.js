/**
 * What several rule files need: lists, precedences, the words a rule shows for a scanner's keyword, and ways to change a rule of the base.
 *
 * Rules are plain objects: `{ type, name | value, content | members }`, as tree-sitter's `grammar.json` has them.
 */

/** `rule` with every part that `isOld` names given up for `replacement`. */
export function replaceIn(rule, isOld, replacement) {
  if (isOld(rule)) {
    return replacement;
  }
  if (rule.members !== undefined) {
    return { ...rule, members: rule.members.map((member) => replaceIn(member, isOld, replacement)) };
  }
  return rule.content === undefined ? rule : { ...rule, content: replaceIn(rule.content, isOld, replacement) };
}

/** Whether `rule` is the base's rule for contextual keywords as names: here the scanner tells them apart, they are identifiers. */
export const isReservedIdentifier = (rule) => rule.name === "_reserved_identifier";

/** One or more of `rule` between separators. */
export function sepBy1(separator, rule) {
  return seq(rule, repeat(seq(separator, rule)));
}

/** A list between commas; the last comma may stand. */
export function commaList(rule) {
  return seq(optional(sepBy1(",", rule)), optional(","));
}

/** Reference, "Expressions": higher binds tighter. The numbers are those of tree-sitter-rust. */
export const PREC = {
  call: 15,
  field: 14,
  try: 13,
  unary: 12,
  cast: 11,
  multiplicative: 10,
  additive: 9,
  shift: 8,
  bitand: 7,
  bitxor: 6,
  bitor: 5,
  comparative: 4,
  and: 3,
  or: 2,
  range: 1,
  assign: 0,
  closure: -1,
};

const NUMBERS = ["u8", "i8", "u16", "i16", "u32", "i32", "u64", "i64", "u128", "i128", "isize", "usize", "f32", "f64"];

/** Names to rustc, tokens of their own to the base. `f16` and `f128` are names here as well. */
export const PRIMITIVE_TYPES = [...NUMBERS, "bool", "str", "char"];

// Keywords the scanner finds, shown in the tree as the word itself.
export const asyncKeyword = ($) => alias($._async_keyword, "async");
export const defaultKeyword = ($) => alias($._default_keyword, "default");
export const genBlockKeyword = ($) => alias($._gen_block_keyword, "gen");
export const rawKeyword = ($) => alias($._raw_keyword, "raw");
export const pinKeyword = ($) => alias($._pin_keyword, "pin");
export const safeKeyword = ($) => alias($._safe_keyword, "safe");
export const primitiveAsIdentifier = ($) => alias(choice(...PRIMITIVE_TYPES), $.identifier);
/** `pin mut` and `pin const` behind `&` (feature pin_ergonomics). */
export const pinned = ($) => seq(pinKeyword($), choice("const", $.mutable_specifier));
