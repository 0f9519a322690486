/**
 * Classes of characters the lexer decides by, as a table for ASCII and Unicode properties for the rest.
 *
 * Invariant: constant time per character. Source: Reference, "Identifiers", "Whitespace"; rustc_lexer 1.95.
 */

const IDENT_START = 1;
const IDENT_CONTINUE = 2;
const SPACE = 4;
const DIGIT = 8;

const ASCII = asciiTable();

function asciiTable(): Uint8Array {
  const table = new Uint8Array(128);
  const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_";
  for (let i = 0; i < letters.length; i++) table[letters.charCodeAt(i)] = IDENT_START | IDENT_CONTINUE;
  for (let c = 0x30; c <= 0x39; c++) table[c] = IDENT_CONTINUE | DIGIT;
  for (const c of [0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x20]) table[c] = SPACE;
  return table;
}

const XID_START = /^\p{XID_Start}/u;
const XID_CONTINUE = /^\p{XID_Continue}/u;

/** True if the character at `at` can begin an identifier (XID_Start or `_`). */
export function isIdentStartAt(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code < 128) return ((ASCII[code] ?? 0) & IDENT_START) !== 0;
  return code >= 128 && XID_START.test(String.fromCodePoint(text.codePointAt(at) ?? 0));
}

/** True if the character at `at` can stand inside an identifier (XID_Continue). */
export function isIdentContinueAt(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code < 128) return ((ASCII[code] ?? 0) & IDENT_CONTINUE) !== 0;
  return code >= 128 && XID_CONTINUE.test(String.fromCodePoint(text.codePointAt(at) ?? 0));
}

/** The end of the run of identifier characters that begins at `at`. */
export function identEnd(text: string, at: number): number {
  let pos = at;
  for (;;) {
    const code = text.charCodeAt(pos);
    if (code < 128) {
      if (((ASCII[code] ?? 0) & IDENT_CONTINUE) === 0) return pos;
      pos++;
    } else {
      const char = code >= 128 ? String.fromCodePoint(text.codePointAt(pos) ?? 0) : "";
      if (!XID_CONTINUE.test(char)) return pos;
      pos += char.length;
    }
  }
}

/** True for Pattern_White_Space, which is what Rust skips; also for a byte order mark. */
export function isSpace(code: number): boolean {
  if (code < 128) return ((ASCII[code] ?? 0) & SPACE) !== 0;
  return code === 0x85 || code === 0x200e || code === 0x200f || code === 0x2028 || code === 0x2029 || code === 0xfeff;
}

/** True for `0` to `9`. */
export function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}
