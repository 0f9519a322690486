/**
 * The client's settings: asked for in general, and for each workspace folder, which may have its own; completed by those that
 * came without being asked for.
 */
import type { WorkspaceFolder } from "vscode-languageserver-protocol";
import type { ClientRequests } from "./client-requests.ts";
import type { Config, Configs, FolderConfig } from "./config.ts";
import { readConfig } from "./config.ts";
import type { SettingsSections } from "./settings-source.ts";
import { answeredSection, firstOf } from "./settings-source.ts";
import { pathOfUri } from "./uri.ts";

const SECTIONS = ["stowplan", "rust-analyzer"] as const;

/** All settings, in one request; `sent` counts where the client has nothing to say. */
export async function askConfigs(client: ClientRequests, folders: readonly WorkspaceFolder[], sent: SettingsSections): Promise<Configs> {
  const scopes = [{}, ...folders.map((folder) => ({ scopeUri: folder.uri }))];
  const values = await client.settings(scopes.flatMap((scope) => SECTIONS.map((section) => ({ ...scope, section }))));
  const configAt = (scope: number): Config => {
    const [stowplan, rustAnalyzer] = SECTIONS.map((_, i) => answeredSection(values[scope * SECTIONS.length + i]));
    return configOf(firstOf([{ stowplan, rustAnalyzer }, sent]));
  };
  return {
    common: configAt(0),
    folders: folders.map((folder, i): FolderConfig => ({ path: pathOfUri(folder.uri), config: configAt(i + 1) })),
  };
}

/** The settings of two sections. */
export function configOf({ stowplan, rustAnalyzer }: SettingsSections): Config {
  return readConfig(stowplan, rustAnalyzer);
}
