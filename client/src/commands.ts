/**
 * The contributed commands: one function each, their ids in one table.
 *
 * Invariant: `clientCommandIds` lists exactly the commands that are registered here; the server links to no others.
 */
import type { Disposable, QuickPickItem, Uri } from "vscode";
import { ConfigurationTarget, commands, l10n, window, workspace } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import type { TargetInfo, TargetsParams } from "../../server/src/protocol.ts";
import { TARGETS_REQUEST } from "../../server/src/protocol.ts";
import { compareTargets, copyLayoutAsMarkdown, copyLayoutAsText, registerComparisons } from "./layout-commands.ts";
import { HIDE_COMMAND, hideRustAnalyzersLayoutLine } from "./rust-analyzer.ts";

/** `argument` is what a link in a hover says. */
type Command = (client: BaseLanguageClient, argument?: unknown) => Promise<void>;

const commandTable: ReadonlyMap<string, Command> = new Map<string, Command>([
  ["stowplan.compareTargets", compareTargets],
  ["stowplan.copyLayoutAsText", copyLayoutAsText],
  ["stowplan.copyLayoutAsMarkdown", copyLayoutAsMarkdown],
  ["stowplan.changeTarget", changeTarget],
  ["stowplan.toggleHints", toggleHints],
  [HIDE_COMMAND, hideRustAnalyzersLayoutLine],
  ["stowplan.restartServer", restartServer],
  ["stowplan.showOutput", showOutput],
]);

/** Ids of all commands that this client registers. */
export const clientCommandIds: readonly string[] = [...commandTable.keys()];

/** Registers every command of the table. */
export function registerCommands(client: BaseLanguageClient): readonly Disposable[] {
  const registered = [...commandTable].map(([id, run]) => commands.registerCommand(id, (argument?: unknown) => run(client, argument)));
  return [...registered, registerComparisons()];
}

/** Lets the user pick a target (or `auto`) and writes it to the settings. */
async function changeTarget(client: BaseLanguageClient): Promise<void> {
  const resource = window.activeTextEditor?.document.uri ?? workspace.workspaceFolders?.[0]?.uri;
  const params: TargetsParams = resource === undefined ? {} : { uri: resource.toString() };
  const targets = await client.sendRequest<readonly TargetInfo[]>(TARGETS_REQUEST, params);
  const chosen = workspace.getConfiguration("stowplan", resource).get<string>("target", "auto");
  const picked = await window.showQuickPick(targetItems(targets, chosen), {
    title: l10n.t("Stowplan: Change Target"),
    placeHolder: l10n.t("Target that layouts are computed for"),
    matchOnDescription: true,
  });
  if (picked !== undefined) await workspace.getConfiguration("stowplan", resource).update("target", picked.label, settingsScope(resource));
}

function targetItems(targets: readonly TargetInfo[], chosen: string): readonly QuickPickItem[] {
  const standard = targets.find((target) => target.isDefault);
  const auto = { name: "auto", note: standard === undefined ? "" : standard.name };
  const named = targets.map((target) => ({ name: target.name, note: target.isDefault ? l10n.t("what auto stands for") : "" }));
  return [auto, ...named].map(({ name, note }) => {
    const description = [name === chosen ? l10n.t("in use") : "", note].filter((part) => part !== "").join(" · ");
    return { label: name, description };
  });
}

/** The workspace's settings where there is a workspace, else the user's. */
function settingsScope(resource: Uri | undefined): ConfigurationTarget {
  const inWorkspace = workspace.workspaceFile !== undefined || workspace.workspaceFolders !== undefined;
  if (!inWorkspace) return ConfigurationTarget.Global;
  const folders = workspace.workspaceFolders?.length ?? 0;
  const ofOneFolder = folders > 1 && resource !== undefined && workspace.getWorkspaceFolder(resource) !== undefined;
  return ofOneFolder ? ConfigurationTarget.WorkspaceFolder : ConfigurationTarget.Workspace;
}

/** Turns Stowplan's hints on or off, at the level where the setting stands now (the user's where it stands nowhere). */
async function toggleHints(): Promise<void> {
  const resource = window.activeTextEditor?.document.uri;
  const settings = workspace.getConfiguration("stowplan", resource);
  const now = settings.get<boolean>("inlayHints.enable", true);
  const where = settings.inspect<boolean>("inlayHints.enable");
  await settings.update("inlayHints.enable", !now, levelOf(where));
}

function levelOf(where: { readonly workspaceFolderValue?: boolean; readonly workspaceValue?: boolean } | undefined): ConfigurationTarget {
  if (where?.workspaceFolderValue !== undefined) return ConfigurationTarget.WorkspaceFolder;
  return where?.workspaceValue === undefined ? ConfigurationTarget.Global : ConfigurationTarget.Workspace;
}

/** Ends the server and starts a new one; the documents are sent to it again. */
async function restartServer(client: BaseLanguageClient): Promise<void> {
  if (client.needsStop()) await client.stop();
  await client.start();
}

/** Shows what the server has logged. */
async function showOutput(client: BaseLanguageClient): Promise<void> {
  client.outputChannel.show(true);
}
