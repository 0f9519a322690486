/** Sentences from messages: marks are the text's own, whatever stands in the gaps, and in whatever order a language has them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { isMessage, msg, sameMessage, verbatim } from "../../server/src/base/message.ts";
import { ENGLISH, english, inWords, wordsOf } from "../../server/src/base/words.ts";
import { paragraph, renderMarkdown, renderPlaintext } from "../../server/src/ide/markup.ts";
import { sentence } from "../../server/src/ide/sentence.ts";

const SETS = msg("`{variant}` sets the size.", { variant: "Blob" });

test("code and emphasis are read off the text, neighbours of a kind become one", () => {
  assert.deepEqual(sentence(ENGLISH, SETS), [
    { kind: "code", text: "Blob" },
    { kind: "text", text: " sets the size." },
  ]);
  assert.deepEqual(sentence(ENGLISH, msg("Boxing it: {before} → **{after}**.", { before: "9 B", after: "1 B" })), [
    { kind: "text", text: "Boxing it: 9 B → " },
    { kind: "strong", text: "1 B" },
    { kind: "text", text: "." },
  ]);
});

/** Names as no program has them, and as a hostile source could. */
const HOSTILE = [
  "a`b",
  "**bold**",
  "[x](https://evil.example)",
  "<b>",
  "{variant}",
  "{size|one:x}",
  "a\u202eb",
  "a\nb",
  "` **{variant}** `",
];

const GERMAN = wordsOf("de", {
  "`{variant}` sets the size.": "die Größe bestimmt `{variant}`, **wirklich**",
  "Size unknown: {reason}.": "Größe unbekannt: {reason}.",
  "`{name}` was not found": "`{name}` fehlt",
});

test("what stands in a gap opens and ends nothing, in any language", () => {
  for (const variant of HOSTILE) {
    for (const words of [ENGLISH, GERMAN]) {
      const inlines = sentence(words, msg("`{variant}` sets the size.", { variant }));
      assert.deepEqual(
        inlines.filter(({ kind }) => kind === "code"),
        [{ kind: "code", text: variant }],
      );
      assert.equal(inlines.filter(({ kind }) => kind === "strong").length, words === GERMAN ? 1 : 0);
    }
    const bare = sentence(ENGLISH, msg("Size unknown: {reason}.", { reason: variant }));
    assert.deepEqual(bare, [{ kind: "text", text: `Size unknown: ${variant}.` }]);
    assert.doesNotMatch(renderMarkdown([paragraph(...bare)]), /(?<!\\)[<[`*]|\u202e|\n/);
  }
});

test("a message in a gap is prose of the same language", () => {
  const reason = msg("`{name}` was not found", { name: "tokio" });
  const said = sentence(GERMAN, msg("Size unknown: {reason}.", { reason }));
  assert.equal(renderPlaintext([paragraph(...said)]), "Größe unbekannt: `tokio` fehlt.");
  assert.equal(inWords(GERMAN, msg("Size unknown: {reason}.", { reason })), "Größe unbekannt: `tokio` fehlt.");
  assert.equal(english(msg("Size unknown: {reason}.", { reason })), "Size unknown: `tokio` was not found.");
});

test("what a gap has words for is chosen by number, or by word", () => {
  const files = (count: bigint): string => english(msg("{count} {count|one:file|other:files}", { count }));
  assert.deepEqual([files(0n), files(1n), files(2n), files(1n << 90n)], ["0 files", "1 file", "2 files", `${1n << 90n} files`]);
});

/** Whether two types are the same. */
type Same<A, B> = [A, B] extends [B, A] ? true : false;

test("the types name every gap of a text", () => {
  type Wanted = Parameters<typeof msg<"{size} in {name|one:x|other:y}: {why}">>[1];
  const exact: Same<keyof Wanted, "size" | "name" | "why"> = true;
  const none: Same<Parameters<typeof msg<"no gaps">>["length"], 1> = true;
  assert.ok(exact && none);
});

test("messages are plain data, and compared by what they say", () => {
  const message = msg("`{name}` was not found: {reason}", { name: "a", reason: verbatim("no") });
  const copy: unknown = JSON.parse(JSON.stringify(message));
  assert.ok(isMessage(copy) && sameMessage(copy, message));
  assert.ok(!sameMessage(message, msg("`{name}` was not found: {reason}", { name: "a", reason: verbatim("yes") })));
  assert.ok(!sameMessage(message, undefined) && sameMessage(undefined, undefined));
  assert.equal(english(verbatim("{name}")), "{name}");
});
