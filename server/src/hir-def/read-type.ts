/**
 * Reads types, paths, bounds and plain constants off an item's text, without a syntax tree.
 *
 * Example: `Option<Box<(u8, [T; 3])>>` → path Option with one type argument, a path Box with …
 *
 * Invariants: what it reads is what `lowerType` and its like make of the parser's tree; what is not of the forms that most types have
 * (bounds with binders, other constants than literals and names, turbofishes) is not read at all. On failure the place in the text means
 * nothing.
 * Source: Reference, "Types", "Paths", "Trait and lifetime bounds".
 */
import { isIdentStartAt } from "../hir-expand/char-class.ts";
import type { ItemText } from "./item-text.ts";
import { isMatched } from "./item-text.ts";
import { identifierText } from "./names.ts";
import { isPrimitiveName } from "./primitive-names.ts";
import { isConst, readConst, readConstArg } from "./read-const.ts";
import { isKeyword } from "./text-reader.ts";
import type { AssocBindingRef, BoundRef, GenericArgRef, GenericArgsRef, PathAnchor, PathRef, PathSegment, TypeRef } from "./type-ref.ts";

const PLAIN: PathAnchor = { kind: "plain" };

/** How a type may go on. */
interface TypeEnds {
  /** A trait object may have several bounds: it is not behind `&` or `*`. */
  readonly isOpen: boolean;
}

const OPEN: TypeEnds = { isOpen: true };
const CLOSED: TypeEnds = { isOpen: false };

/** Takes a type. */
export function readType(at: ItemText, ends: TypeEnds = OPEN): TypeRef | undefined {
  if (!at.enter()) return undefined;
  const type = readAnyType(at, ends);
  at.leave();
  return type;
}

function readAnyType(at: ItemText, ends: TypeEnds): TypeRef | undefined {
  switch (at.sign) {
    case "&":
      return readReference(at);
    case "*":
      return readPointer(at);
    case "(":
      return readTuple(at);
    case "[":
      return readArray(at);
    case "!": {
      const start = at.at;
      at.take(1);
      return { kind: "never", range: { start, end: at.end } };
    }
    default:
      return readNamed(at, ends);
  }
}

function readReference(at: ItemText): TypeRef | undefined {
  const start = at.at;
  if (at.is("&&")) return undefined;
  at.take(1);
  if (at.sign === "'" && at.lifetime() === undefined) return undefined;
  const mutable = at.eatWord("mut");
  const target = readType(at, CLOSED);
  return target === undefined ? undefined : { kind: "ref", mutable, target, range: { start, end: at.end } };
}

function readPointer(at: ItemText): TypeRef | undefined {
  const start = at.at;
  at.take(1);
  const mutable = at.eatWord("mut");
  if (!mutable && !at.eatWord("const")) return undefined;
  const target = readType(at, CLOSED);
  return target === undefined ? undefined : { kind: "pointer", mutable, target, range: { start, end: at.end } };
}

/** `()`, `(T)`, which is T, or `(T, U)`. */
function readTuple(at: ItemText): TypeRef | undefined {
  const start = at.at;
  at.take(1);
  const elements: TypeRef[] = [];
  let isTuple = at.sign === ")";
  while (!at.is(")")) {
    const element = readType(at);
    if (element === undefined) return undefined;
    elements.push(element);
    if (at.eat(",")) isTuple = true;
    else if (!at.is(")")) return undefined;
  }
  at.take(1);
  const range = { start, end: at.end };
  const [only] = elements;
  return isTuple || only === undefined || elements.length > 1 ? { kind: "tuple", elements, range } : { ...only, range };
}

function readArray(at: ItemText): TypeRef | undefined {
  const start = at.at;
  at.take(1);
  const element = readType(at);
  if (element === undefined) return undefined;
  if (at.eat("]")) return { kind: "slice", element, range: { start, end: at.end } };
  const length = at.eat(";") ? readConst(at) : undefined;
  return length === undefined || !at.eat("]") ? undefined : { kind: "array", element, length, range: { start, end: at.end } };
}

/** `_`, `dyn A + B`, `fn(A)`, `a::b<C>`, `<T as A>::B`, `m!(…)`. */
function readNamed(at: ItemText, ends: TypeEnds): TypeRef | undefined {
  const start = at.at;
  switch (at.word()?.text) {
    case "_":
      at.take(1);
      return { kind: "infer", range: { start, end: at.end } };
    case "dyn":
      return readObject(at, "dyn", ends);
    case "impl":
      return readObject(at, "impl", ends);
    case "for":
    case "fn":
    case "unsafe":
    case "extern":
      return readFnPointer(at);
    default:
      return readPathType(at);
  }
}

function readPathType(at: ItemText): TypeRef | undefined {
  const start = at.at;
  const path = readPath(at);
  if (path === undefined) return undefined;
  if (at.sign !== "!") return at.is("(") ? undefined : { kind: "path", path, range: path.range };
  if (path.qualified !== undefined || hasArgs(path)) return undefined;
  at.take(1);
  const args = at.is("(") || at.is("[") || at.is("{") ? at.group() : undefined;
  // Nothing but Rust's tokens: what escapes mean is not looked at.
  if (args === undefined || args.text.includes("\\") || !isMatched(args.text)) return undefined;
  return { kind: "macroCall", path, args: args.text, argsStart: args.start, range: { start, end: at.end } };
}

