/**
 * Runs requests: one place that catches. A cancelled request is answered as such, one that waits for files is asked again when
 * they are there, a defect is logged once and answered with nothing, or with what the request says of one.
 *
 * Nobody waits long for another. All work goes on in tries (`try-time.ts`): when the time of one is over it is unwound, the messages
 * that wait pass, and it is resumed with what was computed.
 * - A question's tries are long: most need one. Of questions that need more, the oldest goes on. One about a document that was edited
 *   meanwhile is answered with LSP's `ContentModified`: its place is one in an older text.
 * - Work on whole files runs in the background: in short tries, when nothing was edited for a while, behind questions that come one
 *   upon another. It starts anew when something was edited meanwhile, so that its answer is never about an older text.
 */
import { ResponseError } from "vscode-jsonrpc";
import { Cancelled, Interrupted, Pending } from "../base/file-system.ts";
import type { FilePath } from "../base/path.ts";
import type { Steps } from "../base/resumed.ts";
import type { QueryRuntime } from "../db/query-runtime.ts";
import type { Connection } from "./connection.ts";
import { CONTENT_MODIFIED, REQUEST_CANCELLED } from "./lsp-values.ts";
import type { Patience } from "./try-time.ts";
import { BACKGROUND, QUESTION, TryTime } from "./try-time.ts";

/** A question asks for files at most so often before it is given up. */
const MAX_ROUNDS = 2000;

/** Background work waits until nothing was edited for so long. */
const IDLE_MS = 150;

/** A question is often followed by the next: background work goes on when none was asked for so long. */
const QUIET_MS = 30;

/** But what the client is told waits for no more than so long in all: one that never stops asking gets its diagnostics too. */
const PATIENCE_MS = 500;

/** So many times messages that wait are let pass before work goes on in spite of more. */
const MAX_PASSES = 50;

/** Says that an answer is not wanted any more; LSP's tokens, and others. */
export interface Cancellation {
  readonly isCancellationRequested: boolean;
}

/** A question of the client. */
export interface Question<T> {
  readonly token?: Cancellation;
  /** What it is about as it is now; a question about something that has changed is not answered any more. */
  readonly subject?: () => unknown;
  readonly onDefect?: (() => T) | undefined;
}

/** What a dispatcher may be given instead of its own: how long questions may take, and a clock in milliseconds. */
export interface Timing {
  readonly patience: Patience;
  readonly now: () => number;
}

const TIMING: Timing = { patience: QUESTION, now: () => performance.now() };

interface Tries {
  readonly patience: Patience;
  /** Whether steps that take longer are unwound. */
  readonly isUnwound: boolean;
  /** Whether the last try was unwound in the middle of a step. */
  isResumed: boolean;
}

export class Dispatcher {
  readonly #connection: Connection;
  readonly #runtime: QueryRuntime;
  readonly #load: ((paths: readonly FilePath[]) => Promise<void>) | undefined;
  readonly #timing: Timing;
  #editedAt = Number.NEGATIVE_INFINITY;
  #askedAt = Number.NEGATIVE_INFINITY;
  /** The questions that need more than one try, the oldest first. */
  readonly #long = new Set<object>();
  /** Fulfilled when the last of the background works that wait for their turn has had it. */
  #lastTurn: Promise<void> = Promise.resolve();

  constructor(
    connection: Connection,
    runtime: QueryRuntime,
    load: ((paths: readonly FilePath[]) => Promise<void>) | undefined,
    timing: Partial<Timing> = {},
  ) {
    this.#timing = { ...TIMING, ...timing };
    this.#connection = connection;
    this.#runtime = runtime;
    this.#load = load;
  }

  /** What follows from a notification, in one piece. */
  async run(name: string, handle: () => void): Promise<void> {
    await this.#retrying(name, undefined, () => Promise.resolve(this.#withCheck(undefined, undefined, handle)));
  }

  /** The answer to a question; after a defect what its `onDefect` says. */
  async ask<T>(name: string, question: Question<T>, begin: () => Steps<T>): Promise<T | undefined> {
    const answer = await this.#retrying(name, question.token, async () => ({ value: await this.#answer(question, begin) }));
    this.#askedAt = this.#timing.now();
    return answer === undefined ? question.onDefect?.() : answer.value;
  }

  /** The answer of work that goes on in the background; undefined after a defect. */
  runInBackground<T>(name: string, token: Cancellation | undefined, begin: () => Steps<T>): Promise<T | undefined> {
    return this.#retrying(name, token, () => this.#inBackground(token, begin, { patience: BACKGROUND, isUnwound: true, isResumed: false }));
  }

  /** The same for work that nobody waits for, in steps that are short, or would be done again too often: no step is unwound. */
  runInWholeSteps<T>(name: string, token: Cancellation | undefined, begin: () => Steps<T>): Promise<T | undefined> {
    const tries: Tries = { patience: BACKGROUND, isUnwound: false, isResumed: false };
    return this.#retrying(name, token, () => this.#inBackground(token, begin, tries, Number.POSITIVE_INFINITY));
  }

  /** A document was edited: background work waits. */
  edited(): void {
    this.#editedAt = this.#timing.now();
  }

