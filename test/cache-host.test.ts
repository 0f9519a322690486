/**
 * The cache on disk: what is parsed once is not parsed again, and nothing that happens to its files changes an answer.
 */
import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { cacheFolder } from "../server/src/cache-folder.ts";
import { DiskCache } from "../server/src/cache-host.ts";
import { decodeItems, encodeItems } from "../server/src/hir-def/item-codec.ts";
import { lowerUnit } from "../server/src/hir-def/lower-item.ts";
import { openFiles } from "./support/open-semantics.ts";
import { rustParser } from "./support/rust-parser.ts";

const folders: string[] = [];
after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "stowplan-cache-"));
  folders.push(folder);
  return folder;
}

function cacheIn(folder: string, version = "1", maxBytes = 1_000_000): DiskCache {
  return new DiskCache({ folder, kind: "items", version, maxBytes });
}

/** A text that is long enough to be kept. */
const long = (name: string): string => `// ${name} ${"x".repeat(300)}\nstruct ${name};`;

function write(cache: DiskCache, ...names: readonly string[]): void {
  for (const name of names) cache.write(long(name), () => `items of ${name}`);
  cache.flush();
}

const packs = (folder: string, version = "1"): readonly string[] =>
  readdirSync(join(folder, `items-${version}`)).map((name) => join(folder, `items-${version}`, name));

/** What a process that starts now finds of a text. */
function found(folder: string, name: string, version = "1"): string | undefined {
  const cache = cacheIn(folder, version);
  const text = cache.read(long(name));
  cache.close();
  return text;
}

test("an entry is found by the same text only", () => {
  const folder = newFolder();
  write(cacheIn(folder), "A");
  assert.equal(found(folder, "A"), "items of A");
  assert.equal(found(folder, "B"), undefined);
});

test("entries of another version are not read, and stay for that version", () => {
  const folder = newFolder();
  write(cacheIn(folder, "1"), "A");
  assert.equal(found(folder, "A", "2"), undefined);
  write(cacheIn(folder, "2"), "B");
  assert.equal(found(folder, "A", "1"), "items of A");
});

test("wherever one byte of the file is damaged, an entry is what was written or not there", () => {
  const folder = newFolder();
  write(cacheIn(folder), "A", "B");
  const [path = ""] = packs(folder);
  const bytes = readFileSync(path);
  for (let at = 0; at < bytes.length; at++) {
    const damaged = Buffer.from(bytes);
    damaged.writeUInt8(damaged.readUInt8(at) ^ 0x55, at);
    writeFileSync(path, damaged);
    for (const name of ["A", "B"]) assert.ok([`items of ${name}`, undefined].includes(found(folder, name)), `byte ${at}`);
    assert.ok(found(folder, "A") === undefined || found(folder, "B") === undefined || (at >= 8 && at < 16), `byte ${at} is vouched for`);
  }
});

test("wherever the file is cut off, an entry is what was written or not there", () => {
  const folder = newFolder();
  write(cacheIn(folder), "A", "B");
  const [path = ""] = packs(folder);
  for (let length = statSync(path).size - 1; length >= 0; length--) {
    truncateSync(path, length);
    for (const name of ["A", "B"]) assert.ok([`items of ${name}`, undefined].includes(found(folder, name)), `${length} bytes`);
  }
});

test("what a damaged file lost is written again", () => {
  const folder = newFolder();
  write(cacheIn(folder), "A");
  truncateSync(packs(folder)[0] ?? "", 20);
  const cache = cacheIn(folder);
  assert.equal(cache.read(long("A")), undefined);
  write(cache, "A");
  assert.equal(found(folder, "A"), "items of A");
});

test("two processes write at once, and each reads what the other wrote", () => {
  const folder = newFolder();
  const [one, other] = [cacheIn(folder), cacheIn(folder)];
  assert.equal(one.read(long("A")) ?? other.read(long("A")), undefined);
  write(one, "A", "Both");
  write(other, "B", "Both");
  for (const name of ["A", "B", "Both"]) assert.equal(found(folder, name), `items of ${name}`);
  assert.equal(one.read(long("A")), "items of A", "what it has open stays open");
});

test("many small files become one, and nothing is lost", () => {
  const folder = newFolder();
  const names = Array.from({ length: 30 }, (_, i) => `T${i}`);
  for (const name of names) {
    const cache = cacheIn(folder);
    cache.read(long(name));
    write(cache, name);
    cache.close();
  }
  assert.ok(packs(folder).length <= 13);
  for (const name of names) assert.equal(found(folder, name), `items of ${name}`);
});

test("the files of all versions stay within bounds; those not used for longest go first", () => {
  const folder = newFolder();
  write(cacheIn(folder, "0"), "Old");
  write(cacheIn(folder, "1"), "A");
  const [old = ""] = packs(folder, "0");
  const [a = ""] = packs(folder, "1");
  utimesSync(old, 1000, 1000);
  utimesSync(a, 2000, 2000);
  const bytes = statSync(old).size;
  write(cacheIn(folder, "1", bytes * 2.5), "B");
  assert.equal(existsSync(old), false);
  assert.equal(existsSync(a), true);
  assert.equal(found(folder, "B"), "items of B");
});

test("of two entries with one key the later counts, in whichever file it is", () => {
  const folder = newFolder();
  for (let i = 0; i < 5; i++) {
    const cache = cacheIn(folder);
    assert.equal(cache.read(long("A")), i === 0 ? undefined : `entry ${i - 1}`);
    cache.forget(long("A"));
    cache.write(long("A"), () => `entry ${i}`);
    cache.flush();
    cache.close();
  }
  assert.equal(found(folder, "A"), "entry 4");
});

