import { PluginType, type AppPluginMeta } from '@grafana/data';
import { PLUGIN_ID } from '../api/pluginId';

/** The app as Grafana describes it to its pages, with the settings. */
export function pluginMeta(jsonData: object): AppPluginMeta {
  return {
    id: PLUGIN_ID,
    name: 'Valtronics',
    type: PluginType.app,
    module: '',
    baseUrl: '',
    info: {
      author: { name: '' },
      description: '',
      links: [],
      logos: { large: '', small: '' },
      screenshots: [],
      updated: '',
      version: '',
    },
    enabled: true,
    pinned: true,
    jsonData,
    secureJsonFields: { token: true },
  };
}
