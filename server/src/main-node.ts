/**
 * The language server as a Node process: over IPC for VS Code, over standard input and output for other editors.
 */
import { nodeConnection } from "./connection-host.ts";
import { startServer } from "./lsp/server.ts";
import { diskServerHost, editorServerHost, nodeParts } from "./node-parts.ts";
import { VERSION } from "./version.ts";

declare const __dirname: string;

const connection = nodeConnection(process.argv.includes("--node-ipc") ? "ipc" : "stdio");
startServer(
  connection,
  async ({ fileRequests, cacheFolder }) =>
    fileRequests === true
      ? editorServerHost(__dirname, connection, cacheFolder)
      : diskServerHost(await nodeParts(__dirname, { preferredCache: cacheFolder })),
  VERSION,
);
