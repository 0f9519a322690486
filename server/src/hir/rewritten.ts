/**
 * Whether an attribute macro may have rewritten a definition: one on the item itself, on the impl or trait around it, or on a module
 * around it.
 *
 * Example: under `#[bridge] mod ffi { pub struct A(u8); }` what `A` is depends on what `bridge` does.
 *
 * Invariant: attributes of structs, enums and unions themselves are `computeAdt`'s matter; what macros keep is the oracle's.
 * Source: Reference, "Attribute macros": the macro gets the whole item, and what it gives stands in its place.
 */
import type { Message } from "../base/message.ts";
import { msg } from "../base/message.ts";
import { Query } from "../db/query.ts";
import type { QueryRuntime } from "../db/query-runtime.ts";
import { effectiveAttrs } from "../hir-def/attrs.ts";
import { isInertAttribute } from "../hir-def/builtin-attrs.ts";
import type { DefDb } from "../hir-def/def-db.ts";
import type { DefId, ModuleId } from "../hir-def/def-id.ts";
import type { Attr, RawItem } from "../hir-def/item-tree.ts";
import { declarationOfModule } from "../hir-def/macro-scope.ts";
import type { Ty } from "../hir-ty/ty.ts";
import type { AdtDef } from "../hir-ty/ty-db.ts";
import type { TyInterner } from "../hir-ty/ty-interner.ts";
import type { Unknown } from "../hir-ty/unknown.ts";

/** What an attribute that is not built in does to an item, its names looked up in a module: undefined if it keeps the item. */
type Effect = (module: ModuleId, attr: Attr) => Message | undefined;

export class Rewritten {
  readonly #defs: DefDb;
  readonly #effect: Effect;
  readonly #modules: Query<ModuleId, Unknown | undefined>;

  constructor(runtime: QueryRuntime, defs: DefDb, effect: Effect) {
    this.#defs = defs;
    this.#effect = effect;
    this.#modules = new Query(runtime, {
      name: "rewrittenModule",
      compute: (module) => this.#computeModule(module),
      onCycle: () => undefined,
    });
  }

  /** Why a definition may be another than what is written; its own attributes are not asked of types. */
  of(def: DefId): Unknown | undefined {
    const own = def.kind === "struct" || def.kind === "enum" || def.kind === "union" ? undefined : this.#byAttributes(def);
    return own ?? (def.container === undefined ? this.#modules.get(def.module) : this.of(def.container));
  }

  #byAttributes(def: DefId): Unknown | undefined {
    const found = this.#firstEffect(this.#defs.rawItem(def), def.module);
    return found && { kind: "procMacro", message: found.message, culprit: { owner: def, range: found.attr.range } };
  }

  #computeModule(module: ModuleId): Unknown | undefined {
    const { parent, origin } = module;
    if (origin.kind === "block") return this.of(origin.owner);
    if (parent === undefined) return undefined;
    const found = this.#firstEffect(declarationOfModule(this.#defs, module)?.raw, parent);
    if (found === undefined) return this.#modules.get(parent);
    const message = msg("attribute macro `{name}` may rewrite the items of module `{module}`", {
      name: found.attr.path,
      module: module.name,
    });
    return { kind: "procMacro", message, culprit: undefined };
  }

  #firstEffect(raw: RawItem | undefined, module: ModuleId): { readonly attr: Attr; readonly message: Message } | undefined {
    if (raw === undefined || raw.attrs.length === 0) return undefined;
    for (const attr of effectiveAttrs(raw.attrs, this.#defs.crate(module.krate).cfg)) {
      if (isInertAttribute(attr.path)) continue;
      const message = this.#effect(module, attr);
      if (message !== undefined) return { attr, message };
    }
    return undefined;
  }
}

/** A struct, enum or union, with what is around it in `why`. */
export function withWhy(adt: AdtDef, rewritten: Rewritten): AdtDef {
  const why = adt.why ?? rewritten.of(adt.def);
  return why === adt.why ? adt : { ...adt, why };
}

/** In place of the type of an alias, const or static that a macro may have rewritten. */
export function rewrittenType(world: { readonly rewritten: Rewritten; readonly interner: TyInterner }, def: DefId): Ty | undefined {
  const why = world.rewritten.of(def);
  return why === undefined ? undefined : world.interner.error(why);
}
