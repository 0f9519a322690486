/**
 * Asks the client for its settings: once in general, and once for each workspace folder, which may have its own.
 */
import type { Connection, WorkspaceFolder } from "vscode-languageserver";
import type { Configs, FolderConfig } from "./config.ts";
import { readConfig } from "./config.ts";
import { pathOfUri } from "./uri.ts";

const SECTIONS = ["stowplan", "rust-analyzer"] as const;

/** All settings, in one request. */
export async function askConfigs(connection: Connection, folders: readonly WorkspaceFolder[]): Promise<Configs> {
  const scopes = [{}, ...folders.map((folder) => ({ scopeUri: folder.uri }))];
  const items = scopes.flatMap((scope) => SECTIONS.map((section) => ({ ...scope, section })));
  const values: readonly unknown[] = await connection.workspace.getConfiguration(items);
  const configs = scopes.map((_, i) => readConfig(values[i * SECTIONS.length], values[i * SECTIONS.length + 1]));
  const [common = readConfig(undefined, undefined), ...ofFolders] = configs;
  return { common, folders: folders.flatMap((folder, i): FolderConfig[] => folderConfig(folder, ofFolders[i])) };
}

function folderConfig(folder: WorkspaceFolder, config: FolderConfig["config"] | undefined): FolderConfig[] {
  return config === undefined ? [] : [{ path: pathOfUri(folder.uri), config }];
}
