/**
 * Impls that differ only in a number type or in the trait (derives), stored as one line.
 *
 *   %3 impl ::core::ops::arith::Add for $0{type Output=$0;}       family 3: "i8 i16 i32 …"
 *   %4 impl<T: $0> $0 for ::core::option::Option<T>{}             family 4: "::core::cmp::Eq ::core::hash::Hash"
 *
 * A family is a list of tuples (`families` in models.json: "i8 i16 …" or "i8.u8 i8.u16 …"); the line stands once for each of them.
 * Invariant: expanding a family gives the lines it was made of; lines of one file and one set of models are grouped only.
 */

const PRIMITIVE = /(?<![\w$])(?:[iu](?:8|16|32|64|128|size)|f(?:16|32|64|128)|bool|char)(?!\w)/g;
const IMPLEMENTED_TRAIT = /^(?:unsafe )?impl(?:<.*?>)? ((?:::\w+)+) for /;

/**
 * @param {string[]} lines of one file and set
 * @param {Map<string, number>} families tuple lists → number; grows
 * @returns {string[]} the lines, families folded
 */
export function foldFamilies(lines, families) {
  const numbers = fold(lines, { templateOf: numberTemplate, smallest: 3, families });
  const traits = fold(numbers.rest, { templateOf: traitTemplate, smallest: 2, families });
  return [...numbers.folded, ...traits.folded, ...traits.rest];
}

function fold(lines, { templateOf, smallest, families }) {
  const groups = new Map();
  const rest = [];
  for (const line of lines) {
    const { template, tuple } = templateOf(line);
    if (tuple.length === 0) rest.push(line);
    else if (groups.has(template)) groups.get(template).push({ line, tuple });
    else groups.set(template, [{ line, tuple }]);
  }
  const folded = [];
  for (const [template, group] of groups) {
    if (group.length < smallest) rest.push(...group.map(({ line }) => line));
    else folded.push(`%${familyNumber(group, families)} ${template}`);
  }
  return { folded, rest };
}

function familyNumber(group, families) {
  const list = group
    .map(({ tuple }) => tuple.join("."))
    .sort()
    .join(" ");
  if (!families.has(list)) families.set(list, families.size);
  return families.get(list);
}

/** An impl with its number types replaced by `$0`, `$1`, … in order of first use. */
function numberTemplate(line) {
  if (!/^(unsafe )?impl/.test(line)) return { template: line, tuple: [] };
  const tuple = [];
  const template = line.replaceAll(PRIMITIVE, (name) => {
    if (!tuple.includes(name)) tuple.push(name);
    return `$${tuple.indexOf(name)}`;
  });
  return { template, tuple };
}

/** An impl with its trait replaced by `$0`, also in the bounds of its parameters. */
function traitTemplate(line) {
  const trait = IMPLEMENTED_TRAIT.exec(line)?.[1];
  if (trait === undefined) return { template: line, tuple: [] };
  return { template: line.replaceAll(new RegExp(`${trait}(?![\\w:])`, "g"), () => "$0"), tuple: [trait] };
}
