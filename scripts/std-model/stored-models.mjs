/**
 * The stored data of `server/std/` taken apart into the models they were merged of: the inverse of text-format.mjs, so that one
 * model can be made anew, or added, without making all others.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";

const FILE_MARK = "//# ";

/**
 * @param {string} folder with models.json and the crates' texts
 * @returns {{ version: string, target: string, id: string, files: Map<string, Set<string>> }[]} in the order of models.json
 */
export function storedModels(folder) {
  const index = JSON.parse(readFileSync(join(folder, "models.json"), "utf8"));
  const models = index.models.map(({ version, target }) => ({ version, target, id: `${version}-${target}`, files: new Map() }));
  for (const crate of new Set(index.models.flatMap(({ crates }) => crates))) {
    const having = index.models.flatMap(({ crates }, number) => (crates.includes(crate) ? [number] : []));
    const text = readFileSync(join(folder, `${crate}.txt`), "utf8");
    for (const part of `\n${text}`.split(`\n${FILE_MARK}`).slice(1)) {
      const [file, ...lines] = part.split("\n").filter((line) => line !== "");
      addFile(
        models,
        `${crate}/${file}`,
        lines.map((line) => readLine(line, having, index)),
        having,
      );
    }
  }
  return models;
}

function addFile(models, file, read, having) {
  for (const number of having) models[number].files.set(file, new Set());
  for (const { numbers, lines } of read) for (const number of numbers) for (const line of lines) models[number].files.get(file).add(line);
}

/** The models that a stored line is of, and the lines that it stands for. */
function readLine(line, having, { sets, families }) {
  const [, set, family, text] = /^(?:@(\w+) )?(?:%(\d+) )?(.*)$/.exec(line);
  const numbers = set === undefined ? having : sets[Number.parseInt(set, 36)];
  if (family === undefined) return { numbers, lines: [text] };
  const tuples = families[Number(family)].split(" ").map((tuple) => tuple.split("."));
  return { numbers, lines: tuples.map((tuple) => text.replaceAll(/\$(\d)/g, (_, place) => tuple[Number(place)])) };
}
