import type { Browser, BrowserContext } from 'playwright-core';
import { watchLongTasks } from '../support/long-tasks.ts';
import { tasksDuring, untilQuiet } from '../support/tasks.ts';

/** What a dashboard cost from the call of its address until it was quiet. */
export interface Cost {
  /** Sum of the tasks over 50 ms as the browser counts them, milliseconds. */
  readonly longTasks: number;
  /** What the main thread computed in tasks over 50 ms; other programs on the machine do not add to it. */
  readonly computed: number;
  /** Elements of the document. */
  readonly nodes: number;
}

const LONG = 50;

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

/** Opens the address in a tab of its own, waits until `drawn` is there and nothing more happens, and adds up. */
export async function visit(
  browser: Browser,
  context: BrowserContext,
  url: string,
  drawn: string,
): Promise<Cost> {
  const page = await context.newPage();
  try {
    await page.addInitScript(watchLongTasks);
    const tasks = await tasksDuring(browser, page, async () => {
      await page.goto(url);
      await page.locator(drawn).first().waitFor({ state: 'attached', timeout: 60_000 });
      await page.waitForTimeout(500);
      await untilQuiet(page);
    });
    return {
      longTasks: sum(tasks.filter(({ wall }) => wall > LONG).map(({ wall }) => wall)),
      computed: sum(tasks.filter(({ computed }) => computed > LONG).map(({ computed }) => computed)),
      nodes: await page.evaluate(() => document.querySelectorAll('*').length),
    };
  } finally {
    await page.close();
  }
}
