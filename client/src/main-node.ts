/**
 * Entry of the extension in the Node extension host (desktop, remote): the server runs as a process of its own and is
 * spoken to over Node's IPC.
 */
import type { ExtensionContext } from "vscode";
import { workspace } from "vscode";
import { LanguageClient, TransportKind } from "vscode-languageclient/node";
import type { StowplanApi } from "./extension.ts";
import { activateWith } from "./extension.ts";

/** Called by VS Code when the first Rust document is opened. */
export function activate(context: ExtensionContext): StowplanApi {
  const module = context.asAbsolutePath("dist/server.cjs");
  const folder = context.globalStorageUri.fsPath;
  // Before the server can ask for settings, it looks for what V8 kept of it.
  const keeps = workspace.getConfiguration("stowplan").get<boolean>("cache.enable", true);
  const run = { module, transport: TransportKind.ipc, args: keeps ? [`--cache-folder=${folder}`] : [] };
  const debug = { ...run, options: { execArgv: ["--nolazy", "--inspect=6009"] } };
  return activateWith(context, {
    initializationOptions: () => ({ cacheFolder: folder }),
    createClient: (options) => new LanguageClient("stowplan", "Stowplan", { run, debug }, options),
  });
}
