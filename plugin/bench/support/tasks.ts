import type { Browser, Page } from 'playwright-core';

/** A task of the page's main thread, milliseconds. */
export interface Task {
  /** From its start to its end, as the browser's own long tasks count. */
  readonly wall: number;
  /** What the thread computed in it: other programs on the machine do not add to it. */
  readonly computed: number;
}

interface TraceEvent {
  readonly name: string;
  readonly cat: string;
  readonly pid: number;
  readonly tid: number;
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

const CATEGORY = 'disabled-by-default-devtools.timeline';

function isTrace(value: unknown): value is { readonly traceEvents: readonly TraceEvent[] } {
  return typeof value === 'object' && value !== null && 'traceEvents' in value;
}

/** The tasks of a trace's main threads, those of a millisecond and more. */
function tasksOf(trace: Buffer): Task[] {
  const document: unknown = JSON.parse(trace.toString());
  if (!isTrace(document)) throw new Error('Chromium wrote a trace without events');
  const { traceEvents } = document;
  const mains = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid} ${tid}`),
  );
  return traceEvents
    .filter(({ name, cat, pid, tid }) => name === 'RunTask' && cat === CATEGORY && mains.has(`${pid} ${tid}`))
    .map(({ dur = 0, tdur = 0 }) => ({ wall: dur / 1000, computed: tdur / 1000 }))
    .filter(({ wall }) => wall >= 1);
}

/** The tasks of the page while `act` runs. One at a time: Chromium traces one page. */
export async function tasksDuring(
  browser: Browser,
  page: Page,
  act: () => Promise<unknown>,
): Promise<Task[]> {
  await browser.startTracing(page, { categories: [CATEGORY] });
  try {
    await act();
  } catch (error) {
    await browser.stopTracing();
    throw error;
  }
  return tasksOf(await browser.stopTracing());
}

/** Waits until the page has computed nothing for a while. */
export async function untilQuiet(page: Page): Promise<void> {
  await page.waitForFunction(
    () => {
      const [last] = window.longTasks.slice(-1);
      return performance.now() - (last === undefined ? 0 : last.start + last.duration) > 2000;
    },
    undefined,
    { timeout: 120_000, polling: 200 },
  );
}
