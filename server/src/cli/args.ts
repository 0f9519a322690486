/**
 * The command line's arguments, read into commands.
 *
 * Invariant: nothing is touched here; what is wrong with the arguments is an error with a message, never an exception.
 *
 * Example: `report src/lib.rs --target i686-unknown-linux-gnu --format json`.
 */
import { parseArgs } from "node:util";
import type { Result } from "../base/result.ts";
import { err, ok } from "../base/result.ts";
import type { Edition } from "../db/crate-graph.ts";
import type { BuildOptions } from "./workspace.ts";

export type Command =
  | { readonly kind: "help" }
  | { readonly kind: "version" }
  | { readonly kind: "lsp" }
  | ({ readonly kind: "report" } & ReportOptions)
  | ({ readonly kind: "type" } & TypeOptions);

export const REPORT_FORMATS = ["human", "json", "markdown", "sarif", "github"] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];
export const SORT_KEYS = ["size", "padding", "name"] as const;
export type SortKey = (typeof SORT_KEYS)[number];
export const FAIL_LEVELS = ["hint", "information", "warning", "error", "never"] as const;
export type FailLevel = (typeof FAIL_LEVELS)[number];

export interface ReportOptions {
  /** As written. */
  readonly path: string;
  readonly build: BuildOptions;
  readonly package: { readonly name: string; readonly version: string | undefined } | undefined;
  readonly allTargets: boolean;
  readonly format: ReportFormat;
  readonly sort: SortKey | undefined;
  /** In bytes. */
  readonly minSize: bigint;
  readonly filter: RegExp | undefined;
  readonly failOn: FailLevel;
  readonly strictUnknown: boolean;
}

export interface TypeOptions {
  /** The type expressions; empty with `batch`. */
  readonly types: readonly string[];
  /** A file with one type a line, `-` for standard input. */
  readonly batch: string | undefined;
  /** As written. */
  readonly in: string | undefined;
  readonly build: BuildOptions;
  readonly format: "human" | "json";
}

const BUILD_OPTIONS = {
  target: { type: "string", multiple: true },
  "rust-version": { type: "string" },
  features: { type: "string", multiple: true },
  "all-features": { type: "boolean" },
  "no-default-features": { type: "boolean" },
  cfg: { type: "string", multiple: true },
  profile: { type: "string" },
  edition: { type: "string" },
  format: { type: "string" },
  help: { type: "boolean", short: "h" },
} as const;

const REPORT_OPTIONS = {
  ...BUILD_OPTIONS,
  package: { type: "string", short: "p" },
  "all-targets": { type: "boolean" },
  sort: { type: "string" },
  "min-size": { type: "string" },
  filter: { type: "string" },
  "fail-on": { type: "string" },
  "strict-unknown": { type: "boolean" },
} as const;

const TYPE_OPTIONS = { ...BUILD_OPTIONS, in: { type: "string" }, batch: { type: "string" } } as const;

/** Reads the arguments behind the program's name. */
export function parseCommand(args: readonly string[]): Result<Command, string> {
  const [command, ...rest] = args;
  switch (command) {
    case undefined:
    case "help":
    case "--help":
    case "-h":
      return ok({ kind: "help" });
    case "--version":
    case "-V":
      return ok({ kind: "version" });
    case "report":
      return guarded(() => parseReport(rest));
    case "type":
      return guarded(() => parseType(rest));
    case "lsp":
      return guarded(() => parseLsp(rest));
    default:
      return err(`unknown command \`${command}\` (report, type, lsp)`);
  }
}

/** `parseArgs` throws on what it does not know; its message says it well. */
function guarded(parse: () => Result<Command, string>): Result<Command, string> {
  try {
    return parse();
  } catch (error) {
    return err(error instanceof Error ? (error.message.split(". ")[0] ?? error.message) : String(error));
  }
}

function parseLsp(args: readonly string[]): Result<Command, string> {
  const { values } = parseArgs({ args: [...args], options: { stdio: { type: "boolean" }, help: { type: "boolean", short: "h" } } });
  if (values.help === true) return ok({ kind: "help" });
  return values.stdio === true ? ok({ kind: "lsp" }) : err("lsp speaks over standard input and output only: say --stdio");
}

