/**
 * Manifests: targets by cargo's file rules, inheritance from the workspace, what is left of a broken one.
 */

import assert from "node:assert/strict";
import { test } from "node:test";
import { english } from "../../server/src/base/words.ts";
import type { Files } from "./project-fixture.ts";
import { crate, load, lock, outline, registryPackage } from "./project-fixture.ts";

function targets(files: Files): readonly string[] {
  const project = load({ "/ws/Cargo.lock": "version = 4", ...files }, { request: { targets: "all" } });
  return project.packages.flatMap((pkg) => pkg.targets.map(({ kind, name, root }) => `${kind} ${name} ${root.slice("/ws/".length)}`));
}

const PACKAGE = '[package]\nname = "my-app"\nversion = "1.2.3"\nedition = "2021"\n';

test("targets are found where cargo looks", () => {
  const files = {
    "/ws/Cargo.toml": PACKAGE,
    "/ws/src/lib.rs": "",
    "/ws/src/main.rs": "",
    "/ws/src/bin/one.rs": "",
    "/ws/src/bin/two/main.rs": "",
    "/ws/src/bin/two/part.rs": "",
    "/ws/src/bin/notes.txt": "",
    "/ws/examples/ex.rs": "",
    "/ws/tests/it.rs": "",
    "/ws/tests/common/mod.rs": "",
    "/ws/benches/speed/main.rs": "",
    "/ws/build.rs": "",
  };
  assert.deepEqual(targets(files), [
    "lib my_app src/lib.rs",
    "bin one src/bin/one.rs",
    "bin two src/bin/two/main.rs",
    "bin my-app src/main.rs",
    "example ex examples/ex.rs",
    "test it tests/it.rs",
    "bench speed benches/speed/main.rs",
    "build-script build-script-build build.rs",
  ]);
});

test("declared targets name their files, and switch discovery off when they say so", () => {
  const manifest = `${PACKAGE}autobins = false\nbuild = "make.rs"\n[lib]\nname = "other"\npath = "lib/root.rs"\n[[bin]]\nname = "tool"\npath = "src/cli.rs"\nedition = "2018"\n[[bin]]\nname = "two"\n[[test]]\nname = "it"\n`;
  const files = {
    "/ws/lib/root.rs": "",
    "/ws/src/cli.rs": "",
    "/ws/src/main.rs": "",
    "/ws/src/bin/two.rs": "",
    "/ws/tests/it.rs": "",
    "/ws/tests/more.rs": "",
    "/ws/make.rs": "",
  };
  assert.deepEqual(targets({ "/ws/Cargo.toml": manifest, ...files }), [
    "lib other lib/root.rs",
    "bin tool src/cli.rs",
    "bin two src/bin/two.rs",
    "test it tests/it.rs",
    "test more tests/more.rs",
    "build-script build-script-build make.rs",
  ]);
});

test("edition 2015 finds no further binaries beside declared ones", () => {
  const manifest = '[package]\nname = "old"\nversion = "0.1.0"\n[[bin]]\nname = "tool"\n';
  assert.deepEqual(targets({ "/ws/Cargo.toml": manifest, "/ws/src/tool.rs": "", "/ws/src/main.rs": "", "/ws/src/bin/x.rs": "" }), [
    "bin tool src/tool.rs",
  ]);
});

test("`build = false` and `autolib = false` leave targets out", () => {
  const manifest = `${PACKAGE}build = false\nautolib = false\n`;
  assert.deepEqual(targets({ "/ws/Cargo.toml": manifest, "/ws/src/lib.rs": "", "/ws/src/main.rs": "", "/ws/build.rs": "" }), [
    "bin my-app src/main.rs",
  ]);
});

test("a declared target without its file is a note, not a crate", () => {
  const project = load({ "/ws/Cargo.toml": `${PACKAGE}[lib]\n`, "/ws/Cargo.lock": "version = 4", "/ws/src/main.rs": "" });
  assert.deepEqual(outline(project), ["my_app bin []"]);
  assert.ok(project.notes.map(english).some((note) => note.includes("/ws/src/lib.rs is not there")));
});

test("required features that are off are named", () => {
  const manifest = `${PACKAGE}[features]\nfull = []\n[[bin]]\nname = "tool"\npath = "src/cli.rs"\nrequired-features = ["full"]\n`;
  const project = load({ "/ws/Cargo.toml": manifest, "/ws/Cargo.lock": "version = 4", "/ws/src/cli.rs": "" });
  assert.deepEqual(project.packages[0]?.targets[0]?.missingFeatures, ["full"]);
});

