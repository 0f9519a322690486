/**
 * What attributes say for one crate: cfg_attr expanded, cfg evaluated, lang item, repr words.
 *
 * Example: `#[cfg_attr(unix, repr(C))]` on linux is `#[repr(C)]`.
 * Source: Reference, "Conditional compilation" and "Attributes".
 */
import type { Message } from "../base/message.ts";
import { msg } from "../base/message.ts";
import type { CfgOptions } from "../db/cfg.ts";
import { evaluateCfg, parseCfgExpr } from "../db/cfg-expr.ts";
import { codeOnly } from "../syntax/code-text.ts";
import type { Attr } from "./item-tree.ts";
import { parseAttribute } from "./lower-attr.ts";

export type CfgState =
  | { readonly kind: "active" }
  | { readonly kind: "inactive"; readonly cfg: string }
  | { readonly kind: "unknown"; readonly reason: Message };

const ACTIVE: CfgState = { kind: "active" };

/** The attributes in force: `cfg_attr` whose predicate holds is replaced by what it holds; one that may hold is kept as it is. */
export function effectiveAttrs(attrs: readonly Attr[], cfg: CfgOptions): readonly Attr[] {
  if (!attrs.some((attr) => attr.path === "cfg_attr")) return attrs;
  const known = effective.get(attrs);
  if (known?.cfg === cfg) return known.attrs;
  const found = attrs.flatMap((attr) => expandCfgAttr(attr, cfg, 0));
  effective.set(attrs, { cfg, attrs: found });
  return found;
}

/** Those of an item are asked for by many, mostly for one crate. */
const effective = new WeakMap<readonly Attr[], { readonly cfg: CfgOptions; readonly attrs: readonly Attr[] }>();

function expandCfgAttr(attr: Attr, cfg: CfgOptions, depth: number): readonly Attr[] {
  if (attr.path !== "cfg_attr" || attr.args === undefined || depth > 20) return [attr];
  const [predicate, ...rest] = splitTopLevel(attr.args);
  const answer = evaluateCfg(parseCfgExpr(predicate ?? ""), cfg);
  if (answer.truth === "false") return [];
  if (answer.truth === "unknown") return [attr];
  return rest
    .filter((part) => part.trim() !== "")
    .map((part) => parseAttribute(part, attr.range))
    .filter((part) => part !== undefined)
    .flatMap((part) => expandCfgAttr(part, cfg, depth + 1));
}

/** A `cfg_attr` of which it is not known whether it applies. */
export interface UnclearAttr {
  readonly range: Attr["range"];
  /** What it holds; attributes inside a further `cfg_attr` are in front of it. */
  readonly holds: readonly Attr[];
  readonly reason: Message;
}

/** The attributes among those in force that may apply or not. */
export function unclearAttrs(attrs: readonly Attr[], cfg: CfgOptions): readonly UnclearAttr[] {
  return attrs.flatMap((attr) => {
    if (attr.path !== "cfg_attr") return [];
    const [predicate, ...rest] = splitTopLevel(attr.args ?? "");
    const answer = evaluateCfg(parseCfgExpr(predicate ?? ""), cfg);
    return answer.truth === "unknown" ? [{ range: attr.range, holds: attributesIn(rest, attr), reason: answer.reason }] : [];
  });
}

function attributesIn(parts: readonly string[], around: Attr): readonly Attr[] {
  return parts.flatMap((part) => {
    const attr = parseAttribute(part, around.range);
    if (attr?.path !== "cfg_attr") return attr === undefined ? [] : [attr];
    return [...attributesIn(splitTopLevel(attr.args ?? "").slice(1), around), attr];
  });
}

/** Whether something with these attributes is compiled. */
export function cfgState(attrs: readonly Attr[], cfg: CfgOptions): CfgState {
  let state = ACTIVE;
  for (const attr of effectiveAttrs(attrs, cfg)) {
    // Unstable: a predicate about names, which are not looked up here.
    if (attr.path === "cfg_accessible") state = { kind: "unknown", reason: msg("`{cfg}` is not evaluated", { cfg: "cfg_accessible" }) };
    if (attr.path !== "cfg") continue;
    const answer = evaluateCfg(parseCfgExpr(attr.args ?? ""), cfg);
    if (answer.truth === "false") return { kind: "inactive", cfg: spaced(attr.args ?? "") };
    if (answer.truth === "unknown") state = { kind: "unknown", reason: answer.reason };
  }
  return state;
}

/** A condition with spaces as one writes them: what macros make has none. */
function spaced(cfg: string): string {
  const written = cfg.replace(/("[^"]*")|\s*([=,])\s*|\s+/g, (_, text: string | undefined, sign: string | undefined) => {
    if (text !== undefined) return text;
    return sign === undefined ? " " : sign === "=" ? " = " : ", ";
  });
  return written.replace(/,? *$/, "").trim();
}

/** The argument text or value of the first attribute with a path. */
export function attrValue(attrs: readonly Attr[], path: string): string | undefined {
  const attr = attrs.find((a) => a.path === path);
  return attr === undefined ? undefined : (attr.value ?? attr.args);
}

/** Splits at commas outside brackets, braces, parentheses, literals and comments. */
export function splitTopLevel(text: string): readonly string[] {
  const code = codeOnly(text);
  const out: string[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i < code.length; i++) {
    const c = code[i];
    if (c === "(" || c === "[" || c === "{") depth += 1;
    else if (c === ")" || c === "]" || c === "}") depth -= 1;
    else if (c === "," && depth === 0) {
      out.push(text.slice(start, i));
      start = i + 1;
    }
  }
  out.push(text.slice(start));
  return out;
}
