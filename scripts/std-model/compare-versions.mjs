/**
 * Finds the public types of std that two neighbouring bundled versions do not lay out alike, so that versions between them can be
 * answered: a type is certain there when instances of it have the same layout (size, alignment, niches, offsets, tag) and the same marker
 * traits in both.
 *
 *   node compare-versions.mjs --dist dist --from 1.85 --to 1.95 --model NEW.json ... --answers DIR --out differences/1.85-1.95.json
 *
 * --model names extracted models of the newer version, each of a target that both versions have; the differences of all are joined. The
 * product itself lays the instances out, both times by the newer compiler's rules, so that only std's definitions differ; its answers
 * are kept in DIR and used again. Types that only the newer version has count as different, but for those that equal types are made of.
 */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { instancesOf } from "./instances.mjs";
import { publicTypes, reachedTypes } from "./public-paths.mjs";

/** The traits that explicit impls decide, as the product names them. */
const TRAITS = { send: "Send", sync: "Sync", copy: "Copy", clone: "Clone", unpin: "Unpin" };

const { values } = parseArgs({
  options: {
    ...Object.fromEntries(["dist", "from", "to", "answers", "out"].map((name) => [name, { type: "string" }])),
    model: { type: "string", multiple: true },
  },
});

const answersFolder = resolve(values.answers);
mkdirSync(answersFolder, { recursive: true });

/** The product with its own data, and with the older version's models in the newer one's place. */
const products = { newer: resolve(values.dist), older: join(answersFolder, "older") };
copyWithOlderModels();

/** Type → verdicts on each target: "equal", "different", "added", "unanswered", or "impl …" for a marker trait that only an impl line decides. */
const verdicts = new Map();
const reachedByEqual = new Set();
for (const path of values.model) compareOn(JSON.parse(readFileSync(path, "utf8")));

const types = [...verdicts].filter(([key, seen]) => isDifferent(key, seen)).map(([key]) => key);
const impls = [...verdicts].flatMap(([key, seen]) => (types.includes(key) ? [] : [...seen].filter((verdict) => verdict.includes(" "))));
writeFileSync(
  values.out,
  `${JSON.stringify({ from: values.from, to: values.to, types: types.sort(), impls: [...new Set(impls)].sort() }, undefined, 1)}\n`,
);
console.log(`${types.length} types and ${impls.length} impls differ of ${verdicts.size} types`);

/** A type that one target's older model lacks is judged by the other targets. */
function isDifferent(key, seen) {
  if (seen.has("different")) return true;
  const isCompared = [...seen].some((verdict) => verdict === "equal" || verdict.includes(" "));
  return !isCompared && !reachedByEqual.has(key);
}

function compareOn(newer) {
  const asked = [];
  const definitions = publicTypes(newer.files);
  for (const [definition, { path, file, line }] of definitions) {
    const key = `${file} ${definition.split("::").at(-1)}`;
    const instances = instancesOf(path, line);
    if (instances.length === 0) note(key, "different");
    for (const type of instances) asked.push({ key, type, definition });
  }
  const older = layouts(asked, newer.target, "older");
  const now = layouts(asked, newer.target, "newer");
  asked.forEach(({ key, definition }, index) => {
    for (const verdict of verdictsOn(older[index], now[index], { newer, definition })) note(key, verdict);
  });
  const equal = [...definitions.keys()].filter((definition) => isEqual(asked, definition));
  for (const key of reachedTypes(newer.files, equal)) reachedByEqual.add(key);
}

function isEqual(asked, definition) {
  const key = asked.find((question) => question.definition === definition)?.key;
  return key !== undefined && isDifferent(key, verdicts.get(key)) === false;
}

function note(key, verdict) {
  if (verdicts.has(key)) verdicts.get(key).add(verdict);
  else verdicts.set(key, new Set([verdict]));
}

function verdictsOn(older, newer, place) {
  if (newer.status !== "exact") return ["unanswered"];
  if (older.status !== "exact") return [/not found/.test(older.reason) ? "added" : "different"];
  if (layoutText(older) !== layoutText(newer)) return ["different"];
  const traits = Object.keys(newer.traits).filter((name) => newer.traits[name] !== older.traits[name]);
  return traits.length === 0 ? ["equal"] : traits.map((name) => traitVerdict(name, newer.traits[name], place));
}

/** A trait that the newer version alone has, by an impl of its own, makes that impl uncertain; any other makes the type so. */
function traitVerdict(name, isNow, { newer, definition }) {
  const file = Object.keys(newer.files).find(
    (candidate) => candidate.replace(/\/lib\.rs$|\.rs$/, "").replaceAll("/", "::") === parentOf(definition),
  );
  const ending = new RegExp(`::${TRAITS[name] ?? "?"} for ::${definition}(<.*)?( where .*)?\\{\\}$`);
  const line = isNow ? newer.files[file]?.find((candidate) => ending.test(candidate)) : undefined;
  return line === undefined ? "different" : `${file} ${line}`;
}

function parentOf(definition) {
  return definition.slice(0, definition.lastIndexOf("::"));
}

/** The answers of one product on one target, from DIR where the same was asked before. */
function layouts(asked, target, which) {
  const batch = join(answersFolder, `${values.from}-${values.to}-${target}-${which}.txt`);
  const kept = join(answersFolder, `${values.from}-${values.to}-${target}-${which}.jsonl`);
  const text = asked.map(({ type }) => `${type}\n`).join("");
  if (!existsSync(kept) || !existsSync(batch) || readFileSync(batch, "utf8") !== text) {
    writeFileSync(batch, text);
    const args = ["type", "--batch", batch, "--target", target, "--rust-version", `${values.to}.0`, "--format", "json"];
    const { stdout } = spawnSync(process.execPath, [join(products[which], "cli.cjs"), ...args], { encoding: "utf8", maxBuffer: 1 << 28 });
    writeFileSync(kept, stdout);
  }
  const rows = readFileSync(kept, "utf8").trimEnd().split("\n");
  if (rows.length !== asked.length) throw new Error(`${rows.length} answers to ${asked.length} questions`);
  return rows.map((row) => JSON.parse(row));
}

function copyWithOlderModels() {
  cpSync(products.newer, products.older, { recursive: true });
  const path = join(products.older, "std/models.json");
  const index = JSON.parse(readFileSync(path, "utf8"));
  const models = index.models.map((model) => ({ ...model, version: model.version === values.from ? values.to : "0.0" }));
  writeFileSync(path, JSON.stringify({ ...index, models, patches: [], differences: [] }));
}

function layoutText({ size, align, niche, uninhabited, fields, tag, variants, traits }) {
  const parts = variants?.map((variant) => [variant.size, variant.fields]);
  return JSON.stringify([size, align, niche, uninhabited, fields, tag, parts, traits.freeze, traits.needs_drop]);
}
