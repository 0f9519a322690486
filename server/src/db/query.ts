/**
 * Memoised queries with red-green invalidation (salsa's algorithm, as rust-analyzer uses it).
 *
 * A query is a pure function of its key and of other queries; an input is a cell that is set from outside. After an input
 * changed, a memo is re-used when none of what it read has changed (it is verified, not recomputed), and a recomputed value
 * equal to the old one stops the change from spreading.
 *
 * Invariants:
 * - one runtime, one thread, synchronous; a question either finishes or unwinds (`Pending`, `Cancelled`), storing nothing.
 * - a query that meets itself gets `onCycle(key)`; what was computed under such an assumption is kept only as long as the
 *   assumption stands (while the head of the cycle is being computed), the head's own value is kept.
 * - values are immutable.
 */

export type Revision = number;

/** How rarely an input changes: library files are `high`, what the user edits is `low`. */
export type Durability = "low" | "high";

interface Dependency {
  changedAt: Revision;
  readonly durability: Durability;
  /** Brings the entry up to date, so that `changedAt` is true for the current revision. */
  refresh(): void;
}

interface Frame {
  readonly entry: object;
  readonly dependencies: Set<Dependency>;
  /** Entries in progress below this frame whose cycle fallback was used by it. */
  readonly heads: Set<object>;
}

export interface QueryOptions<K, V> {
  readonly name: string;
  readonly compute: (key: K) => V;
  /** When two values are the same for all readers; identity when left out. */
  readonly equals?: (a: V, b: V) => boolean;
  /** The value a query has while it is being computed by itself; an endless recursion is a bug when left out. */
  readonly onCycle?: (key: K) => V;
  /** The value below `MAX_RUNNING` queries that wait for one another, so that long chains end with a reason and not with the stack. */
  readonly onDeep?: (key: K) => V;
}

/** Chains of imports and aliases are followed this far. */
export const MAX_RUNNING = 400;

/** Counts of computed queries by name: tests count the work, not the time. */
export type WorkCounts = ReadonlyMap<string, number>;

export class QueryRuntime {
  #revision: Revision = 1;
  #lastHighChange: Revision = 1;
  readonly #stack: Frame[] = [];
  readonly #counts = new Map<string, number>();
  #cancelCheck: () => void = () => undefined;
  #sinceCheck = 0;

  get revision(): Revision {
    return this.#revision;
  }

  /** Starts a new revision because an input of the given durability changed. */
  bump(durability: Durability): Revision {
    this.#revision += 1;
    if (durability === "high") this.#lastHighChange = this.#revision;
    return this.#revision;
  }

  get lastHighChange(): Revision {
    return this.#lastHighChange;
  }

  /** Sets what is called now and then during long work; it may throw `Cancelled`. */
  setCancelCheck(check: () => void): void {
    this.#cancelCheck = check;
  }

  get workCounts(): WorkCounts {
    return this.#counts;
  }

  resetWorkCounts(): void {
    this.#counts.clear();
  }

  countWork(name: string): void {
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
    this.#sinceCheck += 1;
    if (this.#sinceCheck < 64) return;
    this.#sinceCheck = 0;
    this.#cancelCheck();
  }

  recordRead(dependency: Dependency): void {
    this.#stack.at(-1)?.dependencies.add(dependency);
  }

  push(entry: object): Frame {
    const frame: Frame = { entry, dependencies: new Set(), heads: new Set() };
    this.#stack.push(frame);
    return frame;
  }

  pop(): void {
    this.#stack.pop();
  }

  get isDeep(): boolean {
    return this.#stack.length >= MAX_RUNNING;
  }

  /** Notes that the running queries above `head` assumed a value for it. */
  assume(head: object): void {
    for (let i = this.#stack.length - 1; i >= 0; i--) {
      const frame = this.#stack[i];
      if (frame === undefined || frame.entry === head) return;
      frame.heads.add(head);
    }
  }

  /** Hands what an unkept (provisional) value read and assumed on to the query that asked for it. */
  inherit(dependencies: Iterable<Dependency>, heads: Iterable<object>): void {
    const top = this.#stack.at(-1);
    if (top === undefined) return;
    for (const dependency of dependencies) top.dependencies.add(dependency);
    for (const head of heads) if (head !== top.entry) top.heads.add(head);
  }

  isInProgress(entry: object): boolean {
    return this.#stack.some((frame) => frame.entry === entry);
  }
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

  /** An input that turns out to be edited; what depends on it is verified on every change from now on. */
  soften(): void {
    if (this.durability === "low") return;
    this.changedAt = this.#runtime.bump("high");
    this.durability = "low";
  }

  refresh(): void {
    // An input is always up to date.
  }
}

interface Memo<V> {
  readonly value: V;
  readonly dependencies: readonly Dependency[];
}

class Entry<K, V> implements Dependency {
  readonly query: Query<K, V>;
  readonly key: K;
  memo: Memo<V> | undefined;
  provisional: { readonly value: V; readonly dependencies: readonly Dependency[]; readonly heads: readonly object[] } | undefined;
  changedAt: Revision = 0;
  verifiedAt: Revision = 0;
  durability: Durability = "low";
  running = false;

