/**
 * When the caches on disk are written: in idle time, and at the end of the process.
 */
import { cacheFolder } from "./cache-folder.ts";
import type { DiskCacheOptions } from "./cache-host.ts";
import { DiskCache } from "./cache-host.ts";
import type { RunningCode } from "./code-cache.ts";
import type { Environment } from "./project/environment.ts";
import { ITEM_FORMAT, PRODUCT, VERSION } from "./version.ts";

/** Together 256 MB. */
const MAX_ITEM_BYTES = 224 * 1024 * 1024;
const MAX_ANSWER_BYTES = 32 * 1024 * 1024;

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

export interface DiskCaches {
  readonly items: DiskCache;
  readonly answers: DiskCache;
}

/** The caches of this process. Undefined where they are off or have no place. */
export function diskCaches(environment: Environment, { preferred, code }: CacheWishes): DiskCaches | undefined {
  const folder = cacheFolder(environment, process.platform, preferred);
  if (folder === undefined) return undefined;
  const keepCode = (): void => code?.keep();
  return {
    items: written({ folder, kind: "items", version: `${VERSION}-${ITEM_FORMAT}`, maxBytes: MAX_ITEM_BYTES }, keepCode),
    // V8's version: it says what is a letter.
    answers: written({ folder, kind: "answers", version: `${VERSION}-${PRODUCT}-${process.versions.v8}`, maxBytes: MAX_ANSWER_BYTES }),
  };
}

/** A cache that is written when there is time, and at the end of the process. */
function written(options: DiskCacheOptions, andThen: () => void = () => undefined): DiskCache {
  const write = (): void => {
    cache.flush();
    if (cache.isOn) andThen();
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