/** `dyn A + B`, `impl A + B`. */
function readObject(at: ItemText, kind: "dyn" | "impl", { isOpen }: TypeEnds): TypeRef | undefined {
  const start = at.at;
  at.take(kind.length);
  // In front of `::` it is a name.
  if (!isIdentStartAt(at.text, at.at)) return undefined;
  const bounds: BoundRef[] = [];
  do {
    const bound = at.sign === "'" && bounds.length > 0 ? readLifetimeBound(at) : readTraitBound(at);
    if (bound === undefined) return undefined;
    bounds.push(bound);
  } while (isOpen && at.eat("+"));
  return { kind, bounds, range: { start, end: at.end } };
}

/** `for<'a> unsafe extern "C" fn(&'a A, b: B) -> C` */
function readFnPointer(at: ItemText): TypeRef | undefined {
  const start = at.at;
  if (at.eatWord("for") && !readBinder(at)) return undefined;
  const isUnsafe = at.eatWord("unsafe");
  const abi = at.is("extern") ? readAbi(at) : "none";
  if (abi === undefined || !at.eatWord("fn") || !at.is("(")) return undefined;
  const params = readInputs(at, true);
  const result = params === undefined ? undefined : readResult(at);
  if (params === undefined || result === undefined) return undefined;
  return {
    kind: "fnPtr",
    params,
    result: result === "none" ? undefined : result,
    abi: abi === "none" ? undefined : abi,
    isUnsafe,
    isVariadic: false,
    range: { start, end: at.end },
  };
}

/** `<'a, 'b>` */
function readBinder(at: ItemText): boolean {
  if (!at.eat("<")) return false;
  do if (at.lifetime() === undefined) return false;
  while (at.eat(","));
  return at.eat(">");
}

/** Takes `extern` or `extern "C"`. */
export function readAbi(at: ItemText): string | undefined {
  if (!at.eatWord("extern")) return undefined;
  if (at.is("r")) return undefined;
  if (!at.is('"')) return "C";
  const abi = /^"([^"\\]*)"(?!\w)/.exec(at.text.slice(at.at, at.at + LONGEST_ABI));
  if (abi?.[1] === undefined) return undefined;
  at.take(abi[0].length);
  return abi[1];
}

const LONGEST_ABI = 40;

/** Takes `(A, B)`; a pointer's inputs may have names. */
function readInputs(at: ItemText, mayBeNamed: boolean): readonly TypeRef[] | undefined {
  at.take(1);
  return at.list(")", () => {
    if (mayBeNamed && INPUT_NAME.test(at.text.slice(at.at, at.at + LONGEST_NAME))) {
      if (at.name() === undefined && !at.eatWord("_")) return undefined;
      at.take(1);
    }
    return at.is("_") ? undefined : readType(at);
  });
}

const INPUT_NAME = /^\w+\s*:(?!:)/;
const LONGEST_NAME = 60;

/** Takes `-> T`, if it is next. */
export function readResult(at: ItemText): TypeRef | "none" | undefined {
  return at.eat("->") ? readType(at, CLOSED) : "none";
}

function readLifetimeBound(at: ItemText): BoundRef | undefined {
  const name = at.lifetime();
  return name === undefined ? undefined : { kind: "lifetime", name };
}

function readTraitBound(at: ItemText, maybe = false): BoundRef | undefined {
  const path = at.sign === "<" ? undefined : readPath(at);
  // A primitive type is a token of its own to the grammar.
  if (path === undefined || at.is("!") || isPrimitiveName(path.segments[0]?.name ?? "")) return undefined;
  const full = at.is("(") ? readFnTrait(at, path) : path;
  return full === undefined ? undefined : { kind: "trait", path: full, maybe, isConst: false };
}

/** `(A, B) -> C` behind `Fn`. */
function readFnTrait(at: ItemText, path: PathRef): PathRef | undefined {
  const last = path.segments.at(-1);
  const inputs = last === undefined || last.args !== undefined ? undefined : readInputs(at, false);
  const output = inputs === undefined ? undefined : readResult(at);
  if (last === undefined || inputs === undefined || output === undefined) return undefined;
  const parenthesized = { inputs, output: output === "none" ? undefined : output };
  const segment = { name: last.name, args: { args: [], bindings: [], parenthesized }, range: last.range };
  return { ...path, segments: [...path.segments.slice(0, -1), segment], range: { start: path.range.start, end: at.end } };
}

/** Takes `A + ?B + 'a`, behind the `:`. */
export function readBounds(at: ItemText): readonly BoundRef[] | undefined {
  const bounds: BoundRef[] = [];
  do {
    const maybe = at.eat("?");
    const bound = at.sign === "'" && !maybe ? readLifetimeBound(at) : readTraitBound(at, maybe);
    if (bound === undefined || (maybe && at.is("+"))) return undefined;
    bounds.push(bound);
  } while (at.eat("+"));
  return bounds;
}