  constructor(query: Query<K, V>, key: K) {
    this.query = query;
    this.key = key;
  }

  refresh(): void {
    this.query.bringUpToDate(this);
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
    let entry = this.#entries.get(key);
    if (entry === undefined) {
      entry = new Entry(this, key);
      this.#entries.set(key, entry);
    }
    if (entry.running) return this.#cycle(entry);
    const provisional = this.#usableProvisional(entry);
    if (provisional !== undefined) return provisional;
    const { onDeep } = this.#options;
    if (onDeep !== undefined && entry.memo === undefined && this.#runtime.isDeep) return onDeep(key);
    const computed = this.bringUpToDate(entry);
    if (entry.memo !== undefined) {
      this.#runtime.recordRead(entry);
      return entry.memo.value;
    }
    if (computed === undefined) throw new Error(`query ${this.#options.name} has no value`);
    return computed.value;
  }

  /** Forgets memos that no question has used since `revision`, so that long sessions stay flat. */
  sweep(revision: Revision): void {
    for (const [key, entry] of this.#entries) {
      if (!entry.running && entry.durability === "low" && entry.verifiedAt < revision) this.#entries.delete(key);
    }
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
    if (entry.durability === "high" && runtime.lastHighChange <= entry.verifiedAt) {
      entry.verifiedAt = runtime.revision;
      return true;
    }
    // A frame of its own, so that a cycle met while verifying is laid at this entry's door; what it reads is not kept.
    runtime.push(entry);
    entry.running = true;
    try {
      for (const dependency of memo.dependencies) {
        dependency.refresh();
        if (dependency.changedAt > entry.verifiedAt) return false;
      }
    } finally {
      entry.running = false;
      runtime.pop();
    }
    entry.verifiedAt = runtime.revision;
    return true;
  }

  #recompute(entry: Entry<K, V>): { readonly value: V } | undefined {
    const runtime = this.#runtime;
    const frame = runtime.push(entry);
    entry.running = true;
    let value: V;
    try {
      runtime.countWork(this.#options.name);
      value = this.#options.compute(entry.key);
    } finally {
      entry.running = false;
      runtime.pop();
    }
    frame.heads.delete(entry);
    if (frame.heads.size > 0) return this.#keepProvisionally(entry, value, frame);
    this.#store(entry, value, frame);
    return undefined;
  }

  #keepProvisionally(entry: Entry<K, V>, value: V, frame: Frame): { readonly value: V } {
    const dependencies = [...frame.dependencies];
    const heads = [...frame.heads];
    entry.provisional = { value, dependencies, heads };
    entry.memo = undefined;
    entry.changedAt = this.#runtime.revision;
    entry.verifiedAt = this.#runtime.revision;
    this.#runtime.inherit(dependencies, heads);
    return { value };
  }

  #usableProvisional(entry: Entry<K, V>): V | undefined {
    const { provisional } = entry;
    if (provisional === undefined) return undefined;
    if (provisional.heads.every((head) => this.#runtime.isInProgress(head))) {
      this.#runtime.inherit(provisional.dependencies, provisional.heads);
      return provisional.value;
    }
    entry.provisional = undefined;
    return undefined;
  }

  #store(entry: Entry<K, V>, value: V, frame: Frame): void {
    const old = entry.memo;
    const same = old !== undefined && (this.#options.equals ?? Object.is)(old.value, value);
    const dependencies = [...frame.dependencies];
    entry.memo = { value: same ? old.value : value, dependencies };
    entry.durability = dependencies.every((dependency) => dependency.durability === "high") ? "high" : "low";
    if (!same) entry.changedAt = this.#runtime.revision;
    entry.verifiedAt = this.#runtime.revision;
  }

  #cycle(entry: Entry<K, V>): V {
    const { onCycle, name } = this.#options;
    if (onCycle === undefined) throw new Error(`query ${name} depends on itself`);
    this.#runtime.assume(entry);
    return onCycle(entry.key);
  }
}
