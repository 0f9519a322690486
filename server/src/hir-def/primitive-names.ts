/**
 * When a macro may declare something with the name of a primitive type.
 *
 * Example: `m!(a: u8)` of a macro that is not found says nothing about what `u8` means in the module; `m! { type u8 = u16; }` does.
 *
 * Invariant: names of primitives are ordinary names in Rust, but every text full of types mentions them. So what counts is that a text
 * declares or imports one, or that a macro can put a name of its arguments where one is declared. `f16` and `f128` count as
 * ordinary names: crates do define them.
 */
const PRIMITIVE = /^(?:bool|char|str|[iu](?:8|16|32|64|128|size)|f(?:32|64))$/;

/** What the word of a name's declaration starts with among the words a macro is asked for. */
const MARK = "=";

/** What stands in front of a declared name; in a macro's text a variable may stand for it. */
const KEYWORD = "(?:\\b(?:struct|enum|union|type|trait|mod)|\\$\\w+|\\)[*+?]?)\\s+";

const declarations = new Map<string, RegExp>();

/** Whether a name is that of a primitive. */
export function isPrimitiveName(name: string): boolean {
  return PRIMITIVE.test(name);
}

/** The word that asks for what declares a name. */
export function declaringWord(name: string): string {
  return MARK + name;
}

/** The name whose declaration a word asks for. */
export function declaredName(word: string): string | undefined {
  return word.startsWith(MARK) ? word.slice(MARK.length) : undefined;
}

/** Whether a text declares or imports a type with a primitive's name. */
export function declaresPrimitive(text: string, name: string): boolean {
  if (!text.includes(name)) return false;
  let declaration = declarations.get(name);
  if (declaration === undefined) {
    declaration = new RegExp(`(?:${KEYWORD}(?:r#)?|\\b(?:use|crate)\\b[^;]*\\b)${name}\\b`);
    declarations.set(name, declaration);
  }
  return declaration.test(text);
}

/** A macro's text that takes names as arguments. */
const TAKES_NAMES = /:\s*(?:ident|tt|path)\b/;

/** Whether a macro can put a name of its arguments where its own text declares something. */
export function takesNames(text: string): boolean {
  return TAKES_NAMES.test(text);
}
