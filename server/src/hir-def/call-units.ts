/**
 * The items of an expansion that holds nothing but macro calls, read off its tokens: a parser would take a hundred times as long.
 *
 * `#[cfg(a)] m! { x } n!(y);` → two calls, one with an attribute; anything else in between and there is no answer.
 *
 * Invariant: the same units as parsing and lowering the text gives (test/hir-def/call-units.test.ts).
 */
import type { TokenTable } from "../hir-expand/token-table.ts";
import { textAt, visibleKindAt } from "../hir-expand/token-table.ts";
import type { PlacedUnit } from "../syntax/unit-walker.ts";
import type { Attr, RawItem } from "./item-tree.ts";
import { parseAttribute } from "./lower-attr.ts";
import { identifierText } from "./names.ts";
import type { PathAnchor, PathRef, PathSegment } from "./type-ref.ts";

/** The calls that are all a text consists of; undefined if it holds something else. */
export function callUnits(table: TokenTable): readonly PlacedUnit<RawItem>[] | undefined {
  const units: PlacedUnit<RawItem>[] = [];
  let at = 0;
  while (at < table.length) {
    const unit = readUnit(table, at);
    if (unit === undefined) return undefined;
    units.push(unit.unit);
    at = unit.next;
  }
  return units;
}

interface Read {
  readonly unit: PlacedUnit<RawItem>;
  readonly next: number;
}

/** A doc attribute is no more than a comment: in front of all others it is no part of the unit. */
function isDoc(table: TokenTable, at: number): boolean {
  return textAt(table, at) === "#" && textAt(table, at + 1) === "[" && textAt(table, at + 2) === "doc";
}

function readUnit(table: TokenTable, begin: number): Read | undefined {
  let first = begin;
  while (isDoc(table, first)) first = (closeOf(table, first + 1, "[") ?? table.length) + 1;
  const start = startOf(table, first);
  const attrs: Attr[] = [];
  let at = first;
  while (textAt(table, at) === "#") {
    const close = closeOf(table, at + 1, "[");
    const written = close === undefined ? "" : table.text.slice(endOf(table, at + 1), startOf(table, close));
    const range = { start: startOf(table, at) - start, end: endOf(table, close ?? at) - start };
    const attr = parseAttribute(written, range);
    if (close === undefined || attr === undefined) return undefined;
    if (!isDoc(table, at)) attrs.push(attr);
    at = close + 1;
  }
  return readCall(table, at, { start, attrs });
}

function readCall(
  table: TokenTable,
  from: number,
  { start, attrs }: { readonly start: number; readonly attrs: readonly Attr[] },
): Read | undefined {
  const path = readPath(table, from, start);
  if (path === undefined || textAt(table, path.next) !== "!") return undefined;
  const open = path.next + 1;
  const close = closeOf(table, open, undefined);
  const isBraced = textAt(table, open) === "{";
  if (close === undefined || (close + 1 < table.length && (textAt(table, close + 1) === ";") === isBraced)) return undefined;
  const last = !isBraced && close + 1 < table.length ? close + 1 : close;
  if (isBraced && continuesExpression(table, close + 1)) return undefined;
  const head = startOf(table, from) - start;
  const end = endOf(table, last);
  const value: RawItem = {
    name: "",
    nameRange: { start: head, end: head },
    range: { start: head, end: end - start },
    attrs,
    visibility: { kind: "private" },
    hasError: false,
    isTooDeep: false,
    text: table.text.slice(start, end),
    blocks: [],
    kind: "macroCall",
    path: path.path,
    args: table.text.slice(endOf(table, open), startOf(table, close)),
    argsStart: endOf(table, open) - start,
  };
  return { unit: { kind: "item", start, end, value }, next: last + 1 };
}

/** Whether what follows `m! {}` may belong to an expression that begins with it: what is no attribute and no name. */
function continuesExpression(table: TokenTable, at: number): boolean {
  return at < table.length && textAt(table, at) !== "#" && textAt(table, at) !== "::" && visibleKindAt(table, at) !== "ident";
}

const ANCHORS: ReadonlyMap<string, PathAnchor> = new Map([
  ["crate", { kind: "crate" }],
  ["self", { kind: "self" }],
  ["super", { kind: "super", count: 1 }],
  ["::", { kind: "global" }],
]);
/** Names that mean something else at the start of an item, or are no names in a path. */
const NO_NAMES = new Set(["crate", "self", "super", "as", "use", "dyn", "impl", "const", "unsafe", "builtin", "macro_rules"]);

/** `a::b`, `::a`, `crate::a`, `$crate_12::a`; undefined for anything odder. */
function readPath(table: TokenTable, from: number, start: number): { readonly path: PathRef; readonly next: number } | undefined {
  const first = textAt(table, from);
  const mark = table.origins[table.originIndices[from] ?? -1]?.crate;
  const anchor: PathAnchor | undefined = mark === undefined ? ANCHORS.get(first) : { kind: "dollarCrate", crate: mark };
  let at = from;
  if (anchor !== undefined) {
    at += anchor.kind === "global" ? 1 : 2;
    if (anchor.kind !== "global" && textAt(table, at - 1) !== "::") return undefined;
  }
  const segments: PathSegment[] = [];
  for (;;) {
    const name = textAt(table, at);
    if (visibleKindAt(table, at) !== "ident" || NO_NAMES.has(name)) return undefined;
    const range = { start: startOf(table, at) - start, end: endOf(table, at) - start };
    segments.push({ name: identifierText(name), args: undefined, range });
    if (textAt(table, at + 1) !== "::") break;
    at += 2;
  }
  const range = { start: startOf(table, from) - start, end: endOf(table, at) - start };
  return { path: { anchor: anchor ?? { kind: "plain" }, qualified: undefined, segments, range }, next: at + 1 };
}

/** The index of the delimiter that closes the visible one at `open`. */
function closeOf(table: TokenTable, open: number, text: string | undefined): number | undefined {
  if (visibleKindAt(table, open) !== "open" || (text !== undefined && textAt(table, open) !== text)) return undefined;
  let depth = 0;
  for (let at = open; at < table.length; at++) {
    const kind = visibleKindAt(table, at);
    if (kind === "open") depth += 1;
    else if (kind === "close" && --depth === 0) return at;
  }
  return undefined;
}

function startOf(table: TokenTable, at: number): number {
  return table.starts[at] ?? 0;
}

function endOf(table: TokenTable, at: number): number {
  return table.ends[at] ?? 0;
}
