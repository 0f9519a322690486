/**
 * Lifetimes of impl headers in one spelling, so that versions of std that differ only there give the same line: a lifetime that
 * is named once is elided.
 *
 * Example: `impl<'a> Add<u8> for &'a u8{type Output=u8;}` → `impl Add<u8> for &u8{type Output=u8;}`.
 */

/** @param {string} line an impl */
export function elideSingleLifetimes(line) {
  const match = /^((?:unsafe )?impl)<((?:'\w+,)*'\w+)(,|>)/.exec(line);
  if (match === null) return line;
  const [whole, head, list, next] = match;
  const rest = line.slice(whole.length);
  const names = list.split(",");
  const single = new Set(names.filter((name) => occurrences(rest, name) <= 1));
  const kept = names.filter((name) => !single.has(name));
  return declaration(head, kept, next) + elide(rest, single);
}

function occurrences(text, name) {
  return text.match(new RegExp(`${name}\\b`, "g"))?.length ?? 0;
}

function declaration(head, kept, next) {
  if (kept.length > 0) return `${head}<${kept.join(",")}${next}`;
  return next === ">" ? head : `${head}<`;
}

function elide(text, names) {
  return text.replaceAll(/(&?)('\w+)( ?)/g, (whole, reference, name, space) => {
    if (!names.has(name)) return whole;
    return reference === "&" ? "&" : `'_${space}`;
  });
}
