/**
 * What is left of a block when its end is configured out.
 *
 * Example: on Linux `{ #[cfg(unix)] { 1 } #[cfg(windows)] { 2 } }` is `{ 1 }`: the statement becomes the tail.
 *
 * Invariant: what cannot be decided stays, so that it is told where it is evaluated. Source: rustc_expand::config, which strips before
 * a block's last statement is taken for its value.
 */
import type { Block } from "../hir-def/expr.ts";
import { attributedTail } from "../hir-def/lower-expr-control.ts";
import type { Tc } from "./typeck-context.ts";

type Body = Pick<Block, "statements" | "tail">;

/** The block with its tail. */
export function configured(tc: Tc, body: Body): Body {
  if (body.tail !== undefined && (body.tail.kind !== "attributed" || !isOff(tc, body.tail.attributes))) return body;
  const end = body.statements.findLastIndex((it) => it.attributes.length === 0 || !isOff(tc, it.attributes));
  const last = body.statements[end];
  if (body.tail === undefined && end === body.statements.length - 1) return body;
  return last?.kind === "expr" && last.isOpen
    ? { statements: body.statements.slice(0, end), tail: attributedTail(last) }
    : { statements: body.statements.slice(0, end + 1), tail: undefined };
}

function isOff(tc: Tc, attributes: readonly string[]): boolean {
  const on = tc.db.names.isEnabled(attributes, tc.scope);
  return on.ok && !on.value;
}