test("each kind has its own files and bounds", () => {
  const folder = newFolder();
  write(cacheIn(folder), "A");
  const answers = (): DiskCache => new DiskCache({ folder, kind: "answers", version: "1", maxBytes: 1 });
  write(answers(), "A", "B");
  assert.equal(answers().read(long("A")), undefined, "beyond its bounds");
  assert.equal(found(folder, "A"), "items of A");
  assert.deepEqual(readdirSync(folder), ["items-1"]);
});

test("reading a file makes it the last to go", () => {
  const folder = newFolder();
  write(cacheIn(folder), "A");
  const [path = ""] = packs(folder);
  utimesSync(path, 1000, 1000);
  const cache = cacheIn(folder);
  assert.equal(cache.read(long("A")), "items of A");
  cache.flush();
  assert.ok(statSync(path).mtimeMs > 2_000_000);
});

test("switched off it neither reads nor writes", () => {
  const folder = newFolder();
  write(cacheIn(folder), "A");
  const cache = cacheIn(folder);
  cache.write(long("B"), () => "items of B");
  cache.isOn = false;
  assert.equal(cache.read(long("A")), undefined);
  write(cache, "C");
  assert.deepEqual([found(folder, "B"), found(folder, "C")], [undefined, undefined]);
});

test("where nothing can be written, nothing is, and nothing fails", () => {
  const folder = newFolder();
  const file = join(folder, "file");
  writeFileSync(file, "");
  const cache = cacheIn(file);
  write(cache, "A");
  assert.equal(cache.read(long("A")), undefined);
  assert.equal(cache.isWaiting, false);
});

test("the folder is the platform's, the editor's, or the one that is asked for", () => {
  const base = { cargoHome: undefined, rustupHome: undefined, hostTriple: "", targetCfg: (): undefined => undefined };
  const at = (platform: NodeJS.Platform, variables: Readonly<Record<string, string>> = {}, preferred?: string): string | undefined =>
    cacheFolder({ ...base, home: "/home/u", variables: new Map(Object.entries(variables)) }, platform, preferred);
  assert.equal(at("linux"), "/home/u/.cache/stowplan");
  assert.equal(at("linux", { XDG_CACHE_HOME: "/c" }), "/c/stowplan");
  assert.equal(at("darwin"), "/home/u/Library/Caches/stowplan");
  assert.equal(at("win32", { LOCALAPPDATA: "/local" }), "/local/stowplan");
  assert.equal(at("linux", {}, "/storage"), "/storage/items");
  assert.equal(at("linux", { STOWPLAN_CACHE: "/elsewhere" }, "/storage"), "/elsewhere");
  for (const off of ["off", "0", "False"]) assert.equal(at("linux", { STOWPLAN_CACHE: off }, "/storage"), undefined);
  assert.equal(cacheFolder({ ...base, home: undefined, variables: new Map() }, "linux"), undefined);
});

/** The value without what is undefined. */
function defined(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(defined);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).flatMap(([key, inner]) => (inner === undefined ? [] : [[key, defined(inner)]])));
}

const SOURCES = ["test/fixtures", "grammars/test/sources"].flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)));

test("items come back as they were parsed", async () => {
  const parser = await rustParser();
  for (const path of [...SOURCES, "server/std/core.txt"].filter((name) => /\.(?:rs|txt)$/.test(name))) {
    const text = readFileSync(path, "utf8");
    const units = parser.parseFile(text, { reuse: () => undefined, lower: lowerUnit });
    assert.deepEqual(defined(decodeItems(text, encodeItems(units), () => undefined)), defined(units), path);
  }
});

test("what is no encoding of items is none", () => {
  for (const text of ["", "0", "0{", '0{"a":1}', "1null"])
    assert.equal(
      decodeItems("struct A;", text, () => undefined),
      undefined,
    );
});

test("a second start parses nothing again and answers the same", async () => {
  const folder = newFolder();
  const files = {
    "/ws/lib.rs": `${long("Root")} mod a; made! { A } macro_rules! made { ($t:ident) => { ${long("Made").replace("// ", "const X: u8 = 10; // ")} } }`,
    "/ws/a.rs": `${long("A")} pub enum E { A(u8, [u16; 0x10]), B(String) } impl E { fn f() { struct Inner(u8); } }`,
  };
  const start = async (): Promise<{ readonly parsed: number; readonly answers: readonly string[] }> => {
    const cache = cacheIn(folder);
    const { host, semantics } = await openFiles(files, { cache });
    const answers = Object.keys(files).flatMap((file) =>
      semantics.definitions(file).map((definition) => {
        const answer = semantics.layoutOf(definition);
        return `${definition.name} ${definition.nameRange.start} ${answer.status === "exact" ? answer.layout.size : answer.status}`;
      }),
    );
    cache.flush();
    cache.close();
    return { parsed: host.runtime.workCounts.get("parseText") ?? 0, answers };
  };
  const [first, second] = [await start(), await start()];
  assert.ok(first.parsed > 2);
  const short = await start();
  assert.deepEqual(second.answers, first.answers);
  assert.equal(second.parsed, short.parsed);
  assert.ok(second.parsed < first.parsed / 2, `${second.parsed} of ${first.parsed}, the short ones`);
  assert.ok(first.answers.some((answer) => answer.startsWith("E ")));
});
