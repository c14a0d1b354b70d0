"""A stream of orders that nanobook survives, chosen while nanobook runs it.

What it leaves out, since nanobook and we differ there on purpose:

- the cancel of an order at a price that has traded since it last had no orders: nanobook keeps each order's place in
  its queue, and the places are wrong once the first has left; it then keeps a ghost, or never returns;
- `modify`, which gives a new id there;
- two stops hit by the trades of one order: nanobook fires them by age, we by distance from the trade, then age;
- an order whose first trade hits a stop that its last does not: nanobook looks at the last trade alone;
- more than 100 stops set off by one order, where nanobook leaves off;
- trailing stops, owners, and prices and quantities below 1.

A triggered stop becomes an order with another id there, and takes a tick. A stream is written in our ids: the n-th
submission has id n. Timestamps are compared where there are no stops.
"""

from __future__ import annotations

import random

import nanobook

OTHER = {"buy": "sell", "sell": "buy"}
SIGN = {"buy": 1, "sell": -1}

METHODS = {
    "market": "submit_market",
    "limit": "submit_limit",
    "stopMarket": "submit_stop_market",
    "stopLimit": "submit_stop_limit",
}

# Stop, limit, quantity and time in force of an operation.
TERMS = {
    "market": lambda quantity: (None, None, quantity, "ioc"),
    "limit": lambda price, quantity, force: (None, price, quantity, force),
    "stopMarket": lambda stop, quantity: (stop, None, quantity, "ioc"),
    "stopLimit": lambda stop, limit, quantity, force: (stop, limit, quantity, force),
}


