/**
 * Runs requests: one place that catches. A cancelled request is answered as such, one that waits for files is asked again when
 * they are there, a defect is logged once and answered with nothing, or with what the request says of one.
 *
 * Work on whole files runs in the background: it starts when nothing was edited for a while, stops after some milliseconds to let
 * questions pass (in the middle of a long step it is unwound, and resumed with what was computed), waits for those that come one upon
 * another, and starts anew when something was edited meanwhile, so that its answer is never about an older text.
 */
import { ResponseError } from "vscode-jsonrpc";
import { Cancelled, Interrupted, Pending } from "../base/file-system.ts";
import type { FilePath } from "../base/path.ts";
import type { QueryRuntime } from "../db/query-runtime.ts";
import type { Connection } from "./connection.ts";
import { REQUEST_CANCELLED } from "./lsp-values.ts";

/** A question asks for files at most so often before it is given up. */
const MAX_ROUNDS = 2000;

/** Background work waits until nothing was edited for so long. */
const IDLE_MS = 150;

/** And lets questions pass after so long. */
const SLICE_MS = 3;

/** So many computations begin or end between two looks at the clock. */
const INTERRUPT_EVERY = 4;

/** A question is often followed by the next: background work goes on when none was asked for so long. */
const QUIET_MS = 30;

/** But waits for no more than so long in all: a client that never stops asking gets its diagnostics too. */
const PATIENCE_MS = 500;

/** Says that an answer is not wanted any more; LSP's tokens, and others. */
export interface Cancellation {
  readonly isCancellationRequested: boolean;
}

interface BackgroundWork<T> {
  readonly begin: () => Generator<undefined, T>;
  /** Whether long steps are unwound. */
  readonly isUnwound: boolean;
}

export class Dispatcher {
  readonly #connection: Connection;
  readonly #runtime: QueryRuntime;
  readonly #load: ((paths: readonly FilePath[]) => Promise<void>) | undefined;
  #editedAt = Number.NEGATIVE_INFINITY;
  #askedAt = Number.NEGATIVE_INFINITY;

  constructor(connection: Connection, runtime: QueryRuntime, load: ((paths: readonly FilePath[]) => Promise<void>) | undefined) {
    this.#connection = connection;
    this.#runtime = runtime;
    this.#load = load;
  }

  /** The handler's answer; after a defect what `onDefect` says. */
  async run<T>(name: string, token: Cancellation | undefined, handler: () => T, onDefect?: () => T): Promise<T | undefined> {
    const answer = await this.#retrying(name, token, () => Promise.resolve({ value: this.#withToken(token, handler) }));
    this.#askedAt = performance.now();
    return answer === undefined ? onDefect?.() : answer.value;
  }

  /** The answer of work that goes on in steps, in the background; undefined after a defect. */
  runInBackground<T>(name: string, token: Cancellation | undefined, begin: () => Generator<undefined, T>): Promise<T | undefined> {
    return this.#retrying(name, token, () => this.#steps(token, { begin, isUnwound: true }));
  }

  /** The same for work whose steps are short, or would be done again too often: no step is unwound. */
  runInWholeSteps<T>(name: string, token: Cancellation | undefined, begin: () => Generator<undefined, T>): Promise<T | undefined> {
    return this.#retrying(name, token, () => this.#steps(token, { begin, isUnwound: false }));
  }

  /** A document was edited: background work waits. */
  edited(): void {
    this.#editedAt = performance.now();
  }

