import type { Locator } from '@playwright/test';
import { dashboardPanels, dashboardUids } from './support/dashboards';
import { expect, test } from './support/test';

/** Tall enough for all panels at once: Grafana draws only those in sight. */
const VIEWPORT = { width: 1400, height: 6000 };

/** What a panel shows: its own words for "nothing", Grafana's, data, or nothing yet. */
async function shownBy(
  panel: Locator,
  noValue: string,
): Promise<'data' | 'own words' | 'No data' | 'nothing'> {
  const content = panel.getByTestId('data-testid panel content');
  const text = (await content.count()) === 0 ? '' : (await content.innerText()).trim();
  if (text.includes(noValue)) return 'own words';
  if (text === 'No data') return 'No data';
  const drawn = await content.locator('canvas, svg, [role="gridcell"]').count();
  return drawn > 0 || text !== '' ? 'data' : 'nothing';
}

for (const uid of dashboardUids()) {
  test(`every panel of ${uid} shows data, or says what it needs`, async ({
    page,
    request,
    gotoDashboardPage,
  }) => {
    const panels = await dashboardPanels(request, uid);
    expect(panels.length).toBeGreaterThan(7);
    await page.setViewportSize(VIEWPORT);
    await gotoDashboardPage({ uid });
    for (const closed of await page.getByRole('button', { name: 'Expand row' }).all()) await closed.click();
    for (const { title, noValue, nth } of panels) {
      const panel = page.getByTestId(`data-testid Panel header ${title}`).nth(nth);
      await expect(panel, title).toBeVisible();
      await expect.poll(() => shownBy(panel, noValue), { message: title }).toMatch(/^(data|own words)$/);
      await expect(panel.getByTestId('data-testid Panel status error'), title).toHaveCount(0);
    }
    await expect(page.getByText('Panel plugin not found')).toHaveCount(0);
  });
}

test('the first panels of the overview have data', async ({ page, gotoDashboardPage }) => {
  await page.setViewportSize(VIEWPORT);
  const dashboard = await gotoDashboardPage({ uid: 'valtronics-overview' });
  for (const title of ['System Health', 'Device Status', 'Telemetry Data Rate']) {
    const { locator } = dashboard.getPanelByTitle(title);
    await expect.poll(() => shownBy(locator, 'Prometheus has nothing'), { message: title }).toBe('data');
  }
});
