/**
 * The version of a toolchain folder, and what cargo noted of a compiler in `target/.rustc_info.json`.
 *
 * The signs, cheapest first: the name of the LLVM library beside the compiler (`libLLVM-22-rust-1.95.0-stable.so`), rustup's
 * channel manifest, the folder's own or its sources' name (`/usr/src/rustc-1.85.0`, Homebrew's and Nix's paths).
 *
 * Invariant: never fails; a folder without such a sign has no version.
 */
import type { FileSystem } from "../base/file-system.ts";
import type { FilePath } from "../base/path.ts";
import { asString, parseJsonTable, tableEntries } from "./toml.ts";

const MANIFEST = "lib/rustlib/multirust-channel-manifest.toml";

/** `1.95.0`, `1.97.0-nightly`, or undefined. */
export function toolchainVersion(dir: FilePath, fs: FileSystem): string | undefined {
  return fromLlvm(`${dir}/lib`, fs) ?? fromChannelManifest(dir, fs) ?? fromSourcePath(dir, fs) ?? fromFolderName(dir, fs);
}

/** The `library` folder of the toolchain's rust-src component, when it is installed. */
export function rustSourceOf(dir: FilePath, fs: FileSystem): FilePath | undefined {
  const library = `${dir}/lib/rustlib/src/rust/library`;
  return fs.kindOf(`${library}/core/src/lib.rs`) === "file" ? library : undefined;
}

function fromLlvm(lib: FilePath, fs: FileSystem): string | undefined {
  for (const { name } of fs.readDirectory(lib) ?? []) {
    const match = /^libLLVM.*-rust-(\d+\.\d+\.\d+)-([a-z]+)/.exec(name);
    if (match !== null) return match[2] === "stable" ? match[1] : `${match[1]}-${match[2]}`;
  }
  return undefined;
}

/** One megabyte of TOML, of which one line counts; it is searched, not parsed. */
function fromChannelManifest(dir: FilePath, fs: FileSystem): string | undefined {
  const path = `${dir}/${MANIFEST}`;
  const content = fs.kindOf(path) === "file" ? fs.readFile(path) : undefined;
  if (content?.kind !== "text") return undefined;
  const at = content.text.indexOf("[pkg.rustc]");
  return at < 0 ? undefined : /version = "(\d+\.\d+\.\d+(?:-[a-z]+)?)/.exec(content.text.slice(at, at + 200))?.[1];
}

/** Debian's `/usr/lib/rustlib/src/rust` is a link to `/usr/src/rustc-1.85.0`. */
function fromSourcePath(dir: FilePath, fs: FileSystem): string | undefined {
  const linked = fs.realPath?.(`${dir}/lib/rustlib/src/rust`);
  const version = /rustc-(\d+\.\d+\.\d+)/.exec(linked ?? "")?.[1];
  if (version !== undefined) return version;
  if (fs.kindOf(`${dir}/lib/rustlib/src/rust`) === undefined) return undefined;
  const versions = (fs.readDirectory(`${dir}/src`) ?? []).map(({ name }) => /^rustc-(\d+\.\d+\.\d+)$/.exec(name)?.[1]);
  const named = versions.filter((name) => name !== undefined);
  return named.length === 1 ? named[0] : undefined;
}

/** `/nix/store/…-rustc-1.95.0`, `/opt/homebrew/Cellar/rust/1.95.0`. */
function fromFolderName(dir: FilePath, fs: FileSystem): string | undefined {
  return /\brust(?:c)?(?:-wrapper)?[-/](\d+\.\d+\.\d+)(?:_\d+)?$/.exec(fs.realPath?.(dir) ?? dir)?.[1];
}

export interface CompilerInfo {
  readonly version: string;
  readonly host: string;
}

/** The compiler that cargo last asked, from the text of `.rustc_info.json`. */
export function toolchainFromInfo(text: string): CompilerInfo | undefined {
  for (const output of infoOutputs(text)) {
    const version = /^release: (.+)$/m.exec(output)?.[1];
    const host = /^host: (.+)$/m.exec(output)?.[1];
    if (version !== undefined && host !== undefined) return { version, host };
  }
  return undefined;
}

/** `{ "outputs": { HASH: { "stdout": ".." } } }`: what each question to rustc was answered. */
function infoOutputs(text: string): string[] {
  const outputs = tableEntries(parseJsonTable(text)?.["outputs"]);
  return outputs.map(([, output]) => asString(output["stdout"])).filter((stdout) => stdout !== undefined);
}
