/**
 * QueryRuntime: what is asked right now, in which revision, and how far questions may lead (the queries themselves: `query.ts`).
 *
 * Invariant: one thread, synchronous; the stack of running queries never grows beyond MAX_RUNNING but where queries are bounded
 * otherwise.
 */

export type Revision = number;

/**
 * How rarely an input changes: library files are `high`; items of open documents `medium`: most edits leave them alone; texts of
 * open documents, and where their items stand, `low`.
 */
export type Durability = "low" | "medium" | "high";

/** The less durable of two: what depends on both is as durable as this. */
export function lowerDurability(a: Durability, b: Durability): Durability {
  if (a === "low" || b === "low") return "low";
  return a === "medium" || b === "medium" ? "medium" : "high";
}

export interface Dependency {
  readonly changedAt: Revision;
  readonly durability: Durability;
  /** Brings the entry up to date, so that `changedAt` is true for the current revision. */
  refresh(): void;
}

/** An entry that others may have assumed a value for. */
export interface Head extends Dependency {
  readonly running: boolean;
  /**
   * The entries in progress that a value assumed for this one stands on, if it turned out to be right: this one itself while it is in
   * progress, those it stands on itself afterwards. undefined where it turned out wrong, or may have; without `onlyAsAssumed` also a
   * value that is not final yet counts, whatever was assumed.
   */
  standsOn(onlyAsAssumed: boolean): readonly Head[] | undefined;
}

/** What a running query has read so far: most read a few things, and much is computed. */
export class Frame {
  readonly entry: Head;
  readonly #read: Dependency[] = [];
  /** The same, once there are many. */
  #all: Set<Dependency> | undefined;
  /** Entries in progress below this frame whose cycle fallback was used by it. */
  #heads: Set<Head> | undefined;

  constructor(entry: Head) {
    this.entry = entry;
  }

  /** Each once, in the order they were read first. */
  get dependencies(): readonly Dependency[] {
    return this.#all === undefined ? this.#read.slice() : [...this.#all];
  }

  get heads(): ReadonlySet<Head> {
    return this.#heads ?? NO_HEADS;
  }

