/**
 * Reads functions and constants off an item's text.
 *
 * Example: `const unsafe extern "C" fn f<T>(&mut self, mut a: T) -> u8 { … }`; `const A: usize = 3;`.
 *
 * Invariant: what it reads is what `lowerUnit` makes of the parser's tree; see `read-type.ts`. A body is where its braces are, whatever
 * stands between them; one that may declare items is not read, nor are parameters with other patterns than names.
 * Source: Reference, "Functions", "Constant items".
 */
import { ITEM_WORD } from "../syntax/skeleton.ts";
import type { RelRange } from "./expr.ts";
import type { ItemText } from "./item-text.ts";
import type { RawConst, RawFn, RawParam } from "./item-tree.ts";
import type { Begun } from "./read-base.ts";
import { baseOf } from "./read-base.ts";
import { readConst } from "./read-const.ts";
import { readParams, readWhere } from "./read-generics.ts";
import { readAbi, readResult, readType } from "./read-type.ts";

type Modifiers = Pick<RawFn, "isConst" | "isAsync" | "isUnsafe" | "abi">;

/** Takes a function, from its modifiers on. */
export function readFn(at: ItemText, begun: Begun): RawFn | undefined {
  const modifiers = readModifiers(at);
  const name = modifiers === undefined || !at.eatWord("fn") ? undefined : at.name();
  const signature = name === undefined ? undefined : readSignature(at);
  const body = signature === undefined ? undefined : readBody(at);
  if (modifiers === undefined || signature === undefined || body === undefined) return undefined;
  return Object.assign(baseOf(at, begun, name), {
    kind: "fn",
    ...signature,
    ...modifiers,
    body: body === "none" ? undefined : body,
  } as const);
}

/** Behind the name. */
function readSignature(at: ItemText): Pick<RawFn, "generics" | "params" | "selfParam" | "result"> | undefined {
  const params = readParams(at);
  const inputs = params === undefined || !at.is("(") ? undefined : readFnParams(at);
  const result = inputs === undefined ? undefined : readResult(at);
  const where = result === undefined ? undefined : readWhere(at);
  if (params === undefined || inputs === undefined || result === undefined || where === undefined) return undefined;
  const { selfParam } = inputs;
  return { generics: { params, where }, params: inputs.params, selfParam, result: result === "none" ? undefined : result };
}

function readModifiers(at: ItemText): Modifiers | undefined {
  const isConst = at.eatWord("const");
  const isAsync = at.eatWord("async");
  const isUnsafe = at.eatWord("unsafe");
  const abi = at.is("extern") ? readAbi(at) : "none";
  return abi === undefined ? undefined : { isConst, isAsync, isUnsafe, abi: abi === "none" ? undefined : abi };
}

function readBody(at: ItemText): RelRange | "none" | undefined {
  if (at.eat(";")) return "none";
  const start = at.at;
  const body = at.is("{") ? at.group() : undefined;
  return body === undefined || ITEM_WORD.test(body.text) ? undefined : { start, end: at.end };
}

function readFnParams(at: ItemText): Pick<RawFn, "params" | "selfParam"> | undefined {
  at.take(1);
  const selfParam = readSelf(at);
  if (selfParam === undefined || (selfParam !== "none" && !at.eat(",") && !at.is(")"))) return undefined;
  const params = at.list(")", () => {
    const attrs = at.attributes();
    return attrs === undefined ? undefined : readParam(at, attrs);
  });
  return params === undefined ? undefined : { params, selfParam };
}

const SELF = /^(?:(&)\s*(?:'\w+\s+)?)?(mut\s+)?self\b(?!\s*::)/;
/** As much of a text as `&'lifetime mut self` takes. */
const REACH = 80;

/** Takes `self` in one of its forms, if it is next. */
function readSelf(at: ItemText): RawFn["selfParam"] | undefined {
  const written = SELF.exec(at.text.slice(at.at, at.at + REACH));
  if (written === null) return "none";
  at.take(written[0].length);
  const [, reference, mutable] = written;
  if (!at.is(":")) return reference === undefined ? "value" : mutable === undefined ? "ref" : "refMut";
  if (reference !== undefined) return undefined;
  at.take(1);
  return readType(at) === undefined ? undefined : "typed";
}

function readParam(at: ItemText, attrs: RawParam["attrs"]): RawParam | undefined {
  at.eatWord("mut");
  const start = at.at;
  if (!at.eatWord("_") && at.name() === undefined) return undefined;
  const range = { start, end: at.end };
  const type = at.is("::") || !at.eat(":") ? undefined : readType(at);
  return type === undefined ? undefined : { name: at.text.slice(start, range.end), range, attrs, type };
}

/** Takes a constant, from its name on; with a value only where that is a literal or a path. */
export function readConstItem(at: ItemText, begun: Begun): RawConst | undefined {
  const name = at.is("_") ? undefined : at.name();
  const type = name === undefined || at.is("::") || !at.eat(":") ? undefined : readType(at);
  if (type === undefined) return undefined;
  const value = at.eat("=") ? readConst(at) : "none";
  if (value === undefined || !at.eat(";")) return undefined;
  return Object.assign(baseOf(at, begun, name), {
    kind: "const",
    generics: { params: [], where: [] },
    type,
    mutable: false,
    body: value === "none" ? undefined : value.range,
  } as const);
}
