import { z } from 'zod';
import { BREAKABLE } from '../model/condition.ts';
import { FAULTS } from './faults.ts';

/** Body of `POST /simulator/break`: devices (a number, or ids) and how, or what of the platform. */
export const breakBody = z.union([
  z.strictObject({ what: z.enum(FAULTS) }),
  z.strictObject({
    devices: z.union([z.int().min(1).max(20_000), z.array(z.string()).min(1)]),
    how: z.enum(BREAKABLE).default('error'),
  }),
]);

/** Body of `POST /simulator/mend`: nothing mends all. */
export const mendBody = z.union([
  z.strictObject({ what: z.enum(FAULTS) }),
  z.strictObject({ devices: z.array(z.string()).min(1) }),
  z.strictObject({}),
]);
