/** `X-Request-ID` of a request: the same id as in its answer, in the access log and in log entries. */
export const CORRELATION_ID = 'valtronics.correlation_id';
/** The platform's id of the device that the work is about. */
export const DEVICE_ID = 'valtronics.device.id';
/** Type of the device or, where the work is about several, of all of them. */
export const DEVICE_TYPE = 'valtronics.device.type';
