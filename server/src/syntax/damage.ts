/**
 * What is said of syntax that could not be read: it has an error, or nests too deeply.
 */
import type { Message } from "../base/message.ts";
import { msg } from "../base/message.ts";
import type { SynNode } from "./syntax-node.ts";

interface Damage {
  readonly error: Message;
  readonly depth: Message;
}

const DAMAGE = {
  type: { error: msg("this type has a syntax error"), depth: msg("this type is nested too deeply") },
  pattern: { error: msg("this pattern has a syntax error"), depth: msg("this pattern is nested too deeply") },
  expression: { error: msg("this expression has a syntax error"), depth: msg("this expression is nested too deeply") },
  statement: { error: msg("this statement has a syntax error"), depth: msg("this statement is nested too deeply") },
  block: { error: msg("this block has a syntax error"), depth: msg("this block is nested too deeply") },
  condition: { error: msg("this condition has a syntax error"), depth: msg("this condition is nested too deeply") },
  call: { error: msg("this call has a syntax error"), depth: msg("this call is nested too deeply") },
  "macro call": { error: msg("this macro call has a syntax error"), depth: msg("this macro call is nested too deeply") },
  arm: { error: msg("this arm has a syntax error"), depth: msg("this arm is nested too deeply") },
  loop: { error: msg("this loop has a syntax error"), depth: msg("this loop is nested too deeply") },
  "`if`": { error: msg("this `if` has a syntax error"), depth: msg("this `if` is nested too deeply") },
  "`match`": { error: msg("this `match` has a syntax error"), depth: msg("this `match` is nested too deeply") },
} as const satisfies Readonly<Record<string, Damage>>;

/** What is said of a damaged node; `what` names its kind. */
export function damageOf(node: SynNode, what: keyof typeof DAMAGE): Message {
  return node.isTooDeep === true ? DAMAGE[what].depth : DAMAGE[what].error;
}
