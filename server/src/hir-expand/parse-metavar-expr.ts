/**
 * Metavariable expressions: `${count(x)}`, `${count($x, 1)}`, `${index()}`, `${len(0)}`, `${ignore($x)}`,
 * `${concat(get_, $name)}`.
 *
 * Invariant: names may be written with or without `$`, as rustc took them over time.
 * Source: RFC 3086; rustc_expand::mbe::metavar_expr (1.95).
 */

import { msg } from "../base/message.ts";
import type { Result } from "../base/result.ts";
import { err, ok } from "../base/result.ts";
import type { ConcatPart, MetaVarExpr } from "./macro-def.ts";
import type { MacroError } from "./macro-error.ts";
import { macroError } from "./macro-error.ts";
import type { Token } from "./token.ts";

type Variables = ReadonlyMap<string, number>;

/** Reads what stands between the braces of `${…}`. */
export function parseMetaVarExpr(tokens: readonly Token[], variables: Variables): Result<MetaVarExpr, MacroError> {
  const [name, open] = tokens;
  if (name?.kind !== "ident" || open?.text !== "(" || tokens.at(-1)?.text !== ")")
    return err(macroError("definition", msg("malformed metavariable expression"), name ?? open));
  const args = splitArgs(tokens.slice(2, -1));
  switch (name.text) {
    case "count":
      return parseCount(args, variables, name);
    case "ignore": {
      const variable = variableArg(args[0], variables, name);
      return variable.ok ? ok({ kind: "ignore", variable: variable.value }) : variable;
    }
    case "index":
    case "len":
      return ok({ kind: name.text, depth: depthArg(args[0]) ?? 0 });
    case "concat":
      return parseConcat(args, variables);
    default:
      return err(
        macroError(
          "unsupported",
          msg("`{expression}` is not a known metavariable expression", { expression: `\${${name.text}(…)}` }),
          name,
        ),
      );
  }
}

function splitArgs(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const args: Token[][] = [];
  let current: Token[] = [];
  for (const token of tokens) {
    if (token.text === ",") {
      args.push(current);
      current = [];
    } else current.push(token);
  }
  if (current.length > 0) args.push(current);
  return args;
}

function parseCount(args: readonly (readonly Token[])[], variables: Variables, at: Token): Result<MetaVarExpr, MacroError> {
  const variable = variableArg(args[0], variables, at);
  return variable.ok ? ok({ kind: "count", variable: variable.value, depth: depthArg(args[1]) }) : variable;
}

function variableArg(arg: readonly Token[] | undefined, variables: Variables, at: Token): Result<number, MacroError> {
  const name = arg?.[0]?.text === "$" ? arg[1] : arg?.[0];
  const variable = name === undefined ? undefined : variables.get(name.text);
  if (variable === undefined)
    return err(
      macroError("definition", msg("`{expression}` needs a variable of the matcher", { expression: `\${${at.text}(…)}` }), name ?? at),
    );
  return ok(variable);
}

function depthArg(arg: readonly Token[] | undefined): number | undefined {
  const depth = arg?.length === 1 ? Number(arg[0]?.text) : Number.NaN;
  return Number.isInteger(depth) ? depth : undefined;
}

function parseConcat(args: readonly (readonly Token[])[], variables: Variables): Result<MetaVarExpr, MacroError> {
  const parts: ConcatPart[] = [];
  for (const arg of args) {
    const [first, second] = arg;
    const variable = first?.text === "$" ? variables.get(second?.text ?? "") : undefined;
    if (variable !== undefined) parts.push({ kind: "var", variable });
    else if (first?.kind === "ident") parts.push({ kind: "text", text: first.text });
    else if (first?.kind === "literal" && first.text.startsWith('"')) parts.push({ kind: "text", text: first.text.slice(1, -1) });
    else return err(macroError("definition", msg("a `concat` metavariable expression takes names, variables and string literals"), first));
  }
  return ok({ kind: "concat", parts });
}
