/**
 * The quick fix "box this variant": offered with true figures, applied, seen in the next hover, undone.
 */
import { commands, languages, workspace } from "vscode";
import { actionsAt, hoverAt, openSample, placeOf, until } from "./editor.ts";
import { expectContains, expectEqual } from "./expect.ts";

export function codeActionSuite(): void {
  suite("code action", () => {
    test("an oversized variant is reported as a hint", async () => {
      const document = await openSample();
      const found = await until(
        async () => languages.getDiagnostics(document.uri).filter((diagnostic) => diagnostic.source === "stowplan"),
        (diagnostics) => diagnostics.length > 0,
      );
      expectEqual(found.length, 1);
      expectContains(found[0]?.message ?? "", "Blob is 1024 B", "Message is 1032 B, 24 B if boxed");
      expectEqual(found[0]?.range.start.line, 15);
    });

    test("boxing the variant can be applied and undone", async () => {
      const document = await openSample();
      const before = document.getText();
      const actions = await actionsAt(document, placeOf(document, "Blob"));
      const box = actions.find((action) => action.title.startsWith("Box `Blob` payload"));
      expectContains(box?.title ?? actions.map((action) => action.title).join("; "), "(Message: 1032 B → 24 B");
      if (box?.edit === undefined) throw new Error("the action has no edit");
      expectEqual(await workspace.applyEdit(box.edit), true);
      expectContains(document.getText(), "Blob(Box<[u8; 1024]>)");
      await until(
        () => hoverAt(document, placeOf(document, "Message", "enum ")),
        (text) => text.includes("**Layout** 24 B"),
      );
      await commands.executeCommand("undo");
      expectEqual(document.getText(), before);
      await until(
        () => hoverAt(document, placeOf(document, "Message", "enum ")),
        (text) => text.includes("**Layout** 1032 B"),
      );
    });
  });
}
