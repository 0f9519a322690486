/**
 * Expressions, blocks, match arms and closures.
 *
 * Example: `&raw const safe` is a `reference_expression` of the `identifier` `safe`; `break [1]` is a `break_expression` with a value.
 */
import {
  asyncKeyword,
  commaList,
  genBlockKeyword,
  isReservedIdentifier,
  PREC,
  pinned,
  primitiveAsIdentifier,
  rawKeyword,
  replaceIn,
} from "./common.js";

/** Behind `as T` a `<` starts type arguments, even in `<<`; but `<=` compares. */
const lessOrEqual = token(prec(2, "<="));

const coroutineKind = ($) => [optional(asyncKeyword($)), optional(genBlockKeyword($))];

const blockBody = ($) => seq("{", repeat($._statement), optional($._expression), "}");

export const expressionRules = {
  _expression_except_range: ($, original) =>
    choice(
      // In edition 2021 `gen` is a name: `match gen { … }`.
      replaceIn(original, isReservedIdentifier, alias($._gen_block_keyword, $.identifier)),
      $.become_expression,
      $.yeet_expression,
      $.builtin_syntax,
      $.box_expression,
      $.use_expression,
      $.attributed_expression,
    ),

  _path: ($, original) => replaceIn(original, isReservedIdentifier, $.identifier),

  binary_expression: (_, original) => replaceIn(original, (rule) => rule.value === "<=", lessOrEqual),

  macro_invocation: ($, original) => replaceIn(original, isReservedIdentifier, primitiveAsIdentifier($)),

  generic_function: ($) =>
    prec(
      1,
      seq(
        field("function", choice($.identifier, primitiveAsIdentifier($), $.scoped_identifier, $.field_expression)),
        "::",
        field("type_arguments", $.type_arguments),
      ),
    ),

  range_expression: ($, original) => choice(original, prec.left(PREC.range, seq("..=", $._expression))),

  reference_expression: ($) =>
    prec(
      PREC.unary,
      seq(
        "&",
        choice(seq(rawKeyword($), choice("const", $.mutable_specifier)), pinned($), optional($.mutable_specifier)),
        field("value", $._expression),
      ),
    ),

  attributed_expression: ($) => prec(-2, seq($.attribute_item, $._expression)),

  yield_expression: ($, original) => choice(original, prec(PREC.field, seq($._expression, ".", "yield"))),

  // `while break {}` ends before its block; everything else that can be a value of `break` is one.
  break_expression: ($) =>
    choice(
      prec.left(seq("break", optional($.label), optional($._expression))),
      prec.left(seq(alias($._break_value_keyword, "break"), optional($.label), $._expression)),
    ),

  for_expression: ($) =>
    seq(
      optional(seq($.label, ":")),
      "for",
      optional(alias($._for_await_keyword, "await")),
      field("pattern", $._pattern),
      "in",
      field("value", $._expression),
      field("body", $.block),
    ),

  become_expression: ($) => prec.left(seq("become", $._expression)),

  yeet_expression: ($) => choice(prec.left(seq("do", "yeet", $._expression)), prec(-1, seq("do", "yeet"))),

  builtin_syntax: ($) =>
    seq(
      alias($._builtin_keyword, "builtin"),
      "#",
      field("name", $.identifier),
      field("arguments", alias($.delim_token_tree, $.token_tree)),
    ),

  box_expression: ($) => prec(PREC.unary, seq("box", $._expression)),

  use_expression: ($) => prec(PREC.field, seq($._expression, ".", "use")),

  match_expression: ($, original) =>
    choice(original, prec(PREC.field, seq(field("value", $._expression), ".", "match", field("body", $.match_block)))),

  match_arm: ($) =>
    prec.right(
      seq(
        repeat(choice($.attribute_item, $.inner_attribute_item)),
        field("pattern", $.match_pattern),
        choice(",", seq("=>", field("value", $._expression), ","), seq("=>", field("value", prec(1, $._expression_ending_with_block)))),
      ),
    ),

  last_match_arm: ($) =>
    seq(
      repeat(choice($.attribute_item, $.inner_attribute_item)),
      field("pattern", $.match_pattern),
      optional(seq("=>", field("value", $._expression), optional(","))),
    ),

  parenthesized_expression: ($) => seq("(", repeat($.attribute_item), $._expression, ")"),

  scoped_type_identifier_in_expression_position: ($) =>
    prec(
      -2,
      seq(
        field("path", optional(choice($._path, $.bracketed_type, alias($.generic_type_with_turbofish, $.generic_type)))),
        "::",
        field("name", $._type_identifier),
      ),
    ),

  base_field_initializer: ($) => seq("..", optional($._expression)),

  closure_expression: ($) =>
    prec(
      PREC.closure,
      seq(
        optional(seq("for", field("type_parameters", $.type_parameters))),
        optional("const"),
        optional("static"),
        ...coroutineKind($),
        optional(choice("move", "use")),
        field("parameters", $.closure_parameters),
        choice(seq(optional(seq("->", field("return_type", $._type))), field("body", $.block)), field("body", choice($._expression, "_"))),
      ),
    ),

  closure_parameters: ($) => seq("|", commaList(seq(repeat($.attribute_item), choice($._pattern, $.parameter))), "|"),

  _expression_ending_with_block: ($, original) => choice(original, alias($._labeled_block, $.block)),

  // Only a block that is an expression can have a label; bodies cannot.
  block: ($) => blockBody($),

  _labeled_block: ($) => seq($.label, ":", blockBody($)),

  async_block: ($) => seq(asyncKeyword($), optional(choice("move", "use")), $.block),

  gen_block: ($) => seq(optional(asyncKeyword($)), genBlockKeyword($), optional(choice("move", "use")), $.block),

  try_block: ($) => seq(alias($._try_keyword, "try"), optional(seq("bikeshed", field("type", $._type))), $.block),
};
