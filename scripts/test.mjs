/**
 * Runs the tests: builds the product (some tests drive its bundles), then bundles every test/**\/*.test.ts with esbuild (so that Node 20 can run them) and hands them to node:test.
 *
 * Usage: node scripts/test.mjs [--verbose] [path-fragment ...]
 * Prints failing tests as they come (every test with --verbose or when fragments are given) and `N passed, N failed` at the end.
 */
import { readdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { run } from "node:test";
import { spec } from "node:test/reporters";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
process.chdir(root);

/** Every test file whose path holds one of the fragments; those of the real VS Code run elsewhere (scripts/e2e.mjs). */
function testFiles(fragments) {
  const paths = readdirSync("test", { recursive: true }).map((name) => join("test", name));
  const tests = paths.filter((path) => path.endsWith(".test.ts") && !path.startsWith(join("test", "e2e")));
  return fragments.length === 0 ? tests : tests.filter((path) => fragments.some((fragment) => path.includes(fragment)));
}

async function bundle(entryPoints, outdir) {
  await build({
    entryPoints,
    outdir,
    outbase: "test",
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    sourcemap: "inline",
    sourcesContent: false,
    logLevel: "error",
    outExtension: { ".js": ".mjs" },
    packages: "external",
  });
  return entryPoints.map((path) => join(outdir, path.slice("test/".length).replace(/\.ts$/, ".mjs")));
}

/** Runs the bundles; resolves to the counts of tests (a suite or file counts only where it failed by itself). */
function runBundles(files, verbose) {
  const counts = { passed: 0, failed: 0 };
  const paths = new Set(files.map((file) => join(root, file)));
  const events = run({ files: [...paths], concurrency: true });
  events.on("test:pass", ({ name, details }) => {
    if (details.type !== "suite" && !paths.has(name)) counts.passed++;
  });
  events.on("test:fail", ({ details }) => {
    if (details.error?.failureType !== "subtestsFailed") counts.failed++;
    process.exitCode = 1;
  });
  return new Promise((resolve) => {
    const shown = verbose ? events.compose(new spec()) : events.compose(failuresOnly);
    shown.on("end", () => resolve(counts));
    shown.pipe(process.stdout, { end: false });
  });
}

/** A reporter that prints the failing tests with their reasons, and what tests write. */
async function* failuresOnly(events) {
  for await (const { type, data } of events) {
    if (type === "test:stdout" || type === "test:stderr") yield data.message;
    if (type !== "test:fail" || data.details.error?.failureType === "subtestsFailed") continue;
    const cause = data.details.error?.cause ?? data.details.error;
    yield `FAILED ${data.file ?? ""} ${data.name}\n${cause?.stack ?? cause}\n`;
  }
}

/** Bundles and runs what the command line asks for, and prints the counts. */
async function main(args) {
  const fragments = args.filter((arg) => !arg.startsWith("--"));
  // One folder a run: several runs may go on at once.
  const outdir = join("out", `test-${process.pid}`);
  // The servers and command lines that tests start leave the user's cache alone.
  process.env.STOWPLAN_CACHE = "off";
  process.env.NODE_OPTIONS = `${process.env.NODE_OPTIONS ?? ""} --enable-source-maps`;
  try {
    await import("../esbuild.mjs");
    const bundles = await bundle(testFiles(fragments), outdir);
    const { passed, failed } = await runBundles(bundles, fragments.length > 0 || args.includes("--verbose"));
    console.log(`${passed} passed, ${failed} failed`);
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

await main(process.argv.slice(2));