class Stream:
    """An exchange of nanobook's, what was sent to it, and what it takes to choose what it survives."""

    def __init__(self, seed: int, middle: int, width: int, largest: int, stops: bool) -> None:
        self.random = random.Random(seed)
        self.middle, self.width, self.largest, self.stops = middle, width, largest, stops
        self.exchange = nanobook.Exchange()
        self.operations: list[list] = []
        self.answers: list[list[int]] = []  # filled, resting and cancelled quantity of each operation
        self.trades: list[list] = []
        self.our_id = 0
        self.their_id = 0
        self.ours: dict[int, int] = {}  # by their id
        self.theirs: dict[int, int] = {}  # by our id
        self.open: dict[int, list] = {}  # side, price and open quantity by our id
        self.open_at: dict[tuple, int] = {}  # orders by side and price
        self.traded_at: set[tuple] = set()
        self.pending: dict[int, tuple] = {}  # side, stop, limit or None, quantity, time in force by our id

    def step(self) -> None:
        """Sends one operation: one that does what was drawn, or the first of other draws that may be sent."""
        while True:
            draw = self.random.random()
            if draw < 0.22:
                sent = self.cancel(list(self.open)[-50:])
            elif draw < 0.28:
                sent = self.submit(["market", self.side(), self.quantity()])
            elif draw < 0.4 and self.stops:
                sent = self.stop() if len(self.pending) < 5 else self.cancel(list(self.pending))
            else:
                sent = self.limit()
            if sent:
                return

    def side(self) -> str:
        return self.random.choice(("buy", "sell"))

    def quantity(self) -> int:
        return self.random.randint(1, self.largest)

    def force(self) -> str:
        return self.random.choice(("gtc", "gtc", "gtc", "gtc", "gtc", "gtc", "ioc", "fok"))

    def limit(self) -> bool:
        side = self.side()
        away = -self.random.randint(1, self.width)
        if self.random.random() < 0.25:
            away = self.random.randint(-self.width, self.width)
        return self.submit(["limit", side, self.middle + SIGN[side] * away, self.quantity(), self.force()])

    def stop(self) -> bool:
        side = self.side()
        market = self.exchange.last_trade_price() or self.middle
        stop = market + SIGN[side] * self.random.randint(-1, self.width // 2)
        if self.random.random() < 0.5:
            return self.submit(["stopMarket", side, stop, self.quantity()])
        limit = stop + SIGN[side] * self.random.randint(-2, 8)
        return self.submit(["stopLimit", side, stop, limit, self.quantity(), self.force()])

    def cancel(self, ids: list[int]) -> bool:
        if not ids:
            return False
        chosen = self.random.choice(ids)
        if chosen in self.open and tuple(self.open[chosen][:2]) in self.traded_at:
            return False
        result = self.exchange.cancel(self.theirs[chosen])
        if not result.success:
            raise RuntimeError(f"nanobook does not cancel {chosen}: {result}")
        if self.pending.pop(chosen, None) is None:
            self.close(chosen)
        self.operations.append(["cancel", chosen])
        self.answers.append([0, 0, result.cancelled_quantity])
        return True

    def submit(self, operation: list) -> bool:
        kind, side, *terms = operation
        stop, limit, quantity, force = TERMS[kind](*terms)
        waits = stop is not None and not self.hit(side, stop, self.exchange.last_trade_price())
        fired = [] if waits else self.fired_by(side, limit, quantity, force)
        if fired is None:
            return False
        result = getattr(self.exchange, METHODS[kind])(*operation[1:])
        self.operations.append(operation)
        mine, theirs = self.name()
        if stop is None:
            self.answers.append([result.filled_quantity, result.resting_quantity, result.cancelled_quantity])
            self.note_open(mine, side, limit, result.resting_quantity)
        else:
            self.answers.append([0, 0, 0])
            self.pending[mine] = (side, stop, limit, quantity, force)
            if not waits:
                fired.insert(0, mine)
        if theirs != result.order_id:
            raise RuntimeError(f"nanobook calls order {mine} {result.order_id}, not {theirs}")
        for each in fired:
            self.their_id += 1
            self.ours[self.their_id], self.theirs[each] = each, self.their_id
        self.note_trades()
        for each in fired:
            side, _, limit, _, force = self.pending.pop(each)
            if force == "gtc":
                order = self.exchange.get_order(self.theirs[each])
                self.note_open(each, side, limit, order.remaining_quantity)
        if len(self.pending) != self.exchange.pending_stop_count():
            raise RuntimeError(f"nanobook has {self.exchange.pending_stop_count()} stops, not {len(self.pending)}")
        return True

    def name(self) -> tuple[int, int]:
        self.our_id += 1
        self.their_id += 1
        self.ours[self.their_id], self.theirs[self.our_id] = self.our_id, self.their_id
        return self.our_id, self.their_id

    @staticmethod
    def hit(side: str, stop: int, price: int | None) -> bool:
        return price is not None and SIGN[side] * (price - stop) >= 0

    def fired_by(self, side: str, limit: int | None, quantity: int, force: str) -> list[int] | None:
        """The stops that an order sets off one after the other; None where nanobook and we differ."""
        if not self.pending:
            return []
        other = OTHER[side]
        best = self.exchange.best_bid() if other == "buy" else self.exchange.best_ask()
        if any(self.hit(other, stop, best) for s, stop, *_ in self.pending.values() if s == other):
            return None
        waiting = {name: stop for name, stop in self.pending.items() if stop[0] == side}
        book = self.exchange.depth(4 * self.width)
        levels = [[level.price, level.quantity] for level in (book.asks if side == "buy" else book.bids)]
        fired: list[int] = []
        while True:
            last = self.walk(levels, side, limit, quantity, force)
            hit = [name for name, stop in waiting.items() if self.hit(side, stop[1], last)]
            if len(hit) != 1:
                return None if hit else fired
            fired += hit
            _, _, limit, quantity, force = waiting.pop(hit[0])

    @staticmethod
    def walk(levels: list[list[int]], side: str, limit: int | None, quantity: int, force: str) -> int | None:
        """Takes an order's trades out of the levels; the price of the last, None without any."""
        reach = [level for level in levels if limit is None or SIGN[side] * (limit - level[0]) >= 0]
        if force == "fok" and sum(there for _, there in reach) < quantity:
            return None
        last = None
        for level in reach:
            take = min(quantity, level[1])
            level[1] -= take
            quantity -= take
            last = level[0]
            if quantity == 0:
                break
        levels[:] = [level for level in levels if level[1] > 0]
        return last

    def note_open(self, name: int, side: str, price: int | None, quantity: int) -> None:
        if price is not None and quantity > 0:
            self.open[name] = [side, price, quantity]
            self.open_at[side, price] = self.open_at.get((side, price), 0) + 1

    def note_trades(self) -> None:
        for trade in self.exchange.trades():
            passive = self.ours[trade.passive_order_id]
            aggressor = self.ours[trade.aggressor_order_id]
            self.trades.append([trade.price, trade.quantity, aggressor, passive, trade.aggressor_side, trade.timestamp])
            order = self.open[passive]
            order[2] -= trade.quantity
            self.traded_at.add((order[0], order[1]))
            if order[2] == 0:
                self.close(passive)
        self.exchange.clear_trades()

    def close(self, name: int) -> None:
        side, price, _ = self.open.pop(name)
        self.open_at[side, price] -= 1
        if self.open_at[side, price] == 0:
            self.traded_at.discard((side, price))

    def case(self, name: str) -> dict:
        levels = self.exchange.depth(1_000_000)
        expected = {
            "answers": self.answers,
            "trades": [trade[:5] for trade in self.trades],
            "bids": [[level.price, level.quantity, level.order_count] for level in levels.bids],
            "asks": [[level.price, level.quantity, level.order_count] for level in levels.asks],
            "best": [self.exchange.best_bid(), self.exchange.best_ask()],
            "pendingStops": len(self.pending),
        }
        if not self.stops:
            expected["timestamps"] = [trade[5] for trade in self.trades]
        return {"case": name, "params": {}, "inputs": {"operations": self.operations}, "expected": expected}
