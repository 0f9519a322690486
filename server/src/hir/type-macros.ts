/**
 * Macro calls in type position: `Token![fn]` is the type its macro's rule says.
 *
 * Invariant: calls in the output are expanded as it is lowered, at most as deep as the crate's `recursion_limit` allows.
 */

import type { Message } from "../base/message.ts";
import { msg } from "../base/message.ts";
import type { DefDb } from "../hir-def/def-db.ts";
import type { CallSite } from "../hir-def/macro-expand.ts";
import { expandToText } from "../hir-def/macro-expand.ts";
import { positionOfDef } from "../hir-def/macro-scope.ts";
import type { TypeRef } from "../hir-def/type-ref.ts";
import type { TypeMacroCall } from "../hir-ty/lower-db.ts";
import type { Ty } from "../hir-ty/ty.ts";
import type { TypeScope } from "../hir-ty/type-scope.ts";
import { typeFromText } from "./parse-type.ts";

export class TypeMacros {
  readonly #defs: DefDb;
  #depth = 0;

  constructor(defs: DefDb) {
    this.#defs = defs;
  }

  /** The type a call stands for, lowered by `lower`; or why there is none. */
  expand(scope: TypeScope, call: TypeMacroCall, lower: (ref: TypeRef) => Ty): Ty | { readonly problem: Message } {
    const limit = this.#defs.macros.recursionLimit(scope.module.krate);
    if (this.#depth >= limit)
      return {
        problem: msg("macro `{name}!` calls itself more than {limit} times", { name: call.path.segments.at(-1)?.name ?? "", limit }),
      };
    const text = expandToText(this.#defs, siteOf(this.#defs, scope), call);
    if (!text.ok) return { problem: text.error.message };
    this.#depth += 1;
    try {
      return lower(typeFromText(this.#defs.source.parser, text.value));
    } finally {
      this.#depth -= 1;
    }
  }
}

function siteOf(defs: DefDb, scope: TypeScope): CallSite {
  const { module, owner } = scope;
  const inBody = owner === undefined || module !== owner.module;
  return { module, position: inBody ? { list: module, order: Number.POSITIVE_INFINITY } : positionOfDef(defs, owner) };
}
