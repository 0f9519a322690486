/**
 * Merges extracted models into the stored data of `server/std/`: `models.json` and one text for each crate.
 *
 *   node merge.mjs --out server/std [--stored server/std] EXTRACTED.json ...
 *
 * With `--stored` the models that are not given are those of the stored data, and of the given ones it is said how they differ from them.
 * `patches/` has the versions without sources, as changes of a bundled one, `differences/` the types in which neighbouring versions differ. The order of the arguments has no influence on the bytes written.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { storedModels } from "./stored-models.mjs";
import { crateText, createSets, mergeModels } from "./text-format.mjs";

const { values, positionals } = parseArgs({
  options: { out: { type: "string" }, stored: { type: "string" } },
  allowPositionals: true,
});

const given = positionals
  .map((path) => JSON.parse(readFileSync(path, "utf8")))
  .map(({ version, target, files }) => ({
    version,
    target,
    id: `${version}-${target}`,
    files: new Map(Object.entries(files).map(([file, lines]) => [file, new Set(lines)])),
  }));
const stored = values.stored === undefined ? [] : storedModels(values.stored);
for (const model of given)
  compare(
    model,
    stored.find(({ id }) => id === model.id),
  );
const models = [...given, ...stored.filter(({ id }) => given.every((model) => model.id !== id))].sort((a, b) => (a.id < b.id ? -1 : 1));

const merged = mergeModels(models);
const sets = createSets(merged);
const cratesOf = models.map((model) => [...new Set([...model.files.keys()].map((file) => file.slice(0, file.indexOf("/"))))].sort());

const families = new Map();
for (const [crate, files] of [...merged].sort(([a], [b]) => (a < b ? -1 : 1))) {
  const whole = models.flatMap((_, number) => (cratesOf[number].includes(crate) ? [number] : [])).join();
  writeFileSync(join(values.out, `${crate}.txt`), crateText(files, { sets, whole, families }));
}
const index = {
  models: models.map(({ version, target }, number) => ({ version, target, crates: cratesOf[number] })),
  patches: readPatches(),
  differences: readFolder("differences/"),
  families: [...families.keys()],
  sets: [...sets.keys()].map((key) => key.split(",").map(Number)),
};
writeFileSync(join(values.out, "models.json"), `${JSON.stringify(index)}\n`);

/** Says how a model differs from the stored one. */
function compare(model, known) {
  if (known === undefined) return;
  const [now, before] = [model, known].map(
    ({ files }) => new Set([...files].flatMap(([file, lines]) => [...lines].map((line) => `${file} ${line}`))),
  );
  const changes = [
    ...[...now].filter((line) => !before.has(line)).map((line) => `+ ${line}`),
    ...[...before].filter((line) => !now.has(line)).map((line) => `- ${line}`),
  ];
  console.log(`${model.id}: ${now.size} lines, ${changes.length === 0 ? "as stored" : `${changes.length} differ from the stored ones`}`);
  for (const line of changes.sort().slice(0, 20)) console.log(`  ${line}`);
}

/** The patches without their justifications. */
function readPatches() {
  return readFolder("patches/").map(({ version, base, files }) => {
    const changes = Object.entries(files).map(([file, { drop = [], add = [] }]) => [file, { drop, add }]);
    return { version, base, files: Object.fromEntries(changes) };
  });
}

function readFolder(name) {
  const folder = new URL(name, import.meta.url);
  return readdirSync(folder)
    .sort()
    .map((file) => JSON.parse(readFileSync(new URL(file, folder), "utf8")));
}
