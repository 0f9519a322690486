/**
 * Memoised queries with red-green invalidation (salsa's algorithm, as rust-analyzer uses it).
 *
 * A query is a pure function of its key and of other queries; an input is a cell that is set from outside. After an input
 * changed, a memo is re-used when none of what it read has changed (it is verified, not recomputed), and a recomputed value
 * equal to the old one stops the change from spreading.
 *
 * Invariants:
 * - one runtime, one thread, synchronous; a question either finishes or unwinds (`Pending`, `Cancelled`, `Interrupted`, or to begin anew), storing nothing.
 * - a query that meets itself gets `onCycle(key)`; what was computed under such an assumption is kept only as long as the
 *   assumption stands (while the head of the cycle is being computed, or where its value turns out to be the assumed one); the head's
 *   own value is kept.
 * - values are immutable.
 */

import type { Dependency, Durability, Frame, Head, QueryRuntime, Revision } from "./query-runtime.ts";
import { lowerDurability } from "./query-runtime.ts";

export interface QueryOptions<K, V> {
  readonly name: string;
  readonly compute: (key: K) => V;
  /** When two values are the same for all readers; identity when left out. */
  readonly equals?: (a: V, b: V) => boolean;
  /** The value a query has while it is being computed by itself; an endless recursion is a bug when left out. */
  readonly onCycle?: (key: K) => V;
  /**
   * The value where questions lead one another too far to be followed, or in circles that are gone round MAX_ROUNDS times: so that
   * endless chains and wide cycles end with a reason and not with the stack or never.
   */
  readonly onDeep?: (key: K) => V;
  /** `onCycle` depends on the key alone, so that what assumed it may be kept where it turns out right. */
  readonly isCycleFixed?: true;
  /** Whether a value stands also where an assumption it was computed under turns out wrong; all do when left out. */
  readonly stands?: (value: V) => boolean;
  /** It ends by a limit of its own on how deep it leads, which beginning anew would defeat. */
  readonly isBounded?: true;
}

/** A cell set from outside. */
export class Input<T> implements Dependency {
  readonly #runtime: QueryRuntime;
  #value: T;
  changedAt: Revision;
  durability: Durability;

  constructor(runtime: QueryRuntime, value: T, durability: Durability) {
    this.#runtime = runtime;
    this.#value = value;
    this.durability = durability;
    this.changedAt = runtime.revision;
  }

  get(): T {
    this.#runtime.recordRead(this);
    return this.#value;
  }

  /** Sets a new value (a no-op if it is the same one) and starts a new revision. */
  set(value: T): void {
    if (value === this.#value) return;
    this.#value = value;
    this.changedAt = this.#runtime.bump(this.durability);
  }

  /** An input that turns out to change more often; what depends on it is verified more often from now on. */
  soften(durability: Exclude<Durability, "high">): void {
    if (lowerDurability(durability, this.durability) === this.durability) return;
    this.changedAt = this.#runtime.bump("high");
    this.durability = durability;
  }

  refresh(): void {
    // An input is always up to date.
  }
}

interface Memo<V> {
  readonly value: V;
  readonly dependencies: readonly Dependency[];
}

/** A value computed inside a cycle that was not closed yet, and whose values it assumed. */
interface Provisional<V> {
  readonly value: V;
  dependencies: readonly Dependency[];
  heads: readonly Head[];
  readonly revision: Revision;
}

class Entry<K, V> implements Dependency {
  readonly query: Query<K, V>;
  readonly key: K;
  memo: Memo<V> | undefined;
  provisional: Provisional<V> | undefined;
  /** In a cycle: the value turned out to be the one that others had assumed. */
  isAsAssumed = false;
  changedAt: Revision = 0;
  verifiedAt: Revision = 0;
  durability: Durability = "low";
  running = false;

  constructor(query: Query<K, V>, key: K) {
    this.query = query;
    this.key = key;
  }

  refresh(): void {
    this.query.refresh(this);
  }