function parseReport(args: readonly string[]): Result<Command, string> {
  const { values, positionals } = parseArgs({ args: [...args], options: REPORT_OPTIONS, allowPositionals: true });
  if (values.help === true) return ok({ kind: "help" });
  const [path = ".", another] = positionals;
  if (another !== undefined) return err(`one path is reported at a time, not also \`${another}\``);
  const build = buildOptions(values);
  if (!build.ok) return build;
  const format = choice("--format", values.format ?? "human", REPORT_FORMATS);
  if (!format.ok) return format;
  const sort = values.sort === undefined ? ok(undefined) : choice("--sort", values.sort, SORT_KEYS);
  if (!sort.ok) return sort;
  const failOn = choice("--fail-on", values["fail-on"] ?? "warning", FAIL_LEVELS);
  if (!failOn.ok) return failOn;
  const minSize = bytes("--min-size", values["min-size"]);
  if (!minSize.ok) return minSize;
  const filter = pattern(values.filter);
  if (!filter.ok) return filter;
  return ok({
    kind: "report",
    path,
    build: build.value,
    package: packageQuery(values.package),
    allTargets: values["all-targets"] === true,
    format: format.value,
    sort: sort.value,
    minSize: minSize.value,
    filter: filter.value,
    failOn: failOn.value,
    strictUnknown: values["strict-unknown"] === true,
  });
}

function parseType(args: readonly string[]): Result<Command, string> {
  const { values, positionals } = parseArgs({ args: [...args], options: TYPE_OPTIONS, allowPositionals: true });
  if (values.help === true) return ok({ kind: "help" });
  const { batch } = values;
  if (positionals.length === 0 && batch === undefined) return err("which type? stowplan type 'Option<Box<u32>>'");
  if (positionals.length > 0 && batch !== undefined) return err("a type on the command line and --batch do not go together");
  const build = buildOptions(values);
  if (!build.ok) return build;
  const format = choice("--format", values.format ?? "human", ["human", "json"] as const);
  if (!format.ok) return format;
  return ok({ kind: "type", types: positionals, batch, in: values.in, build: build.value, format: format.value });
}

interface BuildValues {
  readonly target?: string[] | undefined;
  readonly "rust-version"?: string | undefined;
  readonly features?: string[] | undefined;
  readonly "all-features"?: boolean | undefined;
  readonly "no-default-features"?: boolean | undefined;
  readonly cfg?: string[] | undefined;
  readonly profile?: string | undefined;
  readonly edition?: string | undefined;
}

const RUST_VERSION = /^\d+\.\d+(\.\d+)?(-(nightly|beta))?$/;
const EDITIONS: ReadonlyMap<string, Edition> = new Map([
  ["2015", 2015],
  ["2018", 2018],
  ["2021", 2021],
  ["2024", 2024],
]);

function buildOptions(values: BuildValues): Result<BuildOptions, string> {
  const rustVersion = values["rust-version"];
  if (rustVersion !== undefined && !RUST_VERSION.test(rustVersion)) {
    return err(`--rust-version takes X.Y or X.Y.Z, either with -nightly or -beta, not \`${rustVersion}\``);
  }
  const edition = values.edition === undefined ? undefined : EDITIONS.get(values.edition);
  if (values.edition !== undefined && edition === undefined) {
    return err(`--edition takes ${[...EDITIONS.keys()].join(", ")}, not \`${values.edition}\``);
  }
  return ok({
    targets: values.target ?? [],
    rustVersion,
    features: (values.features ?? []).flatMap((list) => list.split(/[\s,]+/)).filter((name) => name !== ""),
    allFeatures: values["all-features"] === true,
    noDefaultFeatures: values["no-default-features"] === true,
    cfgs: values.cfg ?? [],
    profile: values.profile ?? "dev",
    edition,
  });
}

function choice<T extends string>(option: string, value: string, allowed: readonly T[]): Result<T, string> {
  const found = allowed.find((it) => it === value);
  return found === undefined ? err(`${option} takes ${allowed.join(", ")}, not \`${value}\``) : ok(found);
}

function bytes(option: string, value: string | undefined): Result<bigint, string> {
  if (value === undefined) return ok(0n);
  return /^\d+$/.test(value) ? ok(BigInt(value)) : err(`${option} takes a number of bytes, not \`${value}\``);
}

function pattern(value: string | undefined): Result<RegExp | undefined, string> {
  if (value === undefined) return ok(undefined);
  try {
    return ok(new RegExp(value, "u"));
  } catch {
    return err(`--filter takes a regular expression, not \`${value}\``);
  }
}

/** `NAME` or `NAME@VERSION`. */
function packageQuery(value: string | undefined): ReportOptions["package"] {
  if (value === undefined) return undefined;
  const [name = "", version] = value.split("@");
  return { name, version };
}
