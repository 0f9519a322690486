/**
 * What only tests, examples and benches need is loaded when something needs it, and is then as if it had been there from the start.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { Semantics } from "../../server/src/hir/model.ts";
import { targetCfg } from "../../server/src/layout/target-cfg.ts";
import type { OpenProject } from "../../server/src/workspace/analysis-host.ts";
import { AnalysisHost } from "../../server/src/workspace/analysis-host.ts";
import { FileReads } from "../../server/src/workspace/file-reads.ts";
import { REQUEST } from "../project/project-fixture.ts";
import { memoryFs } from "../support/memory-fs.ts";
import { rustParser } from "../support/rust-parser.ts";

const manifest = (name: string, rest = ""): string => `[package]\nname = "${name}"\nversion = "1.0.0"\nedition = "2021"\n${rest}`;

const FILES = {
  "/ws/Cargo.toml": manifest(
    "a",
    '[dependencies]\nb = { path = "b" }\n[dev-dependencies]\nc = { path = "c" }\n[[test]]\nname = "odd"\npath = "src/odd.rs"\n',
  ),
  "/ws/src/lib.rs": "mod plain; mod odd;\npub struct Root(b::B);\n#[cfg(test)] mod tests { struct InTest(c::C); }\n",
  "/ws/src/plain.rs": "pub struct Plain(b::B);\n",
  "/ws/src/odd.rs": "pub struct Odd(c::C);\n",
  "/ws/tests/it.rs": "struct InTests(c::C, a::Root);\n",
  "/ws/b/Cargo.toml": manifest("b"),
  "/ws/b/src/lib.rs": "pub struct B(u16);\n",
  "/ws/c/Cargo.toml": manifest("c"),
  "/ws/c/src/lib.rs": "pub struct C(u64);\n",
};

interface Opened {
  readonly project: OpenProject;
  readonly semanticsFor: (file: string) => Semantics;
}

async function openInSteps(): Promise<Opened> {
  const host = new AnalysisHost({
    parser: await rustParser(),
    fs: memoryFs(FILES),
    environment: {
      cargoHome: undefined,
      rustupHome: undefined,
      home: undefined,
      variables: new Map(),
      hostTriple: "x86_64-unknown-linux-gnu",
      targetCfg,
    },
    stdData: (name) => readFileSync(`server/std/${name}`, "utf8"),
  });
  const target = { explicit: "x86_64-unknown-linux-gnu", rustAnalyzer: undefined };
  const opened = host.openInSteps({ ...REQUEST, target, targets: "all" }, new FileReads());
  assert.ok(opened.ok);
  const project = opened.value;
  return { project, semanticsFor: (file) => project.semantics(project.cratesFor(file), () => project.allCratesFor(file)) };
}

function sizeOf(sema: Semantics, file: keyof typeof FILES, name: string): string {
  const element = sema.elementAt(file, FILES[file].indexOf(name));
  if (element?.kind !== "definition") return "nothing";
  const answer = sema.layoutOf(element.definition);
  return answer.status === "exact" ? String(answer.layout.size) : answer.status;
}

const names = ({ graph }: OpenProject): readonly string[] =>
  graph.crates.flatMap(({ kind, name }) => (kind === "std" ? [] : [`${kind} ${name}`]));
const FIRST = ["lib b", "lib a"];
const ALL = [...FIRST, "test a", "test it", "test odd", "lib c"].sort();

test("a file of the library is answered without what only tests use", async () => {
  const { project, semanticsFor } = await openInSteps();
  assert.deepEqual(names(project), FIRST);
  assert.equal(sizeOf(semanticsFor("/ws/src/plain.rs"), "/ws/src/plain.rs", "Plain"), "2");
  assert.equal(sizeOf(semanticsFor("/ws/src/lib.rs"), "/ws/src/lib.rs", "Root"), "2");
  assert.deepEqual(names(project), FIRST);
});

for (const [file, name, size] of [
  ["/ws/src/lib.rs", "InTest", "8"],
  ["/ws/tests/it.rs", "InTests", "16"],
  ["/ws/src/odd.rs", "Odd", "8"],
] as const) {
  test(`${name} in ${file} is answered with what tests use`, async () => {
    const { project, semanticsFor } = await openInSteps();
    assert.equal(sizeOf(semanticsFor(file), file, name), size);
    assert.deepEqual(names(project).toSorted(), ALL);
    assert.ok(project.graph.crates.every(({ id }, i) => id === i));
    // What was answered before is so still.
    assert.equal(sizeOf(semanticsFor("/ws/src/plain.rs"), "/ws/src/plain.rs", "Plain"), "2");
  });
}

test("in idle time the rest comes after the library", async () => {
  const { project } = await openInSteps();
  const own = project.ownCrates();
  const first = own.next().value;
  assert.equal(typeof first === "number" ? project.graph.crates[first]?.name : undefined, "a");
  assert.deepEqual(names(project), FIRST);
  assert.ok([...own].length > 0);
  assert.deepEqual(names(project).toSorted(), ALL);
});
