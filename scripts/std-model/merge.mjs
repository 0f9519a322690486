/**
 * Merges extracted models into the stored data of `server/std/`: `models.json` and one text for each crate.
 *
 *   node merge.mjs --out server/std EXTRACTED.json ...
 *
 * `patches/` has the versions without sources, as changes of a bundled one, `differences/` the types in which neighbouring versions differ. The order of the arguments has no influence on the bytes written.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { crateText, createSets, mergeModels } from "./text-format.mjs";

const { values, positionals } = parseArgs({ options: { out: { type: "string" } }, allowPositionals: true });

const models = positionals
  .map((path) => JSON.parse(readFileSync(path, "utf8")))
  .map(({ version, target, files }) => ({
    version,
    target,
    id: `${version}-${target}`,
    files: new Map(Object.entries(files).map(([file, lines]) => [file, new Set(lines)])),
  }))
  .sort((a, b) => (a.id < b.id ? -1 : 1));

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