  add(dependency: Dependency): void {
    if (this.#all !== undefined) this.#all.add(dependency);
    else if (!this.#read.includes(dependency)) {
      this.#read.push(dependency);
      if (this.#read.length >= MANY_READ) this.#all = new Set(this.#read);
    }
  }

  assume(head: Head): void {
    this.#heads ??= new Set();
    this.#heads.add(head);
  }

  /** The entry itself is no longer in progress. */
  leave(): void {
    this.#heads?.delete(this.entry);
  }
}

const NO_HEADS: ReadonlySet<Head> = new Set();
/** Fewer are looked through one by one. */
const MANY_READ = 24;

/** So many queries wait for one another on the host's stack; the next one is asked first, by itself. Real crates stay below 60. */
export const MAX_RUNNING = 128;
/** So many are put before the outermost question: a chain of MAX_RUNNING times this many is followed to its end. */
const MAX_POSTPONED = 40;
/** So many times a question begins anew for one that is put first. */
const MAX_BEGUN_ANEW = 400;
/** The same for questions of which there are no more than somebody has written: 10,000 constants, each made of the one before, are 420. */
const MAX_WRITTEN = 5000;
/** Values computed inside a cycle that is not closed yet, for one outermost question. Real crates need some hundreds. */
const MAX_ROUNDS = 3000;

/** So many computations begin or end between two looks whether work is to go on. */
const CHECK_EVERY = 2;

/** Unwinds to the outermost question, which asks this one first and then begins anew. */
class Postponed {
  readonly entry: Dependency;
  /** How many may wait for it, and how many questions may have been put first so far. */
  readonly limits: { readonly waiting: number; readonly inAll: number };
  /** `isWritten`: there are as many such questions as are written somewhere, so that a chain of them has an end or is a circle. */
  constructor(entry: Dependency, isWritten: boolean) {
    this.entry = entry;
    this.limits = isWritten ? { waiting: MAX_WRITTEN, inAll: MAX_WRITTEN } : { waiting: MAX_POSTPONED, inAll: MAX_BEGUN_ANEW };
  }
}

/** Counts of computed queries by name: tests count the work, not the time. */
export type WorkCounts = ReadonlyMap<string, number>;

export class QueryRuntime {
  #revision: Revision = 1;
  /** The last revision in which an input of this durability, or a higher one, changed. */
  readonly #lastChange: Record<Durability, Revision> = { low: 1, medium: 1, high: 1 };
  readonly #stack: Frame[] = [];
  readonly #counts = new Map<string, number>();
  #check: () => void = () => undefined;
  #sinceCheck = 0;
  #kept = 0;
  #rounds = 0;
  #gaveUp = false;
  #hasCut = false;
  /** What an answer that was cut short depends on: it is asked for again after any change. */
  readonly #everything: Dependency;

  constructor() {
    const revision = (): Revision => this.#revision;
    this.#everything = {
      get changedAt() {
        return revision();
      },
      durability: "low",
      refresh: () => undefined,
    };
  }

  get revision(): Revision {
    return this.#revision;
  }

  /** Starts a new revision because an input of the given durability changed. */
  bump(durability: Durability): Revision {
    this.#revision += 1;
    this.#lastChange.low = this.#revision;
    if (durability !== "low") this.#lastChange.medium = this.#revision;
    if (durability === "high") this.#lastChange.high = this.#revision;
    return this.#revision;
  }

  /** The last revision that what depends only on inputs of a durability, and higher ones, can have changed in. */
  lastChange(durability: Durability): Revision {
    return this.#lastChange[durability];
  }

  /** Sets what is called now and then during long work, before and behind computations; it may throw to unwind. */
  setCheck(check: () => void): void {
    this.#check = check;
  }

  /** How many values were computed and kept: work that is begun anew goes on where this has grown. */
  get kept(): number {
    return this.#kept;
  }

  /** Counts one; may unwind who asked for it. */
  countKept(): void {
    this.#kept += 1;
    this.#look();
  }

  #look(): void {
    this.#sinceCheck += 1;
    if (this.#sinceCheck < CHECK_EVERY) return;
    this.#sinceCheck = 0;
    this.#check();
  }

  get workCounts(): WorkCounts {
    return this.#counts;
  }

  resetWorkCounts(): void {
    this.#counts.clear();
  }

  countWork(name: string): void {
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
    this.#look();
  }

  recordRead(dependency: Dependency): void {
    this.#stack.at(-1)?.add(dependency);
  }

  push(entry: Head): Frame {
    const frame = new Frame(entry);
    this.#stack.push(frame);
    return frame;
  }

  pop(): void {
    this.#stack.pop();
  }

  /** Whether an entry that is not up to date is to be cut short; one that may still be answered otherwise is put first. */
  isCut(entry: Dependency): boolean {
    if (this.#rounds >= MAX_ROUNDS) return true;
    if (this.#stack.length < MAX_RUNNING) return false;
    if (!this.#gaveUp) throw new Postponed(entry, false);
    return true;
  }

  /**
   * Puts a question that would nest too deeply on the host's stack before the outermost one, unless too many were already; of those
   * that are written there may be more.
   */
  askFirst(entry: Dependency, isWritten: boolean): void {
    if (!this.#gaveUp && this.#stack.length > 0) throw new Postponed(entry, isWritten);
  }

  get isIdle(): boolean {
    return this.#stack.length === 0;
  }

  /** Brings the outermost question up to date, those first that it leads to by long chains. */
  settle(entry: Dependency): void {
    this.#rounds = 0;
    this.#gaveUp = false;
    try {
      entry.refresh();
    } catch (error) {
      if (!(error instanceof Postponed)) throw error;
      this.#settleBehind(entry, error);
    }
  }

  /** The same, once one of those has been met. */
  #settleBehind(outermost: Dependency, first: Postponed): void {
    const list = [outermost];
    const asked = new Set(list);
    const putFirst = ({ entry, limits: { waiting, inAll } }: Postponed): void => {
      // One that was asked already and still has no value stands in a circle.
      const isNew = !asked.has(entry);
      asked.add(entry);
      if (isNew && list.length < waiting && asked.size < inAll) list.push(entry);
      else this.#gaveUp = true;
    };
    putFirst(first);
    for (let top = list.at(-1); top !== undefined; top = list.at(-1)) {
      try {
        top.refresh();
        list.pop();
      } catch (error) {
        if (!(error instanceof Postponed)) throw error;
        putFirst(error);
      }
    }
  }

  /** Notes that the running queries used an answer that was cut short. */
  recordCut(): void {
    this.#hasCut = true;
    this.recordRead(this.#everything);
  }

  /** Whether any answer was cut short so far: what is answered may then depend on what was asked before. */
  get hasCut(): boolean {
    return this.#hasCut;
  }

  /** Notes that the running queries above `head` assumed a value for it. */
  assume(head: Head): void {
    for (let i = this.#stack.length - 1; i >= 0; i--) {
      const frame = this.#stack[i];
      if (frame === undefined || frame.entry === head) return;
      frame.assume(head);
    }
  }

  /** Hands what an unkept (provisional) value read and assumed on to the query that asked for it. */
  inherit(dependencies: Iterable<Dependency>, heads: Iterable<Head>): void {
    const top = this.#stack.at(-1);
    if (top === undefined) return;
    for (const dependency of dependencies) top.add(dependency);
    for (const head of heads) if (head !== top.entry) top.assume(head);
  }

  /** Counts a value that was computed inside an open cycle. */
  countRound(): void {
    this.#rounds += 1;
  }
}
