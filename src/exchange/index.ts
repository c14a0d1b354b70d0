/** Order books, stops, their events and snapshots. */
export { BOOK_STATUSES, Book, type BookCommands, type BookOptions } from './book.js';
export { bookOp, type BookOpOptions } from './check-commands.js';
export type {
  BarEvent,
  CancelEvent,
  Event,
  ModifyEvent,
  NumberedEvent,
  OwnedEvent,
  SubmitLimitEvent,
  SubmitMarketEvent,
  SubmitStopLimitEvent,
  SubmitStopMarketEvent,
  SubmitTrailingStopLimitEvent,
  SubmitTrailingStopMarketEvent,
  SymbolEvent,
} from './event.js';
export {
  type EventLog,
  type EventPlace,
  eventsFromJsonl,
  eventsToJsonl,
  parseEvent,
  serializeEvent,
} from './event-json.js';
export { EventReader, type EventReaderOptions, type TornLine } from './event-reader.js';
export { Exchange, type ExchangeJson, type ExchangeOptions, type OpenOrderJson } from './exchange.js';
export type { EventType } from './event-fields.js';
export { MultiExchange } from './multi-exchange.js';
export { applyEvent, type EventRoute, type OrderTarget } from './order-target.js';
export { type OrderTargets, replayInto, type ReplayNotes } from './replay-into.js';
export { BookSnapshot, type BookSnapshotJson, L3Snapshot, type QueuePosition } from './snapshot.js';
export type { PendingStopJson, StopBookJson } from './stop-json.js';
export type { NewStop } from './stop-record.js';
export type { MultiExchangeJson } from './symbol-exchanges.js';
export type { WilderRangeJson } from './wilder-range.js';
export { parseTrade, serializeTrade, type SymbolTrade } from './trade-json.js';
export type {
  BookLevel,
  CancelResult,
  LimitOptions,
  ModifyResult,
  Order,
  OrderOptions,
  OrderStatus,
  QueuedOrder,
  QueueLevel,
  Reason,
  Side,
  StopOrder,
  StopResult,
  StopStatus,
  StpPolicy,
  SubmitResult,
  TimeInForce,
  Trade,
  Trail,
} from './types.js';
