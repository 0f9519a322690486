/**
 * The sentences about a layout: headline, one line, niche, free bytes, boxing. Hover and the command line print the same ones.
 *
 * Invariant: no number comes from anywhere but `LayoutFacts` and `Boxing`; `B` in labels, sizes in the user's number format.
 *
 * Example: `64 B · align 8 · 5 B padding (8 %)`.
 */
import type { Message, Value } from "../base/message.ts";
import { msg } from "../base/message.ts";
import type { Words } from "../base/words.ts";
import { inWords } from "../base/words.ts";
import type { Boxing } from "./boxing.ts";
import type { ExactFacts, GenericFacts, LayoutFacts } from "./layout-facts.ts";
import { percentOf, sizeSetters } from "./layout-facts.ts";
import type { Inline, NumberFormat } from "./markup.ts";
import { formatBytes, formatNumber, text, truncate } from "./markup.ts";
import type { NicheFacts } from "./niche-facts.ts";
import type { Writing } from "./sentence.ts";
import { sentence } from "./sentence.ts";
import type { TagFacts } from "./variant-facts.ts";

const SEPARATOR = " · ";

/** The first line about a definition: `64 B · align 8 · 5 B padding (8 %)`, with the tag of an enum instead of its padding. */
export function headline(facts: LayoutFacts, writing: Writing): readonly Inline[] {
  if (facts.status !== "exact") return oneLine(facts, writing);
  const { numbers } = writing;
  if (facts.body.kind === "variants")
    return joined(writing, [...sizeAndAlign(facts, numbers), tagText(facts.body.tag, numbers), ...oddities(facts)]);
  return joined(writing, [...sizeAndAlign(facts, numbers), ...paddingText(facts, numbers), ...oddities(facts)]);
}

/** A layout in one line, as at a use of the type: `64 B · align 8 · 5 B padding`. */
export function oneLine(facts: LayoutFacts, writing: Writing): readonly Inline[] {
  const { numbers, words } = writing;
  switch (facts.status) {
    case "exact": {
      const { padding } = facts;
      const gap = padding === undefined || padding === 0n ? [] : [msg("{bytes} padding", { bytes: formatBytes(padding, numbers) })];
      return joined(writing, [...sizeAndAlign(facts, numbers), ...gap, ...oddities(facts)]);
    }
    case "generic":
      return joined(writing, bound(facts, numbers));
    case "unknown":
      return sentence(words, unknownSize(facts.reason, words));
  }
}

/** The reason ends the sentence, unless it has an end of its own. */
function unknownSize(reason: Message, words: Words): Message {
  const isWhole = /[.!?]$/.test(inWords(words, reason));
  return isWhole ? msg("Size unknown: {reason}", { reason }) : msg("Size unknown: {reason}.", { reason });
}

/** `≥ 1024 B · align ≥ 1 (T unknown)`. */
function bound(facts: GenericFacts, numbers: NumberFormat): readonly Part[] {
  const align = formatNumber(facts.minimumAlign, numbers);
  const least =
    facts.open.length === 0 ? msg("align ≥ {align}", { align }) : msg("align ≥ {align} ({open} unknown)", { align, open: openText(facts) });
  return [`≥ ${formatBytes(facts.atLeast, numbers)}`, least];
}

const SHOWN_PARAMETERS = 6;

/** The open parameters: `T, U`, of many the first. */
export function openText({ open }: GenericFacts): Value {
  if (open.length <= SHOWN_PARAMETERS) return open.join(", ");
  return msg("{names} … and {count} more", { names: open.slice(0, SHOWN_PARAMETERS).join(", "), count: open.length - SHOWN_PARAMETERS });
}

/** A part of a line: figures alone need no words. */
type Part = Message | string;

