import { Exchange, eventsFromJsonl, eventsToJsonl, replayInto, serializeTrade } from 'nb-backtest';
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

// As a file, of any size, plain or gzip.
writeEventFile('events.jsonl', exchange.events());
const { exchange: replayed, tornLastLine } = await replayEventFile('events.jsonl');
console.log(replayed?.stateHash() === exchange.stateHash(), tornLastLine);
