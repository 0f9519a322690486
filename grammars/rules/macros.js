import { PRIMITIVE_TYPES } from "./common.js";

const PUNCTUATION = [
  "+", "-", "*", "/", "%", "^", "!", "&", "|", "&&", "||", "<<",
  ">>", "+=", "-=", "*=", "/=", "%=", "^=", "&=", "|=", "<<=",
  ">>=", "=", "==", "!=", ">", "<", ">=", "<=", "@", "_", ".",
  "..", "...", "..=", ",", ";", ":", "::", "->", "=>", "#", "?", "~",
];

export const macroRules = {
  macro_definition: ($) => {
    // A rule needs no semicolon behind it here: what a macro body holds is not this grammar's to judge.
    const rules = repeat(seq($.macro_rule, optional(";")));
    return seq(
      alias($._macro_rules_keyword, "macro_rules!"),
      field("name", $.identifier),
      choice(seq("(", rules, ")", ";"), seq("[", rules, "]", ";"), seq("{", rules, "}")),
    );
  },

  macro_rule: ($) =>
    seq(
      optional(choice(seq(optional("unsafe"), "attr", $.token_tree_pattern), seq("derive", "(", ")"))),
      field("left", $.token_tree_pattern),
      "=>",
      field("right", $.token_tree),
    ),

  macro_item: ($) =>
    seq(
      optional($.visibility_modifier),
      "macro",
      field("name", $.identifier),
      choice(
        seq(field("parameters", alias($._macro_parameters, $.token_tree_pattern)), field("body", $.token_tree)),
        field("body", $.macro_rule_list),
      ),
    ),

  _macro_parameters: ($) => seq("(", repeat($._token_pattern), ")"),

  macro_rule_list: ($) => seq("{", repeat(seq($.macro_rule, optional(choice(",", ";")))), "}"),

  token_repetition_pattern: ($) => repeatedTree($, $._token_pattern),

  token_repetition: ($) => repeatedTree($, $._tokens),

  token_binding_pattern: ($) =>
    prec.right(1, seq(field("name", $.metavariable), ":", optional(field("type", $.fragment_specifier)))),

  fragment_specifier: ($) =>
    choice(
      $.identifier,
      "block", "expr", "expr_2021", "ident", "item", "lifetime", "literal", "meta", "pat", "pat_param", "path", "stmt", "tt", "ty", "vis",
    ),

  _token_pattern: ($) =>
    choice(
      $.token_tree_pattern,
      $.token_repetition_pattern,
      $.token_binding_pattern,
      $.metavariable,
      $.metavariable_expression,
      $._non_special_token,
      prec(-1, "$"),
    ),

  _tokens: ($) =>
    choice($.token_tree, $.token_repetition, $.metavariable, $.metavariable_expression, $._non_special_token, prec(-1, "$")),

  metavariable_expression: ($) => seq("$", "{", repeat($._tokens), "}"),

  _non_special_token: ($) =>
    choice(
      $._literal, $.identifier, $.mutable_specifier, $.self, $.super, $.crate,
      alias(choice(...PRIMITIVE_TYPES), $.primitive_type),
      prec.right(repeat1(choice(...PUNCTUATION))),
      "'",
      "as", "async", "await", "break", "const", "continue", "default", "enum", "fn", "for", "gen",
      "if", "impl", "let", "loop", "match", "mod", "pub", "return", "static", "struct", "trait",
      "type", "union", "unsafe", "use", "where", "while",
    ),
};

function repeatedTree($, rule) {
  return prec.right(
    seq("$", "(", repeat(rule), ")", optional(seq(optional($.repetition_separator), choice("+", "*", "?")))),
  );
}
