/**
 * Puts together, in a scratch folder, what VS Code opens: the extension as users get it, a copy of the test workspace and the
 * suite that runs in the extension host.
 */
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The extension host that is to load the extension: Node (`main`) or a web worker (`browser`). */
export type ExtensionHostKind = "node" | "worker";

export interface Stage {
  readonly extension: string;
  readonly workspace: string;
  /** The suite's entry; VS Code runs it in the extension host of the extension in whose folder it stands. */
  readonly suite: string;
  /** VS Code's own data. */
  readonly data: string;
}

export interface StageOptions {
  /** The scratch folder, made anew. */
  readonly folder: string;
  /** A folder that holds the built extension: package.json and dist/. */
  readonly extension: string;
  /** The bundled suite. */
  readonly suite: string;
  /** The workspace to copy. */
  readonly workspace: string;
  readonly kind: ExtensionHostKind;
}

/** Copies everything to its place. */
export function makeStage(options: StageOptions): Stage {
  const { folder, kind } = options;
  rmSync(folder, { recursive: true, force: true });
  const stage = {
    extension: join(folder, "extension"),
    workspace: join(folder, "workspace"),
    suite: join(folder, "extension/suite/index.js"),
    data: join(folder, "data"),
  };
  mkdirSync(stage.extension, { recursive: true });
  cpSync(join(options.extension, "dist"), join(stage.extension, "dist"), { recursive: true });
  writeFileSync(join(stage.extension, "package.json"), manifestFor(kind, readFileSync(join(options.extension, "package.json"), "utf8")));
  cpSync(options.workspace, stage.workspace, { recursive: true });
  cpSync(options.suite, stage.suite);
  writeFileSync(join(stage.suite, "../package.json"), JSON.stringify({ type: "commonjs" }));
  return stage;
}

/** Without `main` the extension can only run in the web worker extension host. */
function manifestFor(kind: ExtensionHostKind, manifest: string): string {
  if (kind === "node") return manifest;
  return JSON.stringify(JSON.parse(manifest), (key, value: unknown) => (["main", "extensionKind"].includes(key) ? undefined : value), 2);
}
