/**
 * The quick fix "box this variant": offered with true figures, applied, seen in the next hover, undone.
 */
import { commands, Diagnostic, languages, Range, workspace } from "vscode";
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

    test("it is not reported where clippy reports the same", async () => {
      const document = await openSample();
      const own = async (): Promise<number> =>
        languages.getDiagnostics(document.uri).filter((diagnostic) => diagnostic.source === "stowplan").length;
      await until(own, (count) => count === 1);
      const clippy = languages.createDiagnosticCollection("clippy");
      const lint = new Diagnostic(new Range(11, 0, 17, 1), "large size difference between variants");
      Object.assign(lint, { source: "clippy", code: { value: "large_enum_variant", target: document.uri } });
      clippy.set(document.uri, [lint]);
      await until(own, (count) => count === 0);
      clippy.dispose();
      await until(own, (count) => count === 1);
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
