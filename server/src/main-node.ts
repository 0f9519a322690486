/**
 * The language server as a Node process: over IPC for VS Code, over standard input and output for other editors.
 */
import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { startServer } from "./lsp/server.ts";
import { languageServerHost, nodeParts } from "./node-parts.ts";
import { VERSION } from "./version.ts";

declare const __dirname: string;

startServer(createConnection(ProposedFeatures.all), async () => languageServerHost(await nodeParts(__dirname)), VERSION);
