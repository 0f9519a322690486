/**
 * What the suites do with VS Code: open the sample, find places in it, ask for hovers, hints and actions.
 *
 * Invariant: no fixed waits: `until` asks again until the answer is right, and says the last answer when time is over.
 */
import type { CodeAction, Hover, InlayHint, TextDocument } from "vscode";
import { CodeActionKind, commands, extensions, MarkdownString, Position, Range, Uri, window, workspace } from "vscode";

/** `src/lib.rs` of the workspace, shown in an editor, with the extension started. */
export async function openSample(): Promise<TextDocument> {
  const folder = workspace.workspaceFolders?.[0];
  if (folder === undefined) throw new Error("no workspace folder");
  const document = await workspace.openTextDocument(Uri.joinPath(folder.uri, "src/lib.rs"));
  await window.showTextDocument(document);
  const extension = extensions.getExtension<{ readonly ready: Promise<void> }>("stowplan.stowplan");
  if (extension === undefined) throw new Error("the extension is not installed");
  await (await extension.activate()).ready;
  return document;
}

/** The place of the first character of `word` where `before` + `word` first stands. */
export function placeOf(document: TextDocument, word: string, before = ""): Position {
  const at = document.getText().indexOf(before + word);
  if (at < 0) throw new Error(`\`${before}${word}\` is not in ${document.uri.path}`);
  return document.positionAt(at + before.length);
}

/** All hover texts at a place, as Markdown. */
export async function hoverAt(document: TextDocument, place: Position): Promise<string> {
  const hovers = await commands.executeCommand<readonly Hover[]>("vscode.executeHoverProvider", document.uri, place);
  const parts = hovers.flatMap((hover) => hover.contents);
  return parts.map((part) => (part instanceof MarkdownString ? part.value : typeof part === "string" ? part : part.value)).join("\n---\n");
}

/** All hints of the document as `line: label`, lines from 1. */
export async function hintsOf(document: TextDocument): Promise<readonly string[]> {
  const whole = new Range(new Position(0, 0), document.lineAt(document.lineCount - 1).range.end);
  const hints = await commands.executeCommand<readonly InlayHint[]>("vscode.executeInlayHintProvider", document.uri, whole);
  return hints.map((hint) => `${hint.position.line + 1}: ${labelOf(hint)}`);
}

function labelOf(hint: InlayHint): string {
  return typeof hint.label === "string" ? hint.label : hint.label.map((part) => part.value).join("");
}

/** The code actions at a place, with their edits resolved. */
export async function actionsAt(document: TextDocument, place: Position): Promise<readonly CodeAction[]> {
  const range = new Range(place, place);
  return commands.executeCommand<readonly CodeAction[]>(
    "vscode.executeCodeActionProvider",
    document.uri,
    range,
    CodeActionKind.Empty.value || undefined,
    20,
  );
}

/** Asks until `accept` holds; throws with the last answer after 20 s. */
export async function until<T>(ask: () => Promise<T>, accept: (answer: T) => boolean): Promise<T> {
  const end = Date.now() + 20_000;
  for (;;) {
    const answer = await ask();
    if (accept(answer)) return answer;
    if (Date.now() > end) throw new Error(`still not so after 20 s: ${JSON.stringify(answer, undefined, 1)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
