/**
 * Features as cargo resolves them (the rules were compared with cargo's own unit graphs over real packages).
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Files } from "./project-fixture.ts";
import { crate, features, load, lock, outline, registryPackage, WINDOWS } from "./project-fixture.ts";

/** A package `app` with a manifest's rest, over a registry whose lock entries are given. */
function app(
  manifest: string,
  registry: Readonly<Record<string, { readonly uses?: readonly string[]; readonly toml?: string }>>,
  uses: readonly string[],
): Files {
  const packages = Object.entries(registry).map(([id, { toml }]) => registryPackage(id.split(" ")[0] ?? "", id.split(" ")[1] ?? "", toml));
  const entries = Object.fromEntries(Object.entries(registry).map(([id, { uses: used }]) => [id, used ?? []]));
  return Object.assign(
    {
      "/ws/Cargo.toml": `[package]\nname = "app"\nversion = "0.1.0"\nedition = "2021"\n${manifest}`,
      "/ws/src/lib.rs": "",
      "/ws/Cargo.lock": lock(entries, { "app 0.1.0": uses }),
    },
    ...packages,
  );
}

const LEAF = { toml: "[features]\ndefault = ['std']\nstd = []\na = []\nb = ['a']\n" };

test("default features are on unless every use turns them off", () => {
  const on = app("[dependencies]\nleaf = '1'", { "leaf 1.0.0": LEAF }, ["leaf"]);
  assert.deepEqual(features(crate(load(on), "leaf")), ["default", "std"]);
  const off = app("[dependencies]\nleaf = { version = '1', default-features = false, features = ['b'] }", { "leaf 1.0.0": LEAF }, ["leaf"]);
  assert.deepEqual(features(crate(load(off), "leaf")), ["a", "b"]);
});

test("features are unified over all who use a package", () => {
  const files = app(
    "[dependencies]\nleaf = { version = '1', default-features = false }\nmid = '1'",
    {
      "leaf 1.0.0": LEAF,
      "mid 1.0.0": { uses: ["leaf"], toml: "[dependencies]\nleaf = { version = '1', default-features = false, features = ['a'] }" },
    },
    ["leaf", "mid"],
  );
  assert.deepEqual(outline(load(files)), ["leaf lib [a]", "mid lib [] leaf", "app lib [] leaf mid"]);
});

test("an optional dependency is a feature of its own until `dep:` hides it", () => {
  const implicit = app("[dependencies]\nleaf = { version = '1', optional = true }", { "leaf 1.0.0": LEAF }, ["leaf"]);
  assert.deepEqual(outline(load(implicit)), ["app lib []"]);
  const asked = load(implicit, { request: { features: { features: ["leaf"], allFeatures: false, noDefaultFeatures: false } } });
  assert.deepEqual(outline(asked), ["leaf lib [default,std]", "app lib [leaf] leaf"]);
  const hidden = app(
    "[dependencies]\nleaf = { version = '1', optional = true }\n[features]\ndefault = ['x']\nx = ['dep:leaf']",
    { "leaf 1.0.0": LEAF },
    ["leaf"],
  );
  assert.deepEqual(outline(load(hidden)), ["leaf lib [default,std]", "app lib [default,x] leaf"]);
});

test("a weak feature counts only where something else turns the dependency on", () => {
  const manifest =
    "[dependencies]\nleaf = { version = '1', optional = true, default-features = false }\n[features]\nweak = ['leaf?/a']\nstrong = ['leaf/b']\nplain = ['dep:leaf']";
  const files = app(manifest, { "leaf 1.0.0": LEAF }, ["leaf"]);
  const ask = (...names: string[]) =>
    outline(load(files, { request: { features: { features: names, allFeatures: false, noDefaultFeatures: false } } }));
  assert.deepEqual(ask("weak"), ["app lib [weak]"]);
  assert.deepEqual(ask("weak", "plain"), ["leaf lib [a]", "app lib [plain,weak] leaf"]);
  assert.deepEqual(ask("plain,weak"), ["leaf lib [a]", "app lib [plain,weak] leaf"]);
  assert.deepEqual(ask("strong"), ["leaf lib [a,b]", "app lib [strong] leaf"]);
});

test("`x/f` also turns on the feature `x` where there is one", () => {
  const manifest = "[dependencies]\nleaf = { version = '1', optional = true, default-features = false }\n[features]\ndefault = ['leaf/a']";
  assert.deepEqual(outline(load(app(manifest, { "leaf 1.0.0": LEAF }, ["leaf"]))), ["leaf lib [a]", "app lib [default,leaf] leaf"]);
});

const SPLIT = `
[dependencies]
leaf = { version = "1", default-features = false }
mac = "1"
[build-dependencies]
leaf = { version = "1", default-features = false, features = ["a"] }
[dev-dependencies]
leaf = { version = "1", default-features = false, features = ["b"] }
[target.'cfg(windows)'.dependencies]
leaf = { version = "1", default-features = false, features = ["std"] }
`;
const SPLIT_REGISTRY = {
  "leaf 1.0.0": LEAF,
  "mac 1.0.0": { uses: ["leaf"], toml: "[lib]\nproc-macro = true\n[dependencies]\nleaf = { version = '1' }" },
};

test("resolver 2 keeps host, dev and other platforms apart", () => {
  const files = app(SPLIT, SPLIT_REGISTRY, ["leaf", "mac"]);
  assert.deepEqual(outline(load(files)), ["leaf lib []", "leaf lib [a,default,std]", "mac proc-macro [] leaf", "app lib [] leaf mac"]);
  const windows = load(files, { request: { target: { explicit: WINDOWS, rustAnalyzer: undefined } } });
  assert.deepEqual(outline(windows), ["leaf lib [std]", "leaf lib [a,default,std]", "mac proc-macro [] leaf", "app lib [] leaf mac"]);
});

