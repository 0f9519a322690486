/**
 * Lowers attributes and visibility.
 *
 * Example: `#[repr(C, align(8))]` → path `repr`, args `C, align(8)`; `#[unsafe(no_mangle)]` → path `no_mangle`.
 */
import { WordPattern } from "../base/word-pattern.ts";
import { withoutComments } from "../syntax/code-text.ts";
import type { SynNode } from "../syntax/syntax-node.ts";
import { has } from "../syntax/syntax-node.ts";
import type { Attr, RawVisibility } from "./item-tree.ts";
import type { TypeContext } from "./lower-type.ts";
import { lowerPath } from "./lower-type.ts";

const PATH = new WordPattern(
  String.raw`^(?:r#)?[\p{XID_Start}_][\p{XID_Continue}]*(?:\s*::\s*(?:r#)?[\p{XID_Start}_][\p{XID_Continue}]*)*`,
);

/** An `attribute_item` or `inner_attribute_item`; undefined if it cannot be read. */
export function lowerAttribute(ctx: TypeContext, node: SynNode): Attr | undefined {
  const attribute = node.children.find((c) => c.kind === "attribute");
  const inner = attribute ?? node;
  const written = ctx.text.slice(inner.start, inner.end);
  return parseAttribute(attribute === undefined ? written.replace(/^#!?\s*\[/, "").replace(/\]$/, "") : written, {
    start: node.start,
    end: node.end,
  });
}

/** The text between `#[` and `]`, also as it stands inside `cfg_attr(…)`; comments in it are left out. */
export function parseAttribute(written: string, range: Attr["range"]): Attr | undefined {
  const text = withoutComments(written).trim();
  const unsafeArgs = /^unsafe\s*\(([\s\S]*)\)$/.exec(text)?.[1];
  if (unsafeArgs !== undefined) return parseAttribute(unsafeArgs, range);
  const path = PATH.for(text).exec(text)?.[0];
  if (path === undefined) return undefined;
  const rest = text.slice(path.length).trim();
  const name = path.replace(/\s+/g, "");
  if (rest === "") return { path: name, args: undefined, value: undefined, range };
  if (rest.startsWith("=")) return { path: name, args: undefined, value: literalText(rest.slice(1).trim()), range };
  return { path: name, args: rest.slice(1, -1), value: undefined, range };
}

function literalText(text: string): string {
  const raw = /^r(#*)"([\s\S]*)"\1$/.exec(text)?.[2];
  if (raw !== undefined) return raw;
  const quoted = /^"([\s\S]*)"$/.exec(text)?.[1];
  return quoted === undefined ? text : quoted.replace(/\\(["\\])/g, "$1");
}

/** A doc comment as an attribute; it has no meaning here. */
const DOC = /^#!?\s*\[\s*doc\b/;

/** All attributes among some nodes. */
export function lowerAttributes(ctx: TypeContext, nodes: readonly SynNode[]): readonly Attr[] {
  return nodes
    .filter((node) => node.kind === "attribute_item" || node.kind === "inner_attribute_item")
    .filter((node) => !DOC.test(ctx.text.slice(node.start, node.end)))
    .map((node) => lowerAttribute(ctx, node))
    .filter((attr) => attr !== undefined);
}

/** The visibility written on an item or field. */
export function lowerVisibility(ctx: TypeContext, node: SynNode): RawVisibility {
  const modifier = node.children.find((c) => c.kind === "visibility_modifier");
  if (modifier === undefined) return { kind: "private" };
  if (has(modifier, "in")) {
    const path = modifier.children.find((c) => c.kind !== "pub" && c.kind !== "in");
    return path === undefined ? { kind: "private" } : { kind: "in", path: lowerPath(ctx, path) };
  }
  if (has(modifier, "crate")) return { kind: "crate" };
  if (has(modifier, "self")) return { kind: "self" };
  if (has(modifier, "super")) return { kind: "super" };
  return { kind: "public" };
}
