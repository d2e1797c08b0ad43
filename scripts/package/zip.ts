import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';

/** 1980-01-01, the least that a zip knows: the same content makes the same archive. */
const DATE = 0x21;
const UTF8 = 0x0800;
const DEFLATED = 8;
/** A plain file that everybody may read, as Unix has it, for programs that look. */
const MODE = (0o100644 << 16) >>> 0;

/** The fields that both headers of a file share, from the version that is needed on. */
function common(content: Buffer, packed: Buffer, name: Buffer): Buffer {
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(20, 0);
  fields.writeUInt16LE(UTF8, 2);
  fields.writeUInt16LE(DEFLATED, 4);
  fields.writeUInt16LE(DATE, 8);
  fields.writeUInt32LE(crc32(content), 10);
  fields.writeUInt32LE(packed.length, 14);
  fields.writeUInt32LE(content.length, 18);
  fields.writeUInt16LE(name.length, 22);
  return fields;
}

function signature(text: string, ...rest: Buffer[]): Buffer {
  return Buffer.concat([Buffer.from(text, 'latin1'), ...rest]);
}

/** Writes the folder's files as a zip, below a folder of that name. */
export function writeZip(source: string, name: string, target: string): void {
  const files = readdirSync(source, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(source.length + 1))
    .sort();
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const file of files) {
    const content = readFileSync(join(source, file));
    const packed = deflateRawSync(content, { level: 9 });
    const path = Buffer.from(`${name}/${file}`);
    const fields = common(content, packed, path);
    const body = signature('PK\x03\x04', fields, path, packed);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(MODE, 6);
    rest.writeUInt32LE(offset, 10);
    // Made by Unix, version 2.0.
    directory.push(signature('PK\x01\x02\x14\x03', fields, rest, path));
    bodies.push(body);
    offset += body.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(files.length, 4);
  end.writeUInt16LE(files.length, 6);
  end.writeUInt32LE(central.length, 8);
  end.writeUInt32LE(offset, 12);
  writeFileSync(target, Buffer.concat([...bodies, central, signature('PK\x05\x06', end)]));
}
