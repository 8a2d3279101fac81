### The desk: money taken by hand, orders that wait for a person, refunds and their approval.
