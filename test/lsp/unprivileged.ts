/**
 * The built bundles, copied to a folder that everybody may read, and run as a user without privileges whoever runs the tests: to root no
 * file is closed.
 */
import { chmodSync, cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Wire } from "./wire.ts";
import { processWire } from "./wire.ts";

const NOBODY = 65534;

export class Stage {
  readonly folder = mkdtempSync(join(tmpdir(), "stowplan-stage-"));

  constructor() {
    chmodSync(this.folder, 0o755);
    cpSync("dist", join(this.folder, "dist"), { recursive: true });
  }

  /** A script that runs a bundle (`cli.cjs`). */
  script(bundle: string): string {
    const script = join(this.folder, `run-${bundle}`);
    const drop = process.getuid?.() === 0 ? `process.setgroups([]); process.setgid(${NOBODY}); process.setuid(${NOBODY});` : "";
    writeFileSync(script, `${drop} require(${JSON.stringify(join(this.folder, "dist", bundle))});\n`);
    return script;
  }

  /** A language server. */
  server(environment: Readonly<Record<string, string>>): Wire {
    return processWire([this.script("server.cjs"), "--stdio"], environment);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
