import type { Clock } from '../net/clock.ts';
import type { Connect, TransportEnd } from '../net/tls-transport.ts';
import type { TranscriptEntry } from '../../protocol/transcript.ts';
import { formatEntry } from '../../protocol/transcript.ts';
import { TranscriptRecorder } from '../../protocol/transcript-recorder.ts';

/**
 * Connects as `connect` does and writes the transcript of every connection. Each begins with a comment that names its
 * server; where several are open at the same time, a comment says which one speaks.
 */
export function recordedConnect(connect: Connect, clock: Clock, write: (text: string) => void): Connect {
  let speaker: string | undefined;
  return (target, events) => {
    const server = `# ${target.serverName} port ${target.port}`;
    const recorder = new TranscriptRecorder(clock.nowMs());
    const tell = (entries: readonly TranscriptEntry[]): void => {
      const heading = speaker === server || entries.length === 0 ? [] : [server];
      if (entries.length > 0) speaker = server;
      for (const line of [...heading, ...entries.map(formatEntry)]) write(`${line}\n`);
    };
    const transport = connect(target, {
      ...forwarding(events),
      onData: (chunk) => {
        tell(recorder.octets('S', chunk, clock.nowMs()));
        events.onData(chunk);
      },
      onEnd: (end) => {
        tell(ending(recorder, end, clock.nowMs()));
        events.onEnd(end);
      },
    });
    return {
      send: (bytes) => {
        tell(recorder.octets('C', bytes, clock.nowMs()));
        transport.send(bytes);
      },
      close: () => transport.close(),
      abort: () => transport.abort(),
      get bufferedBytes() {
        return transport.bufferedBytes;
      },
    };
  };
}

function forwarding(events: Parameters<Connect>[1]): Pick<Parameters<Connect>[1], 'onPhase' | 'onSecure'> {
  return {
    onPhase: (phase, address) => events.onPhase(phase, address),
    onSecure: (peer) => events.onSecure(peer),
  };
}

function ending(recorder: TranscriptRecorder, end: TransportEnd, nowMs: number): readonly TranscriptEntry[] {
  switch (end.kind) {
    case 'closed':
      return recorder.ended('C', 'close', nowMs);
    case 'aborted':
      return recorder.ended('C', 'abort', nowMs);
    case 'eof':
      return recorder.ended('S', 'close', nowMs);
    case 'reset':
      return recorder.ended('S', 'abort', nowMs);
    case 'failed':
      return [];
  }
}
