/**
 * FileMemo: what was derived of the definitions of a file, kept until anything changes: hover, hints, diagnostics and status of a
 * file ask for the same.
 *
 * Invariant: of one file of a world at a time, and of one revision: nothing is ever out of date, and large projects stay small.
 */
import type { FilePath } from "../base/path.ts";
import type { Semantics, TypeDefinition } from "../hir/model.ts";

interface Remembered<V> {
  readonly file: FilePath;
  readonly revision: number;
  /** What else the values depend on. */
  readonly context: unknown;
  readonly values: Map<TypeDefinition, V>;
}

export class FileMemo<V> {
  readonly #of = new WeakMap<Semantics, Remembered<V>>();

  /** The value for a definition; computed anew where the revision, the file or the context (by identity) is another one. */
  get(sema: Semantics, definition: TypeDefinition, context: unknown, compute: () => V): V {
    const { values } = this.#current(sema, definition.file, context);
    const known = values.get(definition);
    if (known !== undefined) return known;
    const value = compute();
    values.set(definition, value);
    return value;
  }

  #current(sema: Semantics, file: FilePath, context: unknown): Remembered<V> {
    const known = this.#of.get(sema);
    const { revision } = sema;
    if (known?.revision === revision && known.file === file && known.context === context) return known;
    const fresh: Remembered<V> = { file, revision, context, values: new Map() };
    this.#of.set(sema, fresh);
    return fresh;
  }
}
