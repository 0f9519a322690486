/**
 * The code that V8 has made of a bundle, kept for the next start.
 *
 * Whatever stands in the kept file, the bundle runs, and says the same.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, test } from "node:test";
import { compileBundle } from "../server/src/code-cache.ts";

const folders: string[] = [];

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "stowplan-code-"));
  folders.push(folder);
  return folder;
}

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function bundleIn(folder: string, text = "exports.answer = 6 * 7;"): { readonly file: string; readonly key: string } {
  const file = join(folder, "bundle.cjs");
  writeFileSync(file, text);
  return { file, key: "bundle-1" };
}

function answerOf(run: unknown): unknown {
  const exported: { answer?: unknown } = {};
  if (typeof run === "function") run(exported);
  return exported.answer;
}

/** Starts the bundle and keeps its code; answers whether something was written, and what the bundle says. */
function start(bundle: ReturnType<typeof bundleIn>, folder: string | undefined): { readonly answer: unknown; readonly isNew: boolean } {
  const before = folder === undefined ? "" : kept(folder).map((path) => readFileSync(path).toString("latin1"));
  const { run, code } = compileBundle({ ...bundle, folder, built: join(folder ?? tmpdir(), "built") });
  const answer = answerOf(run);
  code.keep();
  const after = folder === undefined ? "" : kept(folder).map((path) => readFileSync(path).toString("latin1"));
  return { answer, isNew: JSON.stringify(before) !== JSON.stringify(after) };
}

function kept(folder: string): readonly string[] {
  try {
    return readdirSync(join(folder, "code")).map((name) => join(folder, "code", name));
  } catch {
    return [];
  }
}

test("code is kept once, and used at the next start", () => {
  const folder = newFolder();
  const bundle = bundleIn(folder);
  assert.deepEqual(start(bundle, folder), { answer: 42, isNew: true });
  assert.equal(kept(folder).length, 1);
  assert.deepEqual(start(bundle, folder), { answer: 42, isNew: false });
});

test("without a folder nothing is written", () => {
  const folder = newFolder();
  assert.deepEqual(start(bundleIn(folder), undefined), { answer: 42, isNew: false });
  assert.deepEqual(readdirSync(folder), ["bundle.cjs"]);
});

test("damaged, cut and empty files are written anew, and never run", () => {
  const folder = newFolder();
  const bundle = bundleIn(folder);
  start(bundle, folder);
  const [path] = kept(folder);
  assert.ok(path !== undefined);
  const whole = readFileSync(path);
  const turned = Buffer.from(whole);
  turned.writeUInt8(turned.readUInt8(whole.length - 9) ^ 1, whole.length - 9);
  for (const bytes of [turned, whole.subarray(0, 100), whole.subarray(0, 20), Buffer.alloc(0), Buffer.from("nonsense")]) {
    writeFileSync(path, bytes);
    assert.deepEqual(start(bundle, folder), { answer: 42, isNew: true });
    assert.deepEqual(kept(folder), [path]);
  }
});

test("code of another content is not used, even under the same name", () => {
  const folder = newFolder();
  start(bundleIn(folder), folder);
  assert.deepEqual(start(bundleIn(folder, "exports.answer = 'another';"), folder), { answer: "another", isNew: true });
});

test("a folder that cannot be written to is no obstacle", () => {
  const folder = newFolder();
  const bundle = bundleIn(folder);
  writeFileSync(join(folder, "code"), "a file");
  assert.deepEqual(start(bundle, folder), { answer: 42, isNew: false });
  rmSync(join(folder, "code"));
  mkdirSync(join(folder, "code"));
  chmodSync(join(folder, "code"), 0o500);
  assert.equal(start(bundle, folder).answer, 42);
  chmodSync(join(folder, "code"), 0o700);
});

test("only the newest files stay", () => {
  const folder = newFolder();
  mkdirSync(join(folder, "code"));
  for (let i = 0; i < 9; i++) {
    const path = join(folder, "code", `old-${i}`);
    writeFileSync(path, "");
    utimesSync(path, i, i);
  }
  start(bundleIn(folder), folder);
  const names = kept(folder).map((path) => path.slice(join(folder, "code").length + 1));
  assert.deepEqual(names.filter((name) => name.startsWith("old-")).toSorted(), ["old-4", "old-5", "old-6", "old-7", "old-8"]);
  assert.equal(names.length, 6);
});

/** Starts a bundle beside code that the build has left; answers what it says. */
function startBeside(built: string, folder: string, text: string): unknown {
  const { run, code } = compileBundle({ ...bundleIn(built, text), folder, built: join(built, "code") });
  code.keep();
  return answerOf(run);
}

test("code that the build has left is used, and not kept again", () => {
  const [built, cache] = [newFolder(), newFolder()];
  const text = "exports.answer = 6 * 7; // Built.";
  start(bundleIn(built, text), built);
  const [path] = kept(built);
  assert.ok(path !== undefined);
  writeFileSync(path, readFileSync(path).subarray(32));
  assert.equal(startBeside(built, cache, text), 42);
  assert.deepEqual(kept(cache), []);
});

test("where V8 does not take what was built it keeps its own", () => {
  const [built, cache] = [newFolder(), newFolder()];
  // V8 would not look at it for a text that this process has compiled before.
  const text = "exports.answer = 6 * 7; // Built by another.";
  start(bundleIn(built), built);
  const [path] = kept(built);
  assert.ok(path !== undefined);
  writeFileSync(path, "nonsense");
  assert.equal(startBeside(built, cache, text), 42);
  assert.equal(kept(cache).length, 1);
});

test("the build leaves the code of this Node, for the server and the command line", () => {
  const names = readdirSync("dist/code");
  const ending = `-${process.versions.v8}-${process.arch}`;
  for (const bundle of ["server-main", "cli-main"])
    assert.equal(names.filter((name) => name.startsWith(bundle) && name.endsWith(ending)).length, 1);
});

test("the command line keeps its code, unless the cache is off", () => {
  const folder = newFolder();
  const dist = newFolder();
  cpSync("dist", dist, { recursive: true, filter: (from) => from !== join("dist", "code") });
  const version = (cache: string): string => {
    const env = { ...process.env, STOWPLAN_CACHE: cache };
    return spawnSync(process.execPath, [join(dist, "cli.cjs"), "type", "u8"], { encoding: "utf8", env }).stdout;
  };
  const said = version("off");
  assert.match(said, /u8/);
  assert.equal(version(folder), said);
  assert.equal(kept(folder).length, 1);
  const [path] = kept(folder);
  const bytes = readFileSync(path ?? "");
  assert.equal(version(folder), said);
  assert.deepEqual(readFileSync(path ?? ""), bytes);
});
