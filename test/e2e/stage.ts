/**
 * Puts together, in a scratch folder, what VS Code opens: the extension as users get it, a second one with hovers on Rust, a copy of the
 * test workspace and the suite that runs in the extension host.
 *
 * The extension is either a folder that VS Code loads as one under development, with the suite in it, or a VSIX that is
 * installed; the suite then stands in an extension of its own.
 */
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The extension host that is to load the extension: Node (`main`) or a web worker (`browser`). */
export type ExtensionHostKind = "node" | "worker";

/** The extension under test: a folder with package.json and dist/, or a VSIX. */
export type Product = { readonly folder: string } | { readonly vsix: string };

export interface Stage {
  /** The extension under development. */
  readonly extension: string;
  readonly workspace: string;
  /** The suite's entry; VS Code runs it in the extension host of the extension in whose folder it stands. */
  readonly suite: string;
  /** VS Code's own data. */
  readonly data: string;
  /** What is to be installed. */
  readonly vsix: string | undefined;
  /** Settings that put an installed extension into the wanted host. */
  readonly settings: Readonly<Record<string, unknown>>;
}

export interface StageOptions {
  /** The scratch folder, made anew. */
  readonly folder: string;
  readonly product: Product;
  /** The bundled suite. */
  readonly suite: string;
  /** The workspace to copy. */
  readonly workspace: string;
  readonly kind: ExtensionHostKind;
}

/** Copies everything to its place. */
export function makeStage(options: StageOptions): Stage {
  const { folder, kind, product } = options;
  rmSync(folder, { recursive: true, force: true });
  const extension = join(folder, "extension");
  const stage = { extension, workspace: join(folder, "workspace"), suite: join(extension, "suite/index.js"), data: join(folder, "data") };
  mkdirSync(extension, { recursive: true });
  if ("folder" in product) copyProduct(product.folder, extension, kind);
  else writeFileSync(join(extension, "package.json"), testsManifest(kind));
  cpSync(options.workspace, stage.workspace, { recursive: true });
  cpSync(join(options.workspace, "../neighbour"), join(stage.data, "extensions/stowplan-test.neighbour-0.0.1"), { recursive: true });
  cpSync(options.suite, stage.suite);
  writeFileSync(join(stage.suite, "../package.json"), JSON.stringify({ type: "commonjs" }));
  if ("folder" in product) return { ...stage, vsix: undefined, settings: {} };
  // One VSIX is for both hosts: this is how a user, too, says where an extension is to run.
  const settings = kind === "worker" ? { "remote.extensionKind": { "stowplan.stowplan": ["web"] } } : {};
  return { ...stage, vsix: product.vsix, settings };
}

function copyProduct(from: string, to: string, kind: ExtensionHostKind): void {
  for (const name of ["dist", "assets", "l10n", "package.nls.json"])
    if (existsSync(join(from, name))) cpSync(join(from, name), join(to, name), { recursive: true });
  writeFileSync(join(to, "package.json"), manifestFor(kind, readFileSync(join(from, "package.json"), "utf8")));
}

/** Without `main` the extension can only run in the web worker extension host. */
function manifestFor(kind: ExtensionHostKind, manifest: string): string {
  if (kind === "node") return manifest;
  return JSON.stringify(JSON.parse(manifest), (key, value: unknown) => (["main", "extensionKind"].includes(key) ? undefined : value), 2);
}

/** An extension that holds nothing but the suite. */
function testsManifest(kind: ExtensionHostKind): string {
  const entry = kind === "node" ? { main: "./suite/index.js" } : { browser: "./suite/index.js" };
  const name = { name: "stowplan-tests", publisher: "stowplan", version: "0.0.0", engines: { vscode: "^1.91.0" } };
  return JSON.stringify({ ...name, ...entry, activationEvents: [] });
}
