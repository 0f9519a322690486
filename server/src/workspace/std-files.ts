/**
 * A file system with the bundled standard library in it: `std:/…` paths are answered by the models in use, `empty:/…` is an
 * empty crate, the rest is the host's.
 */
import type { DirEntry, FileContent, FileSystem } from "../base/file-system.ts";
import type { FilePath } from "../base/path.ts";
import type { StdModel } from "../project/std-model.ts";

/** The root of a crate without items: what a type alone is looked up in. */
export const EMPTY_CRATE_ROOT = "empty:/lib.rs";

/** The root of a crate that names `core` and `alloc` as `std`. */
export const FACADE_ROOT = "empty:/std.rs";

/** Modules that both crates have; the others come through the globs. */
const SHARED = ["alloc", "borrow", "bstr", "ffi", "fmt", "slice", "str", "sync", "task"];

const FACADE = `pub use ::core::*;
pub use ::alloc::*;
${SHARED.map((name) => `pub mod ${name} { pub use ::core::${name}::*; pub use ::alloc::${name}::*; }`).join("\n")}
pub mod collections { pub use ::alloc::collections::*; }
pub mod prelude { pub mod v1 {
  pub use ::core::prelude::v1::*;
  pub use ::alloc::borrow::ToOwned;
  pub use ::alloc::boxed::Box;
  pub use ::alloc::string::{String, ToString};
  pub use ::alloc::vec::Vec;
} }
`;

export class StdFiles implements Required<FileSystem> {
  readonly #host: FileSystem;
  readonly #openText: (path: FilePath) => string | undefined;
  readonly #models = new Map<string, StdModel>();

  /** `openText`: the text of a document that is open in the editor, saved or not. */
  constructor(host: FileSystem, openText: (path: FilePath) => string | undefined) {
    this.#host = host;
    this.#openText = openText;
  }

  /** Makes a model's files readable. */
  add(model: StdModel): void {
    this.#models.set(model.id, model);
  }

  readFile(path: FilePath): FileContent {
    if (path === EMPTY_CRATE_ROOT) return { kind: "text", text: "" };
    if (path === FACADE_ROOT) return { kind: "text", text: FACADE };
    if (!path.startsWith("std:/")) return this.#readHost(path);
    const text = this.#model(path)?.readFile(path);
    return text === undefined ? { kind: "missing" } : { kind: "text", text };
  }

  readDirectory(path: FilePath): readonly DirEntry[] | undefined {
    return path.startsWith("std:/") || path.startsWith("empty:/") ? undefined : this.#host.readDirectory(path);
  }

  kindOf(path: FilePath): "file" | "directory" | undefined {
    if (path === EMPTY_CRATE_ROOT || path === FACADE_ROOT) return "file";
    if (!path.startsWith("std:/")) return this.#openText(path) === undefined ? this.#host.kindOf(path) : "file";
    return this.#model(path)?.readFile(path) === undefined ? undefined : "file";
  }

  modifiedTime(path: FilePath): number | undefined {
    return this.#host.modifiedTime?.(path);
  }

  /** A host without symlinks gives every path as it is. */
  realPath(path: FilePath): FilePath | undefined {
    return this.#host.realPath === undefined ? path : this.#host.realPath(path);
  }

  #readHost(path: FilePath): FileContent {
    const text = this.#openText(path);
    return text === undefined ? this.#host.readFile(path) : { kind: "text", text };
  }

  #model(path: FilePath): StdModel | undefined {
    return this.#models.get(path.slice("std:/".length).split("/", 1)[0] ?? "");
  }
}
