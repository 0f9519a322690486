/**
 * A language server in the test's own process, on the real disk: its work can be counted, and a start costs no process.
 *
 * Invariant: messages are copied as JSON copies them. What the server does in the background it does by timers, which a test may stop.
 */
import type { DataCallback, Message } from "vscode-jsonrpc/node";
import { AbstractMessageReader, AbstractMessageWriter, createMessageConnection } from "vscode-jsonrpc/node";
import { Connection } from "../../server/src/lsp/connection.ts";
import { startServer } from "../../server/src/lsp/server.ts";
import type { ServerHost } from "../../server/src/lsp/server-host.ts";
import type { NodeParts } from "../../server/src/node-parts.ts";
import { diskServerHost, nodeParts } from "../../server/src/node-parts.ts";
import { rustParser } from "../support/rust-parser.ts";
import type { ClientOptions, Session } from "./client.ts";
import { startSession } from "./client.ts";
import type { Wire } from "./wire.ts";

class Reader extends AbstractMessageReader {
  receive: DataCallback = () => undefined;

  listen(receive: DataCallback): { dispose(): void } {
    this.receive = receive;
    return { dispose: () => undefined };
  }
}

class Writer extends AbstractMessageWriter {
  readonly #send: (message: Message) => void;

  constructor(send: (message: Message) => void) {
    super();
    this.#send = send;
  }

  write(message: Message): Promise<void> {
    this.#send(message);
    return Promise.resolve();
  }

  end(): void {
    // There is nothing to be closed.
  }
}

export interface Started {
  readonly session: Session;
  readonly parts: NodeParts;
}

/** Starts a server with the environment as it is, and introduces a client; `changes`: what its host does otherwise. */
export async function startInProcess(options: ClientOptions, changes: Partial<ServerHost> = {}): Promise<Started> {
  // Of the server's caches each writes at the end of the process.
  process.setMaxListeners(0);
  const parts = await nodeParts("dist", { parser: rustParser() });
  const reader = new Reader();
  let toClient: (message: unknown) => void = () => undefined;
  const writer = new Writer((message) => toClient(copied(message)));
  const connection = new Connection((logger) => createMessageConnection(reader, writer, logger));
  startServer(connection, async () => ({ ...diskServerHost(parts), ...changes }), "test");
  const wire: Wire = {
    send: (message) => reader.receive(copied(message)),
    listen: (receive) => {
      toClient = receive;
    },
    close: () => undefined,
    hangUp: () => undefined,
    ended: new Promise(() => undefined),
  };
  return { session: await startSession(wire, options), parts };
}

/** What is kept is written down, and the server let go. */
export function endInProcess({ parts }: Started): void {
  for (const cache of [parts.caches?.items, parts.caches?.answers]) {
    cache?.flush();
    cache?.close();
  }
  parts.analysis.dispose();
}

function copied(message: unknown): Message {
  const text = JSON.stringify(message);
  const copy: Message = JSON.parse(text);
  return copy;
}
