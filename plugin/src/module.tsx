import { lazy } from 'react';
import { AppPlugin, type AppRootProps } from '@grafana/data';

// Everything a visitor does not need at once stays in chunks of its own: this entry is fetched on every Grafana page.
const RootPage = lazy(() => import('./pages/App'));

export const plugin = new AppPlugin().setRootPage((props: AppRootProps) => <RootPage {...props} />);
