import { servePage } from './support/serve.ts';
import { launchChromium } from './support/chromium.ts';
const server = await servePage('/work/main/plugin');
const browser = await launchChromium('/usr/bin/chromium');
const page = await browser.newPage({ viewport: { width: 1232, height: 832 } });
await page.goto(server.url);
const cdp = await page.context().newCDPSession(page);
await cdp.send('Profiler.enable');
await cdp.send('Profiler.setSamplingInterval', { interval: 200 });
for (const [fn, show] of [
  ['prepare', { form: 'series', count: 10000 }],
  ['firstPaint', { form: 'table', count: 10000 }],
  ['refresh', { form: 'table', count: 10000 }],
  ['again', { form: 'table', count: 10000 }],
] as any) {
  const s = { seed: 1, mode: 'dark', width: 1200, height: 800, ...show };
  await page.evaluate(([f, v]: any) => (window as any).page[f](v), [fn, s]);
  await cdp.send('Profiler.start');
  for (let i = 0; i < 5; i++)
    await page.evaluate(([f, v]: any) => (window as any).page[f](v), [fn, { ...s, seed: i + 2 }]);
  const { profile } = await cdp.send('Profiler.stop');
  const self = new Map<string, number>();
  const dt = profile.timeDeltas!;
  const byId = new Map(profile.nodes.map((n) => [n.id, n]));
  profile.samples!.forEach((id, i) => {
    const n = byId.get(id)!;
    const k = `${n.callFrame.functionName}:${n.callFrame.lineNumber}`;
    self.set(k, (self.get(k) ?? 0) + dt[i]! / 1000 / 5);
  });
  console.log('==', fn, JSON.stringify(show));
  console.log(
    [...self]
      .sort((a, b) => b[1] - a[1])
      .slice(0, 16)
      .map(([k, v]) => `${v.toFixed(1)} ms  ${k}`)
      .join('\n'),
  );
}
await browser.close();
await server.close();