/** Takes a path with generic arguments. */
export function readPath(at: ItemText): PathRef | undefined {
  const start = at.at;
  const begun = at.sign === "<" ? readQualified(at) : readAnchor(at);
  const first = begun === undefined ? undefined : readSegment(at, true);
  if (begun === undefined || first === undefined) return undefined;
  // Made with its one element, a list has no room for more.
  const segments = [first];
  while (at.is("::")) {
    // The grammar does not have `A<'a>::B`.
    if (segments.at(-1)?.args?.args.every(({ kind }) => kind === "lifetime") === true) return undefined;
    at.take(2);
    const segment = readSegment(at, false);
    if (segment === undefined) return undefined;
    segments.push(segment);
  }
  const range = first.range.start === start && first.range.end === at.end ? first.range : { start, end: at.end };
  return { anchor: begun.anchor, qualified: begun.qualified, segments, range };
}

type PathStart = Pick<PathRef, "anchor" | "qualified">;

const PLAIN_START: PathStart = { anchor: PLAIN, qualified: undefined };

function readSegment(at: ItemText, isFirst: boolean): PathSegment | undefined {
  const start = at.at;
  const word = at.word();
  if (word === undefined || word.text === "_" || word.text.startsWith("$")) return undefined;
  if (isKeyword(word.text) && !(isFirst && word.text === "Self")) return undefined;
  at.take(word.end - start);
  const range = { start, end: word.end };
  if (!at.is("<")) return { name: identifierText(word.text), args: undefined, range };
  const args = readArgs(at);
  return args === undefined ? undefined : { name: identifierText(word.text), args, range };
}

/** `<T as A>::` in front of a name. */
function readQualified(at: ItemText): PathStart | undefined {
  at.take(1);
  const type = readType(at);
  if (type === undefined) return undefined;
  const traitPath = at.eatWord("as") ? readPath(at) : "none";
  if (traitPath === undefined || !at.eat(">") || !at.eat("::")) return undefined;
  return { anchor: PLAIN, qualified: { type, traitPath: traitPath === "none" ? undefined : traitPath } };
}

/** What stands in front of a path's first name: nothing, `::`, `crate::`, `super::super::`, `$crate_1::`. */
function readAnchor(at: ItemText): PathStart | undefined {
  if (at.eat("::")) return { anchor: { kind: "global" }, qualified: undefined };
  const word = at.word();
  const anchor = word === undefined ? undefined : anchorOf(word.text);
  if (word === undefined || anchor === undefined) return word === undefined ? undefined : PLAIN_START;
  at.take(word.end - at.at);
  if (!at.eat("::")) return undefined;
  let count = 1;
  for (; anchor.kind === "super" && at.eatWord("super"); count++) if (!at.eat("::")) return undefined;
  return { anchor: anchor.kind === "super" ? { kind: "super", count } : anchor, qualified: undefined };
}

function anchorOf(word: string): PathAnchor | undefined {
  if (word === "crate" || word === "self") return { kind: word };
  if (word === "super") return { kind: "super", count: 1 };
  const crate = word.startsWith("$") ? /^\$crate_(\d+)$/.exec(word)?.[1] : undefined;
  return crate === undefined ? undefined : { kind: "dollarCrate", crate: Number(crate) };
}

/** `<A, 'a, 3, Item = B>` */
function readArgs(at: ItemText): GenericArgsRef | undefined {
  const args: GenericArgRef[] = [];
  const bindings: AssocBindingRef[] = [];
  at.take(1);
  while (!at.is(">")) {
    const arg = readArg(at);
    if (arg === undefined) return undefined;
    if (at.is("=")) {
      const binding = readBinding(at, arg);
      if (binding === undefined) return undefined;
      bindings.push(binding);
    } else args.push(arg);
    if (!at.eat(",") && !at.is(">")) return undefined;
  }
  at.take(1);
  return { args, bindings, parenthesized: undefined };
}

function readArg(at: ItemText): GenericArgRef | undefined {
  if (at.sign === "'") {
    const name = at.lifetime();
    return name === undefined ? undefined : { kind: "lifetime", name };
  }
  if (isConst(at)) {
    const expr = readConstArg(at);
    return expr === undefined ? undefined : { kind: "const", expr };
  }
  const type = readType(at);
  return type === undefined ? undefined : { kind: "type", type };
}

/** `Item = T`, at the `=`. */
function readBinding(at: ItemText, arg: GenericArgRef): AssocBindingRef | undefined {
  const path = arg.kind === "type" && arg.type.kind === "path" ? arg.type.path : undefined;
  const [only] = path?.segments ?? [];
  const isName = path?.segments.length === 1 && path.anchor.kind === "plain" && path.qualified === undefined && only?.args === undefined;
  if (!isName || only === undefined || only.name === "Self" || at.is("==") || at.is("=>")) return undefined;
  at.take(1);
  const type = readType(at);
  return type === undefined ? undefined : { name: only.name, args: undefined, type, bounds: [] };
}

function hasArgs({ segments }: PathRef): boolean {
  return segments.some(({ args }) => args !== undefined);
}
