/**
 * What cargo noted beside a build script's output: of which package folder and with which features the script was built. Two
 * versions of a package, or one package with two feature sets, leave folders that only differ in their hash.
 *
 * `.fingerprint/NAME-RUN/run-build-script-*.json` names the script's own fingerprint as a number; the folder
 * `.fingerprint/NAME-COMPILE` whose `build-script-*` file holds that number (hexadecimal, little-endian) has the features in
 * its JSON, and `build/NAME-COMPILE/*.d` the path of `build.rs`.
 *
 * Invariant: what is not there or not understood is undefined; nothing is guessed. Source: cargo 1.95
 * `core/compiler/fingerprint/mod.rs` ("Fingerprint" JSON, `hash_u64` to hex), layout.rs.
 */
import type { FileSystem } from "../base/file-system.ts";
import type { FilePath } from "../base/path.ts";
import { dirname } from "../base/path.ts";
import { asString, asStrings, parseJsonTable } from "./toml.ts";

export interface ScriptOrigin {
  /** The build script's file; relative paths of older cargos are left as they are. */
  readonly script: FilePath | undefined;
  readonly features: ReadonlySet<string> | undefined;
}

/** Where the script of `build/NAME-RUN` came from; `profileDir` is the folder that holds `build` and `.fingerprint`. */
export function scriptOrigin(fs: FileSystem, profileDir: FilePath, run: string): ScriptOrigin | undefined {
  const hash = scriptHash(fs, `${profileDir}/.fingerprint/${run}`);
  if (hash === undefined) return undefined;
  const name = run.slice(0, run.lastIndexOf("-"));
  for (const folder of fs.readDirectory(`${profileDir}/.fingerprint`) ?? []) {
    if (folder.name.slice(0, folder.name.lastIndexOf("-")) !== name) continue;
    const json = compiledAs(fs, `${profileDir}/.fingerprint/${folder.name}`, hash);
    if (json !== undefined) return { script: scriptPath(fs, `${profileDir}/build/${folder.name}`), features: featuresIn(json) };
  }
  return undefined;
}

/** The fingerprint of the compiled script that a run used. */
function scriptHash(fs: FileSystem, dir: FilePath): string | undefined {
  const file = (fs.readDirectory(dir) ?? []).find(({ name }) => /^run-build-script-.*\.json$/.test(name));
  const content = file === undefined ? undefined : fs.readFile(`${dir}/${file.name}`);
  const decimal = content?.kind === "text" ? /\[\d+,"build_script_[^"]*",(?:true|false),(\d+)\]/.exec(content.text)?.[1] : undefined;
  return decimal === undefined ? undefined : littleEndianHex(BigInt(decimal));
}

function littleEndianHex(value: bigint): string {
  const bytes = value.toString(16).padStart(16, "0").match(/../g) ?? [];
  return bytes.toReversed().join("");
}

/** The JSON beside a `build-script-*` file with that hash. */
function compiledAs(fs: FileSystem, dir: FilePath, hash: string): string | undefined {
  for (const { name } of fs.readDirectory(dir) ?? []) {
    if (!name.startsWith("build-script-") || name.includes(".")) continue;
    const content = fs.readFile(`${dir}/${name}`);
    if (content.kind !== "text" || content.text.trim() !== hash) continue;
    const json = fs.readFile(`${dir}/${name}.json`);
    return json.kind === "text" ? json.text : undefined;
  }
  return undefined;
}

/** `"features":"[\"default\", \"std\"]"`: a JSON list inside a JSON text. */
function featuresIn(json: string): ReadonlySet<string> | undefined {
  const features = asString(parseJsonTable(json)?.["features"]);
  const list = features === undefined ? undefined : asStrings(parseJsonTable(`{"list":${features}}`)?.["list"]);
  return list === undefined ? undefined : new Set(list);
}

/** A `.d` file is make's: `OUTPUT: INPUT INPUT`; the script's root is the first input. */
function scriptPath(fs: FileSystem, dir: FilePath): FilePath | undefined {
  const file = (fs.readDirectory(dir) ?? []).find(({ name }) => name.endsWith(".d"));
  const content = file === undefined ? undefined : fs.readFile(`${dir}/${file.name}`);
  if (content?.kind !== "text") return undefined;
  const inputs = /^.*?: (.*)$/m.exec(content.text)?.[1];
  return inputs
    ?.split(/(?<!\\) /)[0]
    ?.replaceAll("\\ ", " ")
    .replaceAll("\\", "/");
}

/** Whether the script lies in the package's folder. */
export function isScriptOf(origin: ScriptOrigin, packageDir: FilePath): boolean {
  return (
    origin.script === undefined ||
    !origin.script.startsWith("/") ||
    origin.script.startsWith(`${packageDir}/`) ||
    isBelow(origin.script, packageDir)
  );
}

/** The same path once more for machines whose paths differ in case or drive spelling. */
function isBelow(path: FilePath, dir: FilePath): boolean {
  return dirname(path).toLowerCase().startsWith(dir.toLowerCase());
}
