import {
  Exchange,
  eventsFromJsonl,
  eventsToJsonl,
  MultiExchange,
  replayInto,
  serializeTrade,
} from 'nb-backtest';
import type { SymbolEvent } from 'nb-backtest';
import { replayEventFile, writeEventFile } from 'nb-backtest/node';

const exchange = new Exchange();
exchange.submitLimit('sell', 101_00, 100, 'gtc', { owner: 7 });
exchange.submitMarket('buy', 20);
for (const trade of exchange.trades()) console.log(serializeTrade(trade));

// As text, for a database or a browser.
const log = eventsToJsonl(exchange.events());
console.log(log);
const again = Exchange.replay(eventsFromJsonl(log).events);
console.log(again.stateHash() === exchange.stateHash());

// Straight into an exchange, without an object for each event.
const third = new Exchange();
console.log(replayInto(third, log).events, third.bestAsk());

// As a file, of any size; events.jsonl.gz would be gzip.
writeEventFile('events.jsonl', exchange.events());
const { exchange: replayed, tornLastLine } = await replayEventFile('events.jsonl');
console.log(replayed?.stateHash() === exchange.stateHash(), tornLastLine);

// Several symbols: every event has its symbol.
const both = new MultiExchange();
both.submitLimit('AAPL', 'sell', 185_64, 10);
both.submitLimit('MSFT', 'sell', 370_87, 10);
both.submitMarket('AAPL', 'buy', 4);
writeEventFile('two.jsonl.gz', both.events());
const { multi } = await replayEventFile('two.jsonl.gz');
const { events } = eventsFromJsonl(eventsToJsonl(both.events()));
const rebuilt = MultiExchange.replay(events as SymbolEvent[]);
console.log(multi?.stateHash() === both.stateHash(), rebuilt.stateHash() === both.stateHash());
