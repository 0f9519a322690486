const escape = seq("\\", choice(/[^xu]/, /u[0-9a-fA-F]{4}/, /u\{[0-9a-fA-F_]+\}/, /x[0-9a-fA-F]{2}/));

export const lexicalRules = {
  integer_literal: (_) =>
    token(
      seq(
        choice(/[0-9][0-9_]*/, /0x[0-9a-fA-F_]+/, /0b[01_]+/, /0o[0-7_]+/),
        optional(/[a-zA-Z_][a-zA-Z0-9_]*/),
      ),
    ),

  char_literal: (_) => token(seq(optional("b"), "'", optional(choice(escape, /[^\\'\n]/)), "'")),

  escape_sequence: (_) => token.immediate(escape),

  shebang: (_) => /#![\r\f\t\v ]*([^\[\s].*)?\n/,

  metavariable: (_) => /\$(r#)?[_\p{XID_Start}][_\p{XID_Continue}]*/,
};
