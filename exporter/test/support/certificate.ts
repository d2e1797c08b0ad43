import { execFile } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { temporaryFolder } from './server.ts';

/** A self-signed certificate for `localhost` and 127.0.0.1 in a folder of its own. */
export interface TestCertificate {
  readonly key: Buffer;
  readonly cert: Buffer;
  readonly keyPath: string;
  readonly certPath: string;
  /** Its last moment, milliseconds since the epoch. */
  readonly validTo: number;
  remove(): Promise<void>;
}

/** Makes a certificate that is valid for so many days. Needs openssl. */
export async function makeCertificate(days: number): Promise<TestCertificate> {
  const folder = temporaryFolder('certificate');
  const [keyPath, certPath] = [join(folder.path, 'key.pem'), join(folder.path, 'cert.pem')];
  await promisify(execFile)('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'],
    ...[
      '-days',
      String(days),
      '-subj',
      '/CN=localhost',
      '-addext',
      'subjectAltName=DNS:localhost,IP:127.0.0.1',
    ],
    ...['-keyout', keyPath, '-out', certPath],
  ]);
  const [key, cert] = await Promise.all([readFile(keyPath), readFile(certPath)]);
  const validTo = Date.parse(new X509Certificate(cert).validTo);
  return { key, cert, keyPath, certPath, validTo, remove: folder.remove };
}