function sizeAndAlign(facts: ExactFacts, numbers: NumberFormat): readonly Part[] {
  const align = msg("align {align}", { align: formatNumber(facts.align, numbers) });
  if (!facts.unsized) return [formatBytes(facts.size, numbers), align];
  if (facts.size === 0n) return [msg("dynamically sized"), align];
  return [msg("dynamically sized, {bytes} before its tail", { bytes: formatBytes(facts.size, numbers) }), align];
}

function paddingText(facts: ExactFacts, numbers: NumberFormat): readonly Part[] {
  const { padding, size } = facts;
  if (padding === undefined || padding === 0n) return [];
  return [msg("{bytes} padding ({percent} %)", { bytes: formatBytes(padding, numbers), percent: percentOf(padding, size) })];
}

function oddities(facts: ExactFacts): readonly Part[] {
  const found: Part[] = [];
  if (facts.size === 0n && !facts.unsized) found.push(msg("zero-sized"));
  if (facts.uninhabited) found.push(msg("uninhabited"));
  return found;
}

/** `tag 1 B at offset 0 (values 0–4)`, or in which variant's niche it lies. */
function tagText(tag: TagFacts, numbers: NumberFormat): Part {
  const offset = formatNumber(tag.offset, numbers);
  if (tag.encoding === "niche") return msg("tag in `{variant}`'s niche at offset {offset}", { variant: tag.untaggedName, offset });
  return msg("tag {bytes} at offset {offset} (values {values})", { bytes: formatBytes(tag.size, numbers), offset, values: tagValues(tag) });
}

function tagValues(tag: Extract<TagFacts, { readonly encoding: "direct" }>): Value {
  const { start, end } = tag.values;
  if (tag.signed) {
    const [low, high] = [asSigned(start, tag.size), asSigned(end, tag.size)];
    if (low <= high) return rangeText(low, high);
  }
  if (start <= end) return rangeText(start, end);
  return msg("{upper} and {lower}", { upper: rangeText(start, (1n << (tag.size * 8n)) - 1n), lower: rangeText(0n, end) });
}

function asSigned(value: bigint, size: bigint): bigint {
  return BigInt.asIntN(Number(size) * 8, value);
}

function rangeText(low: bigint, high: bigint): Value {
  if (low === high) return minus(low);
  return low < 0n ? msg("{low} to {high}", { low: minus(low), high: minus(high) }) : `${low}–${high}`;
}

function minus(value: bigint): string {
  return `${value}`.replace("-", "−");
}

/** `Option<T>` and the spare values that make it no larger. */
export function optionSentence(facts: ExactFacts, optionSize: bigint, { numbers, words }: Writing): readonly Inline[] {
  return sentence(words, optionMessage(facts, optionSize, numbers));
}

function optionMessage({ subject: { name }, size: own, niche }: ExactFacts, optionSize: bigint, numbers: NumberFormat): Message {
  const size = formatBytes(optionSize, numbers);
  if (optionSize > own) return msg("`Option<{name}>` is {size}: `{name}` has no spare values.", { name, size });
  if (niche === undefined) return msg("`Option<{name}>` is also {size}.", { name, size });
  const count = niche.available;
  const spare = spareText(count);
  if (niche.carrier.kind === "tag")
    return msg("`Option<{name}>` is also {size} ({spare} spare tag {count|one:value|other:values}).", { name, size, spare, count });
  return nicheMessage(niche, { name, size, spare, count, offset: formatNumber(niche.offset, numbers) });
}

interface NicheValues {
  readonly name: string;
  readonly size: string;
  readonly spare: Value;
  readonly count: bigint;
  readonly offset: string;
}

function nicheMessage({ carrier, offset }: NicheFacts, values: NicheValues): Message {
  if (carrier.kind === "field")
    return msg("`Option<{name}>` is also {size}: {spare} spare {count|one:value|other:values} in `{carrier}` at offset {offset}.", {
      ...values,
      carrier: carrier.variant ?? carrier.path,
    });
  if (offset === 0n) return msg("`Option<{name}>` is also {size}: {spare} spare {count|one:value|other:values}.", values);
  return msg("`Option<{name}>` is also {size}: {spare} spare {count|one:value|other:values} at offset {offset}.", values);
}

