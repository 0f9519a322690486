/** One or more of `rule` between separators. */
export function sepBy1(separator, rule) {
  return seq(rule, repeat(seq(separator, rule)));
}

/** Any number of `rule` between separators. */
export function sepBy(separator, rule) {
  return optional(sepBy1(separator, rule));
}

/** A list between commas; the last comma may stand. */
export function commaList(rule) {
  return seq(sepBy(",", rule), optional(","));
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

export const PRIMITIVE_TYPES = [
  "u8", "i8", "u16", "i16", "u32", "i32", "u64", "i64", "u128", "i128", "isize", "usize", "f32", "f64", "bool", "str", "char",
];

export const asyncKeyword = ($) => alias($._async_keyword, "async");
export const defaultKeyword = ($) => alias($._default_keyword, "default");
export const genBlockKeyword = ($) => alias($._gen_block_keyword, "gen");
export const rawKeyword = ($) => alias($._raw_keyword, "raw");
export const pinKeyword = ($) => alias($._pin_keyword, "pin");
export const safeKeyword = ($) => alias($._safe_keyword, "safe");
export const primitiveAsIdentifier = ($) => alias(choice(...PRIMITIVE_TYPES), $.identifier);
/** `pin mut` and `pin const` behind `&` (feature pin_ergonomics). */
export const pinned = ($) => seq(pinKeyword($), choice("const", $.mutable_specifier));
