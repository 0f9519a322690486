/**
 * Follows macros whose output is nothing but one more call, tokens to tokens, to where they make something.
 *
 * Example: `count!(a b c)` → `count!(@ 1; b c)` → … → `const N: usize = 3;`: the call in the file makes the const.
 *
 * Invariants: the calls on the way are resolved as if they stood in the list around the first one, where nothing but them comes
 * between; one that is no `macro_rules!` found by written names, that fails or that a limit cuts is left in the output, so that it
 * is expanded, or fails, as a call of its own.
 */
import { expandMacro } from "../hir-expand/expand-macro.ts";
import { loneCall } from "../hir-expand/lone-call.ts";
import type { Span, Token } from "../hir-expand/token.ts";
import type { DefId, ModuleId } from "./def-id.ts";
import { isGrowth, MAX_GROWTHS, MAX_TOKENS } from "./macro-budget.ts";
import type { MacroHost } from "./macro-call.ts";
import type { TextPosition } from "./macro-scope.ts";
import { neighbourMacro, resolveWrittenMacro } from "./macro-scope.ts";
import { pathOfTokens } from "./macro-tokens.ts";

/** What a call and those that followed it have made. */
export interface MacroChain {
  /** How many calls, the first one included. */
  readonly steps: number;
  /** Tokens of the first output, of the last one, of the longest one and of all. */
  readonly first: number;
  readonly last: number;
  readonly most: number;
  readonly sum: number;
  /** How many have made at least a fifth more than all before. */
  readonly growths: number;
  /** The declarative macro that wrote the last output. */
  readonly by: DefId | undefined;
}

export interface Followed {
  readonly tokens: readonly Token[];
  readonly chain: MacroChain;
}

interface Start {
  readonly by: DefId | undefined;
  readonly tokens: readonly Token[];
  readonly site: { readonly module: ModuleId; readonly position: TextPosition };
  /** How many more calls the recursion limit allows. */
  readonly left: number;
}

/** Follows the output of a first call. */
export function followCalls(db: MacroHost, { by, tokens: first, site, left }: Start): Followed {
  let tokens = first;
  let chain: MacroChain = { steps: 1, first: first.length, last: first.length, most: first.length, sum: first.length, growths: 0, by };
  while (chain.steps <= left && chain.growths <= MAX_GROWTHS && chain.sum <= MAX_TOKENS) {
    const next = nextOutput(db, site, tokens, chain.by);
    if (next === undefined) break;
    const { length } = next.tokens;
    const growths = chain.growths + (isGrowth(chain.most, length) ? 1 : 0);
    const most = Math.max(chain.most, length);
    chain = { steps: chain.steps + 1, first: chain.first, last: length, most, sum: chain.sum + length, growths, by: next.by };
    tokens = next.tokens;
  }
  return { tokens, chain };
}

function nextOutput(
  db: MacroHost,
  site: Start["site"],
  tokens: readonly Token[],
  by: DefId | undefined,
): Pick<Start, "by" | "tokens"> | undefined {
  const call = loneCall(tokens);
  const path = call === undefined ? undefined : pathOfTokens(call.path);
  if (call === undefined || path === undefined) return undefined;
  const isPlain = path.segments.length === 1 && path.anchor.kind === "plain";
  const target =
    resolveWrittenMacro(db, site, path) ?? (isPlain && by !== undefined ? neighbourMacro(db, by, path.segments[0]?.name ?? "") : undefined);
  const def = target?.kind === "def" ? db.macros.definition(target.def) : undefined;
  if (target?.kind !== "def" || def?.ok !== true || def.value.kind === "macro") return undefined;
  const span: Span | undefined = call.path.at(-1);
  const made = span === undefined ? undefined : expandMacro(def.value, { tokens: call.args, span });
  return made?.ok === true ? { by: target.def, tokens: made.value } : undefined;
}
