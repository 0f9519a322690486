/**
 * The language status item (`{}` in the status bar): target, toolchain, profile and exactness of the file in the active editor.
 *
 * Invariant: shows only what a `stowplan/status` notification said of that file; before the first one it shows nothing.
 */
import type { LanguageStatusItem } from "vscode";
import { Disposable, LanguageStatusSeverity, l10n, languages, window, workspace } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import type { StatusParams } from "../../server/src/protocol.ts";
import { STATUS_NOTIFICATION } from "../../server/src/protocol.ts";

/** Creates the item with the first notification; updates it with every later one, and when another editor is looked at. */
export function createStatusItem(client: BaseLanguageClient): Disposable {
  const known = new Map<string, StatusParams>();
  let item: LanguageStatusItem | undefined;
  const update = (): void => {
    const document = window.activeTextEditor?.document;
    const status = document === undefined ? undefined : known.get(client.code2ProtocolConverter.asUri(document.uri));
    if (status === undefined) return;
    item ??= languages.createLanguageStatusItem("stowplan.status", { language: "rust" });
    show(item, status);
  };
  return Disposable.from(
    client.onNotification(STATUS_NOTIFICATION, (status: StatusParams) => {
      known.set(status.uri, status);
      update();
    }),
    window.onDidChangeActiveTextEditor(update),
    workspace.onDidCloseTextDocument((document) => known.delete(client.code2ProtocolConverter.asUri(document.uri))),
    { dispose: () => item?.dispose() },
  );
}

function show(item: LanguageStatusItem, status: StatusParams): void {
  item.name = "Stowplan";
  item.text = `${status.target} · rustc ${status.toolchain} · ${status.profile}`;
  item.detail = detailOf(status);
  item.severity = status.stdDiffers ? LanguageStatusSeverity.Warning : LanguageStatusSeverity.Information;
  item.command = { command: "stowplan.changeTarget", title: l10n.t("Change Target") };
}

/** Exactness, and which data stand for std; short, since all of it stands on one line. */
function detailOf({ types, stdDiffers, std, toolchain }: StatusParams): string {
  const counts = [
    l10n.t("{0} exact", types.exact),
    ...(types.generic === 0 ? [] : [l10n.t("{0} generic", types.generic)]),
    ...(types.unknown === 0 ? [] : [l10n.t("{0} unknown", types.unknown)]),
  ];
  return [...counts, stdDiffers ? l10n.t("no std data for rustc {0}: {1}", toolchain, std) : l10n.t("std: {0}", std)].join(" · ");
}