  async #answer<T>({ token, subject }: Question<T>, begin: () => Steps<T>): Promise<T> {
    const asked = subject?.();
    const tries: Tries = { patience: this.#timing.patience, isUnwound: true, isResumed: false };
    const place = {};
    let { revision } = this.#runtime;
    let work = begin();
    try {
      for (;;) {
        const step = this.#try(token, work, tries);
        if (step !== "interrupted" && step.done === true) return step.value;
        this.#askedAt = this.#timing.now();
        this.#long.add(place);
        await this.#othersPass(() => token?.isCancellationRequested === true || this.#isOldest(place));
        if (subject?.() !== asked) throw new ResponseError(CONTENT_MODIFIED, "the document was changed");
        if (step === "interrupted" || this.#runtime.revision !== revision) work = begin();
        ({ revision } = this.#runtime);
      }
    } finally {
      this.#long.delete(place);
    }
  }

  #isOldest(place: object): boolean {
    for (const oldest of this.#long) return oldest === place;
    return true;
  }

  /** `waits`: for how many milliseconds in all questions that come one upon another are let pass. */
  async #inBackground<T>(token: Cancellation | undefined, begin: () => Steps<T>, tries: Tries, waits = PATIENCE_MS): Promise<T> {
    for (;;) {
      await this.#idle(token);
      const { revision } = this.#runtime;
      let work = begin();
      let patience = waits;
      while (this.#runtime.revision === revision) {
        patience -= await this.#quiet(patience);
        const step = await this.#inTurn(() => (this.#runtime.revision === revision ? this.#try(token, work, tries) : "outdated"));
        if (step === "interrupted") work = begin();
        else if (step !== "outdated" && step.done === true) return step.value;
      }
    }
  }

  /** Works that become due at once take turns, and messages pass between them: timers that are due run all before Node looks at those. */
  async #inTurn<T>(run: () => T): Promise<T> {
    const before = this.#lastTurn;
    let end = (): void => undefined;
    this.#lastTurn = new Promise((resolve) => {
      end = resolve;
    });
    await before;
    try {
      const result = run();
      await this.#othersPass(() => true);
      return result;
    } finally {
      end();
    }
  }

  /** Some steps of a work, one at least; a step that was unwound and cannot be resumed has ended the work's generator. */
  #try<T>(token: Cancellation | undefined, work: Steps<T>, tries: Tries): IteratorResult<undefined, T> | "interrupted" {
    const { patience, isResumed } = tries;
    const time = new TryTime(this.#runtime, { patience, isResumed });
    tries.isResumed = false;
    const interrupt = (): void => {
      if (!time.isOverInStep) return;
      tries.isResumed = true;
      throw new Interrupted();
    };
    try {
      return this.#withCheck(token, tries.isUnwound ? interrupt : undefined, () => stepsWithin(time, work));
    } catch (error) {
      if (error instanceof Interrupted) return "interrupted";
      throw error;
    }
  }

  async #idle(token: Cancellation | undefined): Promise<void> {
    const left = (): number => this.#editedAt + IDLE_MS - this.#timing.now();
    for (let wait = left(); wait > 0; wait = left()) {
      await pause(wait);
      if (token?.isCancellationRequested === true) throw new Cancelled();
    }
  }

  /** Lets questions pass that take long, and those that come one upon another, these for so long at most; how long that took. */
  async #quiet(patience: number): Promise<number> {
    const { now } = this.#timing;
    const began = now();
    const left = (): number => Math.min(this.#askedAt + QUIET_MS, began + patience) - now();
    for (let wait = left(); wait > 0 || this.#long.size > 0; wait = left()) await pause(Math.max(wait, QUIET_MS));
    return now() - began;
  }

  /** Lets all messages pass that have come, and more until it is this one's turn. */
  async #othersPass(isTurn: () => boolean): Promise<void> {
    for (let passes = 0; ; passes++) {
      const { received } = this.#connection;
      for (let i = 0; i < TURNS; i++) await nextTurn();
      if (isTurn() && (received === this.#connection.received || passes >= MAX_PASSES)) return;
    }
  }

  /** `interrupt`: asked often; unwinds the handler where it wants to. */
  #withCheck<T>(token: Cancellation | undefined, interrupt: (() => void) | undefined, handle: () => T): T {
    const check = (): void => {
      if (token?.isCancellationRequested === true) throw new Cancelled();
      interrupt?.();
    };
    this.#runtime.setCheck(check);
    try {
      if (token?.isCancellationRequested === true) throw new Cancelled();
      return handle();
    } finally {
      this.#runtime.setCheck(() => undefined);
    }
  }

  async #retrying<T>(name: string, token: Cancellation | undefined, attempt: () => Promise<T>): Promise<T | undefined> {
    for (let round = 0; round < MAX_ROUNDS; round++) {
      if (token?.isCancellationRequested === true) throw new ResponseError(REQUEST_CANCELLED, "cancelled");
      try {
        return await attempt();
      } catch (error) {
        if (error instanceof ResponseError) throw error;
        if (error instanceof Cancelled) throw new ResponseError(REQUEST_CANCELLED, "cancelled");
        const failure = await this.#loadedFor(error);
        if (failure !== undefined) return this.#defect(name, failure.reason);
      }
    }
    return this.#defect(name, new Error("too many files to wait for"));
  }

  /** Loads the files that work waits for: why it cannot go on; undefined when they are here. */
  async #loadedFor(error: unknown): Promise<{ reason: unknown } | undefined> {
    if (!(error instanceof Pending) || this.#load === undefined) return { reason: error };
    try {
      await this.#load(error.paths);
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

/** Steps of some work until the time is over: one at least. */
function stepsWithin<T>(time: TryTime, work: Steps<T>): IteratorResult<undefined, T> {
  let step = work.next();
  while (step.done !== true && !time.isOver) step = work.next();
  return step;
}

/** Node's; a browser has none. */
declare const setImmediate: ((then: () => void) => unknown) | undefined;

/** Node looks for messages in one turn and hands them on in the next; a browser does so in order. */
const TURNS = typeof setImmediate === "function" ? 2 : 1;

/** Of two works that wait by timers, each makes the other's due: Node would not look at messages. */
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
