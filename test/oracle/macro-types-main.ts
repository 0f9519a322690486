/**
 * Types made by macros, on crates nobody here wrote: the sizes that rustc prints (`-Zprint-type-sizes`) against the product's report.
 *
 * `npm run macro-types -- NAME@VERSION[:feature,feature] … [--toolchain stable]` makes a package with that one dependency in a
 * temporary folder, builds it (the flag goes to that one crate), and asks `dist/cli.cjs`. Fetches crates with cargo.
 *
 * Invariant: types are compared by path and by both size and alignment; of those that share a path (`const _` blocks), all have to be
 * there. Types with generic arguments, closures and those inside impls are left out: their names are no paths.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

interface Crate {
  readonly name: string;
  readonly version: string;
  readonly features: readonly string[];
}

interface Printed {
  readonly path: string;
  readonly size: number;
  readonly align: number;
}

interface Reported {
  readonly name: string;
  readonly module: string;
  readonly status: string;
  readonly size?: number;
  readonly align?: number;
  readonly in_macro?: string;
  readonly local?: boolean;
  readonly reason?: string;
}

interface Tally {
  total: number;
  found: number;
  readonly unknown: string[];
  readonly missing: string[];
  readonly wrong: string[];
}

/** Least share of the types made by macros that has to be found. */
const GOAL = 0.95;

const WRAPPER = `#!/bin/sh
rustc="$1"; shift
if [ "$CARGO_CRATE_NAME" = "$SIZES_CRATE" ] && [ "$CARGO_PKG_VERSION" = "$SIZES_VERSION" ]; then
  RUSTC_BOOTSTRAP=1; export RUSTC_BOOTSTRAP
  exec "$rustc" "$@" -Zprint-type-sizes > "$SIZES_FILE"
fi
exec "$rustc" "$@"
`;

function main(args: readonly string[]): number {
  const at = args.indexOf("--toolchain");
  const toolchain = at < 0 ? "stable" : (args[at + 1] ?? "stable");
  const crates = args.filter((_, index) => at < 0 || (index !== at && index !== at + 1)).map(parseCrate);
  if (crates.length === 0) {
    process.stderr.write("usage: npm run macro-types -- NAME@VERSION[:feature,feature] … [--toolchain stable]\n");
    return 2;
  }
  const results = crates.map((crate) => isGood(compareCrate(crate, toolchain)));
  return results.every((good) => good) ? 0 : 1;
}

function parseCrate(text: string): Crate {
  const [, name = "", version = "", features = ""] = /^([^@]+)@([^:]+)(?::(.*))?$/.exec(text) ?? [];
  return { name, version, features: features.split(",").filter((feature) => feature !== "") };
}

function isGood({ wrong, found, total }: Tally): boolean {
  return wrong.length === 0 && found >= total * GOAL;
}

