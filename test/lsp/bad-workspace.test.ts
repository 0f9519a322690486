/**
 * Workspaces that are broken in some way, asked by hover, hints and report over the built bundles, as a user without any privilege:
 * what depends on the broken part is unknown with the true reason, everything else of the crate is answered.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import type { Answers, BadWorkspace } from "./bad-workspaces.ts";
import { BAD_WORKSPACES } from "./bad-workspaces.ts";
import type { Session } from "./client.ts";
import { at, endSession, list, startSession, text } from "./client.ts";
import { TestDocument } from "./document.ts";
import { Stage } from "./unprivileged.ts";

let stage: Stage;
let session: Session;

before(async () => {
  stage = new Stage();
  session = await startSession(stage.server({ STOWPLAN_CACHE: "off" }));
});
after(async () => {
  await endSession(session);
  stage.remove();
});

/** Writes the workspace; a lone surrogate `\udcXX` in a name is the byte XX, which no text is. */
function write(root: string, { files, modes = {} }: BadWorkspace): void {
  for (const [name, content] of Object.entries(files)) {
    const path = bytesOf(join(root, name));
    mkdirSync(bytesOf(dirname(join(root, name))), { recursive: true });
    if (typeof content === "string" || content instanceof Buffer) writeFileSync(path, content);
    else if ("link" in content) symlinkSync(content.link, path);
    else mkdirSync(path);
  }
  for (const [name, mode] of Object.entries(modes)) chmodSync(join(root, name), mode);
}

function bytesOf(path: string): Buffer {
  const parts = path.split(/([\udc80-\udcff])/);
  return Buffer.concat(
    parts.map((part) => (/^[\udc80-\udcff]$/.test(part) ? Buffer.from([part.charCodeAt(0) & 0xff]) : Buffer.from(part))),
  );
}

function sourceOf({ files, folder }: BadWorkspace): string {
  const content = files[folder === undefined ? "src/lib.rs" : `${folder}/src/lib.rs`];
  assert.ok(typeof content === "string");
  return content.replace(/^\ufeff/, "");
}

async function checkEditor(folder: string, source: string, answers: Answers): Promise<void> {
  const document = new TestDocument(session.client, pathToFileURL(join(folder, "src/lib.rs")).href, source);
  for (const [name, expected] of Object.entries(answers)) {
    const shown = await document.hoverText(name, "struct ");
    assert.match(shown, typeof expected === "number" ? new RegExp(`^\\*\\*Layout\\*\\* ${expected} B`) : /^Size unknown: /, name);
    if (expected instanceof RegExp) assert.match(shown, expected, name);
  }
  assert.ok((await document.hints()).some((hint) => hint.endsWith(": 8 B · 3 pad")));
  document.close();
}

function checkReport(folder: string, { answers, refused, noted }: BadWorkspace): void {
  const env = { ...process.env, STOWPLAN_CACHE: "off" };
  const command = [stage.script("cli.cjs"), "report", folder, "--format", "json"];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { encoding: "utf8", env });
  assert.match(stderr, refused ?? noted ?? /^/);
  if (refused !== undefined && stdout === "") assert.equal(status, 2);
  if (refused !== undefined) return;
  assert.equal(status, 0, stderr);
  const reports = at(JSON.parse(stdout), "reports");
  const types = (reports === undefined ? [JSON.parse(stdout)] : list(reports)).flatMap((report) => list(at(report, "types")));
  for (const [name, expected] of Object.entries(answers)) {
    const type = types.find((it) => at(it, "name") === name);
    if (typeof expected === "number") assert.equal(at(type, "size"), expected, name);
    else assert.match(text(at(type, "reason")), expected, name);
  }
}

async function check(folder: string, workspace: BadWorkspace, withReport: boolean): Promise<void> {
  await checkEditor(folder, sourceOf(workspace), workspace.answers);
  if (withReport || workspace.noted !== undefined || workspace.refused !== undefined) checkReport(folder, workspace);
}

for (const [what, workspaces] of BAD_WORKSPACES) {
  describe(what, () => {
    for (const [index, workspace] of workspaces.entries()) {
      test(workspace.name, async () => {
        const root = join(stage.folder, `${what.replace(/\W/g, "")}-${index}`);
        write(root, workspace);
        try {
          // A report of each would take long: both say what the same analysis finds.
          const isLast = index === workspaces.length - 1;
          await check(join(root, workspace.folder ?? ""), workspace, isLast);
        } finally {
          for (const name of Object.keys(workspace.modes ?? {}).toReversed()) chmodSync(join(root, name), 0o755);
        }
      });
    }
  });
}
