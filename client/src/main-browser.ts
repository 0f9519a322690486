/**
 * Entry of the extension in the web worker extension host (vscode.dev, github.dev): the server runs in a worker of its own.
 *
 * Invariant: every file of the extension is read through `workspace.fs`, which knows all places an extension may come from
 * (VS Code refuses `new Worker` for a `vscode-remote:` address); the worker is given all bytes it cannot load by itself. They are read
 * when the server is started, which activation does not wait for.
 */
import type { ExtensionContext } from "vscode";
import { Uri, workspace } from "vscode";
import type { MessageTransports } from "vscode-languageclient/browser";
import { BrowserMessageReader, BrowserMessageWriter, LanguageClient } from "vscode-languageclient/browser";
import type { BrowserBoot } from "../../server/src/protocol.ts";
import type { StowplanApi } from "./extension.ts";
import { activateWith } from "./extension.ts";

/** Called by VS Code when the first Rust document is opened. */
export function activate(context: ExtensionContext): StowplanApi {
  let boot: BrowserBoot | undefined;
  const startServer = async (): Promise<MessageTransports> => {
    const files = await readServerFiles(context.extensionUri);
    boot = files.boot;
    const address = URL.createObjectURL(new Blob([new Uint8Array(files.code)], { type: "text/javascript" }));
    context.subscriptions.push({ dispose: () => URL.revokeObjectURL(address) });
    return transports(new Worker(address));
  };
  return activateWith(context, {
    initializationOptions: () => (boot === undefined ? {} : { browser: boot }),
    createClient: (options) => new LanguageClient("stowplan", "Stowplan", startServer, options),
  });
}

interface ServerFiles {
  readonly code: Uint8Array;
  readonly boot: BrowserBoot;
}

async function readServerFiles(extensionUri: Uri): Promise<ServerFiles> {
  const distFile = (name: string): Thenable<Uint8Array> => workspace.fs.readFile(Uri.joinPath(extensionUri, "dist", name));
  const [code, runtimeWasm, grammarWasm] = await Promise.all([
    distFile("server.browser.js"),
    distFile("web-tree-sitter.wasm"),
    distFile("tree-sitter-rust.wasm"),
  ]);
  return { code, boot: { extensionUri: extensionUri.toString(), runtimeWasm, grammarWasm } };
}

/** Made here because VS Code's own `Worker` gives objects that the language client does not know for workers. */
function transports(worker: Worker): MessageTransports {
  return { reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker) };
}
