/**
 * The extension starts when a Rust document is opened, and registers its commands.
 */
import { commands, extensions, window, workspace } from "vscode";
import { hoverAt, openSample, placeOf, until } from "./editor.ts";
import { expectEqual } from "./expect.ts";

export function activationSuite(): void {
  suite("activation", () => {
    test("nothing runs before a Rust document is opened; starting does not wait for the server", async () => {
      const extension = extensions.getExtension<{ readonly ready: Promise<void> }>("stowplan.stowplan");
      expectEqual(extension?.isActive, false);
      const api = await extension?.activate();
      expectEqual(await Promise.race([api?.ready.then(() => "server"), Promise.resolve("extension")]), "extension");
    });

    test("opening a Rust document starts the extension and its server", async () => {
      await openSample();
      expectEqual(extensions.getExtension("stowplan.stowplan")?.isActive, true);
    });

    test("an untitled document is answered", async () => {
      await openSample();
      const document = await workspace.openTextDocument({ language: "rust", content: "struct Fresh { name: String, closed: bool }\n" });
      await until(
        () => hoverAt(document, placeOf(document, "Fresh")),
        (text) => text.includes("**Layout** 32 B · align 8 · 7 B padding"),
      );
    });

    test("Restart Server starts one that answers, and leaves the output where it is", async () => {
      const document = await openSample();
      await commands.executeCommand("stowplan.showOutput");
      await until(
        () => Promise.resolve(shownOutputs()),
        (names) => names.some((name) => name.includes("Stowplan")),
      );
      const before = shownOutputs();
      await commands.executeCommand("stowplan.restartServer");
      await until(
        () => hoverAt(document, placeOf(document, "Header", "struct ")),
        (text) => text.includes("**Layout** 24 B"),
      );
      expectEqual(shownOutputs(), before);
      await commands.executeCommand("workbench.action.closePanel");
    });

    test("every contributed command is registered", async () => {
      const manifest: unknown = extensions.getExtension("stowplan.stowplan")?.packageJSON;
      const contributed = [...JSON.stringify(manifest).matchAll(/"command":"(stowplan\.\w+)"/g)].map((match) => match[1]);
      const registered = new Set(await commands.getCommands(true));
      expectEqual(contributed.length > 0, true);
      expectEqual(
        contributed.filter((id) => id === undefined || !registered.has(id)),
        [],
      );
    });
  });
}

/** What VS Code's output panel shows: an editor of its own kind. */
function shownOutputs(): readonly string[] {
  return window.visibleTextEditors.map(({ document }) => document.uri).flatMap((uri) => (uri.scheme === "output" ? [uri.path] : []));
}
