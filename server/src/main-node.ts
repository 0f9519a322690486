/**
 * The language server as a Node process: over IPC for VS Code, over standard input and output for other editors.
 */
import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { startServer } from "./lsp/server.ts";
import { nodeParts } from "./node-parts.ts";

declare const __dirname: string;

startServer(createConnection(ProposedFeatures.all), async () => ({ ...(await nodeParts(__dirname)), load: undefined }), "0.1.0");
