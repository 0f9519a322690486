/**
 * tree-sitter-rust extended to the Rust of 2026, stable and nightly, for editions 2015 to 2024.
 *
 * Example: `const trait A { fn f(); }` is a `trait_item`; `let safe = 1;` still declares `safe`.
 *
 * Invariants: every tree without errors of the base grammar is the same here but for what the README lists; contextual keywords are
 * told from names by the scanner alone, so no rule has to name them twice.
 */
import base from "tree-sitter-rust/grammar.js";
import { expressionRules } from "./rules/expressions.js";
import { itemRules } from "./rules/items.js";
import { lexicalRules } from "./rules/lexical.js";
import { macroRules } from "./rules/macros.js";
import { patternRules } from "./rules/patterns.js";
import { typeRules } from "./rules/types.js";

/** The base's conflict of these two rules is part of a wider one here; tree-sitter would warn. */
const isBaseParameters = (rules) => rules.map((rule) => rule.name).join() === "parameters,_pattern";

const extension = globalThis.grammar(base, {
  name: "rust",

  extras: (_, previous) => previous.concat([/[\u0085\u200E\u200F\u2028\u2029]/]),

  // The order is the scanner's `enum TokenType`.
  externals: ($, previous) =>
    previous.concat([
      $.frontmatter,
      $.repetition_separator,
      $._macro_rules_keyword,
      $._async_keyword,
      $._auto_keyword,
      $._for_await_keyword,
      $._break_value_keyword,
      $._builtin_keyword,
      $._default_keyword,
      $._dyn_keyword,
      $._gen_block_keyword,
      $._gen_fn_keyword,
      $._pin_keyword,
      $._raw_keyword,
      $._reuse_keyword,
      $._safe_keyword,
      $._try_keyword,
      $._union_keyword,
    ]),

  inline: ($, previous) => previous.filter((rule) => rule.name !== "_reserved_identifier").concat([$._bounded_type_operand]),

  conflicts: ($, previous) =>
    previous
      .filter((rules) => !isBaseParameters(rules))
      .concat([
        // `unsafe extern "C" {` or `unsafe extern "C" fn`
        [$.foreign_mod_item, $.function_modifiers],
        // `const unsafe trait`, `const unsafe impl` or `const unsafe fn`
        [$.trait_item, $.impl_item, $.function_modifiers],
        // `default const NAME`, `default const fn` or `default const impl`
        [$.const_item, $.impl_item, $.function_modifiers],
        // `default unsafe impl` or `default unsafe fn`
        [$.impl_item, $.function_modifiers],
        // A parameter without a name (edition 2015): `fn f(_)` or `fn f(_: u8)`
        [$.parameters, $._type, $._pattern],
        [$.never_type, $.never_pattern],
        [$.generic_type_with_turbofish, $.generic_pattern],
      ]),

  rules: { ...lexicalRules, ...itemRules, ...typeRules, ...expressionRules, ...patternRules, ...macroRules },
});

export const grammar = extension.grammar;
