/**
 * Names in the text of a `macro` item mean what they mean where it is defined (`macro_rules!` ones what they mean at the call).
 *
 * Example: `mod a { struct S; pub macro m() { [S; 2] } }` called beside another `S` makes `[a::S; 2]`.
 *
 * Invariant: such a call is expanded only where every name of the macro's own text means the same in both places, so that the text of
 * its output can be read at the call. Source: RFC 1584; rustc_span::hygiene, `Transparency::Opaque`.
 */
import type { MacroDef } from "../hir-expand/macro-def.ts";
import type { Token } from "../hir-expand/token.ts";
import { DECLARING_WORDS } from "../hir-expand/token-class.ts";
import type { DefId, ModuleId } from "./def-id.ts";
import { sameNamed } from "./lookup.ts";
import type { LookupResult, NameDb } from "./name-db.ts";
import { identifierText } from "./names.ts";
import { lookupLexically } from "./resolve-path.ts";

/** A name of the macro's own text that means something else, or perhaps something else, at the call. */
export function foreignName(
  db: NameDb,
  macro: { readonly def: MacroDef; readonly id: DefId },
  tokens: readonly Token[],
  at: ModuleId,
): string | undefined {
  const { def, id } = macro;
  if (def.kind !== "macro" || id.module === at) return undefined;
  const seen = new Set<string>();
  for (const [i, token] of tokens.entries()) {
    const name = identifierText(token.text);
    if (token.kind !== "ident" || token.ctx === undefined || seen.has(name) || !isLookedUp(tokens, i)) continue;
    seen.add(name);
    if (!meansTheSame(db, name, id.module, at)) return name;
  }
  return undefined;
}

function meansTheSame(db: NameDb, name: string, there: ModuleId, here: ModuleId): boolean {
  return (["types", "values"] as const).every((ns) => {
    const meant = lookupLexically(db, there, name, ns);
    // A parameter, a local, a variant: known by its own text.
    return meant.kind === "none" || isSame(meant, lookupLexically(db, here, name, ns));
  });
}

function isSame(a: LookupResult, b: LookupResult): boolean {
  return a.kind === "found" && b.kind === "found" && sameNamed(a.named, b.named);
}

/** False for what stands behind a dot or inside a path, for macros and for names that are being declared. */
function isLookedUp(tokens: readonly Token[], at: number): boolean {
  return !BEFORE_OTHERS.has(tokens[at - 1]?.text ?? "") && tokens[at + 1]?.text !== "!" && tokens[at]?.crate === undefined;
}

const BEFORE_OTHERS = new Set([".", "::", "macro", ...DECLARING_WORDS]);
