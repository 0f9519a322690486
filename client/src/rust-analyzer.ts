/**
 * Beside rust-analyzer: its hover has a line about size and alignment too. Once it is offered to hide that line; a click does it.
 *
 * Invariant: rust-analyzer's settings are written by the command only, never silently.
 */
import type { Hover, Memento } from "vscode";
import { ConfigurationTarget, l10n, MarkdownString, window, workspace } from "vscode";

const SECTION = "rust-analyzer.hover.memoryLayout";
const SETTING = `${SECTION}.enable`;
const OFFERED = "hidingRustAnalyzersLayoutLine.offered";

/** The id of `hideRustAnalyzersLayoutLine`. */
export const HIDE_COMMAND = "stowplan.hideRustAnalyzersLayoutLine";

/** Switches rust-analyzer's line off, at the level where the setting stands now (the user's where it stands nowhere). */
export async function hideRustAnalyzersLayoutLine(): Promise<void> {
  const where = workspace.getConfiguration().inspect<boolean>(SETTING);
  if (where?.defaultValue === undefined) {
    await window.showInformationMessage(l10n.t("rust-analyzer is not installed here."));
    return;
  }
  const level = where.workspaceValue === undefined ? ConfigurationTarget.Global : ConfigurationTarget.Workspace;
  await workspace.getConfiguration().update(SETTING, false, level);
}

/** The offer, as a link in the footer of definitions' hovers: in the first session that has rust-analyzer's line, and in no later one. */
export class HideOffer {
  readonly #memory: Memento;
  readonly #isOpen: boolean;

  constructor(memory: Memento) {
    this.#memory = memory;
    this.#isOpen = memory.get<boolean>(OFFERED) !== true;
  }

  /** Adds the link to a hover that ends with a footer of links. */
  addTo(hover: Hover | undefined): Hover | undefined {
    const footer = hover?.contents.at(-1);
    if (!this.#isOpen || !(footer instanceof MarkdownString) || !footer.value.includes("](command:") || !isLineShown()) return hover;
    footer.appendMarkdown(` · [${l10n.t("Hide rust-analyzer's layout line")}](command:${HIDE_COMMAND})`);
    void this.#memory.update(OFFERED, true);
    return hover;
  }
}

/** Without rust-analyzer nothing contributes the setting. */
function isLineShown(): boolean {
  return workspace.getConfiguration(SECTION).get<boolean>("enable") === true;
}
