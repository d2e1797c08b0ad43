const { servePage } = require('/work/main/plugin/bench/support/serve.ts');
const { launchChromium } = require('/work/main/plugin/bench/support/chromium.ts');
(async () => {
  const server = await servePage('/work/main/plugin');
  const browser = await launchChromium('/usr/bin/chromium');
  const page = await browser.newPage({ viewport: { width: 1232, height: 632 } });
  page.on('pageerror', (e: any) => console.log('ERR', e.message));
  page.on('console', (m: any) => console.log('console', m.text()));
  await page.goto(server.url);
  for (const [name, show] of JSON.parse(process.argv[2])) {
    await page.evaluate((s: any) => (window as any).page.show(s), {
      form: 'table',
      seed: 1,
      width: 1200,
      height: 600,
      mode: 'dark',
      ...show,
    });
    if (show.hover) {
      await page.mouse.move(show.hover[0], show.hover[1]);
      await page.mouse.move(show.hover[0] + 1, show.hover[1]);
    } else await page.mouse.move(0, 0);
    await page.waitForTimeout(300);
    await page.screenshot({ path: `/tmp/shots/${name}.png` });
  }
  await browser.close();
  await server.close();
})();
