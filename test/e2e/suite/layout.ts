/**
 * The commands about the type at the cursor: copied layouts, and targets side by side.
 */
import { commands, env, Selection, window, workspace } from "vscode";
import { openSample, placeOf, until } from "./editor.ts";
import { expectContains, expectEqual } from "./expect.ts";

export function layoutSuite(): void {
  suite("commands about a type", () => {
    test("Copy Layout as Markdown puts it into the clipboard", async () => {
      await selectHeader();
      await commands.executeCommand("stowplan.copyLayoutAsMarkdown");
      expectContains(await env.clipboard.readText(), "`Header`\n\n**Layout** 24 B · align 8 · 10 B padding (42 %)");
    });

    test("Compare Targets shows a column for each layout", async () => {
      await selectHeader();
      await commands.executeCommand("stowplan.compareTargets");
      const shown = await until(
        async () => workspace.textDocuments.find((document) => document.uri.scheme === "stowplan-targets")?.getText() ?? "",
        (text) => text !== "",
      );
      expectContains(shown, " A  24 B · align 8", "(in use)", " B  20 B · align 4", "    i686-unknown-linux-gnu");
      expectEqual(shown.startsWith("Header\n"), true);
    });
  });
}

async function selectHeader(): Promise<void> {
  const document = await openSample();
  const place = placeOf(document, "Header", "struct ");
  const editor = await window.showTextDocument(document);
  editor.selection = new Selection(place, place);
}
