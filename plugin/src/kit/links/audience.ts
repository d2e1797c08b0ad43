import { locationUtil } from '@grafana/data';
import { config } from '@grafana/runtime';

/**
 * Where a panel is shown: on a dashboard (or a page), in a snapshot, whose time is over, or on a public dashboard, where
 * nothing can be asked but the panels' own queries.
 */
export type Place = 'dashboard' | 'snapshot' | 'public';

/** Where the window is now. */
export function placeOfPanel(): Place {
  const path = locationUtil.stripBaseFromUrl(window.location.pathname);
  if ((config.publicDashboardAccessToken ?? '') !== '' || path.startsWith('/public-dashboards/'))
    return 'public';
  return /^\/dashboard(?:-solo)?\/snapshot\//.test(path) ? 'snapshot' : 'dashboard';
}

/** False where a link would lead to the log-in page: nobody is signed in who looks at a snapshot or a public dashboard. */
export function canFollowLinks(): boolean {
  return placeOfPanel() === 'dashboard' || config.bootData.user.isSignedIn;
}
