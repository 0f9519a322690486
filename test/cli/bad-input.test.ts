/** The built command line with inputs that cannot be read, or are no Rust. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { githubReport } from "../../server/src/cli/formats.ts";

const dir = mkdtempSync(join(tmpdir(), "stowplan-"));
after(() => rmSync(dir, { recursive: true, force: true }));

function run(...args: readonly string[]): { readonly code: number | null; readonly out: string; readonly err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["dist/cli.cjs", ...args], { encoding: "utf8" });
  return { code: status, out: stdout, err: stderr };
}

test("a file that is not UTF-8 is not an empty report", () => {
  const file = join(dir, "latin1.rs");
  writeFileSync(file, Buffer.from("pub struct S(u8); // \u00e4", "latin1"));
  const { code, out, err } = run("report", file, "--format", "json");
  assert.deepEqual([code, out], [2, ""]);
  assert.match(err, /^stowplan: .*latin1\.rs cannot be read: it is not UTF-8\n$/);
});

test("every line of a batch has its answer, whatever it is", () => {
  const lines = [
    "u8",
    "",
    "[[[",
    "struct A;",
    `${"Option<".repeat(20_000)}u8${">".repeat(20_000)}`,
    "\u001b[31m",
    `(${"u8,".repeat(20_000)})`,
  ];
  const file = join(dir, "types.txt");
  writeFileSync(file, `${lines.join("\n")}\n`);
  const { code, out, err } = run("type", "--batch", file);
  assert.deepEqual([code, err], [0, ""]);
  const answers: readonly { type: string; status: string; size?: number }[] = out
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  assert.deepEqual(
    answers.map(({ type }) => type),
    lines,
  );
  assert.deepEqual(
    answers.map(({ status, size }) => size ?? status),
    [1, "unknown", "unknown", "unknown", "unknown", "unknown", 20_000],
  );
});

test("names of files steer no workflow command and no terminal", () => {
  const place = { line: 1, column: 1, endLine: 1, endColumn: 2 };
  const finding = {
    ...place,
    code: "oversized-variant",
    severity: "warning",
    message: "a\r\nb\u001b[2J",
    file: "src/\u001b[2Ja,b:c\n.rs",
  } as const;
  assert.equal(
    githubReport([finding]),
    "::warning file=src/\\u{1b}[2Ja%2Cb%3Ac%0A.rs,line=1,endLine=1,title=stowplan oversized-variant::a\\u{d}%0Ab\\u{1b}[2J\n",
  );
});
