/**
 * Which package a dependency means: lock files of all versions, patches, git, vendored sources, and what is not there.
 */

import assert from "node:assert/strict";
import { test } from "node:test";
import { english } from "../../server/src/base/words.ts";
import { inEnglish } from "../support/in-english.ts";
import type { Files } from "./project-fixture.ts";
import { crate, load, loadError, lock, outline, REGISTRY, registryPackage } from "./project-fixture.ts";

function manifest(rest: string): string {
  return `[package]\nname = "app"\nversion = "0.1.0"\nedition = "2021"\n${rest}`;
}

function used(files: Files, rest: string): readonly string[] {
  const project = load({ "/ws/Cargo.toml": manifest(rest), "/ws/src/lib.rs": "", ...files });
  return crate(project, "app").dependencies.map(({ crate: id }) => {
    const krate = project.graph.crates[id];
    return `${krate?.packageName} ${krate?.packageVersion} ${krate?.packageRoot}`;
  });
}

const LEAF = { ...registryPackage("leaf", "1.0.0"), ...registryPackage("leaf", "1.5.0"), ...registryPackage("leaf", "2.0.0") };

test("the lock file decides, not what is newest", () => {
  assert.deepEqual(
    used({ ...LEAF, "/ws/Cargo.lock": lock({ "leaf 1.0.0": [] }, { "app 0.1.0": ["leaf"] }) }, "[dependencies]\nleaf = '1'"),
    [`leaf 1.0.0 ${REGISTRY}/leaf-1.0.0`],
  );
});

test("lock files of version 1 are read", () => {
  const text = `[[package]]
name = "app"
version = "0.1.0"
dependencies = [
 "leaf 1.0.0 (registry+https://github.com/rust-lang/crates.io-index)",
 "leaf 2.0.0 (registry+https://github.com/rust-lang/crates.io-index)",
]
[[package]]
name = "leaf"
version = "1.0.0"
source = "registry+https://github.com/rust-lang/crates.io-index"
[[package]]
name = "leaf"
version = "2.0.0"
source = "registry+https://github.com/rust-lang/crates.io-index"
[metadata]
"checksum leaf 1.0.0 (registry+https://github.com/rust-lang/crates.io-index)" = "00"
`;
  const rest = "[dependencies]\nleaf = '2'\nolder = { package = 'leaf', version = '1' }";
  assert.deepEqual(used({ ...LEAF, "/ws/Cargo.lock": text }, rest), [
    `leaf 2.0.0 ${REGISTRY}/leaf-2.0.0`,
    `leaf 1.0.0 ${REGISTRY}/leaf-1.0.0`,
  ]);
});

test("without a lock file the newest fitting version on disk is taken, once for all", () => {
  const rest = "[dependencies]\nleaf = '1'\nmid = '1'";
  const mid = registryPackage("mid", "1.0.0", "[dependencies]\nleaf = '1.0'");
  assert.deepEqual(used({ ...LEAF, ...mid }, rest), [`leaf 1.5.0 ${REGISTRY}/leaf-1.5.0`, `mid 1.0.0 ${REGISTRY}/mid-1.0.0`]);
  const project = load({ "/ws/Cargo.toml": manifest(rest), "/ws/src/lib.rs": "", ...LEAF, ...mid });
  assert.ok(project.notes.map(english).some((note) => note.includes("there is no /ws/Cargo.lock")));
  assert.equal(project.graph.crates.length, 3);
});

test("a dependency the lock file does not know yet is found all the same, and said so", () => {
  const files = {
    "/ws/Cargo.lock": lock({ "leaf 1.0.0": [], "mid 1.0.0": ["leaf"] }, { "app 0.1.0": ["mid"] }),
    ...LEAF,
    ...registryPackage("mid", "1.0.0"),
  };
  const project = load({ "/ws/Cargo.toml": manifest("[dependencies]\nmid = '1'\nleaf = '1'"), "/ws/src/lib.rs": "", ...files });
  assert.equal(crate(project, "leaf").packageVersion, "1.0.0");
  assert.ok(project.notes.map(english).includes("the lock file does not know that `app` uses `leaf`"));
});

test("a lock file with merge conflicts still serves, and is named", () => {
  const text = `version = 4\n<<<<<<< HEAD\n[[package]]\nname = "leaf"\nversion = "1.0.0"\nsource = "registry+https://github.com/rust-lang/crates.io-index"\n=======\n>>>>>>> other\n[[package]]\nname = "app"\nversion = "0.1.0"\ndependencies = ["leaf"]\n`;
  const project = load({ "/ws/Cargo.toml": manifest("[dependencies]\nleaf = '1'"), "/ws/src/lib.rs": "", "/ws/Cargo.lock": text, ...LEAF });
  assert.equal(crate(project, "leaf").packageVersion, "1.0.0");
  assert.ok(project.notes.map(english).some((note) => note.startsWith("/ws/Cargo.lock is not valid")));
});

