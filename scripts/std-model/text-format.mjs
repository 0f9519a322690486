/**
 * The stored form of the model: for each crate one text with all modules of all bundled versions and targets.
 *
 *   //# num/niche_types.rs        starts a module's file
 *   pub struct A(u8);             a line of every model that has the crate
 *   @3 pub struct B(u8);          a line of the models of set 3 (`sets` in models.json)
 *   %3 impl Copy for $0{}         a family of lines (families.mjs)
 *
 * Invariant: within a file lines are sorted by their text, so that the same input gives the same bytes.
 */

import { foldFamilies } from "./families.mjs";

/** @param {{ id: string, files: Map<string, Set<string>> }[]} models in the order of models.json */
export function mergeModels(models) {
  const crates = new Map();
  models.forEach((model, index) => {
    for (const [file, lines] of model.files) addFile(crates, file, lines, index);
  });
  return crates;
}

function addFile(crates, file, lines, index) {
  const slash = file.indexOf("/");
  const crate = child(crates, file.slice(0, slash));
  const merged = child(crate, file.slice(slash + 1));
  for (const line of lines) {
    const members = merged.get(line);
    if (members === undefined) merged.set(line, [index]);
    else members.push(index);
  }
}

function child(map, key) {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = new Map();
  map.set(key, made);
  return made;
}

/** Numbers the sets of models that lines belong to, most frequent first. */
export function createSets(crates) {
  const counts = new Map();
  for (const files of crates.values()) {
    for (const lines of files.values()) {
      for (const members of lines.values()) counts.set(members.join(), (counts.get(members.join()) ?? 0) + 1);
    }
  }
  const order = [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
  return new Map(order.map(([key], number) => [key, number.toString(36)]));
}

/**
 * The stored text of one crate.
 * @param {{ sets: Map<string, string>, whole: string, families: Map<string, number> }} tables `whole` is the set of all models that have
 *   the crate, whose lines bear no mark
 */
export function crateText(files, { sets, whole, families }) {
  const parts = [];
  for (const [file, lines] of [...files].sort(byKey)) {
    parts.push(`//# ${file}`);
    const stored = linesBySet(lines).flatMap(([set, own]) =>
      foldFamilies(own, families).map((line) => [line, set === whole ? "" : `@${sets.get(set)} `]),
    );
    for (const [line, mark] of stored.sort((a, b) => byKey(a, b) || byKey([a[1]], [b[1]]))) parts.push(mark + line);
  }
  return `${parts.join("\n")}\n`;
}

function linesBySet(lines) {
  const bySet = new Map();
  for (const [line, members] of [...lines].sort(byKey)) {
    const set = members.join();
    if (bySet.has(set)) bySet.get(set).push(line);
    else bySet.set(set, [line]);
  }
  return [...bySet].sort(byKey);
}

function byKey([a], [b]) {
  return a < b ? -1 : a > b ? 1 : 0;
}
