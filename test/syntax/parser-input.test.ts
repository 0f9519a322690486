/** What the parser is given of a text: all of it, but where it would look for the end of a raw string again and again. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { parsedText, parserInput } from "../../server/src/syntax/parser-input.ts";

const HEAD = "struct S(u8); const A: &str = ";

test("behind a raw string that is never closed there are blanks, where thousands more begin", () => {
  const text = `${HEAD}${'r#"'.repeat(5000)}`;
  const parsed = parsedText(text);
  assert.equal(parsed, `${HEAD}r#"`.padEnd(text.length));
  assert.equal(parserInput(parsed)(HEAD.length).length, 5000);
});

test("behind a string that is never closed there are blanks, where much follows", () => {
  const long = 'x\\"\n'.repeat(50_000);
  const words = "x\\\n".repeat(50_000);
  for (const text of [`${HEAD}"${words}`, `fn f() { '"'; '\\"'; "\\\\"; } ${HEAD}r##"${words}`])
    assert.equal(parsedText(text), text.slice(0, text.length - words.length).padEnd(text.length));
  for (const text of [`${HEAD}"${long}`, `${HEAD}"${words}";`, `${HEAD}"${words}"`, `${HEAD}"a"; // "${words.replaceAll("\n", " ")}`])
    assert.ok(parsedText(text) === text, text.slice(0, 50));
});

test("other texts are parsed as they are", () => {
  const closed = Array.from({ length: 5000 }, () => 'r#"r#"#').join();
  const texts = [`${HEAD}r#"`, `${HEAD}${closed};`, `// ${'r#"'.repeat(5000)}`, `/* ${'r#"'.repeat(5000)} */`];
  for (const text of texts) assert.ok(parsedText(text) === text, text.slice(0, 50));
});