/** `5 more bytes of align 1 fit for free.`; undefined where none do. */
export function freeSentence({ free }: ExactFacts, words: Words): readonly Inline[] | undefined {
  if (free === undefined) return undefined;
  const { bytes: count, align, after } = free;
  if (after === undefined)
    return sentence(
      words,
      msg("{count} more {count|one:byte|other:bytes} of align {align} {count|one:fits|other:fit} for free.", { count, align }),
    );
  return sentence(
    words,
    msg("{count} more {count|one:byte|other:bytes} of align {align} {count|one:fits|other:fit} after `{field}` for free.", {
      count,
      align,
      field: after,
    }),
  );
}

/** Which variants the enum's size is for; undefined where none has data. */
export function sizeSetterSentence(facts: ExactFacts, words: Words): readonly Inline[] | undefined {
  const names = sizeSetters(facts).map((variant) => variant.name);
  const [first, second] = names;
  if (first === undefined) return undefined;
  if (second === undefined) return sentence(words, msg("`{variant}` sets the size.", { variant: first }));
  if (names.length === 2) return sentence(words, msg("`{first}` and `{second}` set the size.", { first, second }));
  return sentence(words, msg("{count} variants set the size.", { count: names.length }));
}

/** `Boxing it: 1032 B → **24 B** (tag moves into `Text`'s niche).` */
export function boxingSentence(boxing: Boxing, { numbers, words }: Writing): readonly Inline[] {
  const [before, after] = [formatBytes(boxing.before, numbers), formatBytes(boxing.after, numbers)];
  const variant = boxing.tagMovesInto;
  if (variant === undefined) return sentence(words, msg("Boxing it: {before} → **{after}**.", { before, after }));
  return sentence(words, msg("Boxing it: {before} → **{after}** (tag moves into `{variant}`'s niche).", { before, after, variant }));
}

const SHOWN_ARGUMENTS = 120;

/** `With `T = u64`: 1032 B.` */
export function instanceSentence(written: string, size: bigint, { numbers, words }: Writing): readonly Inline[] {
  const shown = { arguments: truncate(written, SHOWN_ARGUMENTS), size: formatBytes(size, numbers) };
  return sentence(words, msg("With `{arguments}`: {size}.", shown));
}

const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const LONGEST_DECIMAL = 10_000_000_000n;

/** A count of niche values: decimal where that can be read, else by the nearest power of two: `2⁶³`, `2⁶³−1`. Always exact or `>`. */
export function spareText(count: bigint): Value {
  if (count <= 1024n) return `${count}`;
  const bits = count.toString(2).length;
  const nearest = [bits - 1, bits].map((exponent) => ({ exponent, rest: count - (1n << BigInt(exponent)) }));
  const close = nearest.find(({ rest }) => magnitude(rest) <= 1024n);
  if (close !== undefined) return powerText(close);
  if (count < LONGEST_DECIMAL) return `${count}`;
  const readable = nearest.find(({ rest }) => magnitude(rest) < LONGEST_DECIMAL);
  return readable === undefined ? msg("more than {power}", { power: powerText({ exponent: bits - 1, rest: 0n }) }) : powerText(readable);
}

function powerText({ exponent, rest }: { readonly exponent: number; readonly rest: bigint }): string {
  const power = `2${[...`${exponent}`].map((digit) => SUPERSCRIPTS[Number(digit)] ?? "").join("")}`;
  if (rest === 0n) return power;
  return rest < 0n ? `${power}−${-rest}` : `${power}+${rest}`;
}

function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value;
}

function joined({ words }: Writing, parts: readonly Part[]): readonly Inline[] {
  return parts.flatMap((part, i) => {
    const inlines = typeof part === "string" ? [text(part)] : sentence(words, part);
    return i === 0 ? inlines : [text(SEPARATOR), ...inlines];
  });
}
