/**
 * Entry of the extension in the web worker extension host (vscode.dev, github.dev): the server runs in a worker of its own.
 *
 * Invariant: the worker is given all bytes it cannot load by itself, because its own origin is not the extension's.
 */
import type { ExtensionContext } from "vscode";
import { Uri, workspace } from "vscode";
import { LanguageClient } from "vscode-languageclient/browser";
import type { StowplanApi } from "./extension.ts";
import { activateWith } from "./extension.ts";

/** Called by VS Code when the first Rust document is opened. */
export async function activate(context: ExtensionContext): Promise<StowplanApi> {
  const distFile = (name: string): Uri => Uri.joinPath(context.extensionUri, "dist", name);
  const [runtimeWasm, grammarWasm] = await Promise.all([
    workspace.fs.readFile(distFile("web-tree-sitter.wasm")),
    workspace.fs.readFile(distFile("tree-sitter-rust.wasm")),
  ]);
  const startWorker = async (): Promise<Worker> => new Worker(distFile("server.browser.js").toString(true));
  return activateWith(context, {
    initializationOptions: { browser: { extensionUri: context.extensionUri.toString(), runtimeWasm, grammarWasm } },
    createClient: (options) => new LanguageClient("stowplan", "Stowplan", startWorker, options),
  });
}
