/**
 * Identities of modules and definitions. They survive edits: a definition is named by its container, kind, name and ordinal
 * among its namesakes, not by its place.
 *
 * Example: the second `struct A` of module `m` of crate 0 has key `0::m/struct:A#1`.
 *
 * Invariant: interned; two ids are the same definition if and only if they are the same object.
 */

import type { Message } from "../base/message.ts";
import type { FilePath } from "../base/path.ts";
import { english } from "../base/words.ts";
import type { CrateId } from "../db/crate-graph.ts";

/** Where a module's items come from. */
export type ModuleOrigin =
  /** A file of its own; `ownsDirectory`: its children's files stand beside it (crate root, `mod.rs`, `#[path]`). */
  | { readonly kind: "file"; readonly path: FilePath; readonly ownsDirectory: boolean }
  /** `mod name;` without a file; `unclear` says why it is not known which file is meant. */
  | { readonly kind: "missing"; readonly tried: readonly FilePath[]; readonly unclear?: Message }
  /**
   * `mod name { … }` inside the parent; `ordinal` tells modules of one name apart, of which `cfg` leaves one; `folder` is what
   * `#[path]` names in place of the folder of the module's name.
   */
  | { readonly kind: "inline"; readonly ordinal: number; readonly folder: FilePath | undefined }
  /** A block that declares items: the n-th of an item's body (path of ordinals for blocks in blocks). */
  | { readonly kind: "block"; readonly owner: DefId; readonly path: readonly number[] };

export interface ModuleId {
  readonly kind: "module";
  readonly key: string;
  readonly krate: CrateId;
  readonly parent: ModuleId | undefined;
  /** Empty for crate roots and blocks. */
  readonly name: string;
  readonly origin: ModuleOrigin;
  /** The macro call whose output declares the module (`!cfg_rt#0/`); empty for one that is written where it stands. */
  readonly prefix: string;
}

export type DefKind =
  | "struct"
  | "union"
  | "enum"
  | "typeAlias"
  | "const"
  | "static"
  | "fn"
  | "trait"
  | "traitAlias"
  | "foreignType"
  | "macro"
  | "impl";

export interface DefId {
  readonly kind: DefKind;
  readonly key: string;
  /** The module the definition stands in (for an associated item: the module of its impl or trait). */
  readonly module: ModuleId;
  readonly name: string;
  /** The impl or trait an associated item belongs to. */
  readonly container: DefId | undefined;
  readonly ordinal: string;
}

/** Hands out ids; one per analysis. */
export class IdInterner {
  readonly #modules = new Map<string, ModuleId>();
  readonly #defs = new Map<string, DefId>();

  root(krate: CrateId, path: FilePath): ModuleId {
    return this.#module({
      key: `${krate}:`,
      krate,
      parent: undefined,
      name: "",
      origin: { kind: "file", path, ownsDirectory: true },
      prefix: "",
    });
  }

  /** `prefix`: the macro call whose output declares it. */
  child(parent: ModuleId, name: string, origin: ModuleOrigin, prefix = ""): ModuleId {
    return this.#module({ key: `${parent.key}::${prefix}${name}${originKey(origin)}`, krate: parent.krate, parent, name, origin, prefix });
  }

  block(parent: ModuleId, owner: DefId, path: readonly number[]): ModuleId {
    const origin: ModuleOrigin = { kind: "block", owner, path };
    return this.#module({ key: `${owner.key}{${path.join(".")}}`, krate: parent.krate, parent, name: "", origin, prefix: "" });
  }

  /** `ordinal` tells namesakes apart; for items made by macros it starts with the call's key. */
  def(place: { readonly module: ModuleId; readonly container: DefId | undefined }, kind: DefKind, name: string, ordinal: string): DefId {
    const { module, container } = place;
    const key = `${container?.key ?? module.key}/${kind}:${name}#${ordinal}`;
    const known = this.#defs.get(key);
    if (known !== undefined) return known;
    const def: DefId = { kind, key, module, name, container, ordinal };
    this.#defs.set(key, def);
    return def;
  }

  /** A definition that was handed out before. */
  byKey(key: string): DefId | undefined {
    return this.#defs.get(key);
  }

  #module(id: Omit<ModuleId, "kind">): ModuleId {
    const known = this.#modules.get(id.key);
    if (known !== undefined) return known;
    const module: ModuleId = { kind: "module", ...id };
    this.#modules.set(id.key, module);
    return module;
  }
}

/** What tells modules of one name and parent apart. */
function originKey(origin: ModuleOrigin): string {
  switch (origin.kind) {
    case "file":
      return `@${origin.path}`;
    case "missing":
      return `?${english(origin.unclear ?? "")}`;
    case "inline":
      return (origin.ordinal === 0 ? "" : `#${origin.ordinal}`) + (origin.folder === undefined ? "" : `@${origin.folder}/`);
    case "block":
      return "";
  }
}
