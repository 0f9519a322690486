/** Markup: what hostile names become, how numbers are written, and how many spare values a niche has. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { english } from "../../server/src/base/words.ts";
import { spareText } from "../../server/src/ide/layout-text.ts";
import {
  code,
  codeSpan,
  escapeMarkdown,
  formatNumber,
  paragraph,
  prose,
  renderMarkdown,
  renderPlaintext,
  strong,
  text,
  truncate,
  visible,
} from "../../server/src/ide/markup.ts";

test("no text of a source can make emphasis, links, HTML, headings or lists", () => {
  assert.equal(
    escapeMarkdown("*a* _b_ [c](d) <b> `e` ~f~ a|b $x$ !i &amp;"),
    "\\*a\\* \\_b\\_ \\[c\\](d) \\<b\\> \\`e\\` \\~f\\~ a\\|b \\$x\\$ \\!i \\&amp;",
  );
  assert.equal(escapeMarkdown("# a"), "\\# a");
  assert.equal(escapeMarkdown("- a"), "\\- a");
  assert.equal(escapeMarkdown("1. a"), "1\\. a");
  assert.equal(escapeMarkdown("https://x.y www.x.y"), "https\\://x.y www\\.x.y");
  assert.equal(escapeMarkdown("x86_64-unknown 1.95.0"), "x86_64-unknown 1.95.0");
});

test("characters that hide, turn the line around or break it are written out", () => {
  assert.equal(visible("a\u202eb\u0000c\ufeff"), "a\\u{202e}b\\u{0}c\\u{feff}");
  assert.equal(visible("r#\u3164 \u2764\ufe0f"), "r#\\u{3164} \u2764\\u{fe0f}");
  assert.equal(visible("lone \ud800 half"), "lone \\u{d800} half");
  assert.equal(visible("whole 😀 über"), "whole 😀 über");
  assert.equal(visible("two\r\n\tlines"), "two lines");
  assert.equal(renderMarkdown([{ kind: "table", lines: ["a"] }, paragraph(code("x\ny"))]), "```text\na\n```\n`x y`");
});

test("code spans and fences are longer than the backticks inside", () => {
  assert.equal(codeSpan("T"), "`T`");
  assert.equal(codeSpan("Foo<'`'>"), "`` Foo<'`'> ``");
  assert.equal(renderMarkdown([{ kind: "table", lines: ["````"] }]), "`````text\n````\n`````");
});

test("prose keeps names in backticks as code and escapes the rest", () => {
  assert.equal(renderMarkdown([paragraph(...prose("`a::b` is *not* in `c`"))]), "`a::b` is \\*not\\* in `c`");
  assert.equal(renderMarkdown([paragraph(...prose("a lone ` stays"))]), "a lone \\` stays");
});

test("paragraphs are parted by a blank line, tables are not", () => {
  const markup = [paragraph(strong("A"), text(" b")), { kind: "table" as const, lines: ["t"] }, paragraph(text("c")), paragraph(text("d"))];
  assert.equal(renderMarkdown(markup), "**A** b\n```text\nt\n```\nc\n\nd");
  assert.equal(renderPlaintext(markup), "A b\n```text\nt\n```\nc\n\nd");
});

test("numbers are decimal, hexadecimal, or both from 10 on", () => {
  assert.deepEqual(
    (["decimal", "hexadecimal", "both"] as const).map((format) => [9n, 1032n].map((value) => formatNumber(value, format))),
    [
      ["9", "1032"],
      ["0x9", "0x408"],
      ["9", "1032 (0x408)"],
    ],
  );
});

test("truncating counts characters, not halves of them", () => {
  assert.equal(truncate("abcdef", 6), "abcdef");
  assert.equal(truncate("abcdef", 4), "abc…");
  assert.equal(truncate("😀😀😀", 2), "😀…");
});

test("counts of spare values are decimal up to 1024, then by powers of two, and always exact", () => {
  const counts: readonly (readonly [bigint, string])[] = [
    [1n, "1"],
    [254n, "254"],
    [1024n, "1024"],
    [1n << 63n, "2⁶³"],
    [(1n << 63n) - 1n, "2⁶³−1"],
    [(1n << 32n) + 3n, "2³²+3"],
    [(1n << 32n) - 0x110000n, "4293853184"],
    [(1n << 64n) - 0x110000n, "2⁶⁴−1114112"],
    [(1n << 127n) + (1n << 100n), "more than 2¹²⁷"],
  ];
  assert.deepEqual(
    counts.map(([count]) => english(spareText(count))),
    counts.map(([, shown]) => shown),
  );
});
