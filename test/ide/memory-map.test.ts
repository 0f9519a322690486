/** The picture of a type's bytes: every byte once, the same facts in words, small, escaped, and readable on light and dark grounds. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { ENGLISH } from "../../server/src/base/words.ts";
import { DEFAULT_HOVER } from "../../server/src/ide/config.ts";
import { hover } from "../../server/src/ide/hover.ts";
import type { ExactFacts } from "../../server/src/ide/layout-facts.ts";
import { definitionFacts } from "../../server/src/ide/layout-facts.ts";
import { renderMarkdown, renderPlaintext } from "../../server/src/ide/markup.ts";
import type { MemoryMap } from "../../server/src/ide/memory-map.ts";
import { memoryMap, memoryMapText } from "../../server/src/ide/memory-map.ts";
import { FIELD_COLOURS, MAX_DATA, memoryPicture, NEUTRAL } from "../../server/src/ide/memory-map-svg.ts";
import { scaleOf } from "../../server/src/ide/memory-scale.ts";
import { FILE } from "../support/fake-places.ts";
import { fakeSemantics } from "../support/fake-semantics.ts";
import type { FakeType } from "../support/fake-types.ts";
import { array, BOOL, enumeration, I32, REPR_C, STRING, struct, U8, U16, U32, U64, union } from "../support/fake-types.ts";

const ALL = { maxLanes: 1000, maxPieces: 1000 };
const HEADER = struct("Header", { kind: U8, len: U32, flags: U8, ts: U64 }, REPR_C);
const MESSAGE = enumeration("Message", { Ping: null, Text: [STRING], Move: { x: I32, y: I32 }, Blob: [array(U8, 1024n)], Ack: [U32] });

function factsOf(type: FakeType): ExactFacts {
  const sema = fakeSemantics(`${type.kind} ${type.text} {}`, [type]);
  const [definition] = sema.definitions(FILE);
  assert.ok(definition !== undefined);
  const facts = definitionFacts(sema, definition);
  assert.ok(facts.status === "exact");
  return facts;
}

function mapOf(type: FakeType, limits = ALL): MemoryMap {
  const map = memoryMap(factsOf(type), { ...limits, cacheLine: 64n, words: ENGLISH });
  assert.ok(map !== undefined);
  return map;
}

function pictureOf(type: FakeType): { readonly alt: string; readonly uri: string; readonly svg: string } {
  const picture = memoryPicture(factsOf(type), 64n, ENGLISH);
  assert.ok(picture !== undefined);
  return { ...picture, svg: decodeURIComponent(picture.uri.slice("data:image/svg+xml,".length)) };
}

/** Fails unless every element is closed in order and no attribute or text holds a raw `<` or `&`. */
function assertWellFormed(svg: string): void {
  const element = /<(\/?)([a-z]+)(?: [\w-]+='[^'<&]*')*(\/?)>/gi;
  const open: string[] = [];
  for (const [, closing, name, single] of svg.matchAll(element)) {
    if (closing === "/") assert.equal(open.pop(), name);
    else if (single === "") open.push(name ?? "");
  }
  assert.deepEqual(open, []);
  assert.doesNotMatch(svg.replace(element, "").replace(/&#\d+;/g, ""), /[<>&]/);
}

describe("a memory map", () => {
  test("of a struct has its fields and padding in memory order", () => {
    assert.deepEqual(
      mapOf(HEADER).lanes.map((lane) => lane.pieces.map((piece) => [piece.kind, piece.label, piece.offset, piece.size])),
      [
        [
          ["field", "kind", 0n, 1n],
          ["padding", "", 1n, 3n],
          ["field", "len", 4n, 4n],
          ["field", "flags", 8n, 1n],
          ["padding", "", 9n, 7n],
          ["field", "ts", 16n, 8n],
        ],
      ],
    );
  });

  test("says the same in words", () => {
    assert.equal(memoryMapText(mapOf(HEADER)), "24 bytes: kind 0, padding 1–3, len 4–7, flags 8, padding 9–15, ts 16–23");
    assert.equal(
      memoryMapText(mapOf(struct("Named", { name: STRING, b: BOOL }))),
      "32 bytes: name 0–23, b 24, padding 25–31, niche in 0–7",
    );
    assert.equal(
      memoryMapText(mapOf(MESSAGE)),
      "1032 bytes: Blob: tag 0, [u8; 1024] 1–1024, unused 1025–1031, niche in 0; " +
        "Text: tag 0, padding 1–7, String 8–31, unused 32–1031, niche in 0; Move: tag 0, padding 1–3, x 4–7, y 8–11, unused 12–1031, niche in 0; " +
        "Ack: tag 0, padding 1–3, u32 4–7, unused 8–1031, niche in 0; Ping: tag 0, unused 1–1031, niche in 0; cache lines of 64 bytes",
    );
    assert.equal(memoryMapText(mapOf(union("Bits", { f: U64, b: U8 }))), "8 bytes: f: u64 0–7; b: u8 0, unused 1–7");
  });

  test("counts what it leaves out", () => {
    const map = mapOf(MESSAGE, { maxLanes: 2, maxPieces: 3 });
    assert.equal(map.moreLanes, 3);
    assert.match(
      memoryMapText(map),
      /^1032 bytes: Blob: .*; Text: tag 0, padding 1–7, … 2 more 8–1031, niche in 0; 3 smaller; cache lines/,
    );
  });

  test("covers every byte of every lane once", () => {
    const fields = fc.array(fc.constantFrom(U8, U16, U32, U64, BOOL, STRING, array(U8, 7n)), { minLength: 1, maxLength: 9 });
    const named = (list: readonly FakeType[]): Record<string, FakeType> => Object.fromEntries(list.map((type, i) => [`f${i}`, type]));
    const anyType = fc.oneof(
      fc.tuple(fields, fc.boolean()).map(([list, ordered]) => struct("T", named(list), ordered ? REPR_C : undefined)),
      fields.map((list) => union("T", named(list))),
      fc
        .array(fields, { minLength: 1, maxLength: 4 })
        .map((lists) => enumeration("T", Object.fromEntries(lists.map((list, i) => [`V${i}`, list])))),
    );
    fc.assert(
      fc.property(anyType, fc.integer({ min: 1, max: 12 }), (type, maxPieces) => {
        const facts = factsOf(type);
        const map = memoryMap(facts, { maxLanes: 9, maxPieces, cacheLine: 64n, words: ENGLISH });
        for (const lane of map?.lanes ?? []) {
          let at = 0n;
          for (const piece of lane.pieces) {
            assert.equal(piece.offset, at);
            at += piece.size;
          }
          assert.equal(at, facts.size);
        }
      }),
    );
  });

  test("is not made where there is nothing to see", () => {
    for (const type of [struct("One", { a: U64 }), struct("None", {}), enumeration("Plain", { A: null, B: null })])
      assert.equal(memoryPicture(factsOf(type), 64n, ENGLISH), undefined);
  });
});

describe("a picture", () => {
  const longName = (i: number): string => `ü${"名前".repeat(30)}_${i}`;
  const many = (count: number, name: (i: number) => string): Record<string, FakeType> =>
    Object.fromEntries(Array.from({ length: count }, (_, i) => [name(i), i % 2 === 0 ? U8 : U64]));

  test("is well-formed, safe in Markdown and below 4 KB, however large the type", () => {
    const types = [
      HEADER,
      MESSAGE,
      struct("Fields", many(900, longName), REPR_C),
      struct(
        "Padded",
        many(60, (i) => `f${i}`),
        REPR_C,
      ),
      union("Union", many(50, longName)),
      enumeration("Variants", Object.fromEntries(Array.from({ length: 500 }, (_, i) => [longName(i), many(40, longName)]))),
      struct("Vast", { a: array(U8, 1n << 59n), b: U8, c: array(U64, 1n << 55n) }),
      struct("Lines", { a: array(U8, 100n), b: U64, c: array(U8, 300n), d: U8 }, REPR_C),
    ];
    for (const type of types) {
      const { uri, svg, alt } = pictureOf(type);
      assert.ok(uri.length <= MAX_DATA, `${type.text}: ${uri.length}`);
      assert.match(uri, /^data:image\/svg\+xml,[\w\-.~!*';:@&=+$,/?%]+$/);
      assertWellFormed(svg);
      assert.match(alt, /^\d+ bytes: /);
    }
  });

  test("holds no name unescaped", () => {
    const names = ["<script>alert(1)</script>", "a&b", "quo'te\"s", "x\u202ey\u0000", "\ud800", "\uffff", "](javascript:1)"];
    const { svg } = pictureOf(struct("Odd", Object.fromEntries(names.map((name) => [name, array(U8, 64n)])), REPR_C));
    assertWellFormed(svg);
    for (const bad of ["<script", "\u0000", "\u202e", "\uffff"]) assert.ok(!svg.includes(bad), bad);
    assert.match(svg, />&#60;scri…<.*>a&#38;b<.*>quo&#39;t…</);
  });

  test("marks a tag, hatches padding, frames the niche and draws cache lines and breaks", () => {
    const { svg } = pictureOf(MESSAGE);
    assert.match(svg, />#<\/text>/);
    assert.match(svg, /fill='url\(#h\)'/);
    assert.match(svg, /stroke-dasharray='3,2' fill='none'/);
    assert.match(svg, /<path stroke='#000' stroke-width='3'/);
    assert.match(pictureOf(struct("Two", { a: array(U8, 60n), b: U64 }, REPR_C)).svg, /stroke-dasharray='5,2'/);
  });

  test("writes names beside the niche's frame, not across its side, where there is room", () => {
    for (const [fields, isBeside] of [
      [{ name_that_is_rather_long: STRING, b: U64 }, true],
      [{ name_that_is_rather_long: STRING, b: array(U64, 40n) }, false],
    ] as const) {
      const { svg } = pictureOf(struct("Long", fields, REPR_C));
      const [, left, inner] = /fill='none' d='M([\d.]+),[\d.]+h([\d.]+)/.exec(svg) ?? [];
      const [, at] = /<text x='([\d.]+)'[^>]*>na/.exec(svg) ?? [];
      assert.equal(Number(at) > Number(left) + Number(inner), isBeside, svg);
    }
  });

  test("stands out from light and dark grounds, and its text from its surfaces", () => {
    for (const surface of [...FIELD_COLOURS, NEUTRAL]) {
      for (const ground of ["#ffffff", "#f8f8f8", "#f3f3f3", "#252526", "#202020", "#1f1f1f", "#0c141f", "#000000"])
        assert.ok(contrast(surface, ground) >= 3, `${surface} on ${ground}`);
      assert.ok(contrast("#ffffff", surface) >= 4.5, `text on ${surface}`);
    }
  });

  test("stands in a definition's hover, below the header, for clients that show pictures", () => {
    const source = "#[repr(C)] pub struct Header { kind: u8, len: u32, flags: u8, ts: u64 }";
    const sema = fakeSemantics(source, [HEADER]);
    const at = { file: FILE, offset: source.indexOf("Header") };
    const shown = hover(sema, at, { ...DEFAULT_HOVER, pictures: true });
    assert.match(
      renderMarkdown(shown?.markup ?? []),
      /^\*\*Layout\*\* .*\n\n!\[24 bytes: kind 0, .*\]\(data:image\/svg\+xml,\S+\)\n```text\n/,
    );
    const plain = hover(sema, at, DEFAULT_HOVER);
    assert.doesNotMatch(renderMarkdown(plain?.markup ?? []), /data:/);
    assert.equal(renderPlaintext(shown?.markup ?? []), renderPlaintext(plain?.markup ?? []));
  });
});

describe("a scale", () => {
  test("is true to size where that fits", () => {
    const scale = scaleOf([0n, 8n, 24n, 32n], 320, 7);
    assert.deepEqual(
      [0n, 8n, 24n, 32n].map((edge) => scale.at(edge)),
      [0, 80, 240, 320],
    );
    assert.deepEqual(scale.breaks, []);
  });

  test("shortens the longest stretches only, and says which", () => {
    const scale = scaleOf([0n, 1n, 1025n, 1032n], 400, 5);
    assert.deepEqual(scale.breaks, [{ start: 1n, end: 1025n }]);
    assert.ok(scale.at(1n) >= 5);
    assert.equal(scale.at(1032n), 400);
    assert.equal(Math.round(scale.at(1n) * 7), Math.round(400 - scale.at(1025n)));
  });
});

/** WCAG's contrast ratio of two colours. */
function contrast(one: string, other: string): number {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return ((high ?? 0) + 0.05) / ((low ?? 0) + 0.05);
}

function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0);
}
