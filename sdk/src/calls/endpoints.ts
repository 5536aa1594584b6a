import type { api, Endpoint } from '../contract/api.ts'
import { API_PATHS } from './api.ts'

type EndpointName = keyof typeof api

/**
 * The endpoints' names, under their methods, below the segments of their paths: a bundle carries all of them, and so no
 * segment twice.
 */
export interface EndpointTree {
  readonly [segmentOrMethod: string]: EndpointTree | EndpointName
}

type Route = Pick<Endpoint, 'method' | 'path'>

/** Method and path of every endpoint. */
// Keys of a tree are plain texts to the compiler; calls.test.ts compares what is read here with the contract.
export const API_ENDPOINTS = Object.fromEntries(routesBelow('', API_PATHS)) as Readonly<Record<EndpointName, Route>>

function routesBelow(path: string, tree: EndpointTree): [string, { method: string; path: string }][] {
  return Object.entries(tree).flatMap(([key, below]) =>
    typeof below === 'string' ? [[below, { method: key, path }]] : routesBelow(`${path}/${key}`, below),
  )
}
