import { expect, test } from 'vitest';
import { Name } from '../wire/name.ts';
import { NameGraph } from './name-graph.ts';
import type { Listing } from './name-node.ts';
import { a, cname } from './testing/records.ts';
import { questionText } from './testing/show.ts';

const [X, Y] = [Name.of('x.test'), Name.of('y.test')];

const listingAt = (graph: NameGraph): Listing => ({ lists: 'types', origin: graph.node(X), chain: [] });

test('CHG-13: each name of a loop of aliases is in the chain once', () => {
  const graph = new NameGraph();
  graph.node(X).put(cname('x.test', 'y.test'));
  graph.node(Y).put(cname('y.test', 'X.test'));
  expect(graph.chain(graph.node(X))).toEqual([graph.node(X), graph.node(Y)]);
});

test('a name is known until nothing is known of it and nobody needs it', () => {
  const graph = new NameGraph();
  const listing = listingAt(graph);
  const record = a('x.test', '10.0.0.1');
  graph.node(X).put(record);
  graph.list(listing, [graph.node(X)]);
  graph.settle();
  graph.node(X).remove(record);
  graph.settle();
  expect(graph.nodeCount).toBe(1);
  graph.list(listing, []);
  graph.settle();
  expect(graph.nodeCount).toBe(0);
});

test('what is needed and no longer needed within one batch is not asked for', () => {
  const graph = new NameGraph();
  const [one, other] = [listingAt(graph), listingAt(graph)];
  graph.list(one, [graph.node(X)]);
  graph.list(one, []);
  expect(graph.settle()).toEqual({ ask: [], unask: [] });
  graph.list(one, [graph.node(X)]);
  expect(graph.settle().ask.map(questionText)).toEqual(['x.test. PTR']);
  graph.list(other, [graph.node(X)]);
  graph.list(one, []);
  expect(graph.settle()).toEqual({ ask: [], unask: [] });
  graph.list(other, []);
  expect(graph.settle().unask.map(questionText)).toEqual(['x.test. PTR']);
});
