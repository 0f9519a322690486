/**
 * Values of constants as the model writes them: literals and simple constant expressions; undefined where rustdoc shows
 * none (`_`) or a text whose names would have to be resolved.
 */

const NUMBER = /^(-?)(\d[\d_]*)(?:[iu](?:\d+|size))?$/;
const ARITHMETIC = /^[-+*/()\s\d._eE]*(?:_?f(?:16|32|64|128))?(?:[-+*/()\s\d._eE]|_?f(?:16|32|64|128))*$/;

/** An array length or a constant argument: a number, a parameter, `{ expr }`. */
export function constText(text) {
  if (/^-?\d[\d_]*$/.test(text)) return text.replaceAll("_", "");
  if (/^[A-Za-z_]\w*$/.test(text) || /^'.*'$/.test(text)) return text;
  throw new Error(`the constant \`${text}\` is not plain`);
}

/** The value of a `const` item: rustdoc's evaluated number, or the literal as written. */
export function valueText(constant) {
  const evaluated = constant.value === null ? null : NUMBER.exec(constant.value);
  if (evaluated !== null) return evaluated[1] + evaluated[2].replaceAll("_", "");
  return literalText(constant.expr);
}

/** The value of an associated constant, where it is written plainly. */
export function writtenValue(item) {
  const { value } = item.inner;
  return value === null || value === undefined ? undefined : literalText(value);
}

function literalText(text) {
  const number = NUMBER.exec(text);
  if (number !== null) return number[1] + number[2].replaceAll("_", "");
  if (/^(true|false|'[^']+'|"[^"\\]*"|[iu](\d+|size)::(MAX|MIN|BITS))$/.test(text)) return text;
  return ARITHMETIC.test(text) && /\d/.test(text) ? text.replaceAll(" ", "") : undefined;
}

/** `MIN`, `MAX` and `BITS` of the integer types, which std makes with macros (Reference, "Integer types"). */
export function primitiveConstant(self, name, pointerWidth) {
  const match = /^([iu])(\d+|size)$/.exec(self ?? "");
  if (match === null) return undefined;
  const bits = match[2] === "size" ? pointerWidth : Number(match[2]);
  const signed = match[1] === "i";
  if (name === "BITS") return String(bits);
  if (name === "MAX") return String((1n << BigInt(signed ? bits - 1 : bits)) - 1n);
  if (name === "MIN") return signed ? String(-(1n << BigInt(bits - 1))) : "0";
  return undefined;
}

/** A discriminant as written in the source (`-1`, `0x1F`, `1 << 12`, `b'a'`) as a decimal number. */
export function discriminantValue(text) {
  const shift = /^1\s*<<\s*(\d+)$/.exec(text);
  if (shift !== null) return String(1n << BigInt(shift[1]));
  const byte = /^b'(.)'$/.exec(text);
  if (byte !== null) return String(byte[1].charCodeAt(0));
  const number = /^(-?)(0x[\da-fA-F_]+|[\d_]+)(?:[iu](?:\d+|size))?$/.exec(text);
  if (number === null) throw new Error(`the discriminant ${text} is not plain`);
  return number[1] + String(BigInt(number[2].replaceAll("_", "")));
}

/** A macro's name: its rules are not part of the model. */
export function macroText(item) {
  return /^\s*(pub(\([^)]*\))? )?macro /.test(item.inner) ? `macro ${item.name}(){}` : `macro_rules! ${item.name}{()=>{}}`;
}
