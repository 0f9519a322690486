/**
 * Node's file system as the core sees it: strict UTF-8, marks, links in circles, folders that cannot be listed.
 */

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { diskFiles } from "../server/src/disk-host.ts";
import { nodeEnvironment, withSlashes } from "../server/src/node-host.ts";
import { inEnglish } from "./support/in-english.ts";

const dir = withSlashes(mkdtempSync(join(tmpdir(), "stowplan-")));
after(() => rmSync(dir, { recursive: true, force: true }));

test("text is decoded strictly, without its byte order mark", () => {
  writeFileSync(`${dir}/bom.rs`, "\ufeffstruct Ä;\r\n");
  writeFileSync(`${dir}/latin1.rs`, Buffer.from([0x73, 0xe4]));
  mkdirSync(`${dir}/folder`);
  const fs = diskFiles();
  assert.deepEqual(fs.readFile(`${dir}/bom.rs`), { kind: "text", text: "struct Ä;\r\n" });
  assert.deepEqual(inEnglish(fs.readFile(`${dir}/latin1.rs`)), { kind: "unreadable", reason: "it is not UTF-8" });
  assert.deepEqual(inEnglish(fs.readFile(`${dir}/folder`)), { kind: "unreadable", reason: "it is a folder" });
  assert.deepEqual(fs.readFile(`${dir}/gone.rs`), { kind: "missing" });
  assert.deepEqual(fs.readFile(`${dir}/bom.rs/below`), { kind: "missing" });
});

test("links are followed, and links in circles are nothing", () => {
  mkdirSync(`${dir}/links`);
  writeFileSync(`${dir}/links/real.rs`, "");
  symlinkSync(`${dir}/links/real.rs`, `${dir}/links/linked.rs`);
  symlinkSync(`${dir}/links`, `${dir}/links/up`);
  symlinkSync(`${dir}/links/circle`, `${dir}/links/circle`);
  const fs = diskFiles();
  assert.deepEqual(fs.readDirectory(`${dir}/links`), [
    { name: "linked.rs", kind: "file" },
    { name: "real.rs", kind: "file" },
    { name: "up", kind: "directory" },
  ]);
  assert.equal(fs.kindOf(`${dir}/links/circle`), undefined);
  assert.equal(fs.readFile(`${dir}/links/circle`).kind, "unreadable");
  assert.equal(fs.realPath?.(`${dir}/links/up/up/linked.rs`), fs.realPath?.(`${dir}/links/real.rs`));
});

test("what cannot be listed is undefined, and answers are kept for the run", () => {
  const fs = diskFiles();
  assert.equal(fs.readDirectory(`${dir}/nowhere`), undefined);
  assert.equal(fs.kindOf(`${dir}/later.rs`), undefined);
  writeFileSync(`${dir}/later.rs`, "");
  assert.equal(fs.kindOf(`${dir}/later.rs`), undefined);
  const fresh = diskFiles();
  assert.equal(fresh.kindOf(`${dir}/later.rs`), "file");
  assert.ok((fresh.modifiedTime?.(`${dir}/later.rs`) ?? 0) > 0);
});

test("the environment names cargo's and rustup's homes", () => {
  const { cargoHome, rustupHome, hostTriple, variables } = nodeEnvironment(() => undefined);
  assert.ok(cargoHome !== undefined && rustupHome !== undefined);
  assert.match(hostTriple, /^[a-z0-9_]+-[a-z0-9_-]+$/);
  assert.equal(variables.get("PATH"), process.env["PATH"]);
});
