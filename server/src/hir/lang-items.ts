/**
 * Lang items by name: definitions that the compiler knows by `#[lang = "…"]`.
 *
 * Invariant: they are the sysroot's, but in a crate without `core` its own.
 */
import type { CrateId } from "../db/crate-graph.ts";
import { Query } from "../db/query.ts";
import type { DefDb } from "../hir-def/def-db.ts";
import type { DefId } from "../hir-def/def-id.ts";
import type { ImplSearch } from "./impl-search.ts";

export class LangItems {
  readonly #defs: DefDb;
  /** By crate and name. */
  readonly #found: Query<string, DefId | undefined>;

  constructor(defs: DefDb, impls: ImplSearch) {
    this.#defs = defs;
    this.#found = new Query(defs.source.runtime, {
      name: "langItems",
      compute: (key) => {
        const [krate = "", name = ""] = key.split(" ");
        return impls.langItem(Number(krate), name);
      },
      onCycle: () => undefined,
    });
  }

  /** The definition that a crate takes for a lang item. */
  find(name: string, from: CrateId): DefId | undefined {
    for (const krate of this.#cratesFor(from)) {
      const found = this.#found.get(`${krate} ${name}`);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #cratesFor(from: CrateId): readonly CrateId[] {
    const { sysroot } = this.#defs.graph;
    if (sysroot.size === 0 || this.#defs.hasCrateAttr(from, "no_core")) return [from];
    return ["core", "alloc", "std"].map((name) => sysroot.get(name)).filter((id) => id !== undefined);
  }
}
