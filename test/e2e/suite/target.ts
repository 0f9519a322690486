/**
 * A change of `stowplan.target` changes every number without a restart.
 */
import { ConfigurationTarget, workspace } from "vscode";
import { hintsOf, hoverAt, openSample, placeOf, until } from "./editor.ts";

export function targetSuite(): void {
  suite("target", () => {
    test("i686 lays out Header in 20 bytes, and auto goes back to 24", async () => {
      const document = await openSample();
      const header = placeOf(document, "Header", "struct ");
      const setTarget = (target: string | undefined) =>
        workspace.getConfiguration("stowplan", document.uri).update("target", target, ConfigurationTarget.Workspace);
      await setTarget("i686-unknown-linux-gnu");
      await until(
        () => hoverAt(document, header),
        (text) => text.includes("**Layout** 20 B") && text.includes("i686-unknown-linux-gnu"),
      );
      await until(
        () => hintsOf(document),
        (hints) => hints.includes("21: 20 B · 6 pad"),
      );
      await setTarget(undefined);
      await until(
        () => hoverAt(document, header),
        (text) => text.includes("**Layout** 24 B"),
      );
    });
  });
}
