/**
 * Expands one macro call into items.
 *
 * Example: `cfg_rt! { mod a; }` with `($($i:item)*) => { $(#[cfg(feature = "rt")] $i)* }` → the item `#[cfg(feature = "rt")] mod a;`.
 *
 * Invariants: calls in the output are not expanded here; every failure is a problem with its reason, no call throws.
 */

import type { Message } from "../base/message.ts";
import { msg } from "../base/message.ts";
import { dirname, joinPath } from "../base/path.ts";
import type { Result } from "../base/result.ts";
import { err, ok } from "../base/result.ts";
import { english } from "../base/words.ts";
import { evaluateCfg, parseCfgExpr } from "../db/cfg-expr.ts";
import type { CrateId } from "../db/crate-graph.ts";
import { expandAllTuples } from "../hir-expand/all-tuples.ts";
import type { BuiltinCall, BuiltinContext, BuiltinExpansion } from "../hir-expand/builtin.ts";
import { expandBuiltin, isTextBuiltin } from "../hir-expand/builtin.ts";
import { DEFAULT_LIMITS, expandMacro } from "../hir-expand/expand-macro.ts";
import type { Expansion } from "../hir-expand/expansion.ts";
import type { MacroDef } from "../hir-expand/macro-def.ts";
import type { MacroError } from "../hir-expand/macro-error.ts";
import { macroError } from "../hir-expand/macro-error.ts";
import { parseMacroDef } from "../hir-expand/parse-macro-def.ts";
import { expandPaste } from "../hir-expand/paste.ts";
import { functionLikeMacroEffect } from "../hir-expand/proc-macros.ts";
import { expandSeq } from "../hir-expand/seq.ts";
import { splitCall } from "../hir-expand/split-call.ts";
import type { Span, Token } from "../hir-expand/token.ts";
import { tokenAt } from "../hir-expand/token.ts";
import { effectiveAttrs } from "./attrs.ts";
import { callUnits } from "./call-units.ts";
import type { DefId, ModuleId } from "./def-id.ts";
import { foreignName } from "./definition-site.ts";
import type { EditionClasses } from "./edition-paths.ts";
import { itemList } from "./item-list.ts";
import type { MacroCallId, MacroHost, MacroResult, MacroTarget } from "./macro-call.ts";
import { listAround, prefixOf } from "./macro-call.ts";
import type { Followed } from "./macro-chain.ts";
import { followCalls } from "./macro-chain.ts";
import type { TextPosition } from "./macro-scope.ts";
import { resolveMacroPath } from "./macro-scope.ts";
import { markedExpansion, pathOfTokens, tokensOf } from "./macro-tokens.ts";
import { fileOfModule } from "./module-files.ts";
import type { NameProblem } from "./name-db.ts";
import type { DeclaredMacroCall } from "./scope.ts";
import { buildScope } from "./scope.ts";
import type { PathRef } from "./type-ref.ts";

const NOTHING: MacroResult = { kind: "none" };

function problem(message: Message, kind: NameProblem["kind"] = "macro"): { readonly kind: "problem"; readonly problem: NameProblem } {
  return { kind: "problem", problem: { kind, message } };
}

/** The items a call makes. */
export function computeCall(db: MacroHost, call: MacroCallId): MacroResult {
  const declared = db.macros.declaredCall(call);
  if (declared === undefined) return NOTHING;
  const target = db.macros.resolve(call);
  if (target.kind === "std") return NOTHING;
  if (target.kind === "problem") return target;
  const limit = db.macros.recursionLimit(call.module.krate);
  if (db.macros.depthOf(call.parent) >= limit)
    return problem(msg("macro `{name}!` calls itself more than {limit} times (the crate's `recursion_limit`)", { name: call.name, limit }));
  const { raw } = declared;
  const piece = { text: raw.text, start: raw.argsStart, end: raw.argsStart + raw.args.length, order: orderInUnits(call, declared) };
  const tokens = tokensOf(piece, db.macros.textOf(listAround(call)), call.key);
  if (!tokens.ok) return failed(call, tokens.error);
  const span: Span = { source: call.key, start: raw.range.start, end: raw.range.end, ctx: undefined };
  const tokenCall = { target, name: call.name, tokens: tokens.value, span: spanOf(span, piece, db, call), site: siteOf(db, call) };
  const parts = callInParts(db, tokenCall);
  return parts === undefined ? resultOf(db, call, expandTokens(db, tokenCall)) : madeOf(db, call, parts);
}

