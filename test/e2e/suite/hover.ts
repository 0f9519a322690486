/**
 * Hovers on definitions, fields, variants and uses.
 */
import { hoverAt, openSample, placeOf } from "./editor.ts";
import { expectContains } from "./expect.ts";

export function hoverSuite(): void {
  suite("hover", () => {
    test("a struct shows its size and its fields in memory order", async () => {
      const document = await openSample();
      const text = await hoverAt(document, placeOf(document, "Session", "struct "));
      expectContains(text, "**Layout** 64 B · align 8 · 5 B padding (8 %)");
      expectContains(text, "      0    24  name: String", "     41    17  peer: Option<IpAddr>", "     59     5  (padding)");
      expectContains(text, "x86_64-unknown-linux-gnu");
    });

    test("a definition is drawn, with the same in words", async () => {
      const document = await openSample();
      const text = await hoverAt(document, placeOf(document, "Header", "struct "));
      expectContains(text, "![24 bytes: kind 0, padding 1–3, len 4–7, flags 8, padding 9–15, ts 16–23](data:image/svg+xml,");
    });

    test("an enum shows its tag, its variants and what boxing would give", async () => {
      const document = await openSample();
      const text = await hoverAt(document, placeOf(document, "Message", "enum "));
      expectContains(text, "**Layout** 1032 B · align 8 · tag 1 B at offset 0 (values 0–4)");
      expectContains(text, " Blob         1025       7", "1032 B → **24 B**");
    });

    test("a field shows its offset and the gap after it", async () => {
      const document = await openSample();
      const text = await hoverAt(document, placeOf(document, "kind", "    "));
      expectContains(text, "**Layout** offset 0 · 1 B · align 1", "then 3 B padding");
    });

    test("a variant shows its share of the enum", async () => {
      const document = await openSample();
      expectContains(await hoverAt(document, placeOf(document, "Move", "    ")), "**Layout** 12 of 1032 B · x at 4, y at 8");
    });

    test("a use of a type shows one line", async () => {
      const document = await openSample();
      expectContains(await hoverAt(document, placeOf(document, "Header", "header: ")), "24 B · align 8 · 10 B padding");
      expectContains(await hoverAt(document, placeOf(document, "Option", "last: ")), "8 B · align 8");
    });
  });
}