test("resolver 2 counts dev-dependencies for tests only", () => {
  const files = { ...app(SPLIT, SPLIT_REGISTRY, ["leaf", "mac"]), "/ws/tests/it.rs": "", "/ws/examples/ex.rs": "", "/ws/build.rs": "" };
  const project = load(files, { request: { targets: "all" } });
  assert.deepEqual(outline(project), [
    "leaf lib []",
    "leaf lib [a,default,std]",
    "mac proc-macro [] leaf",
    "app lib [] leaf mac",
    "leaf lib [a,b]",
    "app test [] leaf mac",
    "app lib [] leaf mac",
    "ex example [] app leaf mac",
    "ex test [] app leaf mac",
    "it test [] app leaf mac",
    "build_script_build build-script [] leaf",
  ]);
});

test("resolver 1 unifies everything", () => {
  const manifest = SPLIT.replace("\n[dependencies]", 'resolver = "1"\n[dependencies]');
  const files = app(manifest, SPLIT_REGISTRY, ["leaf", "mac"]);
  assert.deepEqual(outline(load(files)), ["leaf lib [a,b,default,std]", "mac proc-macro [] leaf", "app lib [] leaf mac"]);
});

test("the resolver follows the root's edition and a virtual workspace's key", () => {
  const member = `[package]\nname = "app"\nversion = "0.1.0"\nedition = "2024"\n${SPLIT}`;
  const files = app("", SPLIT_REGISTRY, ["leaf", "mac"]);
  const split = (root: string): number => {
    const project = load({ ...files, "/ws/Cargo.toml": root, "/ws/app/Cargo.toml": member, "/ws/app/src/lib.rs": "" });
    return project.graph.crates.filter(({ name }) => name === "leaf").length;
  };
  assert.equal(split("[workspace]\nmembers = ['app']"), 1);
  assert.equal(split("[workspace]\nmembers = ['app']\nresolver = '2'"), 2);
  assert.equal(split("[workspace]\nmembers = ['app']\nresolver = '3'"), 2);
});

test("renamed dependencies go by their key, others by their library's name", () => {
  const files = app(
    "[dependencies]\nold = { package = 'leaf', version = '1' }\nleaf = '2'\nodd-name = '1'",
    { "leaf 1.5.0": {}, "leaf 2.1.0": {}, "odd-name 1.0.0": { toml: "[lib]\nname = 'odd'\npath = 'src/lib.rs'" } },
    ["leaf 1.5.0", "leaf 2.1.0", "odd-name"],
  );
  const project = load(files);
  const used = crate(project, "app").dependencies.map(({ name, crate: id }) => `${name} ${project.graph.crates[id]?.packageVersion}`);
  assert.deepEqual(used, ["old 1.5.0", "leaf 2.1.0", "odd 1.0.0"]);
});

test("--all-features and --no-default-features are those of the members", () => {
  const files = app("[features]\ndefault = ['a']\na = []\nb = []\n[dependencies]\nleaf = '1'", { "leaf 1.0.0": LEAF }, ["leaf"]);
  const all = load(files, { request: { features: { features: [], allFeatures: true, noDefaultFeatures: false } } });
  assert.deepEqual(features(crate(all, "app")), ["a", "b", "default"]);
  const none = load(files, { request: { features: { features: ["b", "leaf/a"], allFeatures: false, noDefaultFeatures: true } } });
  assert.deepEqual(features(crate(none, "app")), ["b"]);
  assert.deepEqual(features(crate(none, "leaf")), ["a", "default", "std"]);
});

test("features that turn each other on end", () => {
  const files = app("[features]\ndefault = ['a']\na = ['b']\nb = ['a', 'app/x']\n", {}, []);
  assert.deepEqual(features(crate(load(files), "app")), ["a", "b", "default"]);
});

/** A package at the root and a member below it, each with the features `default` and `x`. */
function rootAndMember(resolver: string): Files {
  const both = "[features]\ndefault = []\nx = []\n";
  return {
    "/ws/Cargo.toml": `[package]\nname = "app"\nversion = "0.1.0"\n${both}[workspace]\nmembers = ["sub"]\nresolver = "${resolver}"\n`,
    "/ws/src/lib.rs": "",
    "/ws/sub/Cargo.toml": `[package]\nname = "sub"\nversion = "0.1.0"\n${both}`,
    "/ws/sub/src/lib.rs": "",
  };
}

test("resolver 1 asks features of the package of the current folder only, beside a package at the root", () => {
  const request = { features: { features: ["x"], allFeatures: false, noDefaultFeatures: true } };
  assert.deepEqual(outline(load(rootAndMember("1"), { request })), ["app lib [x]", "sub lib [default]"]);
  assert.deepEqual(outline(load(rootAndMember("2"), { request })), ["app lib [x]", "sub lib [x]"]);
  const named = { features: { ...request.features, features: ["sub/x"] } };
  assert.deepEqual(outline(load(rootAndMember("1"), { request: named })), ["app lib []", "sub lib [default,x]"]);
});

test("what a procedural macro of the workspace uses has the host's features, also when it is built for itself", () => {
  const files = app("[lib]\nproc-macro = true\n[dependencies]\nleaf = { path = 'leaf', default-features = false }\n[workspace]", {}, []);
  const project = load({
    ...files,
    "/ws/leaf/Cargo.toml": `[package]\nname = "leaf"\nversion = "0.1.0"\n${LEAF.toml}`,
    "/ws/leaf/src/lib.rs": "",
  });
  assert.deepEqual(outline(project), ["leaf lib []", "app proc-macro [] leaf", "leaf lib [default,std]"]);
});