test("[patch] and [replace] by path stand in for the registry", () => {
  const local = { "/patched/Cargo.toml": '[package]\nname = "leaf"\nversion = "1.7.0"\nedition = "2021"\n', "/patched/src/lib.rs": "" };
  const patched = { ...LEAF, ...local, "/ws/Cargo.lock": lock({}, { "leaf 1.7.0": [], "app 0.1.0": ["leaf"] }) };
  assert.deepEqual(used(patched, "[dependencies]\nleaf = '1'\n[patch.crates-io]\nleaf = { path = '../patched' }"), ["leaf 1.7.0 /patched"]);
  const replaced = `${lock({}, { "leaf 1.7.0": [], "app 0.1.0": ["leaf 1.7.0 (registry+https://github.com/rust-lang/crates.io-index)"] })}
[[package]]
name = "leaf"
version = "1.7.0"
source = "registry+https://github.com/rust-lang/crates.io-index"
replace = "leaf 1.7.0"
`;
  const rest = "[dependencies]\nleaf = '1'\n[replace]\n'leaf:1.7.0' = { path = '../patched' }";
  assert.deepEqual(used({ ...LEAF, ...local, "/ws/Cargo.lock": replaced }, rest), ["leaf 1.7.0 /patched"]);
});

test("git packages are found in the checkout of their commit, wherever they lie in it", () => {
  const source = "git+https://github.com/who/Repo.git?tag=v1#abcdef0123456789";
  const text = `version = 4\n[[package]]\nname = "app"\nversion = "0.1.0"\ndependencies = ["one", "two"]\n[[package]]\nname = "one"\nversion = "0.7.0"\nsource = "${source}"\ndependencies = ["two"]\n[[package]]\nname = "two"\nversion = "0.7.0"\nsource = "${source}"\n`;
  const checkout = "/home/.cargo/git/checkouts/repo-1234567890abcdef";
  const files = {
    "/ws/Cargo.lock": text,
    [`${checkout}/0000000/Cargo.toml`]: '[package]\nname = "one"\nversion = "0.7.0"\n',
    [`${checkout}/abcdef0/Cargo.toml`]: '[workspace]\nmembers = ["deep/*"]\n[workspace.package]\nversion = "0.7.0"\n',
    [`${checkout}/abcdef0/deep/one/Cargo.toml`]:
      '[package]\nname = "one"\nversion.workspace = true\n[dependencies]\ntwo = { path = "../two" }\n',
    [`${checkout}/abcdef0/deep/one/src/lib.rs`]: "",
    [`${checkout}/abcdef0/deep/two/Cargo.toml`]: '[package]\nname = "two"\nversion = "0.7.0"\n',
    [`${checkout}/abcdef0/deep/two/src/lib.rs`]: "",
  };
  const rest =
    "[dependencies]\none = { git = 'https://github.com/who/Repo.git', tag = 'v1' }\ntwo = { git = 'https://github.com/who/Repo.git', tag = 'v1' }";
  assert.deepEqual(used(files, rest), [`one 0.7.0 ${checkout}/abcdef0/deep/one`, `two 0.7.0 ${checkout}/abcdef0/deep/two`]);
});

test("source replacement leads to vendored folders, which are no members", () => {
  const config = '[source.crates-io]\nreplace-with = "vendored-sources"\n[source.vendored-sources]\ndirectory = "third-party"\n';
  const files = {
    "/ws/.cargo/config.toml": config,
    "/ws/Cargo.lock": lock({ "leaf 1.0.0": [], "leaf 2.0.0": [] }, { "app 0.1.0": ["leaf 1.0.0", "leaf 2.0.0"] }),
    "/ws/third-party/leaf/Cargo.toml": '[package]\nname = "leaf"\nversion = "2.0.0"\n',
    "/ws/third-party/leaf/src/lib.rs": "",
    "/ws/third-party/leaf-1.0.0/Cargo.toml": '[package]\nname = "leaf"\nversion = "1.0.0"\n',
    "/ws/third-party/leaf-1.0.0/src/lib.rs": "",
  };
  const rest = "[workspace]\n[dependencies]\nleaf = '2'\nolder = { package = 'leaf', version = '1' }";
  assert.deepEqual(used(files, rest), ["leaf 2.0.0 /ws/third-party/leaf", "leaf 1.0.0 /ws/third-party/leaf-1.0.0"]);
  const project = load({ "/ws/Cargo.toml": manifest(rest), "/ws/src/lib.rs": "", ...files });
  assert.deepEqual(
    project.packages.map(({ name }) => name),
    ["app"],
  );
  assert.ok(project.graph.crates.every(({ name, isWorkspaceMember }) => isWorkspaceMember === (name === "app")));
});

