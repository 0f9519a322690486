/**
 * The language server as a Node process: over IPC for VS Code, over standard input and output for other editors.
 */
import type { RunningCode } from "./code-cache.ts";
import { nodeConnection } from "./connection-host.ts";
import { startServer } from "./lsp/server.ts";
import { diskServerHost, editorServerHost, nodeParts } from "./node-parts.ts";
import { RustParser } from "./syntax/parser.ts";
import type { ParserWasm } from "./syntax/parser-wasm.ts";
import { VERSION } from "./version.ts";

declare const __dirname: string;
/** Given by `main-boot.ts`. */
declare const runningCode: RunningCode;
declare const compiledParser: Promise<ParserWasm>;

const parser = compiledParser.then((wasm) => RustParser.load(wasm));
const connection = nodeConnection(process.argv.includes("--node-ipc") ? "ipc" : "stdio");
startServer(
  connection,
  async ({ fileRequests, cacheFolder }) =>
    fileRequests === true
      ? editorServerHost(__dirname, connection, { parser, preferredCache: cacheFolder, code: runningCode })
      : diskServerHost(await nodeParts(__dirname, { parser, preferredCache: cacheFolder, code: runningCode })),
  VERSION,
);
