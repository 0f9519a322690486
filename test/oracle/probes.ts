/**
 * Puts questions into a program: the attribute that dumps a layout in front of every definition, and aliases whose sizes tell the
 * marker traits of a type or the bits of a constant. The compiler and the product then read the same text.
 *
 * Invariant: every question stands on a line of its own, so that a line names it; a program the compiler takes without the questions
 * that it refuses (see `ask-program.ts`) means what it meant before.
 */
import type { TypeDefinition } from "../../server/src/hir/model.ts";
import { lineAt, lineStarts } from "../../server/src/ide/report.ts";

/** Marker traits in the order of the bits of a mask. */
export const ASKED_TRAITS = ["send", "sync", "copy", "clone", "unpin", "freeze", "unwind_safe", "ref_unwind_safe"] as const;

export interface Probe {
  /** The same in every version of the program. */
  readonly id: number;
  readonly kind: "layout" | "traits" | "const";
  /** The definition or constant asked about. */
  readonly name: string;
  /** 1-based line of the name that is asked about. */
  readonly line: number;
  /** For traits: the line of the layout they belong to. */
  readonly of: number;
}

export interface ProbedProgram {
  readonly text: string;
  readonly probes: readonly Probe[];
}

export interface ProbeOptions {
  /** `rustc_layout` or, from 1.96 on, `rustc_dump_layout`. */
  readonly attribute: string;
  /** Ask for marker traits too: needs `core`. */
  readonly traits: boolean;
  /** Questions that the compiler refused before, by their number. */
  readonly refused: ReadonlySet<number>;
}

interface Insertion {
  readonly at: number;
  readonly text: string;
  readonly kind: Probe["kind"];
  readonly name: string;
  /** Offset of the name from the insertion, in the new text; undefined for the name of the definition behind it. */
  readonly nameAt: number | undefined;
  readonly nameOffset: number;
  readonly of: number;
}

type Numbered = Insertion & { readonly id: number };

const SPELLED: Readonly<Record<string, string>> = {
  send: "core::marker::Send",
  sync: "core::marker::Sync",
  copy: "core::marker::Copy",
  clone: "core::clone::Clone",
  unpin: "core::marker::Unpin",
  freeze: "core::marker::Freeze",
  unwind_safe: "core::panic::UnwindSafe",
  ref_unwind_safe: "core::panic::RefUnwindSafe",
};

/** Inherent consts stand before those of a trait, so `Of::<T>::SEND` tells whether `T: Send`. */
function traitsModule(): string {
  const fallbacks = ASKED_TRAITS.map((name) => `const ${name.toUpperCase()}: bool = false;`).join(" ");
  const impls = ASKED_TRAITS.map((name) => `impl<T: ${SPELLED[name]}> Of<T> { pub const ${name.toUpperCase()}: bool = true; }`).join(" ");
  return `mod probe_traits { pub struct Of<T>(T); pub trait Not { ${fallbacks} } impl<T> Not for Of<T> {} ${impls} }`;
}

function maskOf(type: string): string {
  const bits = ASKED_TRAITS.map(
    (name, i) => `(crate::probe_traits::Of::<${type}>::${name.toUpperCase()} as core::primitive::usize) << ${i + 1}`,
  );
  return `{ use crate::probe_traits::Not as _; core::mem::needs_drop::<${type}>() as core::primitive::usize | ${bits.join(" | ")} }`;
}

/** The program with questions about its definitions and integer constants. */
export function withProbes(text: string, definitions: readonly TypeDefinition[], options: ProbeOptions): ProbedProgram {
  const all = [...definitions.flatMap((definition, i) => definitionProbes(text, definition, i, options)), ...constProbes(text, options)];
  const insertions = all.flatMap((it, id) => (options.refused.has(id) ? [] : [{ ...it, id }])).sort((a, b) => a.at - b.at);
  let out = featuresFor(text, options);
  let done = 0;
  const placed: { readonly insertion: Numbered; readonly shift: number }[] = [];
  for (const insertion of insertions) {
    out += text.slice(done, insertion.at);
    placed.push({ insertion, shift: out.length - insertion.at });
    out += insertion.text;
    done = insertion.at;
  }
  out += text.slice(done);
  if (options.traits) out += `\n${traitsModule()}\n`;
  return { text: out, probes: probesOf(out, placed) };
}

