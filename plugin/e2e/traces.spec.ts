import { APP } from './support/app';
import { barriersIn } from './support/axe';
import { expect, test } from './support/test';

const TRACES = `${APP}/traces`;

test('the traces page tells how fast the platform answers, by route', async ({ page }) => {
  await page.goto(TRACES);
  await expect(page.getByText(/^[\d.,]+ req\/s$/)).toBeVisible();
  for (const title of ['Requests', 'Failed requests', 'Duration, p95']) {
    const chart = page.getByTestId(`data-testid Panel header ${title}`);
    await expect(chart.locator('canvas').first()).toBeVisible();
  }
  const routes = page.getByRole('table', { name: 'Routes' });
  await expect(routes.getByRole('row').nth(1)).toContainText(/(GET|POST|PUT|DELETE) /);
});

test('the slowest traces are there, each with the way to its waterfall', async ({ page }) => {
  await page.goto(TRACES);
  const traces = page.getByRole('table', { name: 'Traces', exact: true });
  await expect(traces.getByRole('row').nth(1)).toBeVisible();
  await expect(page.getByText(/^source: (buffer of the exporter|Jaeger)/)).toBeVisible();
  await traces.getByRole('link', { name: 'Waterfall' }).first().click();
  await expect(page).toHaveURL(/\/traces\/[\da-f]{16,32}/);
});

test('a kept trace is a mark on the chart of durations, and a way to it', async ({ page }) => {
  await page.goto(`${TRACES}?refresh=off`);
  const chart = page.getByTestId('data-testid Panel header Duration, p95');
  // Marks of requests at one time lie over each other: whichever is on top will do.
  await chart.getByTestId('data-testid Exemplar marker').first().click({ force: true });
  await expect(page.getByRole('link', { name: 'Open the trace' })).toHaveAttribute(
    'href',
    /\/traces\/[\da-f]{32}$/,
  );
});

test('one route is looked at alone, in the address', async ({ page }) => {
  await page.goto(TRACES);
  const route = page.getByRole('table', { name: 'Routes' }).getByRole('button', { name: /^GET / }).first();
  const name = await route.innerText();
  await route.click();
  await expect(page).toHaveURL(/[?&]operation=GET/);
  await expect(page.getByRole('button', { name, exact: true, pressed: true })).toBeVisible();
});

test('collectors are told apart by their spans', async ({ page }) => {
  await page.goto(`${TRACES}?by=collectors`);
  await expect(page.getByRole('table', { name: 'Collectors' }).getByRole('row').nth(1)).toContainText(
    'collect ',
  );
});

test('an empty list names the filter that empties it', async ({ page }) => {
  await page.goto(`${TRACES}?correlation=nobody-ever-had-this`);
  await expect(page.getByRole('heading', { name: 'No trace of this range fits the filter' })).toBeVisible();
  await page.getByRole('button', { name: /^Without: correlation/ }).click();
  await expect(page.getByRole('table', { name: 'Traces', exact: true })).toBeVisible();
});

for (const theme of ['dark', 'light']) {
  test(`the traces can be read by everybody in the ${theme} theme`, async ({ page }) => {
    await page.goto(`${TRACES}?refresh=off&theme=${theme}`);
    await expect(page.getByRole('table', { name: 'Traces', exact: true })).toBeVisible();
    await expect(page.locator('main canvas').first()).toBeVisible();
    expect(await barriersIn(page, 'main')).toEqual([]);
  });
}