  standsOn(onlyAsAssumed: boolean): readonly Head[] | undefined {
    if (this.running) return [this];
    return onlyAsAssumed && !this.isAsAssumed ? undefined : this.query.standsOn(this);
  }
}

export class Query<K, V> {
  readonly #runtime: QueryRuntime;
  readonly #options: QueryOptions<K, V>;
  readonly #entries = new Map<K, Entry<K, V>>();

  constructor(runtime: QueryRuntime, options: QueryOptions<K, V>) {
    this.#runtime = runtime;
    this.#options = options;
  }

  /** The value for a key: from the memo where it still holds, computed otherwise. */
  get(key: K): V {
    const entry = this.#entryOf(key);
    if (entry.running) return this.#cycle(entry);
    if (entry.memo !== undefined && entry.verifiedAt === this.#runtime.revision) {
      this.#runtime.recordRead(entry);
      return entry.memo.value;
    }
    const provisional = this.#usableProvisional(entry);
    if (provisional !== undefined) return provisional;
    if (this.#runtime.isIdle) this.#runtime.settle(entry);
    const { onDeep } = this.#options;
    if (this.#isCut(entry) && onDeep !== undefined) {
      this.#runtime.recordCut();
      return onDeep(key);
    }
    const computed = this.bringUpToDate(entry);
    if (entry.memo !== undefined) {
      this.#runtime.recordRead(entry);
      return entry.memo.value;
    }
    if (computed === undefined) throw new Error(`query ${this.#options.name} has no value`);
    return computed.value;
  }

  /** Keeps nothing of a key that nobody is going to ask for; who depends on its value still finds it, or has it computed again. */
  forget(key: K): void {
    this.#entries.delete(key);
  }

  /**
   * Whether a value is at hand; one that is not is asked for first, and what is running begins anew, as long as that is possible.
   * `isWritten`: there are only as many keys that lead to one another as are written somewhere.
   */
  isAtHand(key: K, isWritten = false): boolean {
    const entry = this.#entryOf(key);
    if (!entry.running && !this.#isUpToDate(entry)) this.#runtime.askFirst(entry, isWritten);
    return this.#isUpToDate(entry);
  }

  #entryOf(key: K): Entry<K, V> {
    let entry = this.#entries.get(key);
    if (entry === undefined) {
      entry = new Entry(this, key);
      this.#entries.set(key, entry);
    }
    return entry;
  }

  #isUpToDate(entry: Entry<K, V>): boolean {
    return entry.memo !== undefined && entry.verifiedAt === this.#runtime.revision;
  }

  #isCut(entry: Entry<K, V>): boolean {
    return !this.#isUpToDate(entry) && this.#options.isBounded !== true && this.#runtime.isCut(entry);
  }

  /** Brings an entry up to date for one that read it; one that is cut short is forgotten instead, so that verifying ends too. */
  refresh(entry: Entry<K, V>): void {
    if (entry.running || !this.#isCut(entry) || this.#options.onDeep === undefined) {
      this.bringUpToDate(entry);
      return;
    }
    entry.memo = undefined;
    entry.changedAt = this.#runtime.revision;
  }

  /** Verifies or recomputes; answers the value only when it could not be kept (computed inside a cycle). */
  bringUpToDate(entry: Entry<K, V>): { readonly value: V } | undefined {
    if (entry.running) {
      this.#cycle(entry);
      return undefined;
    }
    if (entry.memo !== undefined && this.#verify(entry, entry.memo)) return undefined;
    return this.#recompute(entry);
  }

  #verify(entry: Entry<K, V>, memo: Memo<V>): boolean {
    const runtime = this.#runtime;
    if (entry.verifiedAt === runtime.revision) return true;
    if (runtime.lastChange(entry.durability) <= entry.verifiedAt) {
      entry.verifiedAt = runtime.revision;
      return true;
    }
    // A frame of its own, so that a cycle met while verifying is laid at this entry's door; what it reads is not kept.
    this.#enter(entry);
    try {
      for (const dependency of memo.dependencies) {
        dependency.refresh();
        if (dependency.changedAt > entry.verifiedAt) return false;
      }
    } finally {
      this.#leave(entry);
    }
    entry.verifiedAt = runtime.revision;
    return true;
  }

