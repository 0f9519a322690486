/**
 * The life cycle that LSP prescribes, kept before any handler sees a message: nothing but `initialize` first and once, nothing
 * but `exit` after `shutdown`.
 *
 * Invariant: every request is answered, with an error where it comes at the wrong time; notifications at the wrong time are dropped. An
 * `initialize` that says nothing initialises nothing: the client may try again.
 * Source: LSP 3.17, "Server lifecycle".
 */
import type { Message, MessageStrategy, MessageWriter, RequestMessage, ResponseMessage } from "vscode-jsonrpc";
import { ErrorCodes } from "vscode-jsonrpc";
import { isRecord } from "./params.ts";

type Phase = "new" | "running" | "shutDown";

export interface LifeCycle extends MessageStrategy {
  /** Whether the client has said `shutdown`: the server's end is then in order. */
  readonly isShutDown: boolean;
}

/** Lets messages pass as the phase allows; errors for others are written to the client. */
export function lifeCycle(writer: MessageWriter): LifeCycle {
  let phase: Phase = "new";
  const refuse = (message: RequestMessage, code: number, reason: string): void => {
    const response: ResponseMessage = { jsonrpc: "2.0", id: message.id, error: { code, message: reason } };
    void writer.write(response);
  };
  return {
    get isShutDown() {
      return phase === "shutDown";
    },
    handleMessage: (message, next) => {
      const method = methodOf(message);
      if (method === undefined) return next(message);
      const problem = problemOf(phase, method) ?? problemIn(message, method);
      if (problem === undefined) {
        if (method === "initialize") phase = "running";
        if (method === "shutdown") phase = "shutDown";
        return next(message);
      }
      if (isRequest(message)) refuse(message, ...problem);
    },
  };
}

/** The error for a request of this method in this phase. */
function problemOf(phase: Phase, method: string): readonly [code: number, reason: string] | undefined {
  if (method === "exit") return undefined;
  if (phase === "new" && method !== "initialize") return [ErrorCodes.ServerNotInitialized, "the server is not initialised"];
  if (phase === "running" && method === "initialize") return [ErrorCodes.InvalidRequest, "the server is initialised already"];
  return phase === "shutDown" ? [ErrorCodes.InvalidRequest, "the server has been shut down"] : undefined;
}

function problemIn(message: Message, method: string): readonly [code: number, reason: string] | undefined {
  if (method !== "initialize" || ("params" in message && isRecord(message.params))) return undefined;
  return [ErrorCodes.InvalidParams, "initialize without parameters"];
}

function methodOf(message: Message): string | undefined {
  return "method" in message && typeof message.method === "string" ? message.method : undefined;
}

function isRequest(message: Message): message is RequestMessage {
  return "id" in message && (typeof message.id === "string" || typeof message.id === "number");
}
