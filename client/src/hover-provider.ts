/**
 * The hover provider, registered here and not by the language client, to choose where layouts stand among other hovers.
 *
 * VS Code sorts providers by how well their selector matches and then by time of registration, later ones first. A match on
 * the language scores 10, on any scheme 5: with `{ scheme: "*" }` layouts stand below rust-analyzer's hover however the two
 * extensions race at start. `stowplan.hover.position = "above"` takes the ordinary selector.
 *
 * Invariant: one registration at a time; a restart of the server does not register again.
 */
import type { CancellationToken, DocumentSelector, Hover, Position, TextDocument } from "vscode";
import { Disposable, languages, workspace } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { HoverRequest } from "vscode-languageclient";
import type { HideOffer } from "./rust-analyzer.ts";

const POSITION_SETTING = "stowplan.hover.position";

/** Registers the provider and moves it when `stowplan.hover.position` changes. */
export function registerHoverProvider(client: BaseLanguageClient, ready: Promise<void>, offer: HideOffer): Disposable {
  const provider = {
    provideHover: (document: TextDocument, position: Position, token: CancellationToken) =>
      document.languageId === "rust" ? askServer({ client, ready, offer }, document, position, token) : undefined,
  };
  let registration = languages.registerHoverProvider(selector(), provider);
  const listener = workspace.onDidChangeConfiguration((change) => {
    if (!change.affectsConfiguration(POSITION_SETTING)) return;
    registration.dispose();
    registration = languages.registerHoverProvider(selector(), provider);
  });
  return Disposable.from(listener, { dispose: () => registration.dispose() });
}

function selector(): DocumentSelector {
  const above = workspace.getConfiguration().get<string>(POSITION_SETTING) === "above";
  return above ? { language: "rust" } : { scheme: "*" };
}

interface Server {
  readonly client: BaseLanguageClient;
  readonly ready: Promise<void>;
  readonly offer: HideOffer;
}

async function askServer(server: Server, document: TextDocument, position: Position, token: CancellationToken): Promise<Hover | undefined> {
  const { client, ready, offer } = server;
  try {
    await ready;
    const params = client.code2ProtocolConverter.asTextDocumentPositionParams(document, position);
    const hover = await client.sendRequest(HoverRequest.type, params, token);
    return offer.addTo(client.protocol2CodeConverter.asHover(hover));
  } catch (error) {
    return client.handleFailedRequest(HoverRequest.type, token, error, undefined);
  }
}
