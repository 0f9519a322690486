/**
 * Where the cache on disk stands, and when it is written: in idle time, and at the end of the process.
 *
 * `STOWPLAN_CACHE` names another folder, or says `off`.
 */
import { join } from "node:path";
import { DiskCache } from "./cache-host.ts";
import type { Environment } from "./project/environment.ts";
import { ITEM_FORMAT, VERSION } from "./version.ts";

const MAX_BYTES = 256 * 1024 * 1024;
const OFF: ReadonlySet<string> = new Set(["off", "0", "false", "no"]);

/** Writing begins so long after the first text was parsed, and lets questions pass after so long. */
const IDLE_MS = 1000;
const SLICE_MS = 4;
const PAUSE_MS = 20;

/** The cache of this process; `preferred` is the folder that an editor has for such things. Undefined where it is off or has no place. */
export function diskCache(environment: Environment, preferred?: string): DiskCache | undefined {
  const folder = cacheFolder(environment, process.platform, preferred);
  if (folder === undefined) return undefined;
  const options = { folder, version: `${VERSION}-${ITEM_FORMAT}`, maxBytes: MAX_BYTES };
  const cache: DiskCache = new DiskCache({ ...options, onWaiting: () => writeLater(() => cache) });
  process.once("exit", () => cache.flush());
  return cache;
}

function writeLater(cache: () => DiskCache): void {
  const step = (): void => {
    if (cache().prepare(SLICE_MS)) cache().flush();
    else setTimeout(step, PAUSE_MS).unref();
  };
  setTimeout(step, IDLE_MS).unref();
}

/** The folder for a platform. */
export function cacheFolder(environment: Environment, platform: NodeJS.Platform, preferred?: string): string | undefined {
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
