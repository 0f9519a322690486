/**
 * Literals and other tokens that a regular expression describes; the others are the scanner's.
 *
 * Example: `'\u{1_F600}'` is a `char_literal`, `1u256` an `integer_literal`.
 */
const escapeSequence = seq("\\", choice(/[^xu]/, /u[0-9a-fA-F]{4}/, /u\{[0-9a-fA-F_]+\}/, /x[0-9a-fA-F]{2}/));

/** Only a few suffixes mean something, but all of them are tokens: procedural macros see them. */
const suffix = /[a-zA-Z_][a-zA-Z0-9_]*/;

export const lexicalRules = {
  integer_literal: (_) => token(seq(choice(/[0-9][0-9_]*/, /0x[0-9a-fA-F_]+/, /0b[01_]+/, /0o[0-7_]+/), optional(suffix))),

  char_literal: (_) => token(seq(optional("b"), "'", optional(choice(escapeSequence, /[^\\'\n]/)), "'", optional(suffix))),

  string_literal: ($) =>
    seq(
      alias(/[bc]?"/, '"'),
      repeat(choice($.escape_sequence, $.string_content)),
      choice(token.immediate('"'), alias(token.immediate(seq('"', suffix)), '"')),
    ),

  escape_sequence: (_) => token.immediate(escapeSequence),

  shebang: (_) => /#![\r\f\t\v ]*([^\x5B\s].*\n?|\n)/,

  metavariable: (_) => /\$(r#)?[_\p{XID_Start}][_\p{XID_Continue}]*/,
};
