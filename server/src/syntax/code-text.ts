/**
 * A text without its comments, or without comments and contents of strings, which become spaces, so that every offset stays.
 *
 * Example: `let a = "//"; // x` → `let a = "//";     `, or `let a = "  ";     `.
 *
 * Invariants: the same length as the text; string, character and raw string literals are stepped over as rustc_lexer does.
 * Source: Reference, "Comments", "Tokens".
 */

/** The text with its comments as spaces. A comment that is not closed goes on to the end. */
export function withoutComments(text: string): string {
  return blanked(text, false);
}

/** The text with its comments and what stands in its string literals as spaces. */
export function codeOnly(text: string): string {
  return blanked(text, true);
}

/** Behind the beginning of the string or raw string of a text that is never closed; undefined where all are. */
export function unclosedString(text: string): number | undefined {
  const finder = new RegExp(NOT_CODE);
  for (let match = finder.exec(text); match !== null; match = finder.exec(text)) {
    const [found] = match;
    const start = match.index;
    const end = found.startsWith("/") ? endOfComment(text, start, found) : closedEnd(text, start, found);
    if (end === undefined) return start + found.length;
    finder.lastIndex = end;
  }
  return undefined;
}

/** Where a comment or a literal begins, or a lifetime. */
const NOT_CODE = /\/[/*]|["']|\b[bc]?r#*"/g;

function blanked(text: string, withStrings: boolean): string {
  const out: string[] = [];
  let kept = 0;
  const finder = new RegExp(NOT_CODE);
  for (let match = finder.exec(text); match !== null; match = finder.exec(text)) {
    const [found] = match;
    const start = match.index;
    if (found.startsWith("/")) {
      const end = endOfComment(text, start, found);
      out.push(text.slice(kept, start), spaces(text, start, end));
      kept = end;
      finder.lastIndex = end;
    } else {
      const end = endOfLiteral(text, start, found);
      // `"`, or `"##` behind as many signs in front.
      const inside = start + found.length;
      const insideEnd = end - 1 - (found.length > 1 ? found.length - 1 - found.indexOf("r") - 1 : 0);
      if (withStrings && insideEnd > inside) {
        out.push(text.slice(kept, inside), spaces(text, inside, insideEnd));
        kept = insideEnd;
      }
      finder.lastIndex = end;
    }
  }
  if (kept === 0) return text;
  out.push(text.slice(kept));
  return out.join("");
}

function endOfComment(text: string, start: number, opening: string): number {
  return opening === "//" ? endOfLine(text, start) : endOfBlockComment(text, start);
}

export function endOfLine(text: string, start: number): number {
  const end = text.indexOf("\n", start);
  return end < 0 ? text.length : end;
}

/** Block comments nest. */
export function endOfBlockComment(text: string, start: number): number {
  const finder = /\/\*|\*\//g;
  finder.lastIndex = start + 2;
  let depth = 1;
  for (let match = finder.exec(text); match !== null; match = finder.exec(text)) {
    depth += match[0] === "/*" ? 1 : -1;
    if (depth === 0) return finder.lastIndex;
  }
  return text.length;
}

/** Behind the literal that begins at a quotation mark or raw prefix; a lifetime is as long as its mark. */
export function endOfLiteral(text: string, start: number, opening: string): number {
  return closedEnd(text, start, opening) ?? text.length;
}

/** The same; undefined for a string that is not closed. */
function closedEnd(text: string, start: number, opening: string): number | undefined {
  if (opening === "'") return endOfQuote(text, start);
  if (opening !== '"') {
    const close = text.indexOf(`"${opening.slice(opening.indexOf("r") + 1, -1)}`, start + opening.length);
    return close < 0 ? undefined : close + 1 + opening.length - opening.indexOf("r") - 2;
  }
  const finder = /["\\]/g;
  finder.lastIndex = start + 1;
  for (let match = finder.exec(text); match !== null; match = finder.exec(text)) {
    if (match[0] === '"') return finder.lastIndex;
    finder.lastIndex += 1;
  }
  return undefined;
}

/** `'a'`, `'\n'`, `'\u{1F}'`, or `'a` of a lifetime or label. */
function endOfQuote(text: string, start: number): number {
  if (text[start + 1] === "\\") {
    const close = text.indexOf("'", start + 3);
    return close < 0 ? text.length : close + 1;
  }
  const length = (text.codePointAt(start + 1) ?? 0) > 0xffff ? 2 : 1;
  return text[start + 1 + length] === "'" ? start + length + 2 : start + 1;
}

/** As many spaces, line ends kept. */
function spaces(text: string, start: number, end: number): string {
  if (!text.slice(start, end).includes("\n")) return " ".repeat(end - start);
  return text.slice(start, end).replace(/[^\n]/g, " ");
}

/** Where the group that was opened before an offset of code without strings ends. */
export function endOfGroup(bare: string, start: number): number {
  let depth = 1;
  const finder = /[()[\]{}]/g;
  finder.lastIndex = start;
  for (let found = finder.exec(bare); found !== null; found = finder.exec(bare)) {
    depth += "([{".includes(found[0]) ? 1 : -1;
    if (depth === 0) return found.index;
  }
  return bare.length;
}
