import { lazy } from 'react';
import { AppPlugin } from '@grafana/data';

// Everything a visitor does not need at once stays in chunks of its own: Grafana may fetch this entry on any page.
const RootPage = lazy(() => import('./pages/App'));

export const plugin = new AppPlugin().setRootPage(RootPage);