test("a package of another registry is looked for under its host first", () => {
  const text =
    'version = 4\n[[package]]\nname = "app"\nversion = "0.1.0"\ndependencies = ["leaf"]\n[[package]]\nname = "leaf"\nversion = "1.0.0"\nsource = "sparse+https://crates.example.org/index/"\n';
  const other = "/home/.cargo/registry/src/crates.example.org-0011223344556677";
  const files = {
    ...LEAF,
    "/ws/Cargo.lock": text,
    [`${other}/leaf-1.0.0/Cargo.toml`]: '[package]\nname = "leaf"\nversion = "1.0.0"\n',
    [`${other}/leaf-1.0.0/src/lib.rs`]: "",
  };
  assert.deepEqual(used(files, "[dependencies]\nleaf = { version = '1', registry = 'mine' }"), [`leaf 1.0.0 ${other}/leaf-1.0.0`]);
});

test("a dependency without sources is missing by name, with the reason", () => {
  const files = { "/ws/Cargo.lock": lock({ "leaf 1.9.9": [] }, { "app 0.1.0": ["leaf"] }) };
  const project = load({
    "/ws/Cargo.toml": manifest("[dependencies]\nthe-leaf = { package = 'leaf', version = '1' }\ngone = { path = 'gone' }"),
    "/ws/src/lib.rs": "",
    ...files,
  });
  const missing = project.graph.missing.get(crate(project, "app").id);
  assert.deepEqual(
    missing?.map(({ name }) => name),
    ["the_leaf", "gone"],
  );
  assert.match(english(missing?.[0]?.reason ?? ""), /`leaf` 1\.9\.9 are not in cargo's registry/);
  assert.match(english(missing?.[1]?.reason ?? ""), /there is no \/ws\/gone\/Cargo\.toml/);
});

test("what a missing package may turn on elsewhere is unknown", () => {
  const files = {
    "/ws/Cargo.lock": lock({ "gone 1.0.0": ["leaf"], "leaf 1.0.0": [], "other 1.0.0": [] }, { "app 0.1.0": ["gone", "leaf", "other"] }),
    ...LEAF,
    ...registryPackage("other", "1.0.0"),
  };
  const project = load({
    "/ws/Cargo.toml": manifest("[dependencies]\ngone = '1'\nleaf = '1'\nother = '1'"),
    "/ws/src/lib.rs": "",
    ...files,
  });
  assert.match(english(crate(project, "leaf").cfg.unknownNames?.get("feature") ?? ""), /the features that `gone` asks for are not known/);
  assert.equal(crate(project, "other").cfg.unknownNames, undefined);
});

test("cargo's index tells the features of a package without sources", () => {
  const line = JSON.stringify({
    name: "gone",
    vers: "1.0.0",
    deps: [{ name: "leaf", req: "^1", features: ["a"], optional: false, default_features: false, target: null, kind: "normal" }],
    features: { default: [] },
    features2: { x: ["dep:leaf"] },
  });
  const rest =
    'resolver = "1"\n[dependencies]\nleaf = { version = "1", default-features = false }\n[target."cfg(windows)".dependencies]\ngone = "1"';
  const files = {
    "/ws/Cargo.lock": lock({ "gone 1.0.0": ["leaf"], "leaf 1.0.0": [] }, { "app 0.1.0": ["gone", "leaf"] }),
    "/home/.cargo/registry/index/index.crates.io-1949cf8c6b5b557f/.cache/go/ne/gone": `\u0003\u0002\0\0\0etag\0${"0.9.0"}\0{}\0${"1.0.0"}\0${line}\0`,
    ...registryPackage("leaf", "1.0.0", "[features]\na = []\nb = []"),
  };
  const project = load({ "/ws/Cargo.toml": manifest(rest), "/ws/src/lib.rs": "", ...files });
  assert.deepEqual(outline(project), ["leaf lib [a]", "app lib [] leaf"]);
  assert.equal(crate(project, "leaf").cfg.unknownNames, undefined);
});

test("circular dependencies are cut and noted", () => {
  const simple = (name: string, other: string): string =>
    `[package]\nname = "${name}"\nversion = "0.1.0"\n[dependencies]\n${other} = { path = "../${other}" }\n`;
  const project = load({
    "/ws/Cargo.toml": '[workspace]\nmembers = ["a", "b"]',
    "/ws/a/Cargo.toml": simple("a", "b"),
    "/ws/a/src/lib.rs": "",
    "/ws/b/Cargo.toml": simple("b", "a"),
    "/ws/b/src/lib.rs": "",
  });
  assert.ok(project.notes.map(english).some((note) => note.includes("depends on itself")));
  assert.deepEqual(outline(project), ["b lib []", "a lib [] b"]);
});

test("a dev-dependency may lead back to the library", () => {
  const project = load(
    {
      "/ws/Cargo.toml": manifest("[dev-dependencies]\nhelper = { path = 'helper' }\n[workspace]"),
      "/ws/src/lib.rs": "",
      "/ws/helper/Cargo.toml": '[package]\nname = "helper"\nversion = "0.1.0"\n[dependencies]\napp = { path = ".." }\n',
      "/ws/helper/src/lib.rs": "",
    },
    { request: { path: "/ws", targets: "all" } },
  );
  assert.deepEqual(outline(project), ["app lib []", "helper lib [] app", "app test [] helper", "helper test [] app"]);
});

const TWO_VERSIONS = {
  "/ws/Cargo.toml": manifest("[dependencies]\nleaf = '2'\nolder = { package = 'leaf', version = '1' }\n[dev-dependencies]\ndev = '1'"),
  "/ws/src/lib.rs": "",
  "/ws/Cargo.lock": lock(
    { "leaf 1.0.0": [], "leaf 2.0.0": [], "dev 1.0.0": [], "other 1.0.0": [] },
    { "app 0.1.0": ["leaf 1.0.0", "leaf 2.0.0", "dev"] },
  ),
  ...LEAF,
  ...registryPackage("dev", "1.0.0"),
};

test("any package of the graph can be asked for", () => {
  const ask = (name: string, version?: string): readonly string[] =>
    load(TWO_VERSIONS, { request: { package: { name, version } } }).packages.map((pkg) => `${pkg.name} ${pkg.version} ${pkg.isMember}`);
  assert.deepEqual(ask("leaf", "1.0.0"), ["leaf 1.0.0 false"]);
  assert.deepEqual(ask("leaf", "2"), ["leaf 2.0.0 false"]);
  assert.deepEqual(ask("app"), ["app 0.1.0 true"]);
  assert.deepEqual(ask("dev"), ["dev 1.0.0 false"]);
});

test("an ambiguous or absent package is an error that names the versions", () => {
  const ambiguous = loadError(TWO_VERSIONS, { request: { package: { name: "leaf", version: undefined } } });
  assert.deepEqual(inEnglish(ambiguous), {
    kind: "ambiguousPackage",
    message: "several versions of `leaf` are built: leaf@1.0.0, leaf@2.0.0",
    versions: ["1.0.0", "2.0.0"],
  });
  assert.equal(
    english(loadError(TWO_VERSIONS, { request: { package: { name: "nope", version: undefined } } }).message),
    "no package `nope` is in the crate graph",
  );
  assert.match(
    english(loadError(TWO_VERSIONS, { request: { package: { name: "other", version: "1.0.0" } } }).message),
    /not built for this target/,
  );
});

test("of two locked versions that fit a requirement, cargo takes the older one", () => {
  const project = load({
    "/ws/Cargo.toml": manifest("[dependencies]\nnewer = { package = 'leaf', version = '2' }\nany = { package = 'leaf', version = '>=1' }"),
    "/ws/src/lib.rs": "",
    "/ws/Cargo.lock": lock({ "leaf 1.0.0": [], "leaf 2.0.0": [] }, { "app 0.1.0": ["leaf 1.0.0", "leaf 2.0.0"] }),
    ...LEAF,
  });
  const names = crate(project, "app").dependencies.map(({ name, crate: id }) => `${name} ${project.graph.crates[id]?.packageVersion}`);
  assert.deepEqual(names, ["newer 2.0.0", "any 1.0.0"]);
});

test("a test that names its own package under another name sees the library's name only", () => {
  const manifestText = manifest("[dev-dependencies]\nother = { package = 'app', path = '.' }");
  const project = load({ "/ws/Cargo.toml": manifestText, "/ws/src/lib.rs": "" }, { request: { targets: "all" } });
  assert.deepEqual(outline(project), ["app lib []", "app test [] app"]);
});
