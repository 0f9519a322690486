/**
 * What both extension hosts share: the options of the language client, the hover provider, the commands, and the requests
 * that the server asks of the editor. `main-node.ts` and `main-browser.ts` only say how the server is started.
 *
 * Invariant: knows nothing about layouts; every text a user reads about a type comes from the server.
 * Invariant: activation does not wait for the server; providers wait for it when they are asked.
 */
import type { Disposable, ExtensionContext } from "vscode";
import { l10n, window } from "vscode";
import type { BaseLanguageClient, LanguageClientOptions } from "vscode-languageclient";
import type { InitializationOptions } from "../../server/src/protocol.ts";
import { silentBesideClippy, watchClippy } from "./clippy.ts";
import { clientCommandIds, registerCommands } from "./commands.ts";
import { answerFileRequests } from "./file-requests.ts";
import { registerHoverProvider } from "./hover-provider.ts";
import { HideOffer } from "./rust-analyzer.ts";
import { createStatusItem } from "./status-item.ts";

/** How one extension host starts the server. */
export interface ServerHost {
  /** What only this host adds to `initialize`; asked for when the server has been started. */
  readonly initializationOptions: () => InitializationOptions;
  readonly createClient: (options: LanguageClientOptions) => BaseLanguageClient;
}

/** What `activate` hands to other extensions (and to the end-to-end tests). */
export interface StowplanApi {
  /** Resolves when the server has answered `initialize`; rejects when it could not be started. */
  readonly ready: Promise<void>;
}

/** Starts the client in the given host. Everything it registers ends with `context.subscriptions`. */
export function activateWith(context: ExtensionContext, host: ServerHost): StowplanApi {
  // The client's own would go with a server that is restarted, and the panel would show another's.
  const outputChannel = window.createOutputChannel("Stowplan", { log: true });
  const client = host.createClient({ ...clientOptions(host.initializationOptions), outputChannel });
  const subscribe = (...items: readonly Disposable[]): void => {
    context.subscriptions.push(...items);
  };
  subscribe(outputChannel, ...answerFileRequests(client), createStatusItem(client), watchClippy(client));
  const ready = client.start();
  ready.catch((error: unknown) => client.error(l10n.t("The server could not be started."), error, false));
  subscribe(registerHoverProvider(client, ready, new HideOffer(context.globalState)), ...registerCommands(client), {
    dispose: () => void client.dispose().catch(() => undefined),
  });
  return { ready };
}

function clientOptions(fromHost: () => InitializationOptions): LanguageClientOptions {
  const initializationOptions = (): InitializationOptions => ({
    commandLinks: true,
    clientCommands: clientCommandIds,
    pictures: true,
    status: true,
    fileRequests: true,
    ...fromHost(),
  });
  return {
    // No scheme: untitled, vscode-vfs and git documents are answered too.
    documentSelector: [{ language: "rust" }],
    initializationOptions,
    markdown: { isTrusted: { enabledCommands: [...clientCommandIds] }, supportHtml: false },
    // Hovers go through `hover-provider.ts`, which decides where they stand among those of other extensions.
    middleware: { provideHover: () => undefined, ...silentBesideClippy },
  };
}
