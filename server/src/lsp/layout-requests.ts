/**
 * Answers to the commands that show or copy the layout of the type at a place.
 */

import type { Message } from "../base/message.ts";
import { isMessage, msg } from "../base/message.ts";
import type { FilePath } from "../base/path.ts";
import type { TargetFacts } from "../ide/compare-targets.ts";
import { compareTargets } from "../ide/compare-targets.ts";
import { renderMarkdown, renderUnfenced } from "../ide/markup.ts";
import type { LayoutParams, LayoutResult } from "../protocol.ts";
import type { FileAnswer, Projects } from "./projects.ts";

/** A place in a file, UTF-16, and what answers for it. */
export interface AnsweredPlace {
  readonly file: FilePath;
  readonly offset: number;
  readonly answer: FileAnswer;
}

/** The layout at a place as text to copy. */
export function copiedLayout({ file, offset, answer }: AnsweredPlace, format: LayoutParams["format"]): LayoutResult | undefined {
  const note = answer.analysis.layoutNote({ file, offset }, answer.config.hover);
  if (note === undefined) return undefined;
  const render = format === "markdown" ? renderMarkdown : renderUnfenced;
  return { name: note.name, text: `${render(note.markup)}\n` };
}

/** The type at a place on the target in use and on those it is to be compared with. */
export function comparedLayout({ file, offset, answer }: AnsweredPlace, projects: Projects): LayoutResult | undefined {
  const facts = answer.analysis.factsAt({ file, offset });
  if (facts === undefined) return undefined;
  const { name } = facts.subject;
  const inUse = answer.analysis.targetName;
  const others = [...new Set(answer.config.compareTargets)].filter((target) => target !== inUse);
  const all: readonly TargetFacts[] = [
    { target: inUse, isInUse: true, facts },
    ...others.map((target) => ({ target, isInUse: false, facts: factsOn(projects.forFileOn(file, target), { file, offset, name }) })),
  ];
  return { name, text: `${compareTargets(name, all, answer.config.hover).join("\n")}\n` };
}

function factsOn(
  answer: FileAnswer | Message,
  { file, offset, name }: { readonly file: FilePath; readonly offset: number; readonly name: string },
): TargetFacts["facts"] {
  if (isMessage(answer)) return answer;
  const facts = answer.analysis.factsAt({ file, offset });
  return facts === undefined || facts.subject.name !== name ? msg("not compiled for this target") : facts;
}
