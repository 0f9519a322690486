/**
 * Where the caches on disk stand: `STOWPLAN_CACHE` names a folder or says `off`; else it is the editor's folder for such things, or
 * the user's.
 */
import { join } from "node:path";
import type { Environment } from "./project/environment.ts";

const OFF: ReadonlySet<string> = new Set(["off", "0", "false", "no"]);

/** The folder for a platform; `preferred` is the one that an editor has. Undefined where it is off or has no place. */
export function cacheFolder(
  environment: Pick<Environment, "variables" | "home">,
  platform: NodeJS.Platform,
  preferred?: string,
): string | undefined {
  const { variables, home } = environment;
  const set = (name: string): string | undefined => variables.get(name) || undefined;
  const chosen = set("STOWPLAN_CACHE");
  if (chosen !== undefined) return OFF.has(chosen.toLowerCase()) ? undefined : chosen;
  if (preferred !== undefined) return join(preferred, "items");
  const below = (...names: readonly string[]): string | undefined => (home === undefined ? undefined : join(home, ...names));
  const base = platform === "win32" ? (set("LOCALAPPDATA") ?? below("AppData", "Local")) : undefined;
  const place = base ?? (platform === "darwin" ? below("Library", "Caches") : (set("XDG_CACHE_HOME") ?? below(".cache")));
  return place === undefined ? undefined : join(place, "stowplan");
}
