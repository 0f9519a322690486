/**
 * Runs a bundle with what V8 made of it at an earlier start, so that it need not be compiled again: about 40 ms of each start.
 *
 * The build leaves the code of the Node it ran with beside the bundle (`scripts/build-code.mjs`). An editor's own V8 is another: its code is kept in the folder of the caches, in a file named after the bundle's content and V8's version, behind a hash of its
 * bytes. Whatever is not as it should be (another V8, other flags, a damaged or unreadable file) is as if there were none; several
 * processes may write at once, each renames a whole file into place.
 *
 * Invariants: nothing here throws for what stands on disk; nothing is written but by `keep`; at most `MAX_FILES` are kept.
 */
import { createHash, randomBytes } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { arch, versions } from "node:process";
import { Script } from "node:vm";
import { attempt } from "./node-host.ts";

/** What a bundle that was started so is given. */
export interface RunningCode {
  /** Keeps what V8 has compiled so far, unless that is kept already. Takes some 25 ms the first time. */
  keep(): void;
}

export interface BundleToRun {
  /** The bundle, which is ASCII. */
  readonly file: string;
  /** Names the bundle's content. */
  readonly key: string;
  /** Where the caches are; undefined for nowhere. */
  readonly folder: string | undefined;
  /** Where the build has left code, as it is: a part of the program as the bundle is. */
  readonly built: string;
}

/** Bundles and versions of V8 whose code is kept. */
const MAX_FILES = 6;
const HASH_BYTES = 32;

/** The function a bundle is wrapped into; its last parameter is what the bundle knows as `runningCode`. */
export const PARAMETERS = "exports, require, module, __filename, __dirname, runningCode";

/** Compiles a bundle as a function of `PARAMETERS`, which the caller calls. */
export function compileBundle({ file, key, folder, built }: BundleToRun): { readonly run: unknown; readonly code: RunningCode } {
  const name = `${key}-${versions.v8}-${arch}`;
  const place = folder === undefined ? undefined : join(folder, "code", name);
  // What is kept stands first: there is something only where V8 did not take what was built, because it has other flags, say.
  const cachedData = (place === undefined ? undefined : readCode(place)) ?? attempt(() => readFileSync(join(built, name)));
  const source = `(function (${PARAMETERS}) {${readFileSync(file, "latin1")}\n})`;
  const script = new Script(source, { filename: file, ...(cachedData === undefined ? {} : { cachedData }) });
  let isKept = place === undefined || (cachedData !== undefined && script.cachedDataRejected === false);
  const keep = (): void => {
    if (isKept || place === undefined || folder === undefined) return;
    isKept = true;
    writeCode(join(folder, "code"), place, script.createCachedData());
  };
  return { run: script.runInThisContext(), code: { keep } };
}

/** The code in a file; undefined unless it is as it was written. */
function readCode(place: string): Buffer | undefined {
  const bytes = attempt(() => readFileSync(place));
  const code = bytes?.subarray(HASH_BYTES);
  return code !== undefined && bytes !== undefined && hashOf(code).equals(bytes.subarray(0, HASH_BYTES)) ? code : undefined;
}

function writeCode(folder: string, place: string, code: Buffer): void {
  const unfinished = `${place}.${randomBytes(6).toString("hex")}.new`;
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(unfinished, Buffer.concat([hashOf(code), code]));
    renameSync(unfinished, place);
    removeOld(folder);
  } catch {
    // No place, no right: the next start compiles again.
    remove(unfinished);
  }
}

function remove(path: string): void {
  attempt(() => rmSync(path, { force: true }));
}

/** Removes all but the newest files. */
function removeOld(folder: string): void {
  const files = readdirSync(folder).map((name) => join(folder, name));
  const aged = files.map((file) => ({ file, time: statSync(file).mtimeMs })).toSorted((a, b) => b.time - a.time);
  for (const { file } of aged.slice(MAX_FILES)) remove(file);
}

function hashOf(bytes: Buffer): Buffer {
  return createHash("sha256").update(bytes).digest();
}
