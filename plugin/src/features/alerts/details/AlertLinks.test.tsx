import '../../../test-support/grafanaMocks';
import '@testing-library/jest-dom/jest-globals';
import { describe, expect, it } from '@jest/globals';
import { render, screen } from '@testing-library/react';
import { MemoryRouter } from 'react-router-dom';
import { APP_ROOT } from '../../../api/pluginId';
import { alertRow, labelsOf } from '../../../domain/alerts/alertRow.fixture';
import { AlertLinks } from './AlertLinks';

function hrefs(annotations: Readonly<Record<string, string>>, generatorUrl?: string): Record<string, string> {
  const labels = labelsOf('Hot & cold', { device_id: '50%/7' });
  render(
    <MemoryRouter basename="/grafana" initialEntries={['/grafana/a/x?from=now-6h&to=now']}>
      <AlertLinks alert={alertRow({ labels, annotations, generatorUrl, startsAt: 700_000 })} now={900_000} />
    </MemoryRouter>,
  );
  const links = screen.getAllByRole('link');
  return Object.fromEntries(links.map((link) => [link.textContent, link.getAttribute('href') ?? '']));
}

describe('AlertLinks', () => {
  it('keep ids, and the path that Grafana is served below', () => {
    expect(hrefs({ dashboard_url: 'https://g/d/x?a=%25' }, 'http://p/graph?g0.expr=a%2Fb')).toEqual({
      Device: `/grafana${APP_ROOT}/fleet/~?id=50%25%2F7&from=now-6h&to=now`,
      Rule: `/grafana${APP_ROOT}/alerts?tab=rules&rule=Hot+%26+cold`,
      Traces: `/grafana${APP_ROOT}/traces?device=50%25%2F7&view=all&from=100000&to=900000`,
      Dashboard: 'https://g/d/x?a=%25',
      Expression: 'http://p/graph?g0.expr=a%2Fb',
    });
  });

  it('offer no address that a browser must not open', () => {
    expect(Object.keys(hrefs({ dashboard_url: 'javascript:alert(1)' }, 'javascript:alert(1)'))).toEqual([
      'Device',
      'Rule',
      'Traces',
    ]);
  });
});
