import { Icon } from '@grafana/ui';
import { APP_ROOT } from '../../../api/pluginId';
import { SEVERAL_TYPES } from '../../../domain/traces/foldDevices';
import type { MapNode } from '../../../domain/traces/serviceMap';
import { joinList } from '../../../kit/addressList';
import { PageLink } from '../../../kit/links/PageLink';
import { tracesPath } from '../tracesAddress';
import { NODE_ICONS, nodeTitle } from './mapLook';

/** Where a node leads: to what it did, or to the devices that it stands for; undefined where nothing is its own. */
export function nodePath({ type, id, title }: MapNode): string | undefined {
  if (type === 'gateway' || type === 'service') return tracesPath({ filter: { service: id } });
  if (type !== 'devices') return undefined;
  if (id === SEVERAL_TYPES) return `${APP_ROOT}/fleet`;
  return `${APP_ROOT}/fleet?${new URLSearchParams({ type: joinList([title]) }).toString()}`;
}

/** A node by its sign and name, as a link where there is more to see. */
export function MapNodeName({ node, className }: { readonly node: MapNode; readonly className: string }) {
  const path = nodePath(node);
  const title = nodeTitle(node);
  const name = <bdi>{title}</bdi>;
  return (
    <span className={className} title={title}>
      <Icon name={NODE_ICONS[node.type]} size="sm" />
      {path === undefined ? name : <PageLink to={path}>{name}</PageLink>}
    </span>
  );
}
