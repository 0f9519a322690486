/**
 * Documents that are no files of the disk: a crate in a file system that only the editor knows, a document that has never been
 * saved, an older state as git shows it. Every extension host answers for them.
 */
import type { FileChangeEvent, FileStat, FileSystemProvider } from "vscode";
import { EventEmitter, FileChangeType, FileSystemError, FileType, Uri, workspace } from "vscode";
import { hintsOf, hoverAt, openSample, placeOf, until } from "./editor.ts";

const SCHEME = "stowplan-memory";
const ROOT = Uri.parse(`${SCHEME}://github/owner/my repo`);

const MANIFEST = '[package]\nname = "pod"\nedition = "2021"\n[features]\nwide = []\n';
const LIBRARY = "mod part;\npub struct Whole { a: u8, part: part::Part }\n";

/** Folders and texts by URI, changed and read only. */
class MemoryFiles implements FileSystemProvider {
  readonly #texts = new Map<string, string>();
  readonly #changes = new EventEmitter<FileChangeEvent[]>();
  readonly onDidChangeFile = this.#changes.event;

  /** Writes a file, which those who watch are told. */
  write(name: string, content: string): Uri {
    const uri = Uri.joinPath(ROOT, name);
    const type = this.#texts.has(uri.toString()) ? FileChangeType.Changed : FileChangeType.Created;
    this.#texts.set(uri.toString(), content);
    this.#changes.fire([{ type, uri }]);
    return uri;
  }

  watch(): { dispose(): void } {
    return { dispose: () => undefined };
  }

  stat(uri: Uri): FileStat {
    const times = { ctime: 0, mtime: Date.now() };
    const text = this.#texts.get(uri.toString());
    if (text !== undefined) return { ...times, type: FileType.File, size: text.length };
    if (this.#namesIn(uri).size === 0) throw FileSystemError.FileNotFound(uri);
    return { ...times, type: FileType.Directory, size: 0 };
  }

  readDirectory(uri: Uri): [string, FileType][] {
    return [...this.#namesIn(uri)].map(([name, isFile]) => [name, isFile ? FileType.File : FileType.Directory]);
  }

  readFile(uri: Uri): Uint8Array {
    const text = this.#texts.get(uri.toString());
    if (text === undefined) throw FileSystemError.FileNotFound(uri);
    return new TextEncoder().encode(text);
  }

  createDirectory(uri: Uri): void {
    throw FileSystemError.NoPermissions(uri);
  }

  writeFile(uri: Uri): void {
    throw FileSystemError.NoPermissions(uri);
  }

  delete(uri: Uri): void {
    throw FileSystemError.NoPermissions(uri);
  }

  rename(uri: Uri): void {
    throw FileSystemError.NoPermissions(uri);
  }

  /** What stands in a folder, and whether it is a file. */
  #namesIn(folder: Uri): ReadonlyMap<string, boolean> {
    const prefix = `${folder.toString().replace(/\/$/, "")}/`;
    const below = [...this.#texts.keys()].filter((path) => path.startsWith(prefix)).map((path) => path.slice(prefix.length).split("/"));
    return new Map(below.map(([name = "", ...rest]) => [decodeURIComponent(name), rest.length === 0]));
  }
}

export function documentSuite(): void {
  suite("documents", () => {
    const files = new MemoryFiles();
    const registration = workspace.registerFileSystemProvider(SCHEME, files, { isReadonly: true });
    suiteTeardown(() => registration.dispose());

    test("a crate in a virtual file system is answered, other modules too", async () => {
      await openSample();
      files.write("Cargo.toml", MANIFEST);
      files.write("src/part.rs", "pub struct Part { b: u64, c: u8 }\n");
      const library = await workspace.openTextDocument(files.write("src/lib.rs", LIBRARY));
      await until(
        () => hoverAt(library, placeOf(library, "Whole")),
        (text) => text.includes("**Layout** 24 B · align 8"),
      );
      await until(
        () => hintsOf(library),
        (hints) => hints.includes("2: 24 B · 7 pad"),
      );
    });

    test("cargo's configuration is followed when it comes and goes", async () => {
      const document = await openSample();
      const folder = workspace.getWorkspaceFolder(document.uri)?.uri;
      if (folder === undefined) throw new Error("the sample is in no folder");
      const header = placeOf(document, "Header", "struct ");
      const hoverHas = (size: string): Promise<string> =>
        until(
          () => hoverAt(document, header),
          (text) => text.includes(`**Layout** ${size}`),
        );
      const config = Uri.joinPath(folder, ".cargo/config.toml");
      await workspace.fs.writeFile(config, new TextEncoder().encode('[build]\ntarget = "i686-unknown-linux-gnu"\n'));
      await hoverHas("20 B");
      await workspace.fs.delete(config);
      await hoverHas("24 B");
    });

    test("an older state of a file, as git shows it, is answered", async () => {
      const registered = workspace.registerTextDocumentContentProvider("stowplan-git", {
        provideTextDocumentContent: () => "pub struct Old(u16, u8);\n",
      });
      const uri = Uri.parse("stowplan-git:/ws/src/lib.rs").with({ query: JSON.stringify({ path: "/ws/src/lib.rs", ref: "~" }) });
      const document = await workspace.openTextDocument(uri);
      await until(
        () => hoverAt(document, placeOf(document, "Old")),
        (text) => text.includes("**Layout** 4 B · align 2"),
      );
      registered.dispose();
    });
  });
}
