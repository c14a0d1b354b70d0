import { Exchange } from 'nb-backtest';

const exchange = new Exchange(); // prices are cents, quantities whole units
exchange.submitLimit('sell', 101_00, 100);
exchange.submitLimit('sell', 102_00, 200);
exchange.submitStopMarket('sell', 100_50, 30);

const { status, trades } = exchange.submitLimit('buy', 101_50, 150);
console.log(status, trades[0]?.price, trades[0]?.quantity); // partially-filled 10100 100

console.log(exchange.bestBidAsk(), exchange.depth().microprice());
console.log(Exchange.replay(exchange.events()).stateHash() === exchange.stateHash()); // true
