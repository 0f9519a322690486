/**
 * The values of literal tokens, and literals for values.
 *
 * `"a\u{62}"` → `ab`; `r#"\"#` → `\`; `0xff_u8` → 255; and back: a string with a quote → `"\""`.
 *
 * Invariant: undefined for what is no such literal; suffixes are left out. Source: Reference, "Literals"; rustc_lexer::unescape.
 */

export type LiteralValue =
  | { readonly kind: "str"; readonly value: string }
  | { readonly kind: "char"; readonly value: string }
  | { readonly kind: "int"; readonly value: bigint }
  /** As written, without suffix and underscores. */
  | { readonly kind: "float"; readonly text: string }
  | { readonly kind: "bool"; readonly value: boolean }
  /** Byte and C strings and bytes, which no macro joins with text. */
  | { readonly kind: "bytes" };

/** The value of a literal's text. */
export function literalValue(text: string): LiteralValue | undefined {
  if (text === "true" || text === "false") return { kind: "bool", value: text === "true" };
  const first = text.charAt(0);
  if (first === '"' || first === "r") return stringLiteral(text);
  if (first === "'") return charLiteral(text);
  if (first === "b" || first === "c") return { kind: "bytes" };
  return first >= "0" && first <= "9" ? numberLiteral(text) : undefined;
}

/** The text of a string literal, raw or not. */
export function stringValue(text: string): string | undefined {
  const value = literalValue(text);
  return value?.kind === "str" ? value.value : undefined;
}

function stringLiteral(text: string): LiteralValue | undefined {
  const raw = /^r(#*)"([\s\S]*)"\1/.exec(text);
  if (raw !== null) return { kind: "str", value: normalizeNewlines(raw[2] ?? "") };
  const end = text.lastIndexOf('"');
  const value = end > 0 ? unescapeText(text.slice(1, end)) : undefined;
  return value === undefined ? undefined : { kind: "str", value };
}

function charLiteral(text: string): LiteralValue | undefined {
  const end = text.lastIndexOf("'");
  const value = end > 0 ? unescapeText(text.slice(1, end)) : undefined;
  return value === undefined ? undefined : { kind: "char", value };
}

function normalizeNewlines(text: string): string {
  return text.replaceAll("\r\n", "\n");
}

const ESCAPE = /\\(?:u\{([0-9a-fA-F_]{1,8})\}|x([0-9a-fA-F]{2})|\r?\n\s*|([\s\S]))|\r\n/g;
const SIMPLE: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", "0": "\0", "\\": "\\", "'": "'", '"': '"' };

/** Text with escapes → text; undefined for an escape Rust does not know. */
function unescapeText(text: string): string | undefined {
  let isValid = true;
  const value = text.replace(ESCAPE, (all: string, unicode?: string, hex?: string, simple?: string) => {
    if (all === "\r\n") return "\n";
    const code = unicode === undefined ? hex : unicode.replaceAll("_", "");
    if (code !== undefined) return fromCode(Number.parseInt(code, 16));
    if (simple === undefined) return "";
    const plain = SIMPLE[simple];
    if (plain === undefined) isValid = false;
    return plain ?? "";
  });
  return isValid ? value : undefined;
}

function fromCode(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : "";
}

function numberLiteral(text: string): LiteralValue | undefined {
  const plain = text.replaceAll("_", "");
  const radix = /^(0x[0-9a-fA-F]+|0o[0-7]+|0b[01]+)/.exec(plain)?.[1];
  if (radix !== undefined) return { kind: "int", value: BigInt(radix) };
  const digits = /^\d+/.exec(plain)?.[0] ?? "";
  const rest = plain.slice(digits.length);
  const fraction = /^(?:\.\d*)?(?:[eE][+-]?\d+)?/.exec(rest)?.[0] ?? "";
  if (fraction !== "" || /^f(16|32|64|128)$/.test(rest)) return { kind: "float", text: digits + fraction };
  return { kind: "int", value: BigInt(digits) };
}

/** A string literal for a text. */
export function quoted(text: string): string {
  const escaped = text.replace(/[\\"\n\r\t\0]/g, (char) => ESCAPED[char] ?? char);
  return `"${escaped}"`;
}

const ESCAPED: Readonly<Record<string, string>> = { "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\0": "\\0" };