/** A call that does the same for each part of its input: a call of the same macro for each. */
function callInParts(db: MacroHost, { target, name, tokens, span }: TokenCall): Made | undefined {
  const def = target.kind === "def" ? db.macros.definition(target.def) : undefined;
  const split = def?.ok === true ? splitCall(def.value, tokens, DEFAULT_LIMITS.maxSteps) : undefined;
  if (split === undefined) return undefined;
  const [path, sign] = [tokenAt(span, "ident", name), tokenAt(span, "punct", "!")];
  const [open, close] = [tokenAt(span, "open", "{"), tokenAt(span, "close", "}")];
  const calls = split.parts.flatMap((part) => [path, sign, open, ...part, close]);
  const { length } = calls;
  // Its parts have not grown, whatever they make: the call would have made it.
  const most = Math.max(length, split.makes);
  return { tokens: calls, isSplit: true, chain: { steps: 0, first: length, last: length, most, sum: length, growths: 0, by: undefined } };
}

function orderInUnits(call: MacroCallId, declared: DeclaredMacroCall): number | undefined {
  return call.parent === undefined && call.container !== undefined ? undefined : declared.order;
}

/** The call's own place; inside an expansion that of its macro's name there. */
function spanOf(own: Span, piece: { readonly order: number | undefined }, db: MacroHost, call: MacroCallId): Span {
  const around = db.macros.textOf(listAround(call));
  const unit = piece.order === undefined ? undefined : around?.units[piece.order];
  if (around?.expansion === undefined || unit === undefined) return own;
  const raw = db.macros.declaredCall(call)?.raw;
  const name =
    raw === undefined
      ? undefined
      : tokensOf({ text: raw.text, start: raw.path.range.start, end: raw.path.range.end, order: piece.order }, around, call.key);
  return name?.ok === true ? (name.value.at(-1) ?? own) : own;
}

/** Where names in a call are looked up. */
export interface CallSite {
  readonly module: ModuleId;
  readonly position: TextPosition;
}

function siteOf(db: MacroHost, call: MacroCallId): CallSite {
  return {
    module: call.module,
    position: { list: listAround(call), order: db.macros.declaredCall(call)?.order ?? Number.POSITIVE_INFINITY },
  };
}

interface TokenCall {
  readonly target: MacroTarget;
  readonly name: string;
  readonly tokens: readonly Token[];
  readonly span: Span;
  readonly site: CallSite;
}

type Expanded =
  | { readonly kind: "tokens"; readonly tokens: readonly Token[] }
  | { readonly kind: "include"; readonly path: string }
  | { readonly kind: "none" };

function expandTokens(db: MacroHost, call: TokenCall): Result<Expanded, MacroError | NameProblem> {
  const { target } = call;
  switch (target.kind) {
    case "problem":
      return err(target.problem);
    case "std":
      return ok({ kind: "none" });
    case "proc":
      return expandProc(target.path, call);
    case "builtin":
      return builtinResult(expandBuiltin({ name: target.name, tokens: call.tokens, span: call.span }, builtinContext(db, call.site)));
    case "def": {
      const def = db.macros.definition(target.def);
      if (!def.ok) return def;
      const made = expandMacro(def.value, { tokens: call.tokens, span: call.span });
      const foreign = made.ok ? foreignName(db.written, { def: def.value, id: target.def }, made.value, call.site.module) : undefined;
      return foreign === undefined ? tokensResult(made) : err(meansElse(call.name, foreign));
    }
  }
}

function meansElse(macro: string, name: string): NameProblem {
  return { kind: "macro", message: msg("macro `{macro}!` names `{name}` as it is known where the macro is defined", { macro, name }) };
}

function expandProc(path: string, call: TokenCall): Result<Expanded, MacroError | NameProblem> {
  const effect = functionLikeMacroEffect(path);
  if (effect.kind === "value") return ok({ kind: "none" });
  if (effect.kind !== "expanded") {
    return err({
      kind: "procMacro" as const,
      message: msg("function-like macro `{name}!` is a procedural macro, its items are not known", { name: call.name }),
    });
  }
  const { maxTokens } = DEFAULT_LIMITS;
  if (effect.by === "paste") return tokensResult(expandPaste(call.tokens));
  return tokensResult(effect.by === "seq" ? expandSeq(call.tokens, maxTokens) : expandAllTuples(call.tokens, effect.by, maxTokens));
}

