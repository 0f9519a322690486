/**
 * Types, bounds and generics.
 *
 * Example: in `T: [const] A + ?Sized` the `trait_bounds` hold a `const_trait_bound` and a `removed_trait_bound`.
 */
import { asyncKeyword, commaList, PREC, PRIMITIVE_TYPES, pinned, sepBy1 } from "./common.js";

export const typeRules = {
  _type: ($, original) =>
    choice(
      original,
      $.unsafe_binder_type,
      $.return_type_notation,
      $.builtin_syntax,
      alias($._bound_for_lifetimes, $.higher_ranked_trait_bound),
      alias($.generic_type_with_turbofish, $.generic_type),
      // Where a pattern can stand as well, `_` is a token and no identifier.
      prec(-1, alias("_", $.type_identifier)),
    ),

  // Section - bounds

  trait_bounds: ($) => prec.right(seq(":", optional($._bounds))),

  _bounds: ($) => prec.right(seq(sepBy1("+", $._bound), optional("+"))),

  _bound: ($) =>
    choice(
      $._type,
      $.lifetime,
      $.use_bounds,
      $.higher_ranked_trait_bound,
      $.const_trait_bound,
      $.async_trait_bound,
      $.negative_trait_bound,
    ),

  higher_ranked_trait_bound: ($) =>
    seq("for", field("type_parameters", $.type_parameters), field("type", choice($._type, $.const_trait_bound, $.async_trait_bound))),

  const_trait_bound: ($) =>
    seq(
      choice("const", seq("~", "const"), seq("[", "const", "]")),
      field("type", choice($._type, $.async_trait_bound, $.higher_ranked_trait_bound)),
    ),

  async_trait_bound: ($) => seq(asyncKeyword($), field("type", $._type)),

  negative_trait_bound: ($) => prec(1, seq("!", field("type", $._type))),

  bounded_type: ($) => prec.left(-1, seq($._bounded_type_operand, "+", optional($._bounded_type_operand))),

  _bounded_type_operand: ($) => choice($.lifetime, $._type, $.use_bounds, $.const_trait_bound, $.async_trait_bound),

  // `for<'a> Trait<'a>` where `for<'a> fn(&'a u8)` may stand as well: the binder has to be the one of `function_type`.
  _bound_for_lifetimes: ($) =>
    seq(
      $.for_lifetimes,
      field("type", choice($._type_identifier, $.scoped_type_identifier, $.generic_type, $.const_trait_bound, $.async_trait_bound)),
    ),

  abstract_type: ($) =>
    seq(
      "impl",
      optional(seq("for", $.type_parameters)),
      field(
        "trait",
        prec(
          1,
          choice(
            $._type_identifier,
            $.scoped_type_identifier,
            $.removed_trait_bound,
            $.generic_type,
            $.function_type,
            $.tuple_type,
            $.bounded_type,
            $.const_trait_bound,
            $.async_trait_bound,
          ),
        ),
      ),
    ),

  dynamic_type: ($) =>
    seq(
      alias($._dyn_keyword, "dyn"),
      optional("*"),
      field(
        "trait",
        choice(
          $.higher_ranked_trait_bound,
          $._type_identifier,
          $.scoped_type_identifier,
          $.removed_trait_bound,
          $.generic_type,
          $.function_type,
          $.tuple_type,
          $.lifetime,
          $.const_trait_bound,
          $.async_trait_bound,
        ),
      ),
    ),

  // Section - generics

  type_parameters: ($) =>
    prec(
      1,
      seq(
        "<",
        commaList(seq(repeat($.attribute_item), choice($.metavariable, $.type_parameter, $.lifetime_parameter, $.const_parameter))),
        ">",
      ),
    ),

  type_arguments: ($) =>
    seq(
      token(prec(1, "<")),
      commaList(
        seq(choice($._type, $.type_binding, $.lifetime, $._literal, $.negative_literal, $.block, $.const_block), optional($.trait_bounds)),
      ),
      ">",
    ),

  type_binding: ($) =>
    seq(
      field("name", $._type_identifier),
      optional("::"),
      optional(choice(field("type_arguments", $.type_arguments), field("parameters", $.parameters), seq("(", "..", ")"))),
      "=",
      field("type", choice($._type, $._literal, $.negative_literal, $.block, $.const_block)),
    ),

  return_type_notation: ($) =>
    prec(PREC.call, seq(field("function", choice($._type_identifier, $.scoped_type_identifier)), optional("::"), "(", "..", ")")),

  generic_type: ($) =>
    prec(
      1,
      seq(
        field("type", choice($._type_identifier, $.scoped_type_identifier, alias(choice(...PRIMITIVE_TYPES), $.type_identifier))),
        field("type_arguments", $.type_arguments),
      ),
    ),

  for_lifetimes: ($) => seq("for", "<", commaList(choice($.lifetime, $._type_identifier)), ">"),

  function_type: ($) =>
    seq(
      optional($.for_lifetimes),
      prec(
        PREC.call,
        seq(
          choice(
            seq(field("trait", choice($._type_identifier, $.scoped_type_identifier)), optional("::")),
            seq(optional(alias($._function_pointer_modifiers, $.function_modifiers)), "fn"),
          ),
          field("parameters", $.parameters),
        ),
      ),
      optional(seq("->", field("return_type", $._type))),
    ),

  _function_pointer_modifiers: ($) => repeat1(choice("unsafe", $.extern_modifier)),

  unsafe_binder_type: ($) => seq("unsafe", field("type_parameters", $.type_parameters), field("type", $._type)),

  reference_type: ($) => seq("&", optional($.lifetime), optional(choice($.mutable_specifier, pinned($))), field("type", $._type)),
};
