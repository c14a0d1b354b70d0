/** The exchange and its slow twin, ready for trials. */
import { Exchange } from '../exchange/exchange.js';
import { applyEvent } from '../exchange/order-target.js';
import { ReferenceExchange } from '../reference/exchange.js';
import type { Subject } from './exchange-calls.js';
import type { Kit } from './exchange-trial.js';

/** What the kit calls live is always made by the kit. */
function real(subject: Subject): Exchange {
  if (!(subject instanceof Exchange)) throw new Error('not an exchange');
  return subject;
}

export const EXCHANGE_KIT: Kit = {
  checks: true,
  live: (stp) => new Exchange({ stp }),
  twin: (stp) => new ReferenceExchange({ stp }),
  replay: (live) => Exchange.replay(real(live).events()),
  forward: (live, to) => {
    for (const event of real(live).events()) applyEvent(real(to), event);
    real(live).clearEvents();
  },
  copy: (live) => Exchange.fromJSON(JSON.parse(JSON.stringify(real(live)))),
};
