import { Icon } from '@grafana/ui';
import { APP_ROOT } from '../../../api/pluginId';
import type { MapNode } from '../../../domain/traces/serviceMap';
import { joinList } from '../../../kit/addressList';
import { PageLink } from '../../../kit/links/PageLink';
import { tracesPath } from '../tracesAddress';
import { NODE_ICONS, nodeTitle } from './mapLook';

/** What the exporter puts before the type of devices in the id of their node. */
const DEVICES = 'devices:';
/** What it calls the rest of many types. */
const REST = 'other';

/** The type of the devices that a node stands for; undefined where they are of several, or of none. */
function deviceType(id: string): string | undefined {
  const type = id.startsWith(DEVICES) ? id.slice(DEVICES.length) : '';
  return type === '' || type === REST ? undefined : type;
}

/** Where a node leads: to what it did, or to the devices that it stands for; undefined where nothing is its own. */
function nodePath({ type, id }: MapNode): string | undefined {
  if (type === 'gateway' || type === 'service') return tracesPath({ filter: { service: id } });
  if (type !== 'devices') return undefined;
  const devices = deviceType(id);
  if (devices === undefined) return `${APP_ROOT}/fleet`;
  return `${APP_ROOT}/fleet?${new URLSearchParams({ type: joinList([devices]) }).toString()}`;
}

interface Props {
  readonly node: MapNode;
  readonly className: string;
  /** True where there is no room for its sign. */
  readonly bare?: boolean;
}

/** A node by its sign and name, as a link where there is more to see. */
export function MapNodeName({ node, className, bare = false }: Props) {
  const path = nodePath(node);
  const title = nodeTitle(node);
  const name = <bdi>{title}</bdi>;
  return (
    <span className={className} title={title}>
      {!bare && <Icon name={NODE_ICONS[node.type]} size="sm" />}
      {path === undefined ? name : <PageLink to={path}>{name}</PageLink>}
    </span>
  );
}
