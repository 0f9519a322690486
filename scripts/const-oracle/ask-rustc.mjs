/**
 * Asks rustc for the values of programs of consts and writes them beside the program: what the tests of const evaluation expect.
 *
 * Usage: node scripts/const-oracle/ask-rustc.mjs [test/consteval/programs/NAME.rs ...]   (all of them by default)
 * A value is what `{:?}` prints, null where rustc refuses to evaluate the const (E0080); consts with other errors are left out.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const FOLDER = "test/consteval/programs";
const TOOLCHAIN = "+1.95.0";
const ALLOW = "#![allow(warnings, arithmetic_overflow, unconditional_panic, overflowing_literals)]";
const DECLARATION = /^pub const (\w+): /;

function constNames(text) {
  return text.split("\n").flatMap((line) => DECLARATION.exec(line)?.[1] ?? []);
}

/** The program without some consts, on the same lines, behind one line of attributes, with a `main` that prints the rest. */
function program(text, names, left) {
  const lines = text.split("\n").map((line) => (left.has(DECLARATION.exec(line)?.[1]) || line.startsWith("#![") ? "" : line));
  const prints = names.filter((name) => !left.has(name)).map((name) => `println!("{}\\t{:?}", "${name}", ${name});`);
  return [ALLOW, ...lines, "fn main() {", ...prints, "}"].join("\n");
}

/** The consts an error is about: those whose lines it shows. */
function blamed(text, rendered) {
  const lines = text.split("\n");
  return [...rendered.matchAll(/program\.rs:(\d+):/g)].flatMap(([, line]) => DECLARATION.exec(lines[Number(line) - 2] ?? "")?.[1] ?? []);
}

/** Sorts the consts that errors are about into those that cannot be evaluated and those that are no valid program. */
function sortBlamed(text, stderr, { refused, illTyped }) {
  const errors = stderr.split("\n").flatMap((line) => (line.startsWith("{") ? [JSON.parse(line)] : []));
  for (const { level, rendered } of errors) {
    if (level !== "error") continue;
    for (const name of blamed(text, rendered)) (rendered.includes("E0080") ? refused : illTyped).add(name);
  }
}

/** Compiles until only consts with values are left; the program's path. */
function compile(path, folder, sorted) {
  const text = readFileSync(path, "utf8");
  const source = join(folder, "program.rs");
  const args = [TOOLCHAIN, "--edition", "2024", "--error-format=json", "-o", join(folder, "program"), source];
  for (;;) {
    const left = new Set([...sorted.refused, ...sorted.illTyped]);
    writeFileSync(source, program(text, constNames(text), left));
    const result = spawnSync("rustc", args, { encoding: "utf8", maxBuffer: 2 ** 28 });
    if (result.status === 0) return join(folder, "program");
    sortBlamed(text, result.stderr, sorted);
    if (sorted.refused.size + sorted.illTyped.size === left.size) throw new Error(`rustc refuses ${path}:\n${result.stderr}`);
  }
}

function ask(path) {
  const folder = mkdtempSync(join(tmpdir(), "const-oracle-"));
  const sorted = { refused: new Set(), illTyped: new Set() };
  const output = execFileSync(compile(path, folder, sorted), { encoding: "utf8", maxBuffer: 2 ** 28 });
  rmSync(folder, { recursive: true });
  const values = new Map(
    output
      .trimEnd()
      .split("\n")
      .map((line) => line.split("\t")),
  );
  const kept = constNames(readFileSync(path, "utf8")).filter((name) => !sorted.illTyped.has(name));
  const expected = Object.fromEntries(kept.map((name) => [name, values.get(name) ?? null]));
  writeFileSync(path.replace(/\.rs$/, ".json"), `${JSON.stringify(expected, null, 1)}\n`);
  console.log(`${path}: ${kept.length} consts, ${sorted.refused.size} refused, ${sorted.illTyped.size} left out`);
}

const asked = process.argv.slice(2);
const all = readdirSync(FOLDER).filter((name) => name.endsWith(".rs"));
for (const path of asked.length > 0 ? asked : all.map((name) => join(FOLDER, name))) ask(path);
