/**
 * Macro definitions and token trees.
 *
 * Example: `pub macro m($x:expr) { $x }` is a `macro_item` with `parameters` and a `token_tree` as `body`.
 *
 * Invariant: any balanced sequence of Rust's tokens is a token tree without errors.
 */
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

  token_binding_pattern: ($) => prec.right(1, seq(field("name", $.metavariable), ":", optional(field("type", $.fragment_specifier)))),

  // Any name: unknown fragments are not a matter of syntax.
  fragment_specifier: ($, original) => choice(original, $.identifier),

  _token_pattern: ($, original) => choice(original, $.metavariable_expression, prec(-1, "$")),

  _tokens: ($, original) => choice(original, $.metavariable_expression, prec(-1, "$")),

  metavariable_expression: ($) => seq("$", "{", repeat($._tokens), "}"),

  _non_special_token: (_, original) => choice(original, "~"),
};

/** `$( … ) separator operator`; a repetition without operator is accepted too. */
function repeatedTree($, rule) {
  return prec.right(seq("$", "(", repeat(rule), ")", optional(seq(optional($.repetition_separator), choice("+", "*", "?")))));
}
