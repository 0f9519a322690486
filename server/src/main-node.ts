/**
 * The language server as a Node process: over IPC for VS Code, over standard input and output for other editors.
 */
import type { RunningCode } from "./code-cache.ts";
import { nodeConnection } from "./connection-host.ts";
import { startServer } from "./lsp/server.ts";
import { loadParser } from "./node-parser.ts";
import { diskServerHost, editorServerHost, nodeParts } from "./node-parts.ts";
import { VERSION } from "./version.ts";

declare const __dirname: string;
/** Given by `main-boot.ts`. */
declare const runningCode: RunningCode;

// It is loaded while the client is still saying who it is.
const parser = loadParser(__dirname);
const connection = nodeConnection(process.argv.includes("--node-ipc") ? "ipc" : "stdio");
startServer(
  connection,
  async ({ fileRequests, cacheFolder }) =>
    fileRequests === true
      ? editorServerHost(__dirname, connection, { parser, preferredCache: cacheFolder, code: runningCode })
      : diskServerHost(await nodeParts(__dirname, { parser, preferredCache: cacheFolder, code: runningCode })),
  VERSION,
);
