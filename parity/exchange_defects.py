"""What nanobook makes of orders that it gets wrong: each case is a difference on purpose."""

from __future__ import annotations

import json
import pathlib
import pickle
import subprocess
import sys

import nanobook

import fixture_io

METHODS = {
    "limit": "submit_limit",
    "market": "submit_market",
    "cancel": "cancel",
    "modify": "modify",
    "stopMarket": "submit_stop_market",
    "trailMarket": "submit_trailing_stop_market",
}
# Seconds after which an exchange that does not return is given up.
PATIENCE = 3

# name, operations, what is asked of the exchange then. Numbers beyond 2^53 are texts.
CASES = (
    ("a quantity of 0", [["limit", "buy", 100, 0, "gtc"]], ["status"]),
    ("a price of -5", [["limit", "buy", -5, 1, "gtc"]], ["best"]),
    ("a price of 0", [["limit", "buy", 0, 1, "gtc"]], ["best"]),
    ("a modification to a price of 0", [["limit", "buy", 100, 5, "gtc"], ["modify", 1, 0, 5]], ["best"]),
    ("a stop at -1", [["stopMarket", "sell", -1, 1]], ["pendingStops"]),
    ("a stop of quantity 0", [["stopMarket", "sell", 90, 0]], ["pendingStops"]),
    ("a trail of -10 %", [["trailMarket", "sell", 90, 5, "percentage", -0.1]], ["pendingStops"]),
    ("a trail of 150 %", [["trailMarket", "sell", 90, 5, "percentage", 1.5]], ["pendingStops"]),
    ("a trail of 0 ticks", [["trailMarket", "sell", 90, 5, "fixed", 0]], ["pendingStops"]),
    (
        "a level that holds more than 2^64",
        [["limit", "buy", 100, "18446744073709551615", "gtc"], ["limit", "buy", 100, 5, "gtc"]],
        ["levelQuantity"],
    ),
    ("a price of 2^63 - 1", [["limit", "buy", "9223372036854775807", 1, "gtc"]], ["levelPrice"]),
    ("an event and back", [["limit", "buy", 100, 5, "gtc"]], ["eventComesBack"]),
    ("an order to one exchange of several", [["limit", "buy", 100, 5, "gtc"]], ["bestOfSeveral"]),
    (
        "the orders of a full book",
        [["limit", "buy", 100, 5, "gtc"], ["limit", "buy", 100, 7, "gtc"]],
        ["ordersOfFullBook"],
    ),
    (
        "the second of three cancelled after the first was filled",
        [["limit", "sell", 101, 10, "gtc"]] * 3 + [["market", "buy", 10], ["cancel", 2], ["market", "buy", 10]],
        ["returns"],
    ),
    (
        "the last of three cancelled after the first was cancelled and the second traded",
        [["limit", "sell", 101, 10, "gtc"]] * 3
        + [["cancel", 1], ["market", "buy", 5], ["cancel", 3], ["market", "buy", 5]],
        ["best"],
    ),
    (
        "two stops hit by one trade",
        [["limit", "buy", price, 10, "gtc"] for price in (90, 80)]
        + [["stopMarket", "sell", 95, 1], ["stopMarket", "sell", 92, 2], ["market", "sell", 1]],
        ["tradedQuantities"],
    ),
    (
        "a stop hit by the first of two trades",
        [["limit", "buy", 100, 1, "gtc"], ["market", "sell", 1], ["stopMarket", "sell", 95, 1]]
        + [["limit", "sell", 90, 1, "gtc"], ["limit", "sell", 100, 5, "gtc"], ["market", "buy", 2]],
        ["pendingStops"],
    ),
    (
        "101 stops, each set off by the one before",
        [["limit", "buy", 1000 - i, 1, "gtc"] for i in range(102)]
        + [["stopMarket", "sell", 1000 - i, 1] for i in range(101)]
        + [["market", "sell", 1]],
        ["pendingStops"],
    ),
    ("a modified order", [["limit", "buy", 100, 5, "gtc"], ["modify", 1, 101, 5]], ["cancelOfFirst"]),
)


def event_comes_back(exchange: nanobook.Exchange) -> bool:
    try:
        return pickle.loads(pickle.dumps(exchange.events()[0])).kind == exchange.events()[0].kind
    except TypeError:
        return False


def first_level(exchange: nanobook.Exchange):
    return exchange.depth(1).bids[0]


ANSWERS = {
    "status": lambda exchange, results: results[-1].status,
    "best": lambda exchange, results: [exchange.best_bid(), exchange.best_ask()],
    "pendingStops": lambda exchange, results: exchange.pending_stop_count(),
    "levelQuantity": lambda exchange, results: str(first_level(exchange).quantity),
    "levelPrice": lambda exchange, results: str(first_level(exchange).price),
    "eventComesBack": lambda exchange, results: event_comes_back(exchange),
    "ordersOfFullBook": lambda exchange, results: len(getattr(exchange.full_book().bids[0], "orders", [])),
    "returns": lambda exchange, results: True,
    "tradedQuantities": lambda exchange, results: [trade.quantity for trade in exchange.trades()],
    "cancelOfFirst": lambda exchange, results: exchange.cancel(1).success,
}


def ask(operations: list[list], keys: list[str]) -> dict:
    """Sends the operations to a new exchange; its answers by key."""
    if keys == ["bestOfSeveral"]:
        several = nanobook.MultiExchange()
        send(several.get_or_create("A"), operations)
        return {"bestOfSeveral": several.best_prices()[0][1]}
    exchange = nanobook.Exchange()
    results = send(exchange, operations)
    return {key: ANSWERS[key](exchange, results) for key in keys}


def send(exchange: nanobook.Exchange, operations: list[list]) -> list:
    numbers = [[int(part) if str(part).isdecimal() else part for part in operation] for operation in operations]
    return [getattr(exchange, METHODS[kind])(*parts) for kind, *parts in numbers]


def guarded(operations: list[list], keys: list[str]) -> dict:
    """`ask` in a process of its own; false to all when it does not return."""
    words = [sys.executable, "-B", __file__, json.dumps([operations, keys])]
    try:
        done = subprocess.run(words, timeout=PATIENCE, check=True, capture_output=True, text=True)
    except subprocess.TimeoutExpired:
        return dict.fromkeys(keys, False)
    return json.loads(done.stdout)


def generate(out_dir: pathlib.Path) -> None:
    """Writes fixtures/exchange/nanobook-defects.json."""
    cases = [
        {
            "case": name,
            "params": {},
            "inputs": {"operations": operations},
            "expected": (guarded if keys == ["returns"] else ask)(operations, keys),
        }
        for name, operations, keys in CASES
    ]
    fixture_io.write(
        out_dir,
        "exchange/nanobook-defects.json",
        function="Exchange",
        reference="nanobook",
        version=nanobook.__version__,
        seed=None,
        cases=cases,
    )


if __name__ == "__main__":
    print(json.dumps(ask(*json.loads(sys.argv[1]))))
