/**
 * Inlay hints: sizes on headers, padding after fields, the oversized variant.
 */
import { commands, workspace } from "vscode";
import { hintsOf, openSample, until } from "./editor.ts";
import { expectEqual } from "./expect.ts";

const ALL_HINTS = [
  "3: 64 B · 5 pad",
  "6: +5 pad",
  "12: 1032 B · 7 pad",
  "16: 1024 B",
  "21: 24 B · 10 pad",
  "22: +3 pad",
  "24: +7 pad",
  "28: 32 B",
];

export function inlayHintSuite(): void {
  suite("inlay hints", () => {
    test("headers, gaps and the largest variant are labelled", async () => {
      const document = await openSample();
      const hints = await until(
        () => hintsOf(document),
        (found) => found.length > 0,
      );
      expectEqual(hints, ALL_HINTS);
    });

    test("Toggle Hints takes them away and brings them back", async () => {
      const document = await openSample();
      const settings = () => workspace.getConfiguration("stowplan", document.uri);
      await commands.executeCommand("stowplan.toggleHints");
      expectEqual(settings().get("inlayHints.enable"), false);
      await until(
        () => hintsOf(document),
        (hints) => hints.length === 0,
      );
      await commands.executeCommand("stowplan.toggleHints");
      expectEqual(settings().get("inlayHints.enable"), true);
      await until(
        () => hintsOf(document),
        (hints) => hints.length === ALL_HINTS.length,
      );
    });
  });
}
