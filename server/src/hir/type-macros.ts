/**
 * Macro calls in type position: `Token![fn]` is the type its macro's rule says.
 *
 * Invariant: calls in the output are expanded as it is lowered, at most as deep as the crate's `recursion_limit` allows, and not more
 * than MAX_MACRO_CALLS for one that is written (a macro that names its argument twice doubles the calls at each level). Types that are
 * asked for meanwhile count for themselves: what they are does not depend on who asks.
 */

import type { Message } from "../base/message.ts";
import { msg } from "../base/message.ts";
import type { DefDb } from "../hir-def/def-db.ts";
import { MAX_MACRO_CALLS } from "../hir-def/macro-budget.ts";
import type { CallSite } from "../hir-def/macro-expand.ts";
import { expandToText } from "../hir-def/macro-expand.ts";
import { positionOfDef } from "../hir-def/macro-scope.ts";
import type { TypeRef } from "../hir-def/type-ref.ts";
import type { TypeMacroCall } from "../hir-ty/lower-db.ts";
import type { Ty } from "../hir-ty/ty.ts";
import type { TypeScope } from "../hir-ty/type-scope.ts";
import { typeFromText } from "./parse-type.ts";

/** The expansion of a call that is written in a type. */
interface Written {
  readonly scope: TypeScope;
  depth: number;
  calls: number;
}

export class TypeMacros {
  readonly #defs: DefDb;
  /** The innermost one under way. */
  #written: Written | undefined;

  constructor(defs: DefDb) {
    this.#defs = defs;
  }

  /** The type a call stands for, lowered by `lower`; or why there is none. */
  expand(scope: TypeScope, call: TypeMacroCall, lower: (ref: TypeRef) => Ty): Ty | { readonly problem: Message } {
    const outer = this.#written;
    const written = outer !== undefined && isIn(outer.scope, scope) ? outer : { scope, depth: 0, calls: 0 };
    const problem = this.#excess(written, call);
    if (problem !== undefined) return { problem };
    const text = expandToText(this.#defs, siteOf(this.#defs, scope), call);
    if (!text.ok) return { problem: text.error.message };
    this.#written = written;
    written.depth += 1;
    try {
      return lower(typeFromText(this.#defs.source.parser, text.value));
    } finally {
      written.depth -= 1;
      this.#written = outer;
    }
  }

  /** Counts a call; why it is not to be expanded. */
  #excess(written: Written, { path }: TypeMacroCall): Message | undefined {
    const name = path.segments.at(-1)?.name ?? "";
    const limit = this.#defs.macros.recursionLimit(written.scope.module.krate);
    if (written.depth >= limit) return msg("macro `{name}!` calls itself more than {limit} times", { name, limit });
    written.calls += 1;
    return written.calls > MAX_MACRO_CALLS
      ? msg("macro `{name}!` leads to more than {limit} calls", { name, limit: MAX_MACRO_CALLS })
      : undefined;
  }
}

function isIn(outer: TypeScope, scope: TypeScope): boolean {
  return outer.owner === scope.owner && outer.module === scope.module;
}

function siteOf(defs: DefDb, scope: TypeScope): CallSite {
  const { module, owner } = scope;
  const inBody = owner === undefined || module !== owner.module;
  return { module, position: inBody ? { list: module, order: Number.POSITIVE_INFINITY } : positionOfDef(defs, owner) };
}
