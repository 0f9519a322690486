/**
 * Reads the compiler's own text of a layout (`{:#?}` of rustc's `Layout`, 1.60 to 1.97) into a tree, and finds such texts in
 * the compiler's output.
 *
 * Invariant: knows Rust's debug format, not layouts; what the names mean is `facts.ts`.
 */

export type DumpValue =
  | { readonly kind: "number"; readonly value: bigint }
  | { readonly kind: "range"; readonly start: bigint; readonly end: bigint }
  | { readonly kind: "list"; readonly items: readonly DumpValue[] }
  /** `Name`, `Name(..)` or `Name { .. }`; a bare `true` is a name too. */
  | { readonly kind: "name"; readonly name: string; readonly args: readonly DumpValue[]; readonly fields: ReadonlyMap<string, DumpValue> };

const TOKEN =
  /\s*(?:\(\.\.=(?<wrapEnd>\d+)\) \| \((?<wrapStart>\d+)\.\.\)|(?<start>\d+)\.\.=(?<end>\d+)|(?<number>-?\d+)(?: bytes)?|(?<name>[A-Za-z_][A-Za-z0-9_]*)|(?<mark>[[\]{}(),:]))/y;

interface Token {
  readonly kind: "number" | "range" | "name" | "mark";
  readonly text: string;
  readonly start: bigint;
  readonly end: bigint;
}

/** Parses one value; throws on text that is not Rust's debug format. */
export function parseDump(text: string): DumpValue {
  const parser = new Parser(tokens(text));
  return parser.value();
}

function tokens(text: string): Token[] {
  const out: Token[] = [];
  const end = text.trimEnd().length;
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < end) {
    const at = TOKEN.lastIndex;
    const groups = TOKEN.exec(text)?.groups;
    if (groups === undefined) throw new Error(`cannot read ${text.slice(at, at + 60)}`);
    out.push(tokenOf(groups));
  }
  return out;
}

function tokenOf(groups: Readonly<Record<string, string | undefined>>): Token {
  const { wrapEnd, wrapStart, start, end, number, name, mark } = groups;
  if (wrapEnd !== undefined) return { kind: "range", text: "", start: BigInt(wrapStart ?? "0"), end: BigInt(wrapEnd) };
  if (start !== undefined) return { kind: "range", text: "", start: BigInt(start), end: BigInt(end ?? "0") };
  if (number !== undefined) return { kind: "number", text: number, start: BigInt(number), end: 0n };
  if (name !== undefined) return { kind: "name", text: name, start: 0n, end: 0n };
  return { kind: "mark", text: mark ?? "", start: 0n, end: 0n };
}

class Parser {
  readonly #tokens: readonly Token[];
  #position = 0;

  constructor(all: readonly Token[]) {
    this.#tokens = all;
  }

  value(): DumpValue {
    const token = this.#tokens[this.#position++];
    if (token === undefined) throw new Error("the dump ends early");
    switch (token.kind) {
      case "number":
        return { kind: "number", value: token.start };
      case "range":
        return { kind: "range", start: token.start, end: token.end };
      case "mark":
        if (token.text !== "[") throw new Error(`unexpected ${token.text}`);
        return { kind: "list", items: this.#sequence("]") };
      case "name":
        return this.#named(token.text);
    }
  }

  #named(name: string): DumpValue {
    if (this.#takes("(")) return { kind: "name", name, args: this.#sequence(")"), fields: new Map() };
    if (this.#takes("{")) return { kind: "name", name, args: [], fields: this.#fields() };
    return { kind: "name", name, args: [], fields: new Map() };
  }

  #sequence(close: string): DumpValue[] {
    const items: DumpValue[] = [];
    while (!this.#takes(close)) {
      items.push(this.value());
      this.#takes(",");
    }
    return items;
  }

  #fields(): Map<string, DumpValue> {
    const fields = new Map<string, DumpValue>();
    while (!this.#takes("}")) {
      const name = this.#tokens[this.#position++]?.text ?? "";
      this.#takes(":");
      fields.set(name, this.value());
      this.#takes(",");
    }
    return fields;
  }

  #takes(mark: string): boolean {
    const token = this.#tokens[this.#position];
    if (token?.kind !== "mark" || token.text !== mark) return false;
    this.#position++;
    return true;
  }
}

/** What the compiler said about one line: a layout's text, or another error's first line. */
export interface CompilerMessage {
  readonly line: number;
  readonly text: string;
}

/** A note or warning about the message before it, or on its own. */
const ASIDE = /^[^\s:]+\.rs:\d+:\d+: (?:note|warning|help)/;
const HEADER = /^[^\s:]+\.rs:(\d+):\d+: error(?:\[\w+\])?: (.*)$/;

/** Splits the output of `rustc --error-format short` into messages. */
export function compilerMessages(output: string): CompilerMessage[] {
  const messages: { line: number; parts: string[] }[] = [];
  for (const text of output.split("\n")) {
    const header = HEADER.exec(text);
    if (header !== null) messages.push({ line: Number(header[1]), parts: [header[2] ?? ""] });
    else if (text.startsWith("error") || text.startsWith("warning")) messages.push({ line: 0, parts: [text] });
    else if (!ASIDE.test(text)) messages.at(-1)?.parts.push(text);
  }
  return messages.map(({ line, parts }) => ({ line, text: parts.join("\n") }));
}
