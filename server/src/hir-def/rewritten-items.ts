/**
 * RewrittenItems: structs and enums under an attribute macro that is known to make another item of them (`rewrite-item.ts`).
 *
 * Invariant: only by the macro that its name leads to; how it is called here does not matter.
 */
import { Query } from "../db/query.ts";
import { attributeMacroEffect, mayBecome } from "../hir-expand/proc-macros.ts";
import type { DefDb } from "./def-db.ts";
import type { DefId } from "./def-id.ts";
import { procMacro } from "./derive-macro.ts";
import type { Attr, RawItem } from "./item-tree.ts";
import { rewrittenText } from "./rewrite-item.ts";
import { pathOfText } from "./written-path.ts";

export class RewrittenItems {
  readonly #items: Query<DefId, RawItem | undefined>;

  /** `written`: the item as it is written. */
  constructor(db: DefDb, written: (def: DefId) => RawItem | undefined) {
    this.#items = new Query(db.runtime, {
      name: "rewrittenItem",
      compute: (def) => {
        const raw = written(def);
        return raw === undefined ? undefined : rewritten(db, def, raw);
      },
      onCycle: () => undefined,
    });
  }

  /** What a macro makes of an item; the item itself if there is none, or if that is not known. */
  of(def: DefId, raw: RawItem): RawItem {
    if ((raw.kind !== "struct" && raw.kind !== "enum") || !raw.attrs.some(({ path }) => mayBecome(path))) return raw;
    return this.#items.get(def) ?? raw;
  }
}

function rewritten(db: DefDb, def: DefId, raw: RawItem): RawItem | undefined {
  for (const attr of raw.attrs) {
    const text = mayBecome(attr.path) ? textUnder(db, def, raw, attr) : undefined;
    const item = text === undefined ? undefined : db.source.firstItem(text);
    if (item?.kind === raw.kind && item.name === raw.name && !item.hasError) return item;
  }
  return undefined;
}

function textUnder(db: DefDb, def: DefId, raw: RawItem, attr: Attr): string | undefined {
  const macro = procMacro(db, def.module, pathOfText(attr.path));
  if (macro === undefined) return undefined;
  const effect = attributeMacroEffect(`${db.crate(macro.module.krate).name}::${macro.name}`);
  return effect.kind === "becomes" ? rewrittenText(raw, attr, effect.by) : undefined;
}
