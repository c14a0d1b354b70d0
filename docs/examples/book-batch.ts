import { BOOK_STATUSES, Book, bookOp } from 'nb-backtest';

// Four commands in columns: two sells, a buy that meets both, and a cancel of what is left of the second order.
const commands = {
  op: Uint8Array.of(
    bookOp('limit', 'sell'),
    bookOp('limit', 'sell'),
    bookOp('limit', 'buy'),
    bookOp('cancel'),
  ),
  price: Float64Array.of(101_00, 102_00, 102_00, 0),
  quantity: Float64Array.of(5, 5, 7, 0),
  id: Float64Array.of(0, 0, 0, 2),
};

const book = new Book({ orders: 1_000, trades: 1_000 });
console.log(book.run(commands)); // 2 trades
console.log(Array.from(book.status.subarray(0, 4), (code) => BOOK_STATUSES[code]));
console.log(book.trades().map(({ price, quantity }) => `${quantity} @ ${price}`)); // 5 @ 10100, 2 @ 10200
console.log(book.bestAsk(), book.openOrders); // null 0
