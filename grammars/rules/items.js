/**
 * Items, attributes, parameters and statements that declare.
 *
 * Example: `unsafe extern "C" { safe fn f(); }` is a `foreign_mod_item` with `unsafe` in front of its `extern_modifier`, and in it a
 * `function_signature_item` with `safe` among its `function_modifiers`.
 */
import { asyncKeyword, commaList, defaultKeyword, pinned, safeKeyword } from "./common.js";

/** `(crate)`, `(self)`, `(super)`, `(in path)`: as behind `pub`. */
const restrictedTo = ($) => seq("(", choice($.self, $.super, $.crate, seq("in", $._path)), ")");

export const itemRules = {
  source_file: ($) => seq(optional($.shebang), optional($.frontmatter), repeat($._statement), optional($._expression)),

  _declaration_statement: ($, original) => choice(original, $.macro_item, $.delegation_item, $.trait_alias_item),

  attribute: ($) => choice($._attribute_body, seq("unsafe", "(", $._attribute_body, ")")),

  _attribute_body: ($) =>
    seq($._path, optional(choice(seq("=", field("value", $._expression)), field("arguments", alias($.delim_token_tree, $.token_tree))))),

  mod_item: ($) =>
    seq(
      optional($.visibility_modifier),
      optional("unsafe"),
      "mod",
      field("name", $.identifier),
      choice(";", field("body", $.declaration_list)),
    ),

  foreign_mod_item: ($) =>
    seq(optional($.visibility_modifier), optional("unsafe"), $.extern_modifier, choice(";", field("body", $.declaration_list))),

  extern_modifier: ($) => seq("extern", optional(choice($.string_literal, $.raw_string_literal))),

  struct_item: ($) =>
    seq(
      optional($.visibility_modifier),
      "struct",
      field("name", $._type_identifier),
      field("type_parameters", optional($.type_parameters)),
      choice(
        seq(optional($.where_clause), field("body", $.field_declaration_list)),
        seq(field("body", $.ordered_field_declaration_list), optional($.where_clause), ";"),
        seq(optional($.where_clause), ";"),
      ),
    ),

  union_item: ($) =>
    seq(
      optional($.visibility_modifier),
      alias($._union_keyword, "union"),
      field("name", $._type_identifier),
      field("type_parameters", optional($.type_parameters)),
      optional($.where_clause),
      field("body", $.field_declaration_list),
    ),

  field_declaration: ($) =>
    seq(
      optional($.visibility_modifier),
      optional($.mut_restriction),
      optional("unsafe"),
      field("name", $._field_identifier),
      ":",
      field("type", $._type),
      optional(seq("=", field("default_value", $._expression))),
    ),

  mut_restriction: ($) => seq($.mutable_specifier, restrictedTo($)),

  ordered_field_declaration_list: ($) =>
    seq(
      "(",
      commaList(
        seq(
          repeat($.attribute_item),
          optional($.visibility_modifier),
          optional($.mut_restriction),
          field("type", $._type),
          optional(seq("=", field("default_value", $._expression))),
        ),
      ),
      ")",
    ),

  const_item: ($) =>
    seq(
      optional($.visibility_modifier),
      optional(defaultKeyword($)),
      optional("type"),
      "const",
      field("name", $.identifier),
      field("type_parameters", optional($.type_parameters)),
      ":",
      field("type", $._type),
      optional(seq("=", field("value", $._expression))),
      optional($.where_clause),
      ";",
    ),

  static_item: ($) =>
    seq(
      optional($.visibility_modifier),
      optional(choice("unsafe", safeKeyword($))),
      "static",
      // Not Rust, but tree-sitter-rust reads it for the lazy_static crate.
      optional("ref"),
      optional($.mutable_specifier),
      field("name", $.identifier),
      ":",
      field("type", $._type),
      optional(seq("=", field("value", $._expression))),
      ";",
    ),

  type_item: ($) =>
    seq(
      optional($.visibility_modifier),
      optional(defaultKeyword($)),
      "type",
      field("name", $._type_identifier),
      field("type_parameters", optional($.type_parameters)),
      field("bounds", optional($.trait_bounds)),
      optional($.where_clause),
      "=",
      field("type", $._type),
      optional($.where_clause),
      ";",
    ),

  associated_type: ($) =>
    seq(
      optional($.visibility_modifier),
      optional(defaultKeyword($)),
      "type",
      field("name", $._type_identifier),
      field("type_parameters", optional($.type_parameters)),
      field("bounds", optional($.trait_bounds)),
      optional($.where_clause),
      ";",
    ),

  function_modifiers: ($) =>
    repeat1(
      choice(
        asyncKeyword($),
        defaultKeyword($),
        "const",
        "unsafe",
        "final",
        safeKeyword($),
        alias($._gen_fn_keyword, "gen"),
        $.extern_modifier,
      ),
    ),

  delegation_item: ($) =>
    seq(
      optional($.visibility_modifier),
      alias($._reuse_keyword, "reuse"),
      choice(
        field("argument", $._use_clause),
        seq(
          "impl",
          field("type_parameters", optional($.type_parameters)),
          field("trait", choice($._type_identifier, $.scoped_type_identifier, $.generic_type)),
          "for",
          field("type", $._type),
        ),
      ),
      choice(";", field("body", $.block)),
    ),

  parameters: ($) =>
    seq("(", commaList(seq(repeat($.attribute_item), choice($.parameter, $.self_parameter, $.variadic_parameter, "_", $._type))), ")"),

  self_parameter: ($) => seq(optional("&"), optional($.lifetime), optional(choice($.mutable_specifier, pinned($))), $.self),

  impl_item: ($) =>
    seq(
      optional($.visibility_modifier),
      optional(defaultKeyword($)),
      optional("const"),
      optional("unsafe"),
      "impl",
      field("type_parameters", optional($.type_parameters)),
      optional("const"),
      optional(
        seq(optional("!"), field("trait", choice($._type_identifier, $.scoped_type_identifier, $.generic_type, $.function_type)), "for"),
      ),
      field("type", $._type),
      optional($.where_clause),
      choice(field("body", $.declaration_list), ";"),
    ),

  trait_item: ($) =>
    seq(
      optional($.visibility_modifier),
      optional("const"),
      optional($.impl_restriction),
      optional("unsafe"),
      optional(alias($._auto_keyword, "auto")),
      "trait",
      field("name", $._type_identifier),
      field("type_parameters", optional($.type_parameters)),
      field("bounds", optional($.trait_bounds)),
      optional($.where_clause),
      field("body", $.declaration_list),
    ),

  impl_restriction: ($) => seq("impl", restrictedTo($)),

  trait_alias_item: ($) =>
    seq(
      optional($.visibility_modifier),
      optional("const"),
      "trait",
      field("name", $._type_identifier),
      field("type_parameters", optional($.type_parameters)),
      "=",
      field("bounds", optional(alias($._bounds, $.trait_bounds))),
      optional($.where_clause),
      ";",
    ),

  let_declaration: ($) =>
    seq(
      optional($.super),
      "let",
      optional($.mutable_specifier),
      field("pattern", $._pattern),
      optional(seq(":", field("type", $._type))),
      optional(seq("=", field("value", $._expression))),
      optional(seq("else", field("alternative", $.block))),
      ";",
    ),

  where_predicate: ($) =>
    seq(repeat($.attribute_item), field("left", choice($.lifetime, $._type, $.higher_ranked_trait_bound)), field("bounds", $.trait_bounds)),
};
