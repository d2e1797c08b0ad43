import { test } from '@grafana/plugin-e2e';

test('log in as administrator', async ({ login }) => {
  await login();
});
