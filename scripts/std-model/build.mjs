/**
 * Makes all data of `server/std/` anew: prepares each version's library, documents it for each of its targets, extracts and merges.
 *
 *   node build.mjs --work DIR --compiler 1.96=RUSTC,RUSTDOC,LIBRARY --compiler 1.85=... [--only 1.96-x86_64-unknown-linux-gnu] [--out server/std]
 *
 * The bundled versions and targets are listed in models.txt. What stands in DIR already is used again. Extracted models go to
 * DIR/extracted. With --only the models that do not stand there are taken from the stored data, and it is said whether the one that was
 * made anew differs from the stored one. About a minute a target on a machine that does nothing else.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const { values } = parseArgs({
  options: {
    work: { type: "string" },
    compiler: { type: "string", multiple: true },
    only: { type: "string" },
    out: { type: "string" },
  },
});

const work = resolve(values.work);
const stored = fileURLToPath(new URL("../../server/std", import.meta.url));
const out = values.out ?? stored;
const compilers = new Map((values.compiler ?? []).map(readCompiler));

/** `version target pointer-width [no-std]` */
const models = readFileSync(new URL("models.txt", import.meta.url), "utf8")
  .split("\n")
  .filter((line) => line !== "" && !line.startsWith("#"))
  .map((line) => line.split(" "))
  .map(([version, target, width, kind]) => ({ version, target, width, isBare: kind === "no-std", name: `${version}-${target}` }));

mkdirSync(join(work, "extracted"), { recursive: true });
for (const model of models) if (values.only === undefined || values.only === model.name) make(model);
run("merge.mjs", [
  "--out",
  out,
  "--stored",
  stored,
  ...models.map(extractedPath).filter((path) => values.only === undefined || existsSync(path)),
]);

function readCompiler(text) {
  const [version, paths] = text.split("=");
  const [rustc, rustdoc, library] = paths.split(",");
  return [version, { rustc, rustdoc, library }];
}

function extractedPath({ name }) {
  return join(work, "extracted", `${name}.json`);
}

function make(model) {
  const compiler = compilers.get(model.version);
  if (existsSync(extractedPath(model)) || compiler === undefined) return;
  const library = join(work, `library-${model.version}`);
  const targetDir = join(work, `target-${model.version}`);
  if (!existsSync(library)) run("prepare.mjs", ["--library", compiler.library, "--version", model.version, "--work", library]);
  const tools = ["--rustc", compiler.rustc, "--rustdoc", compiler.rustdoc, "--target", model.target, "--target-dir", targetDir];
  run("document.mjs", ["--work", library, ...tools, ...(model.isBare ? ["--no-std"] : [])]);
  const docs = join(targetDir, model.target, "doc");
  const what = ["--version", model.version, "--target", model.target, "--pointer-width", model.width];
  run("extract.mjs", ["--docs", docs, "--library", library, ...what, "--out", extractedPath(model)]);
  rmSync(join(targetDir, model.target), { recursive: true });
}

function run(script, args) {
  const path = fileURLToPath(new URL(script, import.meta.url));
  const { status } = spawnSync(process.execPath, ["--max-old-space-size=4000", path, ...args], { stdio: "inherit" });
  if (status !== 0) throw new Error(`${script} ${args.join(" ")} failed`);
}
