/**
 * The extension starts when a Rust document is opened, and registers its commands.
 */
import { commands, extensions } from "vscode";
import { openSample } from "./editor.ts";
import { expectEqual } from "./expect.ts";

export function activationSuite(): void {
  suite("activation", () => {
    test("opening a Rust document starts the extension and its server", async () => {
      await openSample();
      expectEqual(extensions.getExtension("stowplan.stowplan")?.isActive, true);
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
