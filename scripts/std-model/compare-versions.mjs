/**
 * Finds the public types of std that two neighbouring bundled versions do not lay out alike, so that versions between them can be
 * answered: a type is certain there when instances of it have the same layout (size, alignment, niches, offsets, tag, traits) in both.
 *
 *   node compare-versions.mjs --dist dist --from 1.85 --to 1.95 --model NEW.json ... --out differences/1.85-1.95.json
 *
 * --model names extracted models of the newer version, each of a target that both versions have; the differences of all are joined. The
 * product itself lays the instances out, both times by the newer compiler's rules, so that only std's definitions differ. Types that only
 * the newer version has count as different.
 */
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { instancesOf } from "./instances.mjs";
import { publicTypes } from "./public-paths.mjs";

const { values } = parseArgs({
  options: {
    ...Object.fromEntries(["dist", "from", "to", "out"].map((name) => [name, { type: "string" }])),
    model: { type: "string", multiple: true },
  },
});

const scratch = mkdtempSync(join(tmpdir(), "std-model-"));
const differences = new Set();
let compared = 0;

/** The product with its own data, and with the older version's models in the newer one's place. */
const products = [copyWithOlderModels(), values.dist];

for (const path of values.model) {
  compareOn(JSON.parse(readFileSync(path, "utf8")));
}

const types = [...differences].sort();
writeFileSync(values.out, `${JSON.stringify({ from: values.from, to: values.to, types }, undefined, 1)}\n`);
console.log(`${types.length} types differ, ${compared} instances compared`);

function compareOn(newer) {
  const asked = [];
  for (const [definition, { path, file, line }] of publicTypes(newer.files)) {
    const key = `${file} ${definition.split("::").at(-1)}`;
    const instances = instancesOf(path, line);
    if (instances.length === 0) differences.add(key);
    for (const type of instances) asked.push({ key, type });
  }
  const answers = products.map((dist) => layouts(asked, newer.target, dist));
  asked.forEach(({ key }, index) => {
    if (answers[0][index] !== answers[1][index]) differences.add(key);
  });
  compared += asked.length;
}

function copyWithOlderModels() {
  const dist = join(scratch, "older");
  cpSync(values.dist, dist, { recursive: true });
  const path = join(dist, "std/models.json");
  const index = JSON.parse(readFileSync(path, "utf8"));
  const models = index.models.map((model) => ({ ...model, version: model.version === values.from ? values.to : "0.0" }));
  writeFileSync(path, JSON.stringify({ ...index, models, patches: [], differences: [] }));
  return dist;
}

/** What counts of each answer, as text; an unknown one differs from every other. */
function layouts(asked, target, dist) {
  const batch = join(scratch, "batch.txt");
  writeFileSync(batch, asked.map(({ type }) => `${type}\n`).join(""));
  const args = [
    join(dist, "cli.cjs"),
    "type",
    "--batch",
    batch,
    "--target",
    target,
    "--rust-version",
    `${values.to}.0`,
    "--format",
    "json",
  ];
  const { stdout } = spawnSync(process.execPath, args, { encoding: "utf8", maxBuffer: 1 << 28 });
  const rows = stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  if (rows.length !== asked.length) throw new Error(`${rows.length} answers to ${asked.length} questions`);
  return rows.map((row) => (row.status === "exact" ? essence(row) : `${dist} ${row.reason}`));
}

function essence({ size, align, niche, uninhabited, fields, tag, variants, traits }) {
  const parts = variants?.map((variant) => [variant.size, variant.fields]);
  return JSON.stringify([size, align, niche, uninhabited, fields, tag, parts, traits]);
}
