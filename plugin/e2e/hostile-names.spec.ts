import { APP, deviceRows } from './support/app';
import type { NewDevice } from './support/simulator';
import { expect, test } from './support/test';

const SCRIPT = '<img src=x onerror=alert(1)>';
/** The longest that the platform takes. */
const LONG = { name: 'n'.repeat(100), location: 'l'.repeat(200) };

/** Devices whose names are up to no good; ids of this run alone, as the platform never forgets one. */
function hostileDevices(run: string): NewDevice[] {
  const device = (number: number, name: string, more: Partial<NewDevice> = {}): NewDevice => ({
    device_id: `HOSTILE-${run}-${number}`,
    name,
    device_type: 'sensor',
    ...more,
  });
  return [
    device(1, SCRIPT, { location: SCRIPT, manufacturer: SCRIPT }),
    device(2, LONG.name, { location: LONG.location }),
    device(3, '🔥👩‍👩‍👧‍👦🌡️', { location: '🏭' }),
    device(4, 'حساس درجة الحرارة \u202e1003', { location: 'מעבדה' }),
    device(5, '', { location: '' }),
    device(6, '{{name}} ${name} $t(fleet.title) %s', { location: '"; }) or vector(1) #' }),
    { ...device(7, 'in its id'), device_id: `${SCRIPT}/../${run}?a=b&c#d "\\` },
  ];
}

test('names of devices do no harm', async ({ page, simulator }) => {
  test.skip(simulator === undefined, 'SIMULATOR_URL is not set');
  const run = Date.now().toString(36);
  const devices = hostileDevices(run);
  for (const device of devices) await simulator?.addDevice(device);

  await page.goto(`${APP}/fleet?refresh=10s&q=${run}`);
  await expect(deviceRows(page)).toHaveCount(devices.length, { timeout: 90_000 });
  await expect(page.getByText(SCRIPT).first()).toBeVisible();
  await expect(page.locator('img[src="x"]')).toHaveCount(0);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
  expect(wide, 'the page scrolls sideways').toBe(false);

  for (const { device_id: deviceId } of devices) {
    await page.goto(`${APP}/fleet/${encodeURIComponent(deviceId)}`);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(deviceId);
    await expect(page.getByText(/^Why: /)).toBeVisible();
    await expect(page.locator('img[src="x"]')).toHaveCount(0);
  }

  await page.goto('/d/valtronics-fleet');
  const panel = page.getByTestId('data-testid Panel header Devices');
  await expect(panel.locator('canvas')).toBeVisible();
  await panel.getByRole('textbox', { name: 'Find devices' }).fill('HOSTILE');
  await expect(panel.getByRole('listbox').getByRole('option')).not.toHaveCount(0);
  await expect(page.locator('img[src="x"]')).toHaveCount(0);
});
