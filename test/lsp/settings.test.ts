/** What the server takes from a client's settings, URIs and globs, well-formed or not. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { readConfig } from "../../server/src/lsp/config.ts";
import { matchesAny } from "../../server/src/lsp/glob.ts";
import { firstOf, sectionsIn } from "../../server/src/lsp/settings-source.ts";
import { documentPath, pathOfUri, uriOfPath } from "../../server/src/lsp/uri.ts";

describe("settings", () => {
  test("nothing, or anything of a wrong type, gives the defaults", () => {
    const defaults = readConfig(undefined, undefined);
    assert.deepEqual(readConfig(null, 3), defaults);
    assert.deepEqual(readConfig({ target: 1, hover: 2, inlayHints: [], exclude: "x", numbers: {}, cacheLine: -1 }, "text"), defaults);
    assert.equal(defaults.inlayHints.minimumSize, 16);
    assert.deepEqual(defaults.exclude, ["**/target/**"]);
  });

  test("rust-analyzer's count where ours say nothing", () => {
    const other = {
      cargo: { target: "wasm32-wasip1", features: ["a"], noDefaultFeatures: true, cfgs: ["debug_assertions", "miri", "!x", "tokio"] },
    };
    const taken = readConfig({ target: "auto", cargo: { features: [], noDefaultFeatures: false, cfgs: [] } }, other);
    assert.equal(taken.target, undefined);
    assert.equal(taken.rustAnalyzerTarget, "wasm32-wasip1");
    assert.deepEqual([taken.features, taken.noDefaultFeatures, taken.cfgs], [["a"], true, ["tokio"]]);
    const own = readConfig({ target: "i686-unknown-linux-gnu", cargo: { features: "all", cfgs: ["y"] } }, other);
    assert.deepEqual([own.target, own.features, own.cfgs], ["i686-unknown-linux-gnu", "all", ["y"]]);
  });

  test("a default that something else may say counts as not set", () => {
    assert.equal(readConfig({ cacheLine: 64 }, undefined).hover.cacheLine, undefined);
    assert.equal(readConfig({ cacheLine: 128 }, undefined).hover.cacheLine, 128);
    assert.equal(readConfig({ oversizedVariant: { threshold: 200 } }, undefined).oversizedVariantThreshold, undefined);
    assert.equal(readConfig({ oversizedVariant: { threshold: 64 } }, undefined).inlayHints.oversizedVariantThreshold, 64);
  });
});

describe("settings in one value", () => {
  test("stand in sections, under dotted keys, or bare", () => {
    const forms = [
      { stowplan: { target: "a", inlayHints: { fields: true } } },
      { "stowplan.target": "a", "stowplan.inlayHints.fields": true },
      { stowplan: { target: "a", "inlayHints.fields": true } },
      { target: "a", inlayHints: { fields: true } },
    ];
    for (const form of forms) {
      const { stowplan, rustAnalyzer } = sectionsIn({ ...form, "rust-analyzer": { cargo: { target: "b" } } });
      const config = readConfig(stowplan, rustAnalyzer);
      assert.deepEqual([config.target, config.rustAnalyzerTarget, config.inlayHints.fields], ["a", "b", true], JSON.stringify(form));
    }
  });

  test("what says nothing about a section leaves the earlier word", () => {
    const earlier = sectionsIn({ stowplan: { target: "a" } });
    for (const nothing of [undefined, null, 3, [], {}, { editor: { tabSize: 4 } }, { commandLinks: true }])
      assert.equal(readConfig(firstOf([sectionsIn(nothing), earlier]).stowplan, undefined).target, "a", JSON.stringify(nothing));
    assert.equal(readConfig(firstOf([sectionsIn({ stowplan: {} }), earlier]).stowplan, undefined).target, undefined);
  });
});

describe("URIs", () => {
  test("become paths and come back", () => {
    const pairs = [
      ["file:///ws/a%20b/c%25.rs", "/ws/a b/c%.rs"],
      ["file:///c:/ws/a.rs", "c:/ws/a.rs"],
      ["file://server/share/a.rs", "//server/share/a.rs"],
      ["vscode-vfs://github/o/my%20repo/a.rs", "vscode-vfs://github/o/my repo/a.rs"],
      ["vscode-remote://localhost%3A80/ws/a.rs", "vscode-remote://localhost%3A80/ws/a.rs"],
    ] as const;
    for (const [uri, path] of pairs) {
      assert.equal(pathOfUri(uri), path);
      assert.equal(uriOfPath(path), uri);
    }
    assert.equal(pathOfUri("file:///c%3A/ws/a.rs"), "c:/ws/a.rs");
  });

  test("of documents always give a Rust file's path", () => {
    assert.equal(documentPath("file:///ws/a.rs"), "/ws/a.rs");
    assert.equal(documentPath("untitled:Untitled-1"), "untitled:Untitled-1#.rs");
    assert.equal(documentPath("git:/ws/a.rs?%7B%22ref%22%3A%22~%22%7D"), "git:/ws/a.rs?%7B%22ref%22%3A%22~%22%7D#.rs");
  });

  test("that are malformed are taken as they stand", () => {
    assert.equal(pathOfUri("file:///a%zz.rs"), "/a%zz.rs");
    assert.equal(pathOfUri("no uri"), "no uri");
    assert.doesNotThrow(() => uriOfPath("/a\ud800.rs"));
  });
});

test("globs match as VS Code's do", () => {
  const path = "/ws/target/debug/build/a.rs";
  for (const glob of ["**/target/**", "**/*.rs", "**/{out,target}/**", "**/[a-c].rs", "a.?s", "**/build/a.rs"])
    assert.ok(matchesAny([glob], path), glob);
  for (const glob of ["**/src/**", "*.toml", "**/targe/**", "[", "{", "**/b.rs", ""]) assert.ok(!matchesAny([glob], path), glob);
});