function tokensResult(tokens: Result<readonly Token[], MacroError>): Result<Expanded, MacroError> {
  return tokens.ok ? ok({ kind: "tokens", tokens: tokens.value }) : tokens;
}

function builtinResult(made: Result<BuiltinExpansion, MacroError>): Result<Expanded, MacroError> {
  if (!made.ok) return made;
  if (made.value.kind === "tokens") return tokensResult(ok(made.value.tokens));
  return made.value.as === "source" ? ok({ kind: "include", path: made.value.path }) : ok({ kind: "none" });
}

/** What builtin macros ask about the crate a call is compiled in. */
function builtinContext(db: MacroHost, site: CallSite): BuiltinContext {
  const crate = db.crate(site.module.krate);
  return {
    cfg: (tokens) => {
      const answer = evaluateCfg(parseCfgExpr(tokens.map((token) => token.text).join(" ")), crate.cfg);
      return answer.truth === "unknown" ? { kind: "unknown", reason: answer.reason } : { kind: "known", value: answer.truth === "true" };
    },
    env: (name) => {
      const value = crate.env.get(name);
      if (value !== undefined) return { kind: "known", value };
      return {
        kind: "unknown",
        reason:
          name === "OUT_DIR"
            ? msg("the output of the build script of `{name}` was not found", { name: crate.packageName })
            : msg("the environment variable `{name}` is not known", { name }),
      };
    },
    expandCall: (path, call) => expandEagerly(db, site, path, call),
    place: () => ({ line: 1, column: 1, file: crate.root, modulePath: crate.name }),
  };
}

/** A call in the arguments of a builtin macro, as in `include!(concat!(env!("OUT_DIR"), "/x.rs"))`. */
function expandEagerly(db: MacroHost, site: CallSite, path: readonly Token[], call: BuiltinCall): Result<readonly Token[], MacroError> {
  const target = resolveMacroPath(db, site, pathOfTokens(path));
  if (target.kind === "std" && isTextBuiltin(call.name))
    return eagerTokens(expandTokens(db, { ...call, target: { kind: "builtin", name: call.name }, site }), call);
  return eagerTokens(expandTokens(db, { ...call, target, site }), call);
}

function eagerTokens(made: Result<Expanded, MacroError | NameProblem>, call: BuiltinCall): Result<readonly Token[], MacroError> {
  if (made.ok && made.value.kind === "tokens") return ok(made.value.tokens);
  return err(macroError("builtin", made.ok ? msg("`{name}!` is no literal", { name: call.name }) : made.error.message, call.span));
}

function failed(call: MacroCallId, error: MacroError | NameProblem): MacroResult {
  if ("offset" in error)
    return problem(
      english(error.message).includes(`\`${call.name}!\``)
        ? error.message
        : msg("macro `{name}!`: {reason}", { name: call.name, reason: error.message }),
      call.name === "include" ? "buildScript" : "macro",
    );
  return { kind: "problem", problem: error };
}

function resultOf(db: MacroHost, call: MacroCallId, made: Result<Expanded, MacroError | NameProblem>): MacroResult {
  if (!made.ok) return failed(call, made.error);
  if (made.value.kind === "none") return NOTHING;
  if (made.value.kind === "include") return included(db, call, made.value.path);
  return madeOf(db, call, { ...followed(db, call, made.value.tokens), isSplit: false });
}

interface Made extends Followed {
  readonly isSplit: boolean;
}

function madeOf(db: MacroHost, call: MacroCallId, { tokens, chain, isSplit }: Made): MacroResult {
  const expansion = markedExpansion(tokens, editionClasses(db, call.module));
  if (!expansion.ok) return failed(call, expansion.error);
  if (expansion.value.text === "") return NOTHING;
  const units = callUnits(expansion.value.tokens) ?? db.macros.unitsOf(expansion.value.text);
  const scope = buildScope(itemList(units), db.crate(call.module.krate).cfg, { prefix: call.prefix, file: undefined });
  const depth = db.macros.depthOf(call.parent) + chain.steps;
  return { kind: "items", scope, prefix: call.prefix, units, depth, chain, isSplit, expansion: expansion.value, file: undefined };
}

function editionClasses(db: MacroHost, { krate }: ModuleId): EditionClasses {
  const of = (crate: CrateId): boolean => db.crate(crate).edition === 2015;
  return { home: of(krate), of };
}

