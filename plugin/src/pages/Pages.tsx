import type { AppRootProps } from '@grafana/data';
import { PluginPage } from '@grafana/runtime';
import { lazy, Suspense, useMemo, useState } from 'react';
import { Navigate, Route, Routes, useLocation } from 'react-router-dom';
import { readSettings } from '../api/settings';
import { Skeleton } from '../kit/states/Skeleton';
import { AppContext, type TimeSettings } from '../kit/app/appContext';
import { createAppContext } from '../kit/app/createAppContext';
import { NotFoundPage } from './NotFoundPage';

const AlertsPage = lazy(() => import('./alerts/AlertsPage'));
const FleetPage = lazy(() => import('./fleet/FleetPage'));
const DevicePage = lazy(() => import('./device/DevicePage'));
const LogsPage = lazy(() => import('./logs/LogsPage'));
const ReportPage = lazy(() => import('./report/ReportPage'));
const SystemPage = lazy(() => import('./system/SystemPage'));
const TracePage = lazy(() => import('./traces/TracePage'));
const TracesPage = lazy(() => import('./traces/TracesPage'));

function Loading() {
  return (
    <PluginPage>
      <Skeleton height={400} />
    </PluginPage>
  );
}

/** An app that is opened without a page shows the fleet; filters in the address stay. */
function ToFleet() {
  const { search } = useLocation();
  return <Navigate to={{ pathname: 'fleet', search }} replace />;
}

/** The routes below the app's address (contract §5). */
export default function Pages({ meta }: Pick<AppRootProps, 'meta'>) {
  const { jsonData } = meta;
  const [timeSettings, setTimeSettings] = useState<Partial<TimeSettings>>({});
  const created = useMemo(() => createAppContext(readSettings(jsonData)), [jsonData]);
  const context = useMemo(
    () => ({
      ...created,
      ...timeSettings,
      onTimeSettings: (changed: Partial<TimeSettings>) =>
        setTimeSettings((before) => ({ ...before, ...changed })),
    }),
    [created, timeSettings],
  );
  return (
    <AppContext.Provider value={context}>
      <Suspense fallback={<Loading />}>
        <Routes>
          <Route path="fleet" element={<FleetPage />} />
          <Route path="fleet/:deviceId" element={<DevicePage />} />
          <Route path="alerts" element={<AlertsPage />} />
          <Route path="logs" element={<LogsPage />} />
          <Route path="traces" element={<TracesPage />} />
          <Route path="traces/:traceId" element={<TracePage />} />
          <Route path="report" element={<ReportPage />} />
          <Route path="system" element={<SystemPage />} />
          <Route index element={<ToFleet />} />
          <Route path="*" element={<NotFoundPage />} />
        </Routes>
      </Suspense>
    </AppContext.Provider>
  );
}
