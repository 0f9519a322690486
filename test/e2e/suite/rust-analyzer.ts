/**
 * Beside rust-analyzer, whose setting the neighbour contributes here: its line about layouts is hidden on a click, and never before.
 */
import { commands, workspace } from "vscode";
import { hoverAt, openSample, placeOf, until } from "./editor.ts";
import { expectContains, expectEqual } from "./expect.ts";

const SETTING = "rust-analyzer.hover.memoryLayout.enable";

export function rustAnalyzerSuite(): void {
  suite("beside rust-analyzer", () => {
    test("a footer offers to hide its line; the command does, and the offer is gone", async () => {
      const document = await openSample();
      const link = "[Hide rust-analyzer's layout line](command:stowplan.hideRustAnalyzersLayoutLine)";
      const hover = (): Promise<string> => hoverAt(document, placeOf(document, "Session", "struct "));
      expectContains(await until(hover, (text) => text.includes("**Layout**")), link);
      expectEqual((await hoverAt(document, placeOf(document, "Header", "header: "))).includes(link), false);
      expectEqual(workspace.getConfiguration().get(SETTING), true);
      await commands.executeCommand("stowplan.hideRustAnalyzersLayoutLine");
      expectEqual(workspace.getConfiguration().get(SETTING), false);
      expectEqual((await hover()).includes(link), false);
    });
  });
}
