/**
 * The way to the client: requests and notifications by their methods, log messages, progress.
 *
 * Of vscode-jsonrpc this needs what both hosts share. vscode-languageserver would define all of the protocol's messages at each start,
 * of which this server knows two dozen; the types come from vscode-languageserver-protocol, which costs nothing at run time.
 *
 * Invariant: parameters that are not what LSP says never reach a handler: such a request is answered with an error, such a notification is
 * told in the log and left out. No character that cannot be seen, or steers a terminal, is logged.
 */
import type { CancellationToken, Logger, MessageConnection } from "vscode-jsonrpc";
import { ErrorCodes, RequestType, RequestType0, ResponseError } from "vscode-jsonrpc";
import type {
  LogMessageParams,
  MessageType,
  WorkDoneProgressBegin,
  WorkDoneProgressEnd,
  WorkDoneProgressReport,
} from "vscode-languageserver-protocol";
import { visibleLines } from "../ide/markup.ts";
import type { Check } from "./params.ts";
import { isProgressCancel } from "./params.ts";

/** Something long that the client shows. */
export interface Progress {
  report(message: string): void;
  done(): void;
}

interface ShownProgress {
  readonly title: string;
  readonly message: string;
  /** The user does not want it any more. */
  readonly onCancel: () => void;
}

type ProgressValue = WorkDoneProgressBegin | WorkDoneProgressReport | WorkDoneProgressEnd;

const ERROR: typeof MessageType.Error = 1;
const WARNING: typeof MessageType.Warning = 2;

export class Connection {
  readonly #messages: MessageConnection;
  readonly #cancels = new Map<unknown, () => void>();
  #tokens = 0;
  #received = 0;

  /** `open` makes the connection, which tells `logger` what goes wrong in it. */
  constructor(open: (logger: Logger) => MessageConnection) {
    const logger: Logger = {
      error: (text) => this.error(text),
      warn: (text) => this.warn(text),
      info: () => undefined,
      log: () => undefined,
    };
    this.#messages = open(logger);
    this.onNotification("window/workDoneProgress/cancel", isProgressCancel, ({ token }) => this.#cancels.get(token)?.());
    // Nothing is traced, and no progress of the client is followed.
    this.onNotificationWithoutParams("$/setTrace", () => undefined);
    this.onNotificationWithoutParams("$/progress", () => undefined);
  }

  /** How many messages with parameters were handed on so far. */
  get received(): number {
    return this.#received;
  }

  /** Answers are given by `answer`; `null` says that there is nothing to say. */
  onRequest<P, R>(method: string, isParams: Check<P>, answer: (params: P, token: CancellationToken) => R | Promise<R>): void {
    this.#messages.onRequest(new RequestType<unknown, unknown, void>(method), (params: unknown, token) => {
      this.#received += 1;
      // Without any parameters in a list the token comes first.
      if (token === undefined || !isParams(params))
        throw new ResponseError(ErrorCodes.InvalidParams, `these are no parameters of ${method}`);
      return answer(params, token);
    });
  }

  onRequestWithoutParams(method: string, answer: () => null): void {
    this.#messages.onRequest(new RequestType0<null, void>(method), answer);
  }

  onNotification<P>(method: string, isParams: Check<P>, handle: (params: P) => void): void {
    this.#messages.onNotification(method, (params: unknown) => {
      this.#received += 1;
      if (isParams(params)) return handle(params);
      return this.warn(`left out, since these are no parameters of ${method}: ${shortened(params)}`);
    });
  }

  /** One whose parameters, if it has any, are not read. */
  onNotificationWithoutParams(method: string, handle: () => void): void {
    this.#messages.onNotification(method, () => handle());
  }

  /** The client's answer; rejects where it answers with an error. */
  request<P, R>(method: string, params: P): Promise<R> {
    return this.#messages.sendRequest<R>(method, params);
  }

  requestWithoutParams(method: string): Promise<unknown> {
    return this.#messages.sendRequest<unknown>(method);
  }

  notify<P>(method: string, params: P): void {
    // A client that cannot be written to has gone: the host ends the process (`connection-host.ts`).
    this.#messages.sendNotification(method, params).catch(() => undefined);
  }

  error(message: string): void {
    this.#log({ type: ERROR, message: visibleLines(message) });
  }

  warn(message: string): void {
    this.#log({ type: WARNING, message: visibleLines(message) });
  }

  #log(params: LogMessageParams): void {
    this.notify("window/logMessage", params);
  }

  /** Shows progress; rejects where the client refuses. */
  async progress({ title, message, onCancel }: ShownProgress): Promise<Progress> {
    this.#tokens += 1;
    const token = `stowplan-${this.#tokens}`;
    await this.request("window/workDoneProgress/create", { token });
    const show = (value: ProgressValue): void => this.notify("$/progress", { token, value });
    this.#cancels.set(token, onCancel);
    show({ kind: "begin", title, message, cancellable: true });
    return {
      report: (text) => show({ kind: "report", message: text }),
      done: () => {
        this.#cancels.delete(token);
        show({ kind: "end" });
      },
    };
  }

  /** Begins to receive. */
  listen(): void {
    this.#messages.listen();
  }
}

const SHOWN_LENGTH = 200;

/** Parameters as they are logged. */
function shortened(params: unknown): string {
  return String(JSON.stringify(params)).slice(0, SHOWN_LENGTH);
}
