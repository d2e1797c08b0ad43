import type { BrowserContext } from 'playwright-core';
import { watchLongTasks } from '../support/long-tasks.ts';
import { untilQuiet } from '../support/tasks.ts';

/** What a dashboard cost from the call of its address until it was quiet. */
export interface Cost {
  /** Sum of the tasks over 50 ms as the browser counts them, milliseconds. */
  readonly longTasks: number;
  /** Elements of the document. */
  readonly nodes: number;
}

/** Opens the address in a tab of its own, waits until `drawn` is there and nothing more happens, and adds up. */
export async function visit(context: BrowserContext, url: string, drawn: string): Promise<Cost> {
  const page = await context.newPage();
  try {
    await page.addInitScript(watchLongTasks);
    await page.goto(url);
    await page.locator(drawn).first().waitFor({ state: 'attached', timeout: 60_000 });
    await untilQuiet(page);
    return await page.evaluate(() => ({
      longTasks: window.longTasks.reduce((total, { duration }) => total + duration, 0),
      nodes: document.querySelectorAll('*').length,
    }));
  } finally {
    await page.close();
  }
}