function compareCrate(crate: Crate, toolchain: string): Tally {
  const folder = mkdtempSync(join(tmpdir(), "macro-types-"));
  try {
    writeHost(folder, crate);
    const printed = printedTypes(folder, crate, toolchain);
    const reported = report(folder, crate);
    const tally = compare(printed, reported);
    show(crate, printed.length, tally);
    return tally;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function writeHost(folder: string, { name, version, features }: Crate): void {
  mkdirSync(join(folder, "src"));
  writeFileSync(join(folder, "src/lib.rs"), "#![no_std]\n");
  const dependency = `${name} = { version = "=${version.split("+")[0]}", features = ${JSON.stringify(features)} }`;
  const manifest = ["[package]", 'name = "host"', 'version = "0.0.0"', 'edition = "2021"', "[workspace]", "[dependencies]", dependency];
  writeFileSync(join(folder, "Cargo.toml"), `${manifest.join("\n")}\n`);
}

/** Builds the host; answers what the crate's compilation printed. */
function printedTypes(folder: string, { name, version }: Crate, toolchain: string): readonly Printed[] {
  const wrapper = join(folder, "wrapper.sh");
  const file = join(folder, "sizes");
  writeFileSync(wrapper, WRAPPER, { mode: 0o755 });
  const env = {
    ...process.env,
    RUSTC_WRAPPER: wrapper,
    CARGO_TARGET_DIR: join(folder, "target"),
    SIZES_CRATE: name.replaceAll("-", "_"),
    SIZES_VERSION: version,
    SIZES_FILE: file,
  };
  const { status, stderr } = spawnSync("cargo", [`+${toolchain}`, "build", "--quiet"], { cwd: folder, env, encoding: "utf8" });
  if (status !== 0) throw new Error(`${name}: cargo build failed\n${stderr.slice(-2000)}`);
  const lines = readFileSync(file, "utf8").matchAll(/^print-type-size type: `([^`]+)`: (\d+) bytes, alignment: (\d+) bytes$/gm);
  return [...lines].map(([, path = "", size = "", align = ""]) => ({ path, size: Number(size), align: Number(align) }));
}

function report(folder: string, { name, version }: Crate): readonly Reported[] {
  const args = ["dist/cli.cjs", "report", folder, "--package", `${name}@${version}`, "--format", "json"];
  const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8", maxBuffer: 1 << 30 });
  if (stdout === "") throw new Error(`${name}: no report\n${stderr}`);
  const parsed: { readonly types: readonly Reported[] } = JSON.parse(stdout);
  return parsed.types;
}

function compare(printed: readonly Printed[], reported: readonly Reported[]): Tally {
  const byPath = new Map<string, Reported[]>();
  for (const type of reported) {
    const path = type.module === "" ? type.name : `${type.module}::${type.name}`;
    byPath.set(path, [...(byPath.get(path) ?? []), type]);
  }
  const roots = new Set(reported.map(({ module, name }) => (module === "" ? name : (module.split("::")[0] ?? ""))));
  const tally: Tally = { total: 0, found: 0, unknown: [], missing: [], wrong: [] };
  for (const type of printed) {
    if (!/^[\w:#]+$/.test(type.path)) continue;
    const path = type.path.replaceAll("r#", "").replaceAll(/(?<=^|::)_::/g, "");
    const isLocal = path.includes("::") ? roots.has(path.split("::")[0] ?? "") : !isPrimitive(path);
    if (isLocal) judge(type, byPath.get(path) ?? reported.filter((candidate) => isInBody(candidate, path)), tally);
  }
  return tally;
}

/** Whether a type stands in a function: rustc's path then has the function's name, the report's the module's only. */
function isInBody({ local, module, name }: Reported, path: string): boolean {
  return local === true && path.startsWith(module) && path.endsWith(`::${name}`);
}

function isPrimitive(path: string): boolean {
  return /^(?:[iuf]\d+|[iu]size|bool|char|str)$/.test(path);
}

/** A type that is not in the report is taken for one that a macro made. */
function judge({ path, size, align }: Printed, candidates: readonly Reported[], tally: Tally): void {
  const exact = candidates.filter(({ status }) => status === "exact");
  const same = exact.some((candidate) => candidate.size === size && candidate.align === align);
  const said = exact.map((candidate) => `${candidate.size}/${candidate.align}`).join(", ");
  if (exact.length > 0 && !same) tally.wrong.push(`${path}: rustc ${size}/${align}, report ${said}`);
  if (candidates.length > 0 && !candidates.some((candidate) => candidate.in_macro !== undefined)) return;
  tally.total += 1;
  if (exact.length > 0) tally.found += 1;
  else if (candidates.length > 0) tally.unknown.push(`${path}: ${candidates[0]?.reason}`);
  else tally.missing.push(path);
}

function show(crate: Crate, printed: number, { total, found, unknown, missing, wrong }: Tally): void {
  const share = total === 0 ? 100 : (100 * found) / total;
  const counts = `${found} of ${total} found (${share.toFixed(1)} %), unknown ${unknown.length}, missing ${missing.length}, wrong ${wrong.length}`;
  process.stdout.write(`${crate.name} ${crate.version}: ${printed} sizes printed; made by macros: ${counts}\n`);
  for (const [what, list] of Object.entries({ unknown, missing, wrong }))
    for (const line of list.slice(0, 20)) process.stdout.write(`  ${what} ${line}\n`);
}

process.exitCode = main(process.argv.slice(2));
