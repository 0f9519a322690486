/**
 * A type from text that stands in no file: the command line's, or a macro's arguments.
 */
import { msg } from "../base/message.ts";
import { DETACHED } from "../hir-def/block-scope.ts";
import { lowerType } from "../hir-def/lower-type.ts";
import { readItem } from "../hir-def/read-item.ts";
import type { TypeRef } from "../hir-def/type-ref.ts";
import { damageOf } from "../syntax/damage.ts";
import type { RustParser } from "../syntax/parser.ts";
import { child, field } from "../syntax/syntax-node.ts";

/** Reads one type; text that is no type (or more than one) is an `error` type. */
export function typeFromText(parser: RustParser, text: string): TypeRef {
  const prefix = "type X = ";
  const source = `${prefix}${text.trim()};`;
  const read = readItem(source);
  if (read?.kind === "typeAlias" && read.type !== undefined && read.generics.where.length === 0) return read.type;
  const root = parser.parseSnippet(source);
  const item = root.children.length === 1 ? child(root, "type_item") : undefined;
  const type = item === undefined ? undefined : field(item, "type");
  const range = { start: 0, end: source.length };
  if (root.isTooDeep === true) return { kind: "error", reason: damageOf(root, "type"), range };
  if (type === undefined || root.hasError) return { kind: "error", reason: msg("`{text}` is not a type", { text: text.trim() }), range };
  return lowerType({ text: source, scopes: DETACHED }, type);
}