  async #steps<T>(token: Cancellation | undefined, { begin, isUnwound }: BackgroundWork<T>): Promise<T> {
    for (;;) {
      await this.#idle(token);
      const { revision } = this.#runtime;
      let work = begin();
      let patience = PATIENCE_MS;
      while (this.#runtime.revision === revision) {
        patience -= await this.#quiet(patience);
        const step = this.#slice(token, work, isUnwound);
        if (step === "interrupted") work = begin();
        else if (step.done === true) return step.value;
        await nextTurn();
      }
    }
  }

  /** Some steps of a work. A long one is unwound where something new was kept; steps that cannot be resumed end the work's generator. */
  #slice<T>(
    token: Cancellation | undefined,
    work: Generator<undefined, T>,
    isUnwound: boolean,
  ): IteratorResult<undefined, T> | "interrupted" {
    const { kept } = this.#runtime;
    const end = performance.now() + SLICE_MS;
    const interrupt = (): void => {
      if (performance.now() > end && this.#runtime.kept > kept) throw new Interrupted();
    };
    try {
      return this.#withToken(token, () => slice(work, end), isUnwound ? interrupt : undefined);
    } catch (error) {
      if (error instanceof Interrupted) return "interrupted";
      throw error;
    }
  }

  async #idle(token: Cancellation | undefined): Promise<void> {
    const left = (): number => this.#editedAt + IDLE_MS - performance.now();
    for (let wait = left(); wait > 0; wait = left()) {
      await pause(wait);
      if (token?.isCancellationRequested === true) throw new Cancelled();
    }
  }

  /** Lets questions pass that come one upon another, for so long at most; how long that took. */
  async #quiet(patience: number): Promise<number> {
    const began = performance.now();
    const left = (): number => Math.min(this.#askedAt + QUIET_MS, began + patience) - performance.now();
    for (let wait = left(); wait > 0; wait = left()) await pause(wait);
    return performance.now() - began;
  }

  /** `interrupt`: asked often; unwinds the handler where it wants to. */
  #withToken<T>(token: Cancellation | undefined, handler: () => T, interrupt?: () => void): T {
    const check = (): void => {
      if (token?.isCancellationRequested === true) throw new Cancelled();
      interrupt?.();
    };
    check();
    this.#runtime.setCancelCheck(check, interrupt === undefined ? undefined : INTERRUPT_EVERY);
    try {
      return handler();
    } finally {
      this.#runtime.setCancelCheck(() => undefined);
    }
  }

  async #retrying<T>(name: string, token: Cancellation | undefined, attempt: () => Promise<T>): Promise<T | undefined> {
    for (let round = 0; round < MAX_ROUNDS; round++) {
      if (token?.isCancellationRequested === true) throw new ResponseError(REQUEST_CANCELLED, "cancelled");
      try {
        return await attempt();
      } catch (error) {
        if (error instanceof Cancelled) throw new ResponseError(REQUEST_CANCELLED, "cancelled");
        if (!(error instanceof Pending) || this.#load === undefined) return this.#defect(name, error);
        const failure = await this.#loadFiles(this.#load, error.paths);
        if (failure !== undefined) return this.#defect(name, failure.reason);
      }
    }
    return this.#defect(name, new Error("too many files to wait for"));
  }

  /** Why the files cannot be loaded; undefined when they are here. */
  async #loadFiles(
    load: (paths: readonly FilePath[]) => Promise<void>,
    paths: readonly FilePath[],
  ): Promise<{ reason: unknown } | undefined> {
    try {
      await load(paths);
      return undefined;
    } catch (reason) {
      return { reason };
    }
  }

  #defect(name: string, error: unknown): undefined {
    this.tellDefect(name, error);
    return undefined;
  }

  /** Logs a defect that was caught, here or inside an answer. */
  tellDefect(what: string, error: unknown): void {
    this.#connection.error(`${what}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  }
}

/** Steps of some work, as many as fit into a slice: one at least. */
function slice<T>(work: Generator<undefined, T>, end: number): IteratorResult<undefined, T> {
  let step = work.next();
  while (step.done !== true && performance.now() < end) step = work.next();
  return step;
}

/** Node's; a browser has none. */
declare const setImmediate: ((then: () => void) => unknown) | undefined;

/** Lets what has come meanwhile pass. Of two works that wait by timers, each makes the other's due: Node would not look at messages. */
function nextTurn(): Promise<void> {
  return typeof setImmediate === "function"
    ? new Promise((resolve) => {
        setImmediate(resolve);
      })
    : pause(0);
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}
