/**
 * `all_tuples!` of `variadics_please` and `bevy_utils`, proc macros whose rules are fixed: they call a macro for each number of names.
 *
 * `all_tuples!(m, 0, 2, P, S)` → `m!(); m!((P0, S0)); m!((P0, S0), (P1, S1));`, with one name `m!(P0, P1);`.
 *
 * Invariant: at most `maxTokens` tokens. Attributes that only documentation sees are left out.
 * Source: variadics_please 1.1 and 2.0, `all_tuples`, `all_tuples_with_size`, `all_tuples_enumerated`.
 */
import { msg } from "../base/message.ts";
import type { Result } from "../base/result.ts";
import { err, ok } from "../base/result.ts";
import { literalValue } from "./literal-value.ts";
import type { MacroError } from "./macro-error.ts";
import { macroError } from "./macro-error.ts";
import type { Token } from "./token.ts";
import { tokenAt, withText } from "./token.ts";

/** What stands beside the names: nothing, their number in front of all (`2usize`), or the index in front of each. */
export type TupleForm = "plain" | "sized" | "enumerated";

interface TuplesCall {
  readonly form: TupleForm;
  readonly macro: Token;
  readonly names: readonly Token[];
  readonly start: number;
  readonly end: number;
  /** `#[doc(fake_variadic)]`: a single name has no number. */
  readonly isFake: boolean;
}

/** Expands the arguments of a call. */
export function expandAllTuples(tokens: readonly Token[], form: TupleForm, maxTokens: number): Result<readonly Token[], MacroError> {
  const call = parseCall(tokens, form);
  if (call === undefined)
    return err(macroError("builtin", msg("`{macro}!`: expected `{form}`", { macro: "all_tuples", form: "m, 0, 4, P" }), tokens[0]));
  const out: Token[] = [];
  for (const length of lengthsOf(call)) {
    writeCall(call, length, out);
    if (out.length > maxTokens)
      return err(
        macroError("limit", msg("`{macro}!` expands to more than {limit} tokens", { macro: "all_tuples", limit: maxTokens }), call.macro),
      );
  }
  return ok(out);
}

function* lengthsOf({ start, end, isFake }: TuplesCall): Iterable<number> {
  for (let length = start; length <= end; length++) yield length;
  // For documentation, since 2.0; before it was an error.
  if (isFake && start > 1) yield 1;
}

function parseCall(all: readonly Token[], form: TupleForm): TuplesCall | undefined {
  const written = all.filter((token) => token.group === undefined && token.kind !== "doc");
  const isFake = written[0]?.text === "#";
  const tokens = isFake ? written.slice(written.findIndex((token) => token.text === "]") + 1) : written;
  const parts = tokens.filter((token) => token.text !== ",");
  const [macro, start, end, ...names] = parts;
  const from = literalValue(start?.text ?? "");
  const to = literalValue(end?.text ?? "");
  if (macro?.kind !== "ident" || from?.kind !== "int" || to?.kind !== "int" || names.length === 0) return undefined;
  if (names.some(({ kind }) => kind !== "ident")) return undefined;
  return { form, macro, names, start: Number(from.value), end: Number(to.value), isFake };
}

function writeCall(call: TuplesCall, length: number, out: Token[]): void {
  const { form, macro, isFake } = call;
  const punct = (text: string): Token => tokenAt(macro, "punct", text);
  out.push(macro, punct("!"), tokenAt(macro, "open", "("));
  if (form === "sized") out.push(tokenAt(macro, "literal", `${length}usize`), punct(","));
  for (let i = 0; i < length; i++) {
    if (i > 0) out.push(punct(","));
    writeNames(call, isFake && length === 1 ? "" : `${i}`, { index: i, out });
  }
  out.push(tokenAt(macro, "close", ")"), punct(";"));
}

function writeNames({ form, macro, names }: TuplesCall, suffix: string, { index, out }: { index: number; out: Token[] }): void {
  const isTuple = form === "enumerated" || names.length > 1;
  if (isTuple) out.push(tokenAt(macro, "open", "("));
  if (form === "enumerated") out.push(tokenAt(macro, "literal", `${index}`), tokenAt(macro, "punct", ","));
  names.forEach((name, i) => {
    if (i > 0) out.push(tokenAt(macro, "punct", ","));
    out.push(withText(name, name.text + suffix));
  });
  if (isTuple) out.push(tokenAt(macro, "close", ")"));
}