/** The output of a call, followed where it is one more call of a declarative macro. */
function followed(db: MacroHost, call: MacroCallId, tokens: readonly Token[]): Followed {
  const target = db.macros.resolve(call);
  const by = target.kind === "def" ? target.def : undefined;
  const left = by === undefined ? 0 : db.macros.recursionLimit(call.module.krate) - db.macros.depthOf(call.parent) - 1;
  return followCalls(db, { by, tokens, site: siteOf(db, call), left });
}

/** `include!` of a file: its items belong to the module of the call. */
function included(db: MacroHost, call: MacroCallId, path: string): MacroResult {
  const around = fileAround(db, call);
  const file = joinPath(around === undefined ? "/" : dirname(around), path);
  const { items, problem: why } = db.source.itemTree(file);
  if (why !== undefined) return problem(msg("macro `{name}!`: {reason}", { name: "include", reason: why }), "buildScript");
  const scope = buildScope(items, db.crate(call.module.krate).cfg, { prefix: call.prefix, file });
  return {
    kind: "items",
    scope,
    prefix: call.prefix,
    units: db.source.placedUnits(file),
    depth: db.macros.depthOf(call.parent) + 1,
    chain: undefined,
    isSplit: false,
    expansion: undefined,
    file,
  };
}

/** The file a call's outermost text stands in. */
function fileAround(db: MacroHost, call: MacroCallId): string | undefined {
  for (let at = call.parent; at !== undefined; at = at.parent) {
    const result = db.macros.result(at);
    if (result.kind === "items" && result.file !== undefined) return result.file;
  }
  return fileOfModule(call.module);
}

/** Reads the definition of a declarative macro. */
export function computeDefinition(db: MacroHost, def: DefId): Result<MacroDef, MacroError | NameProblem> {
  const raw = db.rawItem(def);
  if (raw?.kind !== "macroDef") return err({ kind: "macro" as const, message: msg("macro `{name}!` is gone", { name: def.name }) });
  const list = db.macros.calls.byPrefix(def.module, prefixOf(def.ordinal)) ?? def.module;
  const order = db.macros.scopeOf(list)?.macroDefs.find((macro) => macro.raw === raw)?.order;
  const piece = { text: raw.text, start: raw.bodyStart, end: raw.bodyStart + raw.body.length, order };
  const tokens = tokensOf(piece, db.macros.textOf(list), def.key);
  if (!tokens.ok) return tokens;
  const { edition, cfg } = db.crate(def.module.krate);
  return parseMacroDef(tokens.value, {
    name: def.name,
    edition,
    crate: def.module.krate,
    kind: raw.style === "macro2" ? "macro" : "macro_rules",
    callsOwnCrate: effectiveAttrs(raw.attrs, cfg).some(
      ({ path, args }) => path === "macro_export" && args?.trim() === "local_inner_macros",
    ),
  });
}

/** The text a call stands for where it makes no items (a type, an expression), with `$crate` as `$crate_12`. */
export function expandToText(
  db: MacroHost,
  site: CallSite,
  call: { readonly path: PathRef; readonly args: string },
): Result<string, NameProblem> {
  const expansion = expandDetached(db, site, call);
  return expansion.ok ? ok(expansion.value.text) : expansion;
}

/** The same with the origins of its tokens. */
export function expandDetached(
  db: MacroHost,
  site: CallSite,
  call: { readonly path: PathRef; readonly args: string },
): Result<Expansion, NameProblem> {
  const name = call.path.segments.at(-1)?.name ?? "";
  const source = `type:${name}`;
  const tokens = tokensOf({ text: call.args, start: 0, end: call.args.length, order: undefined }, undefined, source);
  if (!tokens.ok) return err({ kind: "macro", message: msg("macro `{name}!`: {reason}", { name, reason: tokens.error.message }) });
  const target = resolveMacroPath(db, site, call.path);
  const span: Span = { source, start: 0, end: call.args.length, ctx: undefined };
  const made = expandTokens(db, { target, name, tokens: tokens.value, span, site });
  if (!made.ok) return err({ kind: "macro", message: made.error.message });
  if (made.value.kind !== "tokens") return err({ kind: "macro", message: msg("macro `{name}!` is not expanded here", { name }) });
  const expansion = markedExpansion(made.value.tokens, editionClasses(db, site.module));
  return expansion.ok ? expansion : err({ kind: "macro", message: expansion.error.message });
}
