/**
 * The Node server's way to its client: Node's IPC for VS Code, standard input and output for other editors.
 *
 * Invariant: a server whose client has gone ends: when the channel closes, when writing fails, and (vscode-languageserver's
 * doing) when the process that `initialize` names is no longer there. Exit code 0 after `shutdown`, 1 before.
 */
import type { Connection, MessageReader, MessageWriter } from "vscode-languageserver/node";
import {
  createConnection,
  IPCMessageReader,
  IPCMessageWriter,
  ProposedFeatures,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node";
import { lifeCycle } from "./lsp/life-cycle.ts";

/** A connection over the channel that the command line names. */
export function nodeConnection(channel: "stdio" | "ipc"): Connection {
  return channel === "ipc"
    ? connect(new IPCMessageReader(process), new IPCMessageWriter(process))
    : connect(new StreamMessageReader(process.stdin), new StreamMessageWriter(process.stdout));
}

function connect(reader: MessageReader, writer: MessageWriter): Connection {
  const cycle = lifeCycle(writer);
  const end = (): void => process.exit(cycle.isShutDown ? 0 : 1);
  reader.onClose(end);
  writer.onError(end);
  process.once("disconnect", end);
  return createConnection(ProposedFeatures.all, reader, writer, { messageStrategy: cycle });
}
