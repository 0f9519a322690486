/**
 * The language status item (`{}` in the status bar): target, toolchain and exactness, as the server reports them.
 *
 * Invariant: shows only what the last `stowplan/status` notification said; before the first one it shows nothing.
 */
import type { Disposable, LanguageStatusItem } from "vscode";
import { LanguageStatusSeverity, languages } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import type { StatusParams } from "../../server/src/protocol.ts";
import { STATUS_NOTIFICATION } from "../../server/src/protocol.ts";

/** Creates the item with the first notification and updates it with every later one. */
export function createStatusItem(client: BaseLanguageClient): Disposable {
  let item: LanguageStatusItem | undefined;
  const listener = client.onNotification(STATUS_NOTIFICATION, (status: StatusParams) => {
    item ??= languages.createLanguageStatusItem("stowplan.status", { language: "rust" });
    show(item, status);
  });
  return {
    dispose: () => {
      listener.dispose();
      item?.dispose();
    },
  };
}

function show(item: LanguageStatusItem, status: StatusParams): void {
  const { exact, generic, unknown } = status.types;
  item.name = "Stowplan";
  item.text = `${status.target} · rustc ${status.toolchain}`;
  item.detail = `${exact} exact · ${generic} generic · ${unknown} unknown · std: ${status.std} · target from ${status.targetOrigin}`;
  item.severity = status.stdDiffers ? LanguageStatusSeverity.Warning : LanguageStatusSeverity.Information;
  item.command = { command: "stowplan.changeTarget", title: "Change Target" };
}
