/**
 * `#[repr(…)]` words → ReprOptions, and the conflicts rustc rejects.
 *
 * Example: `C, align(8)` → c, align 8; `packed, align(4)` → E0587.
 * Source: Reference, "Representations"; the rules themselves are the layout engine's (`repr-hints.ts`).
 */

import type { Message } from "../base/message.ts";
import { msg } from "../base/message.ts";
import type { Result } from "../base/result.ts";
import { err, ok } from "../base/result.ts";
import type { DefId } from "../hir-def/def-id.ts";
import type { Attr } from "../hir-def/item-tree.ts";
import type { LayoutData } from "../layout/layout-data.ts";
import type { ReprError, ReprHint, ReprItem } from "../layout/repr-hints.ts";
import { checkReprFields, checkReprHints, mergeReprHints, parseReprHint } from "../layout/repr-hints.ts";
import type { ReprOptions } from "../layout/repr-options.ts";
import { REPR_RUST } from "../layout/repr-options.ts";
import type { LayoutDb } from "./layout-db.ts";
import { reprWords } from "./repr-of.ts";
import type { Ty } from "./ty.ts";
import type { AdtDef } from "./ty-db.ts";
import { scopeOf, unknownAt } from "./type-scope.ts";
import type { Unknown } from "./unknown.ts";

const PLAIN: Result<ReprOptions, Unknown> = ok(REPR_RUST);

/** The representation a definition asks for, or why rustc rejects it. */
export function reprOptionsOf(db: LayoutDb, adt: AdtDef, attrs: readonly Attr[]): Result<ReprOptions, Unknown> {
  const words = reprWords(attrs);
  if (words.length === 0) return PLAIN;
  const hints: ReprHint[] = [];
  for (const word of words) {
    const hint = hintOf(word);
    if (hint === undefined) return err(rejected(adt, msg("`repr({word})` is not known", { word })));
    hints.push(hint);
  }
  // What is only a lint does not stop the compiler for dependencies or under `#[allow]`, and the type has a layout.
  const error = checkReprHints(db.cx, reprItem(adt, hints)).find(({ level }) => level === "error");
  return error === undefined ? ok(mergeReprHints(hints)) : err(rejected(adt, reprMessage(adt, words, error)));
}

/** What rustc rejects of a representation because of the fields: `packed` around `align`, `transparent` with two fields that take space. */
export function reprFieldProblem(
  db: LayoutDb,
  def: DefId,
  repr: ReprOptions,
  layouts: readonly (readonly LayoutData[])[],
): Unknown | undefined {
  if (repr.pack === undefined && !repr.transparent) return undefined;
  const adt = db.adt(def);
  const variants = layouts.map((fields, v) =>
    fields.map((layout, f) => {
      const ty = adt.variants[v]?.fields[f]?.ty;
      return { layout, containsReprAlign: repr.pack !== undefined && ty !== undefined && containsReprAlign(db, ty, 0) };
    }),
  );
  const kind = adt.def.kind === "struct" || adt.def.kind === "union" ? adt.def.kind : "enum";
  const [error] = checkReprFields({ kind, repr, variants });
  return error === undefined ? undefined : rejected(adt, reprMessage(adt, [], error));
}

/** Whether a declared type is a struct or union with `repr(align)`, or has declared fields that are (rustc's check_packed_inner). */
function containsReprAlign(db: LayoutDb, ty: Ty, depth: number): boolean {
  if (ty.kind !== "adt" || ty.def.kind === "enum" || depth > 64) return false;
  const { defs } = db.lower;
  const words = reprWords(defs.rawItem(ty.def)?.attrs ?? []);
  if (words.some((word) => word.startsWith("align"))) return true;
  return db.adt(ty.def).variants.some((variant) => variant.fields.some((field) => containsReprAlign(db, field.ty, depth + 1)));
}

function rejected(adt: AdtDef, message: Message): Unknown {
  return unknownAt(scopeOf(adt.def), "layoutRejected", message, undefined);
}

function hintOf(word: string): ReprHint | undefined {
  const [name = "", argument] = word.replace(/\)$/, "").split("(");
  if (argument === undefined) return parseReprHint(name, undefined);
  const digits = argument.replaceAll("_", "").replace(/(?:u|i)(?:8|16|32|64|128|size)$/, "");
  return /^(?:\d+|0x[0-9a-fA-F]+|0o[0-7]+|0b[01]+)$/.test(digits) ? parseReprHint(name, BigInt(digits)) : undefined;
}

function reprItem(adt: AdtDef, hints: readonly ReprHint[]): ReprItem {
  if (adt.def.kind === "struct" || adt.def.kind === "union") return { kind: adt.def.kind, hints };
  return { kind: "enum", hints, variants: adt.variants.length, fieldless: adt.variants.every((variant) => variant.fields.length === 0) };
}

function reprMessage(adt: AdtDef, words: readonly string[], { code, hint }: ReprError): Message {
  const word = hint === undefined ? "" : (words[hint] ?? "");
  return WHY[code]({ name: adt.def.name, word, code });
}

interface Said {
  readonly name: string;
  readonly word: string;
  readonly code: string;
}

const WHY: Readonly<Record<ReprError["code"], (said: Said) => Message>> = {
  E0084: (said) => msg("`{name}` has a `repr` but no variants ({code})", said),
  E0517: (said) => msg("`repr({word})` does not fit `{name}` ({code})", said),
  E0566: (said) => msg("the `repr` words of `{name}` conflict ({code})", said),
  E0587: (said) => msg("`{name}` is both `packed` and `align` ({code})", said),
  E0588: (said) => msg("packed `{name}` contains a type with `repr(align)` ({code})", said),
  E0589: (said) => msg("the alignment in `repr({word})` of `{name}` is not a power of two the target allows ({code})", said),
  E0634: (said) => msg("`{name}` is `packed` in two ways ({code})", said),
  E0690: (said) => msg("transparent `{name}` has more than one field that takes space ({code})", said),
  E0692: (said) => msg("`transparent` cannot be combined with another `repr` on `{name}` ({code})", said),
  E0731: (said) => msg("transparent enum `{name}` needs exactly one variant ({code})", said),
};
