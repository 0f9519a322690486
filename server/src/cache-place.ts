/**
 * When the caches on disk are written: in idle time, and at the end of the process.
 */
import { cacheFolder } from "./cache-folder.ts";
import { DiskCache } from "./cache-host.ts";
import type { RunningCode } from "./code-cache.ts";
import type { Environment } from "./project/environment.ts";
import { ITEM_FORMAT, VERSION } from "./version.ts";

const MAX_BYTES = 256 * 1024 * 1024;

/** Writing begins so long after the first text was parsed, and lets questions pass after so long. */
const IDLE_MS = 1000;
const SLICE_MS = 4;
const PAUSE_MS = 20;

export interface CacheWishes {
  /** The folder that an editor has for such things. */
  readonly preferred?: string | undefined;
  /** The code that is running, to be kept too. */
  readonly code?: RunningCode | undefined;
}

/** The cache of this process. Undefined where it is off or has no place. */
export function diskCache(environment: Environment, { preferred, code }: CacheWishes): DiskCache | undefined {
  const folder = cacheFolder(environment, process.platform, preferred);
  if (folder === undefined) return undefined;
  const options = { folder, version: `${VERSION}-${ITEM_FORMAT}`, maxBytes: MAX_BYTES };
  const write = (): void => {
    cache.flush();
    if (cache.isOn) code?.keep();
  };
  const cache: DiskCache = new DiskCache({ ...options, onWaiting: () => writeLater(cache, write) });
  process.once("exit", write);
  return cache;
}

function writeLater(cache: DiskCache, write: () => void): void {
  const step = (): void => {
    if (cache.prepare(SLICE_MS)) write();
    else setTimeout(step, PAUSE_MS).unref();
  };
  setTimeout(step, IDLE_MS).unref();
}
