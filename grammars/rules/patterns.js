/**
 * Patterns.
 *
 * Example: `Some(x if x > 1)` is a `tuple_struct_pattern` with a `guarded_pattern`.
 */
import { commaList, isReservedIdentifier, pinned, primitiveAsIdentifier, replaceIn } from "./common.js";

const rangeEnd = ($) => choice($._literal_pattern, $._path, $.const_block);

export const patternRules = {
  _pattern: ($, original) =>
    choice(replaceIn(original, isReservedIdentifier, $.identifier), $.box_pattern, $.builtin_syntax, $.never_pattern),

  captured_pattern: ($) => seq(choice($.identifier, primitiveAsIdentifier($)), "@", $._pattern),

  box_pattern: ($) => seq("box", $._pattern),

  never_pattern: (_) => "!",

  guarded_pattern: ($) => seq(field("pattern", $._pattern), "if", field("condition", $._condition)),

  tuple_pattern: ($) => seq("(", commaList(choice($._pattern, $.guarded_pattern, $.closure_expression)), ")"),

  slice_pattern: ($) => seq("[", commaList(choice($._pattern, $.guarded_pattern)), "]"),

  tuple_struct_pattern: ($) =>
    seq(
      field("type", choice($.identifier, $.scoped_identifier, alias($.generic_type_with_turbofish, $.generic_type))),
      "(",
      commaList(choice($._pattern, $.guarded_pattern)),
      ")",
    ),

  struct_pattern: ($) =>
    seq(
      field("type", choice($._type_identifier, $.scoped_type_identifier, alias($.generic_type_with_turbofish, $.generic_type))),
      "{",
      commaList(seq(repeat($.attribute_item), choice($.field_pattern, $.remaining_field_pattern))),
      "}",
    ),

  field_pattern: ($) =>
    choice(
      seq(
        optional("box"),
        optional("ref"),
        optional($.mutable_specifier),
        field("name", alias($.identifier, $.shorthand_field_identifier)),
      ),
      seq(field("name", choice($._field_identifier, $.integer_literal)), ":", field("pattern", choice($._pattern, $.guarded_pattern))),
    ),

  range_pattern: ($) =>
    choice(
      seq(field("left", rangeEnd($)), choice(seq(choice("...", "..=", ".."), field("right", rangeEnd($))), "..")),
      seq(choice("..=", ".."), field("right", rangeEnd($))),
    ),

  ref_pattern: ($) => seq("ref", optional(pinned($)), $._pattern),

  reference_pattern: ($) => seq("&", optional(choice($.mutable_specifier, pinned($))), $._pattern),
};
