import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect } from 'playwright/test';
import { PushClient } from '../../protocol/push/client.ts';
import { replay } from '../../protocol/testing/replay.ts';
import { test } from '../testing/test.ts';
import { told } from '../testing/told.ts';

test('the transcript that browse writes of a live session runs as a test, and fails where a line is another', async ({
  demo,
  scratch,
  browse,
}) => {
  const file = path.join(scratch, 'transcript');
  const browsing = browse('--json', ...demo.options, '--transcript', file, ...demo.network.zones);
  await told(browsing, { event: 'added', instance: 'Meeting Room 3', type: '_ipp._tcp' });
  const name = 'Passing._ipp._tcp.office.test';
  await demo.update('office.test', `update add _ipp._tcp.office.test 60 PTR ${name}`);
  await told(browsing, { event: 'added', instance: 'Passing' });
  await demo.update('office.test', `update delete _ipp._tcp.office.test PTR ${name}`);
  await told(browsing, { event: 'removed', instance: 'Passing' });
  browsing.signal('SIGINT');
  expect((await browsing.ended).status).toBe(0);

  const transcript = await readFile(file, 'utf8');
  expect(transcript).toMatch(/^C: UNSUBSCRIBE \d+$/m);
  replay(new PushClient(0), transcript);
  const wrong = transcript.replace(/^C: UNSUBSCRIBE \d+$/m, 'C: UNSUBSCRIBE 1');
  expect(() => replay(new PushClient(0), wrong)).toThrow(/line \d+ of the dialogue/);
});
