/**
 * Loading a project at all: what a path can be, and input that is broken, absent or circular.
 */

import assert from "node:assert/strict";
import { test } from "node:test";
import type { FileSystem } from "../../server/src/base/file-system.ts";
import { Pending } from "../../server/src/base/file-system.ts";
import { english } from "../../server/src/base/words.ts";
import { projectCache } from "../../server/src/project/manifest-loader.ts";
import { loadProject } from "../../server/src/project/workspace.ts";
import { inEnglish } from "../support/in-english.ts";
import { memoryFs } from "../support/memory-fs.ts";
import type { Files } from "./project-fixture.ts";
import { crate, environment, load, loadError, outline, REQUEST } from "./project-fixture.ts";

const SIMPLE: Files = {
  "/ws/Cargo.toml": '[package]\nname = "app"\nversion = "0.1.0"\nedition = "2021"\n',
  "/ws/Cargo.lock": "version = 4",
  "/ws/src/lib.rs": "",
};

test("a file is a crate root of edition 2021, named by its stem", () => {
  const files = { "/x/my-demo.rs": "" };
  const project = load(files, { request: { path: "/x/my-demo.rs", cfgs: ["mine"] } });
  assert.deepEqual(outline(project), ["my_demo lib []"]);
  const krate = crate(project, "my_demo");
  assert.deepEqual([krate.edition, krate.root, krate.packageRoot, krate.cfg.flags.has("mine")], [2021, "/x/my-demo.rs", "/x", true]);
  assert.equal(load(files, { request: { path: "/x/my-demo.rs", edition: 2015 } }).graph.crates[0]?.edition, 2015);
});

test("a path inside a package stands for the package", () => {
  for (const path of ["/ws", "/ws/", "/ws/src", "/ws/Cargo.toml"])
    assert.deepEqual(outline(load(SIMPLE, { request: { path } })), ["app lib []"], path);
});

test("a path that leads nowhere is an error with its reason", () => {
  assert.deepEqual(inEnglish(loadError(SIMPLE, { request: { path: "/gone" } })), {
    kind: "notFound",
    message: "there is no /gone, or it cannot be looked at",
  });
  assert.deepEqual(inEnglish(loadError({ "/x/a.txt": "" }, { request: { path: "/x" } })), {
    kind: "notFound",
    message: "there is no Cargo.toml in /x or above it",
  });
  const unreadable = { ...SIMPLE, "/ws/Cargo.toml": { unreadable: "permission denied" } };
  assert.deepEqual(inEnglish(loadError(unreadable)), { kind: "unreadable", message: "/ws/Cargo.toml cannot be read: permission denied" });
});

test("an unreadable lock file, folder or member is a note", () => {
  const files = {
    ...SIMPLE,
    "/ws/Cargo.toml": '[package]\nname = "app"\nversion = "0.1.0"\n[workspace]\nmembers = ["one", "two", "more/*"]\n',
    "/ws/Cargo.lock": { unreadable: "it is not UTF-8" },
    "/ws/one/Cargo.toml": { unreadable: "it is not UTF-8" },
    "/ws/more/": { unreadable: "permission denied" },
    "/ws/examples/": { unreadable: "permission denied" },
  };
  const project = load(files, { request: { targets: "all" } });
  assert.deepEqual(
    project.packages.map(({ name }) => name),
    ["app"],
  );
  assert.ok(project.notes.map(english).includes("/ws/Cargo.lock cannot be read: it is not UTF-8"));
  assert.ok(project.notes.map(english).includes("/ws/one/Cargo.toml cannot be read: it is not UTF-8"));
  assert.ok(project.notes.map(english).includes("/ws/Cargo.toml: no member is at `two`"));
  assert.ok(project.notes.map(english).includes("/ws/Cargo.toml: no member is at `more/*`"));
});

test("manifests cut off anywhere are answered", () => {
  const whole = `[package]\nname = "app"\nversion = "0.1.0"\nedition = "2021"\nauthors = ["a", "b"]\n\n[features]\ndefault = ["std"]\nstd = []\n\n[dependencies]\nleaf = { version = "1", features = ["a"] }\n\n[[bin]]\nname = "tool"\npath = """src/cli.rs"""\n[target.'cfg(unix)'.dependencies]\n"leaf" = '1'\n`;
  for (let end = 0; end <= whole.length; end += 1) {
    const project = load({ ...SIMPLE, "/ws/Cargo.toml": whole.slice(0, end), "/ws/src/cli.rs": "" });
    assert.ok(project.graph.crates.length >= 1, whole.slice(0, end));
  }
});

test("values of the wrong kind are passed over", () => {
  const manifest = `package = { name = 3, version = [], edition = 2021, build = 1 }\nworkspace = { members = "x", exclude = 1, resolver = 2 }\ndependencies = ["a"]\nfeatures = { a = 1, b = [1, "c"] }\nbin = { name = "x" }\nlib = []\nprofile = 1\npatch = { crates-io = 3 }\ntarget = { "cfg(" = { dependencies = { y = 1 } } }\n`;
  assert.deepEqual(outline(load({ ...SIMPLE, "/ws/Cargo.toml": manifest, "/ws/Cargo.lock": "package = 3" })), ["ws lib []"]);
});

test("a workspace that nests its members in itself ends", () => {
  const files = {
    ...SIMPLE,
    "/ws/Cargo.toml":
      '[package]\nname = "app"\nversion = "0.1.0"\n[workspace]\nmembers = [".", "**", "../ws"]\n[dependencies]\napp = { path = "." }\n',
  };
  assert.deepEqual(
    load(files).packages.map(({ name }) => name),
    ["app"],
  );
});

test("a parsed manifest is kept for the next load, by its text", () => {
  const cache = projectCache();
  load(SIMPLE, { request: { cache } });
  const first = cache.manifests.get("/ws/Cargo.toml");
  load(SIMPLE, { request: { cache } });
  assert.equal(cache.manifests.get("/ws/Cargo.toml"), first);
  const changed = { ...SIMPLE, "/ws/Cargo.toml": '[package]\nname = "new"\nversion = "0.1.0"\n' };
  assert.deepEqual(outline(load(changed, { request: { cache } })), ["app lib []".replace("app", "new")]);
});

test("each file is read once a load", () => {
  const fs = memoryFs(SIMPLE);
  loadProject({ ...REQUEST, targets: "all" }, fs, environment());
  const manifests = [...fs.calls].filter(([call]) => call.startsWith("read /ws/Cargo."));
  assert.deepEqual(manifests, [
    ["read /ws/Cargo.toml", 1],
    ["read /ws/Cargo.lock", 1],
  ]);
});

test("a file that is not loaded yet unwinds through the whole load", () => {
  const inner = memoryFs(SIMPLE);
  const pending: FileSystem = {
    ...inner,
    readFile(path) {
      if (path === "/ws/Cargo.lock") throw new Pending([path]);
      return inner.readFile(path);
    },
  };
  assert.throws(() => loadProject(REQUEST, pending, environment()), Pending);
});
