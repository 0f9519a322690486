/**
 * Stowplan's own messages beside LSP's: their names and the shapes they carry. Spoken by `lsp` on one side and by the
 * VS Code client on the other; other editors need none of them.
 *
 * Invariant: imports nothing and holds names and plain data only, because it is the one server file the client may import.
 * Every shape survives both JSON (Node) and structured cloning (web worker), except `BrowserBoot`, which never leaves a worker.
 */

/** What the client tells about itself in `initialize`. Everything is optional: other editors send nothing. */
export interface InitializationOptions {
  /** Markdown may hold `command:` links, to the commands in `clientCommands` only. */
  readonly commandLinks?: boolean;
  /** Ids of the commands that the client has registered. */
  readonly clientCommands?: readonly string[];
  /** Markdown may hold pictures as `data:` URIs. */
  readonly pictures?: boolean;
  /** The client wants `stowplan/status`. */
  readonly status?: boolean;
  /** The client answers `stowplan/readFile`, `stowplan/readDirectory` and `stowplan/stat`. */
  readonly fileRequests?: boolean;
  /** The folder on disk where the server may keep what it can make anew; the server chooses one without it. */
  readonly cacheFolder?: string;
  /** Present where the server runs in a web worker. */
  readonly browser?: BrowserBoot;
}

/** What a server in a web worker cannot load by itself. */
export interface BrowserBoot {
  /** URI of the extension's folder; `dist/std` below it holds the standard library's data, readable by `stowplan/readFile`. */
  readonly extensionUri: string;
  /** The bytes of web-tree-sitter's own wasm. */
  readonly runtimeWasm: Uint8Array;
  /** The bytes of the Rust grammar's wasm. */
  readonly grammarWasm: Uint8Array;
}

/** Request, client → server, params `TargetsParams`, result `readonly TargetInfo[]`: the targets a user may choose from. */
export const TARGETS_REQUEST = "stowplan/targets";

export interface TargetsParams {
  /** The document whose crate is asked about; the first workspace folder without it. */
  readonly uri?: string;
}

export interface TargetInfo {
  /** The target triple, `x86_64-unknown-linux-gnu`. */
  readonly name: string;
  /** True for the one that `stowplan.target = "auto"` stands for. */
  readonly isDefault: boolean;
}

/** Request, client → server, params `LayoutParams`, result `LayoutResult | null`: the layout of the type at a place, to be copied. */
export const LAYOUT_REQUEST = "stowplan/layout";

/** A place in an open document; positions as in the rest of the session. */
export interface PlaceParams {
  readonly uri: string;
  readonly position: { readonly line: number; readonly character: number };
}

export interface LayoutParams extends PlaceParams {
  readonly format: "text" | "markdown";
}

export interface LayoutResult {
  /** The type's name, or the type as written. */
  readonly name: string;
  /** For `stowplan/layout` in the wanted format; plain text otherwise. */
  readonly text: string;
}

/** Request, client → server, params `CompareParams`, result `LayoutResult | null`: a type on several targets, side by side. */
export const COMPARE_REQUEST = "stowplan/compareTargets";

/** A place, or what a link in a hover says of a definition. */
export type CompareParams = PlaceParams | DefinitionParams;

/** Arguments of commands in hovers. */
export interface DefinitionParams {
  /** The server's name of the file. */
  readonly file: string;
  readonly key: string;
}

/** Notification, server → client, params `StatusParams`: sent for a document when it was opened and whenever one of its values changes. */
export const STATUS_NOTIFICATION = "stowplan/status";

export type StatusParams = StatusFacts | StatusProblem;

/** There are no answers for a document. */
export interface StatusProblem {
  /** The document. */
  readonly uri: string;
  /** Why, for people. */
  readonly problem: string;
}

export interface StatusFacts {
  /** The document. */
  readonly uri: string;
  /** The target in use. */
  readonly target: string;
  /** Where the target comes from, for people: "host", ".cargo/config.toml", "settings". */
  readonly targetOrigin: string;
  /** The Rust version whose rules are used, `1.95.0`. */
  readonly toolchain: string;
  /** Cargo's profile: `dev`, `release`. */
  readonly profile: string;
  /** Which data stand for core, alloc and std: "rust-src 1.95.0" or "bundled 1.96". */
  readonly std: string;
  /** True when the std data are not those of `toolchain`. */
  readonly stdDiffers: boolean;
  /** How many types of the document are exact, generic and unknown. */
  readonly types: { readonly exact: number; readonly generic: number; readonly unknown: number };
}

/** Request, server → client, params `FileParams`, result `ReadFileResult`: a text file through the editor's file systems. */
export const READ_FILE_REQUEST = "stowplan/readFile";

/** Request, server → client, params `FileParams`, result `ReadDirectoryResult`: the entries of a folder. */
export const READ_DIRECTORY_REQUEST = "stowplan/readDirectory";

/** Request, server → client, params `FileParams`, result `StatResult`: what stands at a URI. */
export const STAT_REQUEST = "stowplan/stat";

export interface FileParams {
  readonly uri: string;
}

export type ReadFileResult =
  /** The text, without a byte order mark. */
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "missing" }
  /** Present but not usable; `reason` is for people. */
  | { readonly kind: "unreadable"; readonly reason: string };

export interface ReadDirectoryResult {
  /** The entries (symlinks followed), or null if the folder cannot be listed. */
  readonly entries: readonly { readonly name: string; readonly kind: "file" | "directory" }[] | null;
}

export interface StatResult {
  /** What stands there (symlinks followed), or null. */
  readonly kind: "file" | "directory" | null;
}
