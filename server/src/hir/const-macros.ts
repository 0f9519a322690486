/**
 * Macro calls inside bodies that are evaluated: std's own by what they mean, declarative ones by their expansion.
 *
 * Example: with `macro_rules! max { ($a:expr, $b:expr) => { if $a > $b { $a } else { $b } } }`, `max!(N, 4)` is that `if`.
 *
 * Invariants: an expansion in which a name of the macro could catch one of the call (hygiene) is not evaluated; nor is one that
 * declares items, since names in it are not looked up there.
 */
import type { Message } from "../base/message.ts";
import { msg } from "../base/message.ts";
import { dirname, joinPath } from "../base/path.ts";
import type { Result } from "../base/result.ts";
import { err, ok } from "../base/result.ts";
import { builtinMacro } from "../consteval/builtin-macros.ts";
import type { MacroCall, MacroExpansion } from "../consteval/const-db.ts";
import { DETACHED } from "../hir-def/block-scope.ts";
import type { Block } from "../hir-def/expr.ts";
import { lowerBlock } from "../hir-def/lower-expr.ts";
import { exprContext } from "../hir-def/lower-type.ts";
import type { CallSite } from "../hir-def/macro-expand.ts";
import { expandDetached } from "../hir-def/macro-expand.ts";
import { positionOfDef, resolveMacroPath } from "../hir-def/macro-scope.ts";
import { fileOfModule } from "../hir-def/module-files.ts";
import type { NameProblem } from "../hir-def/name-db.ts";
import type { Expansion } from "../hir-expand/expansion.ts";
import { allTokens } from "../hir-expand/expansion.ts";
import type { Token } from "../hir-expand/token.ts";
import type { ConstScope } from "../hir-ty/ty.ts";
import type { Unknown } from "../hir-ty/unknown.ts";
import { child, field } from "../syntax/syntax-node.ts";
import { isEnabled } from "./const-names.ts";
import { includedFileOf } from "./source-map.ts";
import type { World } from "./world.ts";

/** What a macro call in a body stands for. */
export function expandBodyMacro(world: World, call: MacroCall, scope: ConstScope): Result<MacroExpansion, Unknown> {
  const site = siteOf(world, scope);
  const target = resolveMacroPath(world.defs, site, call.path);
  const name = call.path.segments.at(-1)?.name ?? "";
  switch (target.kind) {
    case "problem":
      return err(unknownOf(target.problem, call, scope));
    case "proc":
      return err(unknownOf({ kind: "procMacro", message: msg("procedural macro `{name}!` is not expanded", { name }) }, call, scope));
    case "def":
      return expandDeclarative(world, call, { scope, site });
    default:
      return expandStd(world, call, scope);
  }
}

/** The module and the place in the order of macros a body stands at. */
export function siteOf(world: World, scope: ConstScope): CallSite {
  const { owner, block } = scope;
  const module = world.defs.blockModule(owner, block);
  const position = block.length === 0 ? positionOfDef(world.defs, owner) : { list: module, order: Number.POSITIVE_INFINITY };
  return { module, position };
}

function unknownOf(problem: NameProblem, call: MacroCall, scope: ConstScope): Unknown {
  return { kind: problem.kind, message: problem.message, culprit: { owner: scope.owner, range: call.range } };
}

function expandStd(world: World, call: MacroCall, scope: ConstScope): Result<MacroExpansion, Unknown> {
  const { env } = world.crate(scope.owner.module.krate);
  return builtinMacro(call, {
    scope,
    parse: (text, offset) => world.defs.source.parser.parseSnippet(text, offset),
    env: (name) => env.get(name),
    included: (path) => includedText(world, scope, path),
    isEnabled: (attributes) => isEnabled(world, attributes, scope),
  });
}

function includedText(world: World, { owner }: ConstScope, path: string): Result<string, Message> {
  const around = includedFileOf(world.defs, owner) ?? fileOfModule(owner.module);
  const file = joinPath(around === undefined ? "/" : dirname(around), path);
  return world.defs.source.textOf(file);
}

function expandDeclarative(
  world: World,
  call: MacroCall,
  at: { readonly scope: ConstScope; readonly site: CallSite },
): Result<MacroExpansion, Unknown> {
  const { scope, site } = at;
  const expansion = expandDetached(world.defs, site, { path: call.path, args: call.args });
  if (!expansion.ok) return err(unknownOf(expansion.error, call, scope));
  const hygiene = hygieneOf(expansion.value);
  if (hygiene.conflict !== undefined) {
    const message = msg("macro `{name}!` uses the name `{conflict}` of its own and of its call", {
      name: call.path.segments.at(-1)?.name ?? "",
      conflict: hygiene.conflict,
    });
    return err(unknownOf({ kind: "macro", message }, call, scope));
  }
  const block = parseBody(world, expansion.value.text);
  if (block === undefined) {
    const message = msg("what macro `{name}!` makes could not be read", { name: call.path.segments.at(-1)?.name ?? "" });
    return err(unknownOf({ kind: "macro", message }, call, scope));
  }
  return ok({ kind: "statements", statements: block.statements, tail: block.tail, hidden: hygiene.own });
}

function parseBody(world: World, text: string): Block | undefined {
  const source = `const _: u8 = {${text}\n};`;
  const item = child(world.defs.source.parser.parseSnippet(source), "const_item");
  const value = item === undefined ? undefined : field(item, "value");
  return value?.kind === "block" ? lowerBlock(exprContext({ text: source, scopes: DETACHED }), value) : undefined;
}

interface Hygiene {
  /** Names the macro's own text may bind: invisible to the call's surroundings. */
  readonly own: ReadonlySet<string>;
  /** One of them that the call's text mentions too. */
  readonly conflict: string | undefined;
}

/** Words in front of which, or signs behind which, an identifier may be a binding. */
const BINDERS = new Set(["let", "mut", "ref", "(", ",", "|", "@", "&", "[", "{", ":", "if", "in", "for"]);

/** What names of a macro's own text could be mixed up with the call's, since text does not tell whose they are. */
function hygieneOf(expansion: Expansion): Hygiene {
  const tokens = allTokens(expansion).filter((token) => token.group === undefined);
  const own = new Set<string>();
  if (!tokens.some((token) => token.ctx !== undefined && (token.text === "let" || token.text === "match" || token.text === "|")))
    return { own, conflict: undefined };
  tokens.forEach((token, i) => {
    const before = tokens[i - 1];
    const isBinding = isLocalName(token) && token.ctx !== undefined && before !== undefined && BINDERS.has(before.text);
    if (isBinding && tokens[i + 1]?.text !== "::" && tokens[i + 1]?.text !== "(") own.add(token.text);
  });
  const conflict = tokens.find((token) => isLocalName(token) && token.ctx === undefined && own.has(token.text));
  return { own, conflict: conflict?.text };
}

const KEYWORDS: ReadonlySet<string> = new Set(
  "as async await break const continue crate dyn else enum extern false fn for if impl in let loop match mod move mut pub ref return self static struct super trait true type union unsafe use where while _".split(
    " ",
  ),
);

function isLocalName(token: Token): boolean {
  return token.kind === "ident" && /^[\p{Ll}_]/u.test(token.text) && !KEYWORDS.has(token.text);
}
