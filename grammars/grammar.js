import base from "tree-sitter-rust/grammar.js";
import { expressionRules } from "./rules/expressions.js";
import { itemRules } from "./rules/items.js";
import { lexicalRules } from "./rules/lexical.js";
import { macroRules } from "./rules/macros.js";
import { patternRules } from "./rules/patterns.js";
import { typeRules } from "./rules/types.js";

const extension = globalThis.grammar(base, {
  name: "rust",

  extras: ($, previous) => previous.concat([/[\u200E\u200F]/]),

  // The order is the scanner's `enum TokenType`.
  externals: ($, previous) =>
    previous.concat([
      $.frontmatter,
      $.repetition_separator,
      $._macro_rules_keyword,
      $._async_keyword,
      $._auto_keyword,
      $._builtin_keyword,
      $._default_keyword,
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
    previous.concat([
      // `unsafe extern "C" {` or `unsafe extern "C" fn`
      [$.foreign_mod_item, $.function_modifiers],
      // `const unsafe trait`, `const unsafe impl` or `const unsafe fn`
      [$.trait_item, $.impl_item, $.function_modifiers],
      [$.const_item, $.function_modifiers, $.impl_item],
      [$.function_modifiers, $.impl_item],
      [$.const_item, $.function_modifiers],
      [$.trait_item, $.function_modifiers],
      [$.never_type, $.never_pattern],
      [$.parameters, $._type, $._pattern],
      //CONFL
    ]),

  rules: { ...lexicalRules, ...itemRules, ...typeRules, ...expressionRules, ...patternRules, ...macroRules },
});

export const grammar = extension.grammar;
