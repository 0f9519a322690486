/**
 * What the parts of an end-to-end run share: what they are given, what they count, and a VS Code of their own.
 */
import { join } from "node:path";
import type { Browser } from "playwright-core";
import type { VsCodeHost } from "./host.ts";
import type { VsCodeServer } from "./server.ts";
import { startServer } from "./server.ts";
import type { ExtensionHostKind, Product, Stage } from "./stage.ts";
import { makeStage } from "./stage.ts";

/** Longest time that one check may take before it counts as failed. */
const CHECK_TIMEOUT_MS = 60_000;

export interface Counts {
  readonly passed: number;
  readonly failed: number;
}

export interface Run {
  readonly host: VsCodeHost;
  readonly browser: Browser;
  /** The repository. */
  readonly root: string;
  readonly product: Product;
  /** The extension host that loads it. */
  readonly kind: ExtensionHostKind;
  readonly screenshots: string;
}

/** A VS Code of a part's own. */
export interface OwnVsCode {
  /** Names the scratch folder. */
  readonly name: string;
  readonly trusted: boolean;
}

/** Starts a VS Code with a workspace and settings of its own for `use`, and stops it. */
export async function withVsCode<T>(run: Run, own: OwnVsCode, use: (server: VsCodeServer, stage: Stage) => Promise<T>): Promise<T> {
  const stage = makeStage({
    folder: join(run.root, "out/e2e", `${own.name}-${run.kind}`),
    product: run.product,
    suite: join(run.root, "out/e2e/suite.js"),
    workspace: join(run.root, "test/e2e/workspace"),
    kind: run.kind,
  });
  const server = await startServer(run.host, {
    dataFolder: stage.data,
    settings: stage.settings,
    vsix: stage.vsix,
    trusted: own.trusted,
  });
  try {
    return await use(server, stage);
  } finally {
    server.stop();
  }
}

/** Does a check, prints how it ended, and says whether it has passed. */
export async function passes(run: Run, name: string, check: () => Promise<void>): Promise<boolean> {
  try {
    await inTime(check(), CHECK_TIMEOUT_MS);
    console.log(`[${run.kind}] ok ${name}`);
    return true;
  } catch (error) {
    console.log(`[${run.kind}] FAILED ${name}\n${error instanceof Error ? error.stack : String(error)}`);
    return false;
  }
}

/** The work's result; an error when it takes longer than `milliseconds`. */
export async function inTime<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not done after ${milliseconds / 1000} s`)), milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
