/**
 * `stowplan type`: type expressions, one by one or a file of them.
 *
 * Invariant: a type that cannot be read or laid out is an answer (`unknown`), not a failure.
 */

import type { Result } from "../base/result.ts";
import { ok } from "../base/result.ts";
import { ENGLISH } from "../base/words.ts";
import { visible } from "../ide/markup.ts";
import { ANSI_PAINT, PLAIN_PAINT } from "../ide/paint.ts";
import type { TypeOptions } from "./args.ts";
import type { CliHost } from "./host.ts";
import type { CliPackage } from "./workspace.ts";

/** Prints the answers; returns the exit code. */
export function runType(options: TypeOptions, host: CliHost): number {
  const types = options.batch === undefined ? ok(options.types) : batchTypes(options.batch, host);
  if (!types.ok) return failed(types.error, host);
  const path = options.in === undefined ? undefined : host.resolvePath(options.in);
  const opened = host.openWorkspace({ ...options.build, path, package: undefined, allTargets: false, isWhole: false });
  if (!opened.ok) return failed(opened.error, host);
  const worlds = firstPackageOfEachTarget(opened.value.packages);
  const isHuman = options.format === "human" && options.batch === undefined;
  const answers = types.value.map((type) => (isHuman ? humanAnswer(worlds, type, host) : jsonAnswer(worlds, type)));
  host.stdout(answers.join(isHuman ? "\n" : ""));
  return 0;
}

function failed(message: string, host: CliHost): number {
  host.stderr(`stowplan: ${message}\n`);
  return 2;
}

/** The lines of a batch, as they are; the last one may lack its line break. */
function batchTypes(path: string, host: CliHost): Result<readonly string[], string> {
  const text = host.readText(path);
  if (!text.ok) return text;
  const lines = text.value.split(/\r?\n/);
  return ok(lines.at(-1) === "" ? lines.slice(0, -1) : lines);
}

/** Names are looked up in one crate: the first of a workspace. */
function firstPackageOfEachTarget(packages: readonly CliPackage[]): readonly CliPackage[] {
  const seen = new Set<string>();
  return packages.filter(({ analysis }) => {
    const isNew = !seen.has(analysis.targetName);
    seen.add(analysis.targetName);
    return isNew;
  });
}

/** One JSON object a line; with several targets each says its own. */
function jsonAnswer(worlds: readonly CliPackage[], text: string): string {
  const lines = worlds.map(({ analysis, root, input }) => {
    const entry = analysis.typeEntry({ root, text }, input);
    return JSON.stringify(worlds.length === 1 ? entry : { ...entry, target: analysis.targetName });
  });
  return `${lines.join("\n")}\n`;
}

function humanAnswer(worlds: readonly CliPackage[], text: string, host: CliHost): string {
  const paint = host.colours ? ANSI_PAINT : PLAIN_PAINT;
  const cards = worlds.map(({ analysis, root }) => {
    const card = analysis.typeCard({ root, text }, { paint, numbers: "decimal", words: ENGLISH });
    return [...card, paint.dim(`${visible(analysis.targetName)} · rustc ${analysis.rustcVersion}`)].join("\n");
  });
  return `${cards.join("\n\n")}\n`;
}
