/**
 * Runs requests: one place that catches. A cancelled request is answered as such, one that waits for files is asked again when
 * they are there, a defect is logged once and answered with nothing.
 */
import type { CancellationToken, Connection } from "vscode-languageserver";
import { LSPErrorCodes, ResponseError } from "vscode-languageserver";
import { Cancelled, Pending } from "../base/file-system.ts";
import type { FilePath } from "../base/path.ts";
import type { QueryRuntime } from "../db/query.ts";

/** A question asks for files at most so often before it is given up. */
const MAX_ROUNDS = 2000;

export class Dispatcher {
  readonly #connection: Connection;
  readonly #runtime: QueryRuntime;
  readonly #load: ((paths: readonly FilePath[]) => Promise<void>) | undefined;

  constructor(connection: Connection, runtime: QueryRuntime, load: ((paths: readonly FilePath[]) => Promise<void>) | undefined) {
    this.#connection = connection;
    this.#runtime = runtime;
    this.#load = load;
  }

  /** The handler's answer; undefined after a defect. */
  async run<T>(name: string, token: CancellationToken | undefined, handler: () => T): Promise<T | undefined> {
    for (let round = 0; round < MAX_ROUNDS; round++) {
      if (token?.isCancellationRequested === true) throw new ResponseError(LSPErrorCodes.RequestCancelled, "cancelled");
      try {
        this.#runtime.setCancelCheck(() => {
          if (token?.isCancellationRequested === true) throw new Cancelled();
        });
        return handler();
      } catch (error) {
        if (error instanceof Cancelled) throw new ResponseError(LSPErrorCodes.RequestCancelled, "cancelled");
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
    this.#connection.console.error(`${name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    return undefined;
  }
}
