/**
 * Impls that std's macros make for many number types, stored as one line.
 *
 *   %3 impl ::core::ops::arith::Add for $0{type Output=$0;}
 *
 * stands for the lines with `$0` (and `$1`) replaced by the tuples of family 3 (`families` in models.json: "i8 i16 …" or "i8.u8 …").
 * Invariant: expanding a family gives the lines it was made of; lines of one file and one set of models are grouped only.
 */

const PRIMITIVE = /(?<![\w$])(?:[iu](?:8|16|32|64|128|size)|f(?:16|32|64|128)|bool|char)(?!\w)/g;

/** Fewer lines than this are not worth a family. */
const SMALLEST = 3;

/**
 * @param {string[]} lines of one file and set
 * @param {Map<string, number>} families tuple lists → number; grows
 * @returns {string[]} the lines, families folded, sorted
 */
export function foldFamilies(lines, families) {
  const groups = new Map();
  for (const line of lines) {
    const { template, tuple } = templateOf(line);
    const group = groups.get(template);
    if (group === undefined) groups.set(template, [{ line, tuple }]);
    else group.push({ line, tuple });
  }
  return [...groups].flatMap(([template, group]) => foldGroup(template, group, families));
}

function foldGroup(template, group, families) {
  if (group.length < SMALLEST || group[0].tuple.length === 0) return group.map(({ line }) => line);
  const list = group
    .map(({ tuple }) => tuple.join("."))
    .sort()
    .join(" ");
  if (!families.has(list)) families.set(list, families.size);
  return [`%${families.get(list)} ${template}`];
}

/** The line with its number types replaced by `$0`, `$1`, … in order of first use. */
function templateOf(line) {
  if (!/^(unsafe )?impl/.test(line)) return { template: line, tuple: [] };
  const tuple = [];
  const template = line.replaceAll(PRIMITIVE, (name) => {
    if (!tuple.includes(name)) tuple.push(name);
    return `$${tuple.indexOf(name)}`;
  });
  return { template, tuple };
}