test("members inherit versions, editions and dependencies from the workspace", () => {
  const root = `[workspace]
members = ["crates/*"]
exclude = ["crates/left-out"]
resolver = "2"
[workspace.package]
version = "3.2.1"
edition = "2018"
authors = ["A", "B"]
[workspace.dependencies]
leaf = { version = "1", default-features = false, features = ["a"] }
one = { path = "crates/one" }
plain = "1"
`;
  const one = `[package]\nname = "one"\nversion.workspace = true\nedition = { workspace = true }\nauthors.workspace = true\n[dependencies]\nleaf = { workspace = true, features = ["b"] }\n`;
  const two = `[package]\nname = "two"\nversion = "0.1.0"\nedition.workspace = true\n[dependencies]\none.workspace = true\nleaf = { workspace = true, default-features = true, optional = true }\nplain.workspace = true\n[features]\ndefault = ["leaf"]\n`;
  const project = load({
    "/ws/Cargo.toml": root,
    "/ws/Cargo.lock": lock({ "leaf 1.0.0": [], "plain 1.4.0": [] }, { "one 3.2.1": ["leaf"], "two 0.1.0": ["one", "leaf", "plain"] }),
    "/ws/crates/one/Cargo.toml": one,
    "/ws/crates/one/src/lib.rs": "",
    "/ws/crates/two/Cargo.toml": two,
    "/ws/crates/two/src/lib.rs": "",
    "/ws/crates/left-out/Cargo.toml": PACKAGE,
    "/ws/crates/no-package/readme.md": "",
    ...registryPackage("leaf", "1.0.0", "[features]\ndefault = ['d']\na = []\nb = []\nd = []"),
    ...registryPackage("plain", "1.4.0"),
  });
  assert.deepEqual(outline(project), [
    "leaf lib [a,b,d,default]",
    "one lib [] leaf",
    "plain lib []",
    "two lib [default,leaf] one leaf plain",
  ]);
  const { packageVersion, edition, env, isWorkspaceMember, packageRoot } = crate(project, "one");
  assert.deepEqual([packageVersion, edition, isWorkspaceMember, packageRoot], ["3.2.1", 2018, true, "/ws/crates/one"]);
  assert.equal(env.get("CARGO_PKG_AUTHORS"), "A:B");
  assert.equal(env.get("CARGO_PKG_VERSION_MINOR"), "2");
  assert.equal(env.get("CARGO_MANIFEST_DIR"), "/ws/crates/one");
});

test("a member's folder answers for that member, with what the workspace says", () => {
  const root = '[workspace]\nmembers = ["one", "two"]\n[workspace.package]\nversion = "0.3.0"\n';
  const member = (name: string): string => `[package]\nname = "${name}"\nversion.workspace = true\nedition = "2021"\n`;
  const files = {
    "/ws/Cargo.toml": root,
    "/ws/Cargo.lock": "version = 4",
    "/ws/one/Cargo.toml": member("one"),
    "/ws/one/src/lib.rs": "",
    "/ws/two/Cargo.toml": member("two"),
    "/ws/two/src/lib.rs": "",
  };
  const project = load(files, { request: { path: "/ws/two/src" } });
  assert.deepEqual(
    project.packages.map(({ name, version }) => `${name} ${version}`),
    ["two 0.3.0"],
  );
  assert.equal(project.root, "/ws");
  assert.deepEqual(
    load(files).packages.map(({ name }) => name),
    ["one", "two"],
  );
});

test("path dependencies below the root are members, those elsewhere are not", () => {
  const manifest = `${PACKAGE}[workspace]\n[dependencies]\ninner = { path = "inner" }\nouter = { path = "../outer" }\n`;
  const simple = (name: string): string => `[package]\nname = "${name}"\nversion = "0.1.0"\n`;
  const project = load({
    "/ws/Cargo.toml": manifest,
    "/ws/src/lib.rs": "",
    "/ws/inner/Cargo.toml": simple("inner"),
    "/ws/inner/src/lib.rs": "",
    "/outer/Cargo.toml": simple("outer"),
    "/outer/src/lib.rs": "",
  });
  assert.deepEqual(
    project.packages.map(({ name }) => name),
    ["my-app", "inner"],
  );
  assert.deepEqual(
    project.graph.crates.map(({ name, isWorkspaceMember }) => `${name} ${isWorkspaceMember}`),
    ["inner true", "outer false", "my_app true"],
  );
});

test("a half-written manifest keeps what can be read, and its features are unknown", () => {
  const manifest = `${PACKAGE}[features]\ndefault = ["std"]\nstd = []\n[dependencies]\nleaf = "1"\nserde = { version = \n`;
  const project = load({
    "/ws/Cargo.toml": manifest,
    "/ws/Cargo.lock": lock({ "leaf 1.0.0": [] }, { "my-app 1.2.3": ["leaf"] }),
    "/ws/src/lib.rs": "",
    ...registryPackage("leaf", "1.0.0"),
  });
  assert.deepEqual(outline(project), ["leaf lib []", "my_app lib [default,std] leaf"]);
  assert.match(english(crate(project, "my_app").cfg.unknownNames?.get("feature") ?? ""), /manifest of `my-app` is not valid: line \d+/);
  assert.match(english(crate(project, "leaf").cfg.unknownNames?.get("feature") ?? ""), /features that `my-app` asks for are not known/);
  assert.ok(project.notes.map(english).some((note) => note.startsWith("/ws/Cargo.toml is not valid")));
});

test("an empty manifest is a package without a name, and no more", () => {
  const project = load({ "/ws/Cargo.toml": "", "/ws/src/lib.rs": "" });
  assert.deepEqual(outline(project), ["ws lib []"]);
  assert.ok(project.notes.map(english).some((note) => note.includes("no `[package]`")));
});

test("a package without any target is a note", () => {
  const project = load({ "/ws/Cargo.toml": '[package]\nname = "app"\nversion = "0.1.0"\n', "/ws/src/lib.rs/": "" });
  assert.deepEqual(project.packages[0]?.targets, []);
  assert.ok(project.notes.map(english).includes("`app` has no library and no binary: /ws/src/lib.rs cannot be read: it is a folder"));
});
