/**
 * Silence where clippy speaks: a hint about an oversized variant is left out where `clippy::large_enum_variant` is reported on the
 * same lines.
 *
 * Invariant: only what is shown is changed; the quick fix on the variant stays. Diagnostics are asked for again when clippy's change.
 */
import type { Diagnostic, Disposable, TextDocument, Uri } from "vscode";
import { languages, workspace } from "vscode";
import type { BaseLanguageClient, DiagnosticProviderMiddleware } from "vscode-languageclient";
import { DocumentDiagnosticRequest, vsdiag } from "vscode-languageclient";

const LINT = "large_enum_variant";
const CODE = "oversized-variant";

/** Takes hints out of the server's answers where clippy reports the same. */
export const silentBesideClippy: DiagnosticProviderMiddleware = {
  provideDiagnostics: async (document, previousResultId, token, next) => {
    const report = await next(document, previousResultId, token);
    if (report === null || report === undefined || report.kind !== vsdiag.DocumentDiagnosticReportKind.full) return report;
    const clippy = clippyRanges("uri" in document ? document.uri : document);
    return { ...report, items: report.items.filter((item) => codeOf(item) !== CODE || !clippy.some((lint) => touches(lint, item))) };
  },
};

/** Asks for the diagnostics of a document again when clippy's reports on it change. */
export function watchClippy(client: BaseLanguageClient): Disposable {
  const seen = new Map<string, string>();
  return languages.onDidChangeDiagnostics(({ uris }) => {
    for (const uri of uris) {
      const now = clippyRanges(uri)
        .map((lint) => lint.range.start.line)
        .join();
      if ((seen.get(uri.toString()) ?? "") === now) continue;
      seen.set(uri.toString(), now);
      const document = workspace.textDocuments.find((open) => open.uri.toString() === uri.toString());
      if (document !== undefined) askAgain(client, document);
    }
  });
}

function askAgain(client: BaseLanguageClient, document: TextDocument): void {
  client.getFeature(DocumentDiagnosticRequest.method)?.getProvider(document)?.onDidChangeDiagnosticsEmitter.fire();
}

function clippyRanges(uri: Uri): readonly Diagnostic[] {
  return languages.getDiagnostics(uri).filter((diagnostic) => diagnostic.source !== "stowplan" && codeOf(diagnostic).endsWith(LINT));
}

function codeOf({ code }: Diagnostic): string {
  return String(typeof code === "object" ? code.value : code);
}

/** Clippy reports on the whole enum or on the variant. */
function touches(lint: Diagnostic, own: Diagnostic): boolean {
  const covers = lint.range.start.line <= own.range.start.line && own.range.start.line <= lint.range.end.line;
  return covers || lint.relatedInformation?.some(({ location }) => location.range.contains(own.range)) === true;
}
