import fs from 'node:fs';
import path from 'node:path';
import { fileProblem } from '../storage/file-problem.ts';
import { readHistory } from '../storage/history-reader.ts';
import { foldAscii } from '../../protocol/wire/name.ts';
import { historyJson, historyText } from './history-lines.ts';

/** What `browse --history` is asked for. */
export interface HistoryRequest {
  /** The app's data folder. */
  readonly dataFolder: string;
  /** The domains that are wanted; all, if none is named. */
  readonly names: readonly string[];
  readonly sinceMs: number;
  readonly nowMs: number;
  readonly isJson: boolean;
}

/** Where lines go. */
export interface HistoryOutput {
  readonly line: (text: string) => void;
  readonly problem: (text: string) => void;
}

/**
 * Prints what appeared, changed and left while the app was watching, the oldest first; the exit status: 1 where there is no
 * history to read.
 */
export async function tellHistory(
  request: HistoryRequest,
  { line, problem }: HistoryOutput,
): Promise<number> {
  const { dataFolder, names, sinceMs, nowMs, isJson } = request;
  const folder = path.join(dataFolder, 'history');
  if (!fs.existsSync(folder)) {
    problem(
      `There is no history in ${dataFolder}: the app keeps one there once it has watched a domain. --data names another folder.`,
    );
    return 1;
  }
  const wanted = new Set(names.map(folded));
  const wants = (domain: string): boolean => wanted.size === 0 || wanted.has(folded(domain));
  const tell = isJson ? historyJson : historyText;
  let unreadable = 0;
  try {
    for await (const entry of readHistory(folder, { sinceMs, nowMs, wants }, () => (unreadable += 1)))
      line(tell(entry));
  } catch (error) {
    problem(`The history in ${folder} cannot be read: ${fileProblem(error)}.`);
    return 1;
  }
  if (unreadable > 0)
    problem(
      `${unreadable === 1 ? 'One line' : `${unreadable} lines`} of the history could not be read, and is left out.`,
    );
  return 0;
}

function folded(name: string): string {
  return foldAscii(name.replace(/\.$/, ''));
}