/** The features the questions need and the program does not switch on itself: to switch one on twice is an error. */
function featuresFor(text: string, { traits }: ProbeOptions): string {
  const given = [...text.matchAll(/#!\[feature\(([^)]*)\)\]/g)].flatMap(([, list = ""]) => list.split(/[\s,]+/));
  const needed = ["rustc_attrs", ...(traits ? ["freeze"] : [])].filter((it) => !given.includes(it));
  return needed.length === 0 ? "" : `#![feature(${needed.join(", ")})]`;
}

function probesOf(out: string, placed: readonly { readonly insertion: Numbered; readonly shift: number }[]): Probe[] {
  const lines = lineStarts(out);
  const lineOf = new Map<number, number>();
  const probes = placed.map(({ insertion, shift }): Probe => {
    const { id, kind, name, nameAt, nameOffset, at } = insertion;
    const offset = nameAt === undefined ? at + shift + nameOffset : nameAt + shift + insertion.text.length;
    const line = lineAt(lines, offset);
    if (kind === "layout") lineOf.set(insertion.of, line);
    return { id, kind, name, line, of: insertion.of };
  });
  return probes.map((probe) => ({ ...probe, of: lineOf.get(probe.of) ?? 0 }));
}

function definitionProbes(text: string, definition: TypeDefinition, index: number, options: ProbeOptions): Insertion[] {
  if (definition.openParameters.length > 0 || definition.inactive !== undefined) return [];
  const { range, nameRange, name } = definition;
  const isNamed = text.slice(nameRange.start, nameRange.end).replace("r#", "") === name;
  const isWritten = isNamed && /^(?:pub|crate|struct|enum|union|type|#)/.test(text.slice(range.start, nameRange.start));
  const type = `${rawName(text, definition)}${lifetimes(text, definition, isWritten)}`;
  const end = endOf(text, range.end);
  const attribute = `#[${options.attribute}(debug)]`;
  const alias = (what: string, of: string): Pick<Insertion, "at" | "text" | "nameAt" | "nameOffset"> => {
    const start = `\n${attribute} type `;
    return { at: end, text: `${start}Probe${what}${index} = ${of};\n`, nameAt: undefined, nameOffset: start.length };
  };
  const layout: Insertion = isWritten
    ? { at: range.start, text: `\n${attribute} `, kind: "layout", name, nameAt: nameRange.start, nameOffset: 0, of: index }
    : { ...alias("Made", type), kind: "layout", name, of: index };
  if (!options.traits || (isWritten && definition.inMacro !== undefined)) return [layout];
  return [layout, { ...alias("Traits", `[core::primitive::u8; ${maskOf(type)}]`), kind: "traits", name, of: index }];
}

function rawName(text: string, { nameRange, name }: TypeDefinition): string {
  const written = text.slice(nameRange.start, nameRange.end);
  return written === `r#${name}` ? written : name;
}

/** `<'static, 'static>` for the lifetimes a definition declares. */
function lifetimes(text: string, { nameRange }: TypeDefinition, isWritten: boolean): string {
  const list = isWritten ? /^\s*<([^>]*)>/.exec(text.slice(nameRange.end))?.[1] : undefined;
  const names = list?.match(/(?:^|,)\s*'\w+/g) ?? [];
  return names.length === 0 ? "" : `<${names.map(() => "'static").join(", ")}>`;
}

/** Behind a whole macro call of which the name ends here, and behind its semicolon. */
function endOf(text: string, nameEnd: number): number {
  let end = nameEnd;
  const open = /^\s*!\s*(?=[({[])/.exec(text.slice(end));
  if (open !== null) {
    end += open[0].length;
    let depth = 0;
    do {
      const at = text[end++] ?? "";
      if ("({[".includes(at)) depth++;
      else if (")}]".includes(at)) depth--;
    } while (depth > 0 && end < text.length);
  }
  const rest = /^\s*;/.exec(text.slice(end));
  return end + (rest?.[0].length ?? 0);
}

const CONST = /^([ \t]*)(?:pub(?:\([^)]*\))? +)?const ([A-Za-z]\w*) *: *(?:[ui](?:8|16|32|64|128|size)|bool|char) *=/gm;

/** The low 16 bits of each integer constant, and all of its bits folded into 16. */
function constProbes(text: string, { attribute, traits }: ProbeOptions): Insertion[] {
  // A program may have a type `u8` of its own.
  const primitive = traits ? "core::primitive::" : "";
  return [...text.matchAll(CONST)].flatMap(({ index, 1: indent = "", 2: name = "" }, i) => {
    const at = beforeAttributes(text, index) + indent.length;
    const bits = `(${name} as ${primitive}u128)`;
    const folded = [0, 16, 32, 48, 64, 80, 96, 112].map((shift) => `${bits} >> ${shift}`).join(" ^ ");
    return [bits, `(${folded})`].map((value, part): Insertion => {
      const start = `\n#[${attribute}(debug)] type `;
      const alias = `${start}ProbeConst${i}x${part} = [${primitive}u8; (${value} & 0xffff) as ${primitive}usize];\n`;
      return { at, text: alias, kind: "const", name, nameAt: undefined, nameOffset: start.length, of: -1 };
    });
  });
}

/** The start of the line at which the attributes of an item start. */
function beforeAttributes(text: string, start: number): number {
  let at = start;
  for (;;) {
    const before = text.lastIndexOf("\n", at - 2) + 1;
    if (at === 0 || !/^\s*#\[[^\n]*\]\s*$/.test(text.slice(before, at - 1))) return at;
    at = before;
  }
}
