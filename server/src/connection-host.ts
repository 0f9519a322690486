/**
 * The Node server's way to its client: Node's IPC for VS Code, standard input and output for other editors.
 *
 * Invariant: a server whose client has gone ends: when the channel closes, when writing fails, and when the process that `initialize`
 * names is no longer there. Exit code 0 after `shutdown`, 1 before.
 */
import type { Message, MessageReader, MessageWriter } from "vscode-jsonrpc/node";
import { createMessageConnection, IPCMessageReader, IPCMessageWriter, StreamMessageWriter } from "vscode-jsonrpc/node";
import { FramedReader } from "./framed-reader.ts";
import { Connection } from "./lsp/connection.ts";
import { lifeCycle } from "./lsp/life-cycle.ts";
import { soundMessages } from "./lsp/sound-messages.ts";

/** How often it is looked whether the client's process is still there. */
const WATCH_MS = 3000;

/** A connection over the channel that the command line names. */
export function nodeConnection(channel: "stdio" | "ipc"): Connection {
  return channel === "ipc"
    ? connect(new IPCMessageReader(process), new IPCMessageWriter(process))
    : connect(new FramedReader(process.stdin), new StreamMessageWriter(process.stdout));
}

function connect(reader: MessageReader, writer: MessageWriter): Connection {
  const cycle = lifeCycle(writer);
  const end = (): void => process.exit(cycle.isShutDown ? 0 : 1);
  reader.onClose(end);
  writer.onError(end);
  process.once("disconnect", end);
  const messageStrategy = {
    handleMessage: (message: Message, next: (message: Message) => void): void | Promise<void> => {
      const client = clientIn(message);
      if (client !== undefined) setInterval(() => isThere(client) || end(), WATCH_MS).unref();
      return cycle.handleMessage(message, next);
    },
  };
  const sound = soundMessages(reader, (what) => connection.warn(what));
  const connection: Connection = new Connection((logger) => createMessageConnection(sound, writer, logger, { messageStrategy }));
  reader.onError((error) => connection.warn(error.message));
  connection.onNotificationWithoutParams("exit", end);
  return connection;
}

/** The process that an `initialize` names. */
function clientIn(message: Message): number | undefined {
  if (!("method" in message) || message.method !== "initialize" || !("params" in message)) return undefined;
  const { params } = message;
  if (typeof params !== "object" || params === null || !("processId" in params)) return undefined;
  return typeof params.processId === "number" ? params.processId : undefined;
}

/** Whether a process is there. One of another user may not be asked, but is there; a number that names no process says nothing. */
export function isThere(client: number): boolean {
  try {
    return process.kill(client, 0);
  } catch (error) {
    return !(error instanceof Error && "code" in error && error.code === "ESRCH");
  }
}
