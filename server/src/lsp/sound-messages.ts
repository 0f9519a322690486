/**
 * A reader of messages that hands on only what vscode-jsonrpc can stand: it takes the shape of what it reads for granted, and a
 * cancellation that names no request would end the process.
 *
 * Invariant: what is left out is told; what a client may send passes.
 */
import type { Message, MessageReader } from "vscode-jsonrpc";
import { isRecord } from "./params.ts";

/** The messages of a reader that are some. */
export function soundMessages(reader: MessageReader, tell: (what: string) => void): MessageReader {
  return {
    onError: reader.onError,
    onClose: reader.onClose,
    onPartialMessage: reader.onPartialMessage,
    dispose: () => reader.dispose(),
    listen: (receive) =>
      reader.listen((message) => {
        if (!isSound(message)) return tell("something that is no message is left out");
        try {
          receive(message);
        } catch (error) {
          tell(`a message is left out: ${error instanceof Error ? error.message : String(error)}`);
        }
      }),
  };
}

/** Node's IPC and a worker's messages may be anything, texts any JSON; LSP has no batches. */
function isSound(message: unknown): message is Message {
  return isRecord(message) && (message["method"] !== "$/cancelRequest" || namesRequest(message["params"]));
}

function namesRequest(params: unknown): boolean {
  return isRecord(params) && ["string", "number"].includes(typeof params["id"]);
}
