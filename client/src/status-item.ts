/**
 * The language status (`{}` in the status bar): target, toolchain and profile of the file in the active editor, and how exact it is.
 *
 * Where there are no answers (a target in the settings that is not known, say) it says why.
 *
 * Invariant: shows only what a `stowplan/status` notification said of that file; before the first one it shows nothing.
 */
import type { LanguageStatusItem } from "vscode";
import { Disposable, LanguageStatusSeverity, l10n, languages, window, workspace } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import type { StatusFacts, StatusParams } from "../../server/src/protocol.ts";
import { STATUS_NOTIFICATION } from "../../server/src/protocol.ts";
import { plainLabel } from "./plain-label.ts";

/** Creates the items with the first notification; updates them with every later one, and when another editor is looked at. */
export function createStatusItem(client: BaseLanguageClient): Disposable {
  const known = new Map<string, StatusParams>();
  let items: StatusItems | undefined;
  const update = (): void => {
    const document = window.activeTextEditor?.document;
    const status = document === undefined ? undefined : known.get(client.code2ProtocolConverter.asUri(document.uri));
    if (status === undefined) return;
    items ??= { target: createItem("stowplan.target"), types: createItem("stowplan.types") };
    show(items, status);
  };
  return Disposable.from(
    client.onNotification(STATUS_NOTIFICATION, (status: StatusParams) => {
      known.set(status.uri, status);
      update();
    }),
    window.onDidChangeActiveTextEditor(update),
    workspace.onDidCloseTextDocument((document) => known.delete(client.code2ProtocolConverter.asUri(document.uri))),
    {
      dispose: () => {
        items?.target.dispose();
        items?.types.dispose();
      },
    },
  );
}

/** Two lines of the `{}` menu, which cuts lines off at 500 pixels and sorts them by id. */
interface StatusItems {
  readonly target: LanguageStatusItem;
  readonly types: LanguageStatusItem;
}

function createItem(id: string): LanguageStatusItem {
  const item = languages.createLanguageStatusItem(id, { language: "rust" });
  item.name = "Stowplan";
  return item;
}

function show({ target, types }: StatusItems, status: StatusParams): void {
  target.command = { command: "stowplan.changeTarget", title: l10n.t("Change Target") };
  if ("problem" in status) {
    target.text = plainLabel(status.problem);
    types.text = l10n.t("no layouts");
    types.severity = LanguageStatusSeverity.Error;
    return;
  }
  target.text = plainLabel(`${status.target} · rustc ${status.toolchain} · ${status.profile}`);
  types.text = plainLabel(detailOf(status));
  types.severity = status.stdDiffers ? LanguageStatusSeverity.Warning : LanguageStatusSeverity.Information;
}

/** Exactness, and which data stand for std. */
function detailOf({ types, stdDiffers, std, toolchain }: StatusFacts): string {
  const counts = [
    l10n.t("{0} exact", types.exact),
    ...(types.generic === 0 ? [] : [l10n.t("{0} generic", types.generic)]),
    ...(types.unknown === 0 ? [] : [l10n.t("{0} unknown", types.unknown)]),
  ];
  return [...counts, stdDiffers ? l10n.t("no std data for rustc {0}: {1}", toolchain, std) : l10n.t("std: {0}", std)].join(" · ");
}