  #enter(entry: Entry<K, V>): Frame {
    const frame = this.#runtime.push(entry);
    entry.running = true;
    return frame;
  }

  #leave(entry: Entry<K, V>): void {
    entry.running = false;
    this.#runtime.pop();
  }

  #recompute(entry: Entry<K, V>): { readonly value: V } | undefined {
    const runtime = this.#runtime;
    const frame = this.#enter(entry);
    let value: V;
    try {
      runtime.countWork(this.#options.name);
      value = this.#options.compute(entry.key);
    } finally {
      this.#leave(entry);
    }
    frame.leave();
    if (frame.heads.size > 0) return this.#keepProvisionally(entry, value, frame);
    this.#store(entry, value, frame);
    return undefined;
  }

  #keepProvisionally(entry: Entry<K, V>, value: V, frame: Frame): { readonly value: V } {
    const { revision } = this.#runtime;
    this.#runtime.countRound();
    const { dependencies } = frame;
    const heads = [...frame.heads];
    entry.provisional = { value, dependencies, heads, revision };
    entry.isAsAssumed = this.#isAsAssumed(entry.key, value);
    entry.memo = undefined;
    entry.changedAt = revision;
    entry.verifiedAt = revision;
    this.#runtime.inherit(dependencies, heads);
    return { value };
  }

  #isAsAssumed(key: K, value: V): boolean {
    const { onCycle, isCycleFixed, equals = Object.is } = this.#options;
    return isCycleFixed === true && onCycle !== undefined && equals(onCycle(key), value);
  }

  #usableProvisional(entry: Entry<K, V>): V | undefined {
    const { provisional } = entry;
    if (provisional === undefined) return undefined;
    if (this.standsOn(entry) === undefined) {
      entry.provisional = undefined;
      return undefined;
    }
    this.#runtime.inherit(provisional.dependencies, provisional.heads);
    return provisional.value;
  }

  /** The entries in progress that an entry's value stands on; a value that nobody may rely on any more stands on undefined. */
  standsOn(entry: Entry<K, V>): readonly Head[] | undefined {
    const { provisional } = entry;
    const { revision } = this.#runtime;
    if (provisional === undefined) return entry.memo !== undefined && entry.isAsAssumed && entry.verifiedAt === revision ? [] : undefined;
    if (provisional.revision !== revision) return undefined;
    if (provisional.heads.every((head) => head.running)) return provisional.heads;
    // Values that stand on each other stand on nothing.
    entry.provisional = undefined;
    const onlyAsAssumed = this.#options.stands?.(provisional.value) === false;
    const heads = new Set<Head>();
    for (const head of provisional.heads) {
      const below = head.standsOn(onlyAsAssumed);
      if (below === undefined) return undefined;
      for (const other of below) heads.add(other);
    }
    entry.provisional = provisional;
    provisional.dependencies = [...provisional.dependencies, ...provisional.heads.filter((head) => !head.running)];
    provisional.heads = [...heads];
    return provisional.heads;
  }

  #store(entry: Entry<K, V>, value: V, frame: Frame): void {
    const old = entry.memo;
    const same = old !== undefined && (this.#options.equals ?? Object.is)(old.value, value);
    const { dependencies } = frame;
    entry.provisional = undefined;
    entry.isAsAssumed = this.#isAsAssumed(entry.key, value);
    let durability: Durability = "high";
    for (let i = 0; i < dependencies.length && durability !== "low"; i++) {
      const dependency = dependencies[i];
      if (dependency !== undefined) durability = lowerDurability(durability, dependency.durability);
    }
    // A value that became less durable is a change, too: its readers would be verified too rarely otherwise.
    const isAsDurable = lowerDurability(durability, entry.durability) === entry.durability;
    entry.memo = { value: same ? old.value : value, dependencies };
    entry.durability = durability;
    if (!same || !isAsDurable) entry.changedAt = this.#runtime.revision;
    entry.verifiedAt = this.#runtime.revision;
    this.#runtime.countKept();
  }

  #cycle(entry: Entry<K, V>): V {
    const { onCycle, name } = this.#options;
    if (onCycle === undefined) throw new Error(`query ${name} depends on itself`);
    this.#runtime.assume(entry);
    return onCycle(entry.key);
  }
}
