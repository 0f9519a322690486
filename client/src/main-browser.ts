/**
 * Entry of the extension in the web worker extension host (vscode.dev, github.dev): the server runs in a worker of its own.
 *
 * Invariant: every file of the extension is read through `workspace.fs`, which knows all places an extension may come from
 * (VS Code refuses `new Worker` for a `vscode-remote:` address); the worker is given all bytes it cannot load by itself.
 */
import type { ExtensionContext } from "vscode";
import { Uri, workspace } from "vscode";
import type { MessageTransports } from "vscode-languageclient/browser";
import { BrowserMessageReader, BrowserMessageWriter, LanguageClient } from "vscode-languageclient/browser";
import type { StowplanApi } from "./extension.ts";
import { activateWith } from "./extension.ts";

/** Called by VS Code when the first Rust document is opened. */
export async function activate(context: ExtensionContext): Promise<StowplanApi> {
  const distFile = (name: string): Thenable<Uint8Array> => workspace.fs.readFile(Uri.joinPath(context.extensionUri, "dist", name));
  const [code, runtimeWasm, grammarWasm] = await Promise.all([
    distFile("server.browser.js"),
    distFile("web-tree-sitter.wasm"),
    distFile("tree-sitter-rust.wasm"),
  ]);
  const address = URL.createObjectURL(new Blob([new Uint8Array(code)], { type: "text/javascript" }));
  context.subscriptions.push({ dispose: () => URL.revokeObjectURL(address) });
  return activateWith(context, {
    initializationOptions: { browser: { extensionUri: context.extensionUri.toString(), runtimeWasm, grammarWasm } },
    createClient: (options) => new LanguageClient("stowplan", "Stowplan", async () => transports(new Worker(address)), options),
  });
}

/** Made here because VS Code's own `Worker` gives objects that the language client does not know for workers. */
function transports(worker: Worker): MessageTransports {
  return { reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker) };
}
