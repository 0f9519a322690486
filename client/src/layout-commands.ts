/**
 * Commands about the type under the cursor: copy its layout, compare it on several targets.
 *
 * Invariant: what is shown or copied is the server's text as it stands.
 */
import type { Disposable, TextEditor } from "vscode";
import { EventEmitter, env, l10n, Uri, ViewColumn, window, workspace } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import type { CompareParams, LayoutParams, LayoutResult, PlaceParams } from "../../server/src/protocol.ts";
import { COMPARE_REQUEST, LAYOUT_REQUEST } from "../../server/src/protocol.ts";
import { plainLabel } from "./plain-label.ts";

const SHOWN_FOR_MS = 4000;

/** Puts the layout of the type at the cursor into the clipboard, as plain text. */
export function copyLayoutAsText(client: BaseLanguageClient): Promise<void> {
  return copyLayout(client, "text");
}

/** Puts the layout of the type at the cursor into the clipboard, as Markdown. */
export function copyLayoutAsMarkdown(client: BaseLanguageClient): Promise<void> {
  return copyLayout(client, "markdown");
}

async function copyLayout(client: BaseLanguageClient, format: LayoutParams["format"]): Promise<void> {
  const place = placeOf(client, window.activeTextEditor);
  const params: LayoutParams | undefined = place === undefined ? undefined : { ...place, format };
  const layout = params === undefined ? null : await client.sendRequest<LayoutResult | null>(LAYOUT_REQUEST, params);
  if (layout === null) return noType();
  await env.clipboard.writeText(layout.text);
  window.setStatusBarMessage(plainLabel(l10n.t("Layout of {0} copied", layout.name)), SHOWN_FOR_MS);
}

/** Shows the type at the cursor (or the one a hover's link names) on several targets, beside the editor. */
export async function compareTargets(client: BaseLanguageClient, argument?: unknown): Promise<void> {
  const params: CompareParams | undefined = isDefinition(argument) ? argument : placeOf(client, window.activeTextEditor);
  const compared = params === undefined ? null : await client.sendRequest<LayoutResult | null>(COMPARE_REQUEST, params);
  if (compared === null) return noType();
  const document = await workspace.openTextDocument(comparisons.add(compared));
  await window.showTextDocument(document, { viewColumn: ViewColumn.Beside, preview: true, preserveFocus: true });
}

function placeOf(client: BaseLanguageClient, editor: TextEditor | undefined): PlaceParams | undefined {
  if (editor === undefined || editor.document.languageId !== "rust") return undefined;
  const { textDocument, position } = client.code2ProtocolConverter.asTextDocumentPositionParams(editor.document, editor.selection.active);
  return { uri: textDocument.uri, position };
}

function isDefinition(value: unknown): value is Extract<CompareParams, { readonly key: string }> {
  return typeof value === "object" && value !== null && "file" in value && "key" in value;
}

async function noType(): Promise<void> {
  await window.showInformationMessage(l10n.t("There is no type at the cursor."));
}

const SCHEME = "stowplan-targets";

/** The comparisons of this session, as documents that can only be read. */
class Comparisons {
  readonly #texts = new Map<string, string>();
  readonly #changed = new EventEmitter<Uri>();

  /** The document of a comparison; one for each type, with its last text. */
  add({ name, text }: LayoutResult): Uri {
    const uri = Uri.from({ scheme: SCHEME, path: `/${l10n.t("{0} by target", name.replaceAll("/", "∕"))}` });
    this.#texts.set(uri.toString(), text);
    this.#changed.fire(uri);
    return uri;
  }

  register(): Disposable {
    return workspace.registerTextDocumentContentProvider(SCHEME, {
      onDidChange: this.#changed.event,
      provideTextDocumentContent: (uri) => this.#texts.get(uri.toString()) ?? "",
    });
  }
}

const comparisons = new Comparisons();

/** Lets VS Code read comparisons. */
export function registerComparisons(): Disposable {
  return comparisons.register();
}
