/** The generator's merge and the product's reading of it are inverse: every model comes back as it was extracted. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { parseCompilerVersion } from "../../server/src/layout/compiler-version.ts";
import { stdModelFor } from "../../server/src/project/std-model.ts";

type Files = Readonly<Record<string, readonly string[]>>;

interface Extracted {
  readonly version: string;
  readonly target: string;
  readonly files: Files;
}

const NUMBERS = ["i8", "u8", "u16", "u32", "f64"];
const TRAITS = ["::core::clone::Clone", "::core::marker::Copy", "::core::cmp::Eq"];

const shared = [
  "pub struct A(u8);",
  ...NUMBERS.map((name) => `impl ::core::ops::arith::Add for ${name}{type Output=${name};}`),
  ...NUMBERS.flatMap((a) => NUMBERS.map((b) => `impl ::core::convert::TryFrom<${a}> for ${b}{type Error=::core::a::E;}`)),
  ...TRAITS.map((trait) => `impl<T: ${trait}> ${trait} for ::core::a::W<T>{}`),
  "unsafe impl ::core::marker::Send for ::core::a::A{}",
];

const MODELS: readonly Extracted[] = [
  {
    version: "1.85",
    target: "x86_64-unknown-linux-gnu",
    files: { "core/a.rs": [...shared, "pub struct Old;"], "core/lib.rs": ["pub mod a;"], "std/lib.rs": ["pub use ::core::a;"] },
  },
  {
    version: "1.96",
    target: "x86_64-unknown-linux-gnu",
    files: { "core/a.rs": shared, "core/lib.rs": ["pub mod a;"], "std/lib.rs": ["pub use ::core::a;", "pub struct File(i32);"] },
  },
  {
    version: "1.96",
    target: "thumbv7em-none-eabihf",
    files: { "core/a.rs": shared.filter((line) => !line.includes("f64")), "core/lib.rs": ["mod a;"] },
  },
];

const scratch = mkdtempSync(join(tmpdir(), "std-merge-"));
after(() => rmSync(scratch, { recursive: true }));

function merged(order: readonly Extracted[], name: string): ReadonlyMap<string, string> {
  const inputs = order.map((model, index) => {
    const path = join(scratch, `${name}-${index}.json`);
    writeFileSync(path, JSON.stringify(model));
    return path;
  });
  const out = mkdtempSync(join(scratch, "out-"));
  const { status, stderr } = spawnSync(process.execPath, ["scripts/std-model/merge.mjs", "--out", out, ...inputs], { encoding: "utf8" });
  assert.equal(status, 0, stderr);
  return new Map(readdirSync(out).map((file) => [file, readFileSync(join(out, file), "utf8")]));
}

const data = merged(MODELS, "a");

for (const { version, target, files } of MODELS) {
  test(`the model of ${version} for ${target} comes back line by line`, () => {
    const question = { version: parseCompilerVersion(version) ?? assert.fail(), target };
    const model = stdModelFor(question, (name) => data.get(name) ?? (name === "const.txt" ? "" : assert.fail(name)));
    assert.ok(model.ok);
    const { id, readFile } = model.value;
    for (const [file, lines] of Object.entries(files)) {
      const paths = [file, file.replace(/\/lib\.rs$|\.rs$/, "/__impls.rs")];
      const served = paths.flatMap((path) => (readFile(`std:/${id}/${path}`) ?? "").split("\n"));
      const actual = served.filter((line) => line !== "" && line !== "mod __impls;");
      assert.deepEqual(actual.toSorted(), lines.toSorted(), file);
    }
  });
}

test("impls that differ in a number type or in the trait are stored once", () => {
  const text = data.get("core.txt") ?? "";
  assert.equal(text.match(/arith::Add for/g)?.length, 2);
  assert.equal(text.match(/core::a::W<T>/g)?.length, 1);
});

test("the order of the inputs has no influence on the bytes", () => {
  assert.deepEqual(merged([...MODELS].reverse(), "b"), data);
});

test("the bundled data taken apart and merged again are the same bytes", () => {
  const out = mkdtempSync(join(scratch, "bundled-"));
  const { status, stderr } = spawnSync(process.execPath, ["scripts/std-model/merge.mjs", "--out", out, "--stored", "server/std"], {
    encoding: "utf8",
  });
  assert.equal(status, 0, stderr);
  const written = readdirSync("server/std").filter((name) => name !== "const.txt");
  assert.deepEqual(readdirSync(out).toSorted(), written.toSorted());
  assert.deepEqual(
    written.filter((name) => readFileSync(join(out, name), "utf8") !== readFileSync(join("server/std", name), "utf8")),
    [],
  );
});

test("the bundled models are those of the list", () => {
  const listed = readFileSync("scripts/std-model/models.txt", "utf8").split("\n").slice(1, -1);
  const { models }: { readonly models: readonly { readonly version: string; readonly target: string }[] } = JSON.parse(
    readFileSync("server/std/models.json", "utf8"),
  );
  assert.deepEqual(
    listed.map((line) => line.split(" ").slice(0, 2).join(" ")),
    models.map(({ version, target }) => `${version} ${target}`),
  );
});
