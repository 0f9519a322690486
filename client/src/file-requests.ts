/**
 * Answers the server's questions about files through VS Code's file systems, so that documents of virtual file systems
 * (`vscode-vfs`, a browser's local folder) can be read where the server has no disk.
 *
 * Invariant: reads only; never throws: what cannot be read is said in the answer.
 */
import type { Disposable } from "vscode";
import { FileSystemError, FileType, l10n, Uri, workspace } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { RequestType } from "vscode-languageclient";
import type { FileParams, ReadDirectoryResult, ReadFileResult, StatResult } from "../../server/src/protocol.ts";
import { READ_DIRECTORY_REQUEST, READ_FILE_REQUEST, STAT_REQUEST } from "../../server/src/protocol.ts";

const readFileType = new RequestType<FileParams, ReadFileResult, void>(READ_FILE_REQUEST);
const readDirectoryType = new RequestType<FileParams, ReadDirectoryResult, void>(READ_DIRECTORY_REQUEST);
const statType = new RequestType<FileParams, StatResult, void>(STAT_REQUEST);

/** Registers the three answers; they are dropped when the disposables are. */
export function answerFileRequests(client: BaseLanguageClient): readonly Disposable[] {
  return [
    client.onRequest(readFileType, ({ uri }) => readFile(Uri.parse(uri))),
    client.onRequest(readDirectoryType, ({ uri }) => readDirectory(Uri.parse(uri))),
    client.onRequest(statType, ({ uri }) => stat(Uri.parse(uri))),
  ];
}

async function readFile(uri: Uri): Promise<ReadFileResult> {
  try {
    const bytes = await workspace.fs.readFile(uri);
    return { kind: "text", text: new TextDecoder("utf-8", { fatal: true }).decode(bytes) };
  } catch (error) {
    if (error instanceof FileSystemError)
      return error.code === "FileNotFound" ? { kind: "missing" } : { kind: "unreadable", reason: error.message };
    return { kind: "unreadable", reason: error instanceof TypeError ? l10n.t("not UTF-8") : String(error) };
  }
}

async function readDirectory(uri: Uri): Promise<ReadDirectoryResult> {
  try {
    const found = await workspace.fs.readDirectory(uri);
    const entries = found.flatMap(([name, type]) => {
      const kind = kindOf(type);
      return kind === null ? [] : [{ name, kind }];
    });
    return { entries };
  } catch {
    return { entries: null };
  }
}

async function stat(uri: Uri): Promise<StatResult> {
  try {
    return { kind: kindOf((await workspace.fs.stat(uri)).type) };
  } catch {
    return { kind: null };
  }
}

/** VS Code adds the bit `SymbolicLink` to the type of what the link points to. */
function kindOf(type: FileType): "file" | "directory" | null {
  if ((type & FileType.Directory) !== 0) return "directory";
  return (type & FileType.File) !== 0 ? "file" : null;
}
